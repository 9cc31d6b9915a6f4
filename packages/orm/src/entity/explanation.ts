import { type Budget, type Parameters } from '@kayako-orm/core';

/** One request of a plan, without authentication. */
export interface PlannedRequest {
  readonly method: 'GET' | 'POST';
  /** With `{all Name}` where the ids of a look-up table will stand. */
  readonly route: string;
  /** What a POST says in its body, without authentication. */
  readonly parameters: Parameters;
  /** How it goes on, for pages and searches; null for a single request. */
  readonly repeated: string | null;
}

/** What was read to replace a relation in a condition by the ids it stands for. */
export interface RelationReading {
  readonly relation: string;
  /** How many ids it stands for. */
  readonly ids: number;
  /** How they were read; from a table that is still known, without a request. */
  readonly reading: Explanation;
}

/** What a query would do. `String(explanation)` is for people. */
export interface Explanation {
  readonly entity: string;
  /** What was read already, because the plan depends on it. */
  readonly relations: readonly RelationReading[];
  /** Tables whose ids the requests need, read first and kept for some seconds. */
  readonly lookups: readonly PlannedRequest[];
  /** Empty when no row can match, and when the rows are embedded. */
  readonly requests: readonly PlannedRequest[];
  /** The rows came inside their parent's record, so nothing is sent. */
  readonly embedded: boolean;
  /** The parts of the condition that the server answers. */
  readonly pushed: readonly string[];
  /** The part that is filtered here while the reply streams in; null for none. */
  readonly residual: string | null;
  /** How many functions given to `filter()` run here. */
  readonly functions: number;
  readonly order: string;
  /** Rows passed over here. */
  readonly skip: number;
  readonly limit: number | null;
  /** The fields that are decoded and handed out; null for whole entities. */
  readonly selection: readonly string[] | null;
  /** What is loaded along with the rows, and how. */
  readonly includes: readonly string[];
  /** What the query may cost at most; empty without a budget of its own. */
  readonly budget: Budget;
  readonly warnings: readonly string[];
  toString(): string;
}

/** One request of a plan, without authentication. */
export interface PlannedRequest {
  readonly method: 'GET' | 'POST';
  /** With `{all Name}` where the ids of a look-up table will stand. */
  readonly route: string;
  /** How it goes on, for pages and searches; null for a single request. */
  readonly repeated: string | null;
}

/** What a query would do. `String(explanation)` is for people. */
export interface Explanation {
  readonly entity: string;
  /** Tables whose ids the requests need, read first and kept for some seconds. */
  readonly lookups: readonly PlannedRequest[];
  /** Empty when no row can match. */
  readonly requests: readonly PlannedRequest[];
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
  readonly warnings: readonly string[];
  toString(): string;
}

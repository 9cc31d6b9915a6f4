import { type EntityClass, type Parameters } from '@kayako-orm/core';
import { type ConditionNode } from '../query/condition-node.js';
import { type OrderTerm } from '../query/select-node.js';

/** The ids of all records that fulfil a condition, to be read before the request that needs them. */
export interface LookupSegment {
  readonly kind: 'lookup';
  readonly entity: EntityClass;
  readonly where: Readonly<Record<string, unknown>>;
  /** The filter (by its place) whose values some of the records are tied to, and by which field. */
  readonly tiedTo: { readonly field: string; readonly filter: number } | null;
}

/** Ids that the condition names; where none of them exists, the server answers something else than nothing (§6.1.1). */
export interface IdsSegment {
  readonly kind: 'ids';
  readonly ids: readonly number[];
  readonly existing: LookupSegment;
  /** The ids were read from their table a moment ago, so what they are tied to costs nothing to know. */
  readonly isDerived: boolean;
}

/** One argument of a route. Ids are joined by commas. */
export type RouteSegment = string | IdsSegment | LookupSegment;

/** One record by its id or key; none if the help desk does not have it. */
export interface RecordStep {
  readonly kind: 'record';
  readonly route: string;
  /** Which record was asked for: a merged ticket is answered with the one that it was merged into (§6.1). */
  readonly field: string;
  readonly value: unknown;
}

/** A list in one reply. */
export interface ListStep {
  readonly kind: 'list';
  readonly route: string;
  /** Fields of every row that the reply does not repeat. */
  readonly scope: Readonly<Record<string, unknown>>;
}

/** Pages of ascending ids, from a marker on. */
export interface KeysetStep {
  readonly kind: 'keyset';
  readonly route: string;
  readonly marker: number;
  /** No id above this one is wanted; null for all. */
  readonly last: number | null;
  readonly pageSize: number;
  /** Stops after the first page. */
  readonly single: boolean;
}

/** Pages by offset. */
export interface OffsetStep {
  readonly kind: 'offset';
  readonly route: string;
  readonly count: { readonly route: string; readonly element: string };
  readonly filters: readonly RouteSegment[];
  /** Sent in a POST to the same route when there are any. */
  readonly parameters: Parameters;
  /** Of the first page; later ones grow up to `maxPageSize`. */
  readonly pageSize: number;
  readonly maxPageSize: number;
  readonly start: number;
  /** By id, under the server's name for it; null for an order of the help desk's own. */
  readonly sort: readonly [column: string, direction: 'ASC' | 'DESC'] | null;
}

/**
 * The first rows by a column of the server's, out of one page: its order of equal rows is not ours and may differ from
 * page to page, so the group at the cut must be in that page to its end. Some rows behind the cut come along.
 */
export interface LeadingStep {
  readonly kind: 'leading';
  readonly route: string;
  readonly filters: readonly RouteSegment[];
  readonly sort: readonly [column: string, direction: 'ASC' | 'DESC'];
  /** The field that the column holds. */
  readonly field: string;
  /** So many rows; or, in descending order, those whose date is not before this one. */
  readonly wanted: number | Date;
  /** Pages that are tried one after the other. */
  readonly pageSizes: readonly number[];
  /** The whole list, where no page holds the group. */
  readonly fallback: OffsetStep;
}

/** Searches, whose rows are then read one by one. */
export interface SearchStep {
  readonly kind: 'search';
  readonly route: string;
  /** What each of them sends. */
  readonly searches: readonly Parameters[];
  /** What they are made for: of the rows found, only those that fulfil it are read. */
  readonly wanted: ConditionNode;
  /** Each row found costs a request; where there are more than this, the fallback is cheaper. */
  readonly most: number;
  /** Asked instead where the help desk has no such search, or it finds too much. */
  readonly fallback: readonly SelectStep[];
}

/** A step whose route has filters that may need look-ups. */
export type FilteredStep = OffsetStep | LeadingStep;

export type SelectStep = RecordStep | ListStep | KeysetStep | FilteredStep | SearchStep;

/** What is done about the order of the rows. */
export type OrderPlan =
  /** They come as wanted. */
  | { readonly kind: 'natural' }
  /**
   * They are sorted here, and only the first `keep` are held, or all when it is null. `byServer` where the server has
   * picked them, so that it is about equal rows only.
   */
  | {
      readonly kind: 'sort';
      readonly terms: readonly OrderTerm[];
      readonly keep: number | null;
      readonly byServer: boolean;
    };

/** Which requests answer a query, one step after the other, and what is done here. No steps: no rows. */
export interface SelectPlan {
  readonly steps: readonly SelectStep[];
  /** What the server answers, for people. */
  readonly pushed: readonly ConditionNode[];
  /** Parts of what the server answers that are checked here all the same. */
  readonly checked: readonly ConditionNode[];
  /** What the server does not filter; null when nothing is left. */
  readonly residual: ConditionNode | null;
  readonly order: OrderPlan;
  /** Rows passed over here. */
  readonly skip: number;
  /** No more rows than this are wanted; null for all. */
  readonly limit: number | null;
}

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
  readonly countRoute: string;
  readonly filters: readonly RouteSegment[];
  /** Sent in a POST to the same route when there are any. */
  readonly parameters: Parameters;
  /** Of the first page; later ones grow up to `maxPageSize`. */
  readonly pageSize: number;
  readonly maxPageSize: number;
  readonly start: number;
  readonly sort: readonly [column: string, direction: 'ASC' | 'DESC'];
  /** The rows come by id, so a row that was given before shows by its id alone. */
  readonly byId: boolean;
}

/** A search, whose rows are then read one by one. */
export interface SearchStep {
  readonly kind: 'search';
  readonly route: string;
  readonly parameters: Parameters;
  /** What the search was made for: of the rows found, only those that fulfil it are read. */
  readonly wanted: ConditionNode;
  /** Each row found costs a request; where there are more than this, the fallback is cheaper. */
  readonly most: number;
  /** Asked instead where the help desk has no such search, or it finds too much. */
  readonly fallback: readonly SelectStep[];
}

export type SelectStep = RecordStep | ListStep | KeysetStep | OffsetStep | SearchStep;

/** What is done about the order of the rows. */
export type OrderPlan =
  /** They come as wanted. */
  | { readonly kind: 'natural' }
  /** They come by the first term; rows that are equal in it are brought in order here, group by group. */
  | { readonly kind: 'groups'; readonly terms: readonly OrderTerm[] }
  /** They are held and sorted here; only the first `keep` are held, or all when it is null. */
  | { readonly kind: 'sort'; readonly terms: readonly OrderTerm[]; readonly keep: number | null };

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

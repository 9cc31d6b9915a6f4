import { type EntityClass } from '@kayako-orm/core';
import { type ConditionNode } from '../query/condition-node.js';

/** The ids of all records that fulfil a condition, to be read before the request that needs them. */
export interface LookupSegment {
  readonly kind: 'lookup';
  readonly entity: EntityClass;
  readonly where: Readonly<Record<string, unknown>>;
}

/** One argument of a route: text, or a look-up whose ids are joined by commas. */
export type RouteSegment = string | LookupSegment;

/** One record by its id; none if the help desk does not have it. */
export interface RecordStep {
  readonly kind: 'record';
  readonly route: string;
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
  readonly pageSize: number;
  /** Stops after the first page. */
  readonly single: boolean;
}

/** Pages by offset. */
export interface OffsetStep {
  readonly kind: 'offset';
  readonly route: string;
  readonly filters: readonly RouteSegment[];
  readonly pageSize: number;
  readonly sort: readonly string[];
}

export type SelectStep = RecordStep | ListStep | KeysetStep | OffsetStep;

/** Which requests answer a query, one step after the other, and what is filtered here. No steps: no rows. */
export interface SelectPlan {
  readonly steps: readonly SelectStep[];
  /** What the server does not filter; null when it answers the whole condition. */
  readonly residual: ConditionNode | null;
  /** No more rows than this are wanted; null for all. */
  readonly limit: number | null;
}

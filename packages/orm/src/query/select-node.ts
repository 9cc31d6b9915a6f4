import { type Budget, type EntityMetadata } from '@kayako-orm/core';
import { type Direction } from '../entity/direction.js';
import { type ConditionNode, EVERYTHING } from './condition-node.js';
import { type IncludeNode } from './include-node.js';

export interface OrderTerm {
  readonly field: string;
  readonly direction: Direction;
}

/** Under this key a query hands out what it says, so that it can stand in the condition of another one. */
export const selectNode: unique symbol = Symbol('kayako-orm.select-node');

/** A function of the user's. Written as a method, so that a query for one entity is a query for an object. */
export type RowFilter<Entity extends object> = { test(entity: Entity): boolean }['test'];

/** Which fields are wanted of each row. */
export interface Selection {
  readonly fields: readonly string[];
  /** The row is the value of its one field. */
  readonly plucked: boolean;
}

/** Nothing but that there is a row. */
export const NO_FIELDS: Selection = Object.freeze({ fields: Object.freeze([]), plucked: false });

/** How the pages of a list are read. */
export interface Pace {
  /** How many at the same time. */
  readonly concurrency: number;
  /** Rows come in the order of the query, not as they arrive. */
  readonly ordered: boolean;
}

/** What a query says: frozen, without any way to run it. */
export interface SelectNode<Entity extends object = object> {
  readonly metadata: EntityMetadata<Entity>;
  readonly condition: ConditionNode;
  /** Functions of the user's, always evaluated here, after the condition. */
  readonly filters: readonly RowFilter<Entity>[];
  /** In this order, the first the strongest; ties, and rows without any, by ascending id. */
  readonly order: readonly OrderTerm[];
  readonly skip: number;
  /** How many rows are wanted at most; null for all. */
  readonly limit: number | null;
  /** null: whole entities. */
  readonly selection: Selection | null;
  /** Relations that are loaded along with each row. */
  readonly include: readonly IncludeNode[];
  readonly budget: Budget;
  /** Pages are read by id, whatever the order. */
  readonly stable: boolean;
  readonly pace: Pace;
  /** The connection that the query was made for; null where it does not matter. */
  readonly connection: object | null;
}

export function selectAll<Entity extends object>(
  metadata: EntityMetadata<Entity>,
  connection: object | null = null,
): SelectNode<Entity> {
  return Object.freeze({
    metadata,
    condition: EVERYTHING,
    filters: Object.freeze([]),
    order: Object.freeze([]),
    skip: 0,
    limit: null,
    selection: null,
    include: Object.freeze([]),
    budget: Object.freeze({}),
    stable: false,
    pace: Object.freeze({ concurrency: 1, ordered: true }),
    connection,
  });
}

import { type EntityMetadata } from '@kayako-orm/core';
import { type ConditionNode, EVERYTHING } from './condition-node.js';

/** What a query says: frozen, without any way to run it. */
export interface SelectNode<Entity extends object = object> {
  readonly metadata: EntityMetadata<Entity>;
  readonly condition: ConditionNode;
  /** How many rows are wanted at most; null for all. */
  readonly limit: number | null;
}

export function selectAll<Entity extends object>(
  metadata: EntityMetadata<Entity>,
): SelectNode<Entity> {
  return Object.freeze({ metadata, condition: EVERYTHING, limit: null });
}

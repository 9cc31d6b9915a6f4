import { type RelationMetadata } from '@kayako-orm/core';
import { type ConditionNode } from './condition-node.js';
import { type OrderTerm } from './select-node.js';

/** A relation that is loaded along with each row. */
export interface IncludeNode {
  readonly relation: RelationMetadata;
  /** Which children, in which order, and how many at most for each parent; for references everything. */
  readonly condition: ConditionNode;
  readonly order: readonly OrderTerm[];
  readonly limit: number | null;
  /** Of the entities that are loaded. */
  readonly include: readonly IncludeNode[];
}

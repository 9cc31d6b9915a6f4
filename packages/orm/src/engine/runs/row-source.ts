import { type CallOptions, type Meter } from '@kayako-orm/core';
import { type Explanation } from '../../entity/explanation.js';
import { type SelectNode } from '../../query/select-node.js';
import { type RunOptions } from './run.js';

/** Where the rows of a query come from: the help desk, or rows that are here already. */
export interface RowSource {
  /** Counts all that is done over the connection. */
  readonly connection: Meter;

  /** What {@link open} would do. */
  explain(node: SelectNode, options: CallOptions): Promise<Explanation>;

  /** How many rows {@link open} would give. */
  count(node: SelectNode, options: CallOptions): Promise<number>;

  /**
   * The rows that fulfil the whole condition, at most `limit` of them: entities, or, for a query with a selection, objects
   * that have at least the fields selected. Opens nothing before the first `next()`.
   */
  open<Entity extends object>(
    node: SelectNode<Entity>,
    options: RunOptions,
  ): AsyncIterable<Entity[]>;
}

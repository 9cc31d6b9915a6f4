import { type Explanation } from '../entity/explanation.js';
import { type CallOptions } from '@kayako-orm/core';
import { type SelectNode } from '../query/select-node.js';

/** Where the rows of a query come from: the help desk, or rows that are here already. */
export interface RowSource {
  /** What {@link open} would do. */
  explain(node: SelectNode, options: CallOptions): Promise<Explanation>;

  /** How many rows {@link open} would give. */
  count(node: SelectNode, options: CallOptions): Promise<number>;

  /** The rows that fulfil the whole condition, at most `limit` of them. Opens nothing before the first `next()`. */
  open<Entity extends object>(
    node: SelectNode<Entity>,
    options: CallOptions,
  ): AsyncIterable<Entity[]>;
}

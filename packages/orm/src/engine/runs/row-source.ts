import { type CallOptions, type Meter } from '@kayako-orm/core';
import { type Explanation } from '../../entity/explanation.js';
import { type OffsetStep, type SelectPlan } from '../../plan/select-plan.js';
import { type SelectNode } from '../../query/select-node.js';
import { type RunOptions } from './run.js';

/** Under this key a query hands out where its rows come from. */
export const rowSource: unique symbol = Symbol('kayako-orm.row-source');

/** Where the rows of a query come from: the help desk, or rows that are here already. */
export interface RowSource {
  /** The help desk itself, also where rows that are here already would answer. */
  readonly live: LiveRows;

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

/** The rows of the help desk as they are now. */
export interface LiveRows extends Pick<RowSource, 'connection' | 'open'> {
  /** The rows of a plan that was made elsewhere. */
  openPlan<Entity extends object>(
    plan: SelectPlan,
    node: SelectNode<Entity>,
    options: RunOptions,
  ): AsyncIterable<Entity[]>;

  /**
   * Reads what must be known beforehand: relations in the condition of a query, and look-ups in the filters of a list,
   * which are null where one of them has no rows.
   */
  settle<Entity extends object>(
    node: SelectNode<Entity>,
    list: OffsetStep,
    options: RunOptions,
  ): Promise<{
    readonly select: SelectNode<Entity>;
    readonly filters: readonly string[] | null;
  }>;
}

import { type CallOptions, type Meter } from '@kayako-orm/core';
import { type Explanation } from '../../entity/explanation.js';
import { explainEmbedded } from '../../plan/explain-plan.js';
import { type ConditionNode } from '../../query/condition-node.js';
import { type SelectNode } from '../../query/select-node.js';
import { type LiveRows, type RowSource } from '../runs/row-source.js';
import { Run, type RunOptions } from '../runs/run.js';
import { selectRows } from '../rows/select-rows.js';

/** Whether a condition speaks of other entities, which only the help desk knows. */
function hasRelation(node: ConditionNode): boolean {
  switch (node.kind) {
    case 'relation':
      return true;
    case 'and':
    case 'or':
      return node.conditions.some(hasRelation);
    case 'not':
      return hasRelation(node.condition);
    case 'in':
    case 'compare':
    case 'text':
    case 'match':
    case 'some':
      return false;
  }
}

/** Rows that came inside their parent's record, or, while there are none to reuse, the help desk's. */
export class EmbeddedRows implements RowSource {
  readonly #rows: () => readonly object[] | undefined;
  readonly #remote: RowSource;

  /** @param rows asked each time a query opens; undefined sends the query to `remote`. */
  constructor(rows: () => readonly object[] | undefined, remote: RowSource) {
    this.#rows = rows;
    this.#remote = remote;
  }

  get connection(): Meter {
    return this.#remote.connection;
  }

  get live(): LiveRows {
    return this.#remote.live;
  }

  async *open<Entity extends object>(
    node: SelectNode<Entity>,
    options: RunOptions,
  ): AsyncGenerator<Entity[]> {
    options.signal?.throwIfAborted();
    const found = this.#find(node);
    if (found === undefined) {
      yield* this.#remote.open(node, options);
      return;
    }
    const { metadata, budget } = node;
    const above = options.meter ?? this.connection;
    const run = new Run(metadata.name, above, budget, options);
    run.planned(() => explainEmbedded(node));
    try {
      if (found.length > 0) {
        run.kept(found.length);
        yield found;
      }
      run.complete();
    } finally {
      if (options.isPart === true) run.release();
      else run.end();
    }
    if (options.completed !== undefined) options.completed(run.report());
  }

  async explain(node: SelectNode, options: CallOptions): Promise<Explanation> {
    return this.#find(node) === undefined
      ? this.#remote.explain(node, options)
      : explainEmbedded(node);
  }

  async count(node: SelectNode, options: CallOptions): Promise<number> {
    options.signal?.throwIfAborted();
    return this.#find(node)?.length ?? this.#remote.count(node, options);
  }

  #find<Entity extends object>(node: SelectNode<Entity>): Entity[] | undefined {
    const rows = hasRelation(node.condition) ? undefined : this.#rows();
    return rows === undefined ? undefined : selectRows(rows as readonly Entity[], node);
  }
}

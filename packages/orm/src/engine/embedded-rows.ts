import { type CallOptions } from '@kayako-orm/core';
import { compileCondition } from '../query/evaluate-condition.js';
import { type SelectNode } from '../query/select-node.js';
import { type RowSource } from './row-source.js';

/** Rows that came inside their parent's record, or, while there are none to reuse, the help desk's. */
export class EmbeddedRows implements RowSource {
  readonly #rows: () => readonly object[] | undefined;
  readonly #remote: RowSource;

  /** @param rows asked each time a query opens; undefined sends the query to `remote`. */
  constructor(rows: () => readonly object[] | undefined, remote: RowSource) {
    this.#rows = rows;
    this.#remote = remote;
  }

  async *open<Entity extends object>(
    node: SelectNode<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    options.signal?.throwIfAborted();
    const rows = this.#rows();
    if (rows === undefined) {
      yield* this.#remote.open(node, options);
      return;
    }
    const found = (rows as readonly Entity[]).filter(compileCondition(node.condition));
    yield node.limit === null ? found : found.slice(0, node.limit);
  }
}

import { type EntityMetadata } from '@kayako-orm/core';
import { type Persister } from '../../entity/persister.js';
import { isSmallTable } from '../../plan/candidates.js';
import { parseCondition } from '../../query/parse-condition.js';
import { type SelectNode, selectAll } from '../../query/select-node.js';
import { copyEntity } from '../hydration/hydrator.js';
import { idIn } from '../hydration/row-id.js';
import { type Run } from '../runs/run.js';
import { type TableCache } from './table-cache.js';

/** Reads entities by their ids, together: a small table whole, others by as few requests as the planner finds. */
export class EntityReader {
  readonly #tables: TableCache;
  readonly #persister: Persister;
  readonly #rows: (node: SelectNode, run: Run) => AsyncIterable<object[]>;

  constructor(
    tables: TableCache,
    persister: Persister,
    rows: (node: SelectNode, run: Run) => AsyncIterable<object[]>,
  ) {
    this.#tables = tables;
    this.#persister = persister;
    this.#rows = rows;
  }

  /** The entities that exist, by id. @param whole reads a small table even for a single id. */
  async read(
    metadata: EntityMetadata,
    ids: readonly number[],
    run: Run,
    whole: boolean,
  ): Promise<Map<number, object>> {
    const found = new Map<number, object>();
    if (ids.length === 0) return found;
    if (isSmallTable(metadata) && (whole || ids.length > 1)) {
      const wanted = new Set(ids);
      for (const row of await this.#tables.rows(metadata.type, run)) {
        const id = idIn(row, metadata);
        // Rows of the table are shared, so what is handed out is a copy.
        if (wanted.has(id)) found.set(id, copyEntity(row, metadata, this.#persister));
      }
      return found;
    }
    const condition = parseCondition(metadata, { [metadata.idField ?? 'id']: ids });
    for await (const batch of this.#rows({ ...selectAll(metadata), condition }, run)) {
      for (const row of batch) found.set(idIn(row, metadata), row);
    }
    return found;
  }
}

import { type EntityMetadata } from '@kayako-orm/core';
import { type Persister } from '../../entity/persister.js';
import { isSmallTable } from '../../plan/candidates.js';
import { parseCondition } from '../../query/parse-condition.js';
import { type SelectNode, selectAll } from '../../query/select-node.js';
import { copyEntity } from '../hydration/hydrator.js';
import { type Intake } from '../hydration/intake.js';
import { idIn } from '../hydration/row-id.js';
import { type Run } from '../runs/run.js';
import { type TableCache } from './table-cache.js';

/** Reads entities by their ids, together: a small table whole, others by as few requests as the planner finds. */
export class EntityReader {
  readonly #tables: TableCache;
  readonly #persister: Persister;
  readonly #intake: Intake;
  readonly #rows: (node: SelectNode, run: Run) => AsyncIterable<object[]>;

  constructor(
    tables: TableCache,
    persister: Persister,
    intake: Intake,
    rows: (node: SelectNode, run: Run) => AsyncIterable<object[]>,
  ) {
    this.#tables = tables;
    this.#persister = persister;
    this.#intake = intake;
    this.#rows = rows;
  }

  /** The entities that exist, by id. @param whole reads a small table even for a single id. */
  async read(
    metadata: EntityMetadata,
    ids: readonly number[],
    run: Run,
    whole: boolean,
  ): Promise<Map<number, object>> {
    if (ids.length === 0) return new Map();
    const isTable = isSmallTable(metadata) && (whole || ids.length > 1);
    const rows = isTable
      ? await this.#fromTable(metadata, ids, run)
      : await this.#byId(metadata, ids, run);
    const taken = await this.#intake.take(rows, run, !isTable);
    return new Map(taken.map((row) => [idIn(row, metadata), row]));
  }

  /** Rows of the table are shared, so what is handed out is a copy. */
  async #fromTable(metadata: EntityMetadata, ids: readonly number[], run: Run): Promise<object[]> {
    const wanted = new Set(ids);
    const rows = await this.#tables.rows(metadata.type, run);
    return rows
      .filter((row) => wanted.has(idIn(row, metadata)))
      .map((row) => copyEntity(row, metadata, this.#persister));
  }

  async #byId(metadata: EntityMetadata, ids: readonly number[], run: Run): Promise<object[]> {
    const condition = parseCondition(metadata, { [metadata.idField ?? 'id']: ids });
    const rows: object[] = [];
    for await (const batch of this.#rows({ ...selectAll(metadata), condition }, run)) {
      for (const row of batch) rows.push(row);
    }
    return rows;
  }
}

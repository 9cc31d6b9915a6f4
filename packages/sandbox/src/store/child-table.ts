import { type Identified, Table } from './table.js';

/** Rows that belong to a parent and are found through it; ids are global, not per parent (14). */
export class ChildTable<Row extends Identified> extends Table<Row> {
  readonly #idsByParent = new Map<number, Set<number>>();
  readonly #parentOf: (row: Row) => number;

  constructor(parentOf: (row: Row) => number) {
    super();
    this.#parentOf = parentOf;
  }

  /** The rows of one parent by ascending id. */
  of(parentId: number): Row[] {
    const ids = this.#idsByParent.get(parentId);
    if (ids === undefined) return [];
    return [...ids].map((id) => this.get(id)).filter((row) => row !== undefined);
  }

  override insert(create: (id: number) => Row): Row {
    const row = super.insert(create);
    const parentId = this.#parentOf(row);
    const ids = this.#idsByParent.get(parentId) ?? new Set<number>();
    this.#idsByParent.set(parentId, ids.add(row.id));
    return row;
  }

  override delete(id: number): boolean {
    const row = this.get(id);
    if (row !== undefined) this.#idsByParent.get(this.#parentOf(row))?.delete(id);
    return super.delete(id);
  }

  deleteOf(parentId: number): void {
    for (const row of this.of(parentId)) super.delete(row.id);
    this.#idsByParent.delete(parentId);
  }
}

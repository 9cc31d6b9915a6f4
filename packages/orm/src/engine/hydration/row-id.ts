import { type EntityMetadata } from '@kayako-orm/core';

/** The id of a row that was read; 0 for records without one. */
export function idIn(row: object, { idField }: EntityMetadata): number {
  return idField === null ? 0 : ((row as Record<string, number>)[idField] ?? 0);
}

/** Lets each row through once. Records without an id are never the same. */
export class DistinctRows {
  readonly #metadata: EntityMetadata;
  readonly #seen = new Set<number>();

  constructor(metadata: EntityMetadata) {
    this.#metadata = metadata;
  }

  take<Row extends object>(rows: Row[]): Row[] {
    if (this.#metadata.idField === null) return rows;
    return rows.filter((row) => {
      const id = idIn(row, this.#metadata);
      const isNew = !this.#seen.has(id);
      this.#seen.add(id);
      return isNew;
    });
  }
}

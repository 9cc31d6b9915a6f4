export interface Identified {
  readonly id: number;
}

/** Rows that exist without being stored: they are made from their id whenever they are read. */
export interface RowSource<Row extends Identified> {
  readonly firstId: number;
  readonly lastId: number;
  create(id: number): Row;
}

/** Rows of one kind under ascending ids that are never used twice (14). */
export class Table<Row extends Identified> {
  readonly #rows = new Map<number, Row>();
  readonly #gone = new Set<number>();
  #source: RowSource<Row> | undefined;
  #lastId = 0;
  #size = 0;

  /** Puts the rows of a source after the present ones. */
  extend(source: RowSource<Row>): void {
    this.#source = source;
    this.#lastId = source.lastId;
    this.#size += source.lastId - source.firstId + 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The id the next row gets. */
  get nextId(): number {
    return this.#lastId + 1;
  }

  get(id: number): Row | undefined {
    const row = this.#rows.get(id);
    if (row !== undefined) return row;
    return this.#isGenerated(id) ? this.#source?.create(id) : undefined;
  }

  has(id: number): boolean {
    return this.#rows.has(id) || this.#isGenerated(id);
  }

  insert(create: (id: number) => Row): Row {
    const row = create(this.nextId);
    this.#lastId = row.id;
    this.#rows.set(row.id, row);
    this.#size += 1;
    return row;
  }

  /** Puts a changed row in the place of the one with its id. */
  replace(row: Row): Row {
    this.#rows.set(row.id, row);
    return row;
  }

  delete(id: number): boolean {
    if (!this.has(id)) return false;
    this.#rows.delete(id);
    if (this.#isInSource(id)) this.#gone.add(id);
    this.#size -= 1;
    return true;
  }

  /** Rows with at least this id, ascending; rows that come or go meanwhile are seen or missed by their id. */
  *from(marker: number): Generator<Row, void, undefined> {
    for (let id = Math.max(marker, 1); id <= this.#lastId; id += 1) {
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
  }

  [Symbol.iterator](): Generator<Row, void, undefined> {
    return this.from(1);
  }

  find(matches: (row: Row) => boolean): Row | undefined {
    for (const row of this) if (matches(row)) return row;
    return undefined;
  }

  /** Changes every stored row for which `change` returns another one. */
  replaceEach(change: (row: Row) => Row): void {
    for (const row of this) {
      const changed = change(row);
      if (changed !== row) this.replace(changed);
    }
  }

  #isInSource(id: number): boolean {
    return this.#source !== undefined && id >= this.#source.firstId && id <= this.#source.lastId;
  }

  #isGenerated(id: number): boolean {
    return this.#isInSource(id) && !this.#gone.has(id);
  }
}

/** Keeps the first rows of an order out of any number of them: a heap with the last of those kept on top. */
export class TopRows<Row> {
  readonly #keep: number;
  readonly #compare: (left: Row, right: Row) => number;
  readonly #heap: Row[] = [];

  constructor(keep: number, compare: (left: Row, right: Row) => number) {
    this.#keep = keep;
    this.#compare = compare;
  }

  add(row: Row): void {
    const heap = this.#heap;
    if (heap.length < this.#keep) {
      heap.push(row);
      this.#rise(heap.length - 1);
    } else if (heap[0] !== undefined && this.#compare(row, heap[0]) < 0) {
      heap[0] = row;
      this.#sink();
    }
  }

  /** The rows kept, in order. */
  sorted(): Row[] {
    return this.#heap.slice().sort(this.#compare);
  }

  #rise(from: number): void {
    for (let child = from; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#isBehind(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  #sink(): void {
    for (let parent = 0; ;) {
      let last = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < this.#heap.length && this.#isBehind(child, last)) last = child;
      }
      if (last === parent) return;
      this.#swap(parent, last);
      parent = last;
    }
  }

  #isBehind(one: number, other: number): boolean {
    return this.#compare(this.#heap[one] as Row, this.#heap[other] as Row) > 0;
  }

  #swap(one: number, other: number): void {
    const row = this.#heap[one] as Row;
    this.#heap[one] = this.#heap[other] as Row;
    this.#heap[other] = row;
  }
}

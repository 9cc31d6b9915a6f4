import { type KeysetStep } from '../../plan/select-plan.js';

/**
 * Walks the pages of a keyset step: which page to ask for, which of its rows are new, when to stop. Sends nothing.
 *
 * Once a page was as long as asked, a shorter one is the last; until then a short page may also mean that the server
 * sends fewer than asked, so pages are asked for until one is empty. An empty page after a full one is asked twice.
 */
export class KeysetCursor {
  readonly #step: KeysetStep;
  readonly #page = new Set<number>();
  #marker: number;
  /** The highest id so far. */
  #last: number;
  #received = 0;
  #wasFull = false;
  #doubted = false;

  constructor(step: KeysetStep) {
    this.#step = step;
    this.#marker = step.marker;
    this.#last = step.marker - 1;
  }

  /** Of the page to ask for. */
  get route(): string {
    return `${this.#step.route}/${this.#marker}/${this.#step.pageSize}`;
  }

  /** Takes a row of the page; false when it came before or is none that is wanted. */
  accept(id: number): boolean {
    this.#received += 1;
    if (id < this.#marker || this.#page.has(id)) return false;
    this.#page.add(id);
    this.#last = Math.max(this.#last, id);
    return this.#step.last === null || id <= this.#step.last;
  }

  /** Ends the page. @returns whether there is another one to ask for. */
  next(): boolean {
    const { single, last, pageSize } = this.#step;
    if (single || (last !== null && this.#last >= last)) return false;
    const isEmpty = this.#page.size === 0;
    this.#doubted = isEmpty && !this.#doubted && this.#wasFull;
    if (isEmpty && !this.#doubted) return false;
    if (!isEmpty && this.#wasFull && this.#received < pageSize) return false;
    this.#wasFull ||= this.#received >= pageSize;
    this.#marker = this.#last + 1;
    this.#received = 0;
    this.#page.clear();
    return true;
  }
}

import { type KeysetStep } from '../../plan/select-plan.js';
import { type PageCursor, type PageRequest } from './page-cursor.js';

/**
 * Guesses are this much shorter than a page: one that is too short has some rows twice, one that is too long leaves a
 * hole, which costs a request.
 */
const MARGIN = 1 / 16;

/** How many ids a page of `rows` rows spans, going by one with these ids. */
function spanOf(ids: readonly number[], rows: number): number {
  const middle = ids.length >> 1;
  const idAt = (index: number): number => ids[index] ?? 0;
  const gap = Math.min(
    (idAt(middle) - idAt(0)) / middle,
    // A large hole in the ids lies in one half of the page only.
    (idAt(ids.length - 1) - idAt(middle)) / (ids.length - 1 - middle),
  );
  // No page is too short for as many ids as it has rows.
  return gap >= 1 && gap < Infinity ? Math.max(rows, Math.floor(gap * rows * (1 - MARGIN))) : rows;
}

/**
 * Walks the pages of a keyset step.
 *
 * Once a page was as long as asked, a shorter one is the last; until then a short page may also mean that the server
 * sends fewer than asked, so pages are asked for until one is empty. An empty page after a full one is asked twice.
 *
 * The markers of pages to come are guessed from the ids of the page before. One that begins too early has rows twice,
 * which are passed over; one that begins too late is preceded by a small page with what lies between.
 */
export class KeysetCursor implements PageCursor {
  readonly hasGap = false;
  readonly #step: KeysetStep;
  /** All ids of the page. */
  readonly #page = new Set<number>();
  #ofPageBefore: readonly number[] = [];
  #marker: number;
  /** The highest id so far. */
  #last: number;
  #received = 0;
  #fresh = 0;
  #wasFull = false;
  #doubted = false;
  /** The length of the longest page. */
  #longest = 0;
  /** Ids from a marker to the next one; null while it is not known that there are more rows. */
  #stride: number | null = null;

  constructor(step: KeysetStep) {
    this.#step = step;
    this.#marker = step.marker;
    this.#last = step.marker - 1;
  }

  wanted(before = Infinity): PageRequest {
    return this.#request(this.#marker, before - this.#marker);
  }

  accept(id: number): boolean {
    const isNew = id >= this.#marker && !this.#page.has(id);
    this.#received += 1;
    this.#page.add(id);
    if (!isNew) return false;
    this.#fresh += 1;
    this.#last = Math.max(this.#last, id);
    return this.#isWanted(id);
  }

  isNew(id: number): boolean {
    return id >= this.#marker && !this.#page.has(id) && this.#isWanted(id);
  }

  next(page: PageRequest): boolean {
    const { single, last, pageSize } = this.#step;
    const received = this.#received;
    const isShort = received < page.rows;
    if (single || (last !== null && this.#last >= last)) return false;
    if (this.#wasFull && isShort && received > 0) return false;
    const isEmpty = this.#fresh === 0;
    // A page that began before what is wanted may end before it too.
    const isLate = page.position < this.#marker && received > 0;
    if (isEmpty && !isLate && (this.#doubted || !this.#wasFull)) return false;
    this.#doubted = isEmpty && !isLate;
    this.#wasFull ||= received >= pageSize;
    // A short first page is probably the only one.
    if (page.rows === pageSize && (this.#wasFull || this.#longest > 0)) {
      this.#stride = spanOf([...this.#page], received);
    }
    this.#longest = Math.max(this.#longest, received);
    this.#marker = this.#last + 1;
    this.#ofPageBefore = [...this.#page];
    this.#received = 0;
    this.#fresh = 0;
    this.#page.clear();
    return true;
  }

  following(position: number): PageRequest | null {
    if (this.#stride === null || this.#doubted) return null;
    const marker = position + this.#stride;
    return this.#isWanted(marker) ? this.#request(marker) : null;
  }

  serves(position: number): boolean {
    return position <= this.#marker;
  }

  keeps(position: number, pages: number): boolean {
    const distance = position - this.#marker;
    if (distance > 0) return distance <= pages * (this.#stride ?? 0);
    const known = this.#ofPageBefore.filter((id) => id >= position).length;
    return known * 2 <= this.#longest;
  }

  #isWanted(id: number): boolean {
    return this.#step.last === null || id <= this.#step.last;
  }

  #request(marker: number, most = Infinity): PageRequest {
    const rows = Math.min(this.#step.pageSize, most);
    return { route: `${this.#step.route}/${marker}/${rows}`, position: marker, rows };
  }
}

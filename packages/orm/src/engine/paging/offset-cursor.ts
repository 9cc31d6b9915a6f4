import { type OffsetStep } from '../../plan/select-plan.js';
import { type PageCursor, type PageRequest } from './page-cursor.js';

/** Where few rows were wanted but the first page did not hold them, pages grow. */
const PAGE_GROWTH = 10;

/**
 * How often the page before one is read again without anything new between. Rows that join and leave at the beginning of
 * a descending list can make it necessary more than once; a server whose pages never meet would be asked for ever.
 */
const MAX_STEPS_BACK = 2;

/**
 * Whether a page that is shorter than asked may have been cut by the server. Limits are round numbers; that a list is so
 * by chance costs one request.
 */
export function mayBeCut(rows: number): boolean {
  return rows >= 50 && rows % 10 === 0;
}

/** How far behind a page of so many rows the next one begins: with the last of them, unless it would be the same page. */
function strideOf(rows: number): number {
  return Math.max(1, rows - 1);
}

/** Which rows of a list were given before. */
interface SeenRows {
  /** Remembers a row; false when it was given before. */
  add(id: number): boolean;
  isNew(id: number): boolean;
  /** Whether a page that begins with this row may lack some before it. */
  isGap(id: number): boolean;
  endPage(): void;
}

/** Pages come by ascending or descending id, so the end of the page before tells. */
class SeenById implements SeenRows {
  readonly #ascending: boolean;
  readonly #page = new Set<number>();
  #last: number | undefined;

  constructor(direction: 'ASC' | 'DESC') {
    this.#ascending = direction === 'ASC';
  }

  add(id: number): boolean {
    return this.isNew(id) && this.#page.add(id).has(id);
  }

  isNew(id: number): boolean {
    return this.isGap(id) && !this.#page.has(id);
  }

  isGap(id: number): boolean {
    if (this.#last === undefined) return true;
    return this.#ascending ? id > this.#last : id < this.#last;
  }

  endPage(): void {
    for (const id of this.#page) if (this.isGap(id)) this.#last = id;
    this.#page.clear();
  }
}

/** Pages come in an order that is not known, so all their ids are remembered. */
class SeenAnywhere implements SeenRows {
  readonly #ids = new Set<number>();

  add(id: number): boolean {
    return this.isNew(id) && this.#ids.add(id).has(id);
  }

  isNew(id: number): boolean {
    return !this.#ids.has(id);
  }

  isGap(id: number): boolean {
    return this.isNew(id);
  }

  endPage(): void {
    // A page that begins in this one joins it.
  }
}

/**
 * Walks the pages of an offset step.
 *
 * Pages by offset move when rows leave or join the list meanwhile, which a loop that changes what it reads does itself.
 * Each page begins with the last row of the one before; where it does not, rows have left, and the page before is
 * read again. So a row that was there all the time lies in a page that was read or behind the last one: the rows of a page
 * follow one another in the list, and each page was seen to join the one before. Only where pages did not meet again and
 * again is it no longer asked for.
 */
export class OffsetCursor implements PageCursor {
  readonly #step: OffsetStep;
  readonly #filters: readonly string[];
  readonly #seen: SeenRows;
  #start: number;
  #pageSize: number;
  #rows = 0;
  #fresh = 0;
  #firstId: number | undefined;
  #hasGap = false;
  /** Of the page before. */
  #previousFirstId: number | undefined;
  /** The length at which the server has cut a page; 0 as long as none was. */
  #cutAt = 0;
  /** How often, from where a page began, since anything new came. */
  readonly #stepsBack = new Map<number, number>();
  /** Pages in a row that were the same. */
  #repeats = 0;
  /** The last page was as long as was to be expected, so it is known where others begin. */
  #isRegular = false;

  /** @param filters what stands in the route for the step's own. */
  constructor(step: OffsetStep, filters: readonly string[]) {
    this.#step = step;
    this.#filters = filters;
    this.#seen = step.sort === null ? new SeenAnywhere() : new SeenById(step.sort[1]);
    this.#start = step.start;
    this.#pageSize = step.pageSize;
  }

  wanted(): PageRequest {
    return this.#request(this.#start);
  }

  get hasGap(): boolean {
    return this.#hasGap;
  }

  accept(id: number): boolean {
    if (this.#firstId === undefined) {
      this.#firstId = id;
      this.#hasGap = this.#mayStepBack && this.#seen.isGap(id);
    }
    if (this.#hasGap) return false;
    this.#rows += 1;
    const isNew = this.#seen.add(id);
    if (isNew) this.#fresh += 1;
    return isNew;
  }

  isNew(id: number): boolean {
    return this.#seen.isNew(id);
  }

  next(page: PageRequest): boolean {
    const isStepBack = this.#hasGap || (this.#rows === 0 && this.#mayStepBack);
    const more = isStepBack ? this.#stepBack() : this.#stepForward(page);
    this.#rows = 0;
    this.#fresh = 0;
    this.#firstId = undefined;
    this.#hasGap = false;
    return more;
  }

  get #mayStepBack(): boolean {
    return this.#start > this.#step.start && this.#stepsBackFrom(this.#start) < MAX_STEPS_BACK;
  }

  #stepsBackFrom(start: number): number {
    return this.#stepsBack.get(start) ?? 0;
  }

  #stepBack(): boolean {
    this.#stepsBack.set(this.#start, this.#stepsBackFrom(this.#start) + 1);
    this.#previousFirstId = undefined;
    this.#start = Math.max(this.#step.start, this.#start - this.#pageSize);
    return true;
  }

  #stepForward(page: PageRequest): boolean {
    this.#seen.endPage();
    const rows = this.#rows;
    if (rows === 0) return false;
    // A server that gives the same page again and again would never end. Once it may be by chance.
    const isRepeated = this.#fresh === 0 && this.#firstId === this.#previousFirstId;
    this.#repeats = isRepeated ? this.#repeats + 1 : 0;
    if (this.#repeats > 1) return false;
    const isShort = rows < page.rows;
    if (isShort && !mayBeCut(rows) && rows !== this.#cutAt) return false;
    this.#isRegular = !isShort || rows === this.#cutAt;
    if (isShort) this.#cutAt = rows;
    this.#previousFirstId = this.#firstId;
    if (this.#fresh > 0) this.#stepsBack.clear();
    this.#start += strideOf(rows);
    this.#pageSize = Math.min(this.#step.maxPageSize, this.#pageSize * PAGE_GROWTH);
    return true;
  }

  following(position: number): PageRequest | null {
    const isKnown = this.#isRegular && this.#pageSize === this.#step.maxPageSize;
    return isKnown ? this.#request(position + this.#stride) : null;
  }

  serves(position: number): boolean {
    return position === this.#start;
  }

  keeps(position: number, pages: number): boolean {
    const distance = position - this.#start;
    return distance >= 0 && distance <= pages * this.#stride && distance % this.#stride === 0;
  }

  /** Rows from the beginning of a page to that of the next. */
  get #stride(): number {
    return strideOf(this.#cutAt === 0 ? this.#pageSize : this.#cutAt);
  }

  #request(position: number): PageRequest {
    const { route, sort } = this.#step;
    const rows = this.#pageSize;
    return {
      route: [route, ...this.#filters, rows, position, ...(sort ?? [])].join('/'),
      position,
      rows,
    };
  }
}

import { type OffsetStep } from '../plan/select-plan.js';

/** Where few rows were wanted but the first page did not hold them, pages grow. */
const PAGE_GROWTH = 10;

/**
 * Whether a page that is shorter than asked may have been cut by the server. Limits are round numbers; that a list is so
 * by chance costs one request.
 */
function mayBeCut(rows: number): boolean {
  return rows >= 50 && rows % 10 === 0;
}

interface SeenRows {
  /** Remembers a row; false when it was given before. */
  add(id: number): boolean;
  /** Whether a page that begins with this row may lack some before it. */
  isGap(id: number): boolean;
  endPage(): void;
}

/** Where nothing is known of the order of ids, all of them are remembered. */
class SeenInAnyOrder implements SeenRows {
  readonly #seen = new Set<number>();

  add(id: number): boolean {
    return !this.#seen.has(id) && this.#seen.add(id).has(id);
  }

  isGap(): boolean {
    return false;
  }

  endPage(): void {
    // What was seen stays seen.
  }
}

/** Where pages come by ascending or descending id, the end of the page before tells. */
class SeenById implements SeenRows {
  readonly #ascending: boolean;
  readonly #page = new Set<number>();
  #last: number | undefined;

  constructor(direction: 'ASC' | 'DESC') {
    this.#ascending = direction === 'ASC';
  }

  add(id: number): boolean {
    return this.isGap(id) && !this.#page.has(id) && this.#page.add(id).has(id);
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

/**
 * Walks the pages of an offset step: which page to ask for, which of its rows are new, when to stop. Sends nothing.
 *
 * Pages by offset move when rows leave or join the list meanwhile, which a loop that changes what it reads does itself.
 * By id, each page begins with the last row of the one before; where it does not, rows have left, and the page before is
 * read again.
 */
export class OffsetCursor {
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
  #steppedBackFrom: number | null = null;
  #doubted = false;

  /** @param filters what stands in the route for the step's own. */
  constructor(step: OffsetStep, filters: readonly string[]) {
    this.#step = step;
    this.#filters = filters;
    this.#seen = step.byId ? new SeenById(step.sort[1]) : new SeenInAnyOrder();
    this.#start = step.start;
    this.#pageSize = step.pageSize;
  }

  /** Of the page to ask for. */
  get route(): string {
    const { route, sort } = this.#step;
    return [route, ...this.#filters, this.#pageSize, this.#start, ...sort].join('/');
  }

  /** Rows before this page have left the list: the rest of it need not be read. */
  get hasGap(): boolean {
    return this.#hasGap;
  }

  /** Takes a row of the page; false when it was given before or the page is not to be used. */
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

  /** Ends the page. @returns whether there is another one to ask for. */
  next(): boolean {
    const isStepBack = this.#hasGap || (this.#rows === 0 && this.#mayStepBack);
    const more = isStepBack ? this.#stepBack() : this.#stepForward();
    this.#rows = 0;
    this.#fresh = 0;
    this.#firstId = undefined;
    this.#hasGap = false;
    return more;
  }

  /** Not twice without anything new between: a server whose pages never meet would be asked for ever. */
  get #mayStepBack(): boolean {
    const { byId, start } = this.#step;
    return byId && this.#start > start && this.#steppedBackFrom !== this.#start;
  }

  #stepBack(): boolean {
    this.#steppedBackFrom = this.#start;
    this.#previousFirstId = undefined;
    this.#start = Math.max(this.#step.start, this.#start - this.#pageSize);
    return true;
  }

  #stepForward(): boolean {
    this.#seen.endPage();
    const rows = this.#rows;
    if (rows === 0) return this.#doubt();
    // A server that gives the same page again and again would never end.
    if (this.#fresh === 0 && this.#firstId === this.#previousFirstId) return false;
    const isShort = rows < this.#pageSize;
    if (isShort && !mayBeCut(rows) && rows !== this.#cutAt) return false;
    if (isShort) this.#cutAt = rows;
    this.#previousFirstId = this.#firstId;
    this.#doubted = false;
    if (this.#fresh > 0) this.#steppedBackFrom = null;
    this.#start += this.#step.byId && rows > 1 ? rows - 1 : rows;
    this.#pageSize = Math.min(this.#step.maxPageSize, this.#pageSize * PAGE_GROWTH);
    return true;
  }

  /** An empty page behind a full one is asked for once more; by id, stepping back has done so. */
  #doubt(): boolean {
    const followsFull = this.#previousFirstId !== undefined && this.#cutAt === 0;
    if (this.#step.byId || this.#doubted || !followsFull) return false;
    this.#doubted = true;
    return true;
  }
}

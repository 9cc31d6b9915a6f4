import { type Pace } from '../../query/select-node.js';
import { OpenPage, type ReadPage } from './open-page.js';
import { type PageCursor } from './page-cursor.js';

/** How the pages of a step are read. */
export interface PageReading extends Pace {
  /** No more rows than this are needed; null where that is not known. */
  readonly wanted: number | null;
}

/** For each page that may be under way: pages that are under way or wait for their turn. */
const WINDOW = 2;
/** For each page that may be under way: requests beyond those that the rows so far needed. */
const SLACK = 3;
/** For each page that was needed: the same. */
const WASTE = 1 / 8;

/**
 * Reads the pages of a cursor, several at the same time: the one whose turn it is, and those that will probably follow.
 * Each row is given once. All stands still while the reader does.
 *
 * A guess that turns out wrong costs a request; where too many did, the pages are read one after the other for a while.
 */
export class PageReader<Row> {
  readonly #cursor: PageCursor;
  readonly #read: ReadPage<Row>;
  readonly #idOf: (row: Row) => number;
  readonly #reading: PageReading;
  readonly #signal: AbortSignal | undefined;
  /** Pages before their turn, in order. */
  #ahead: readonly OpenPage<Row>[] = [];
  /** Rows given before the turn of their page. */
  readonly #early = new Set<number>();
  #sent = 0;
  /** Rows that the cursor took. */
  #rows = 0;
  /** The length of the longest page. */
  #longest = 1;

  constructor(
    cursor: PageCursor,
    read: ReadPage<Row>,
    idOf: (row: Row) => number,
    reading: PageReading,
    signal: AbortSignal | undefined,
  ) {
    this.#cursor = cursor;
    this.#read = read;
    this.#idOf = idOf;
    this.#reading = reading;
    this.#signal = signal;
  }

  /** The rows of all pages; to be called once. */
  async *rows(): AsyncGenerator<Row[]> {
    let page = this.#open();
    try {
      for (;;) {
        this.#readAhead(page);
        yield* this.#rowsOf(page);
        this.#longest = Math.max(this.#longest, page.received);
        if (!this.#cursor.next(page.request)) return;
        for (const id of this.#early) if (!this.#cursor.isNew(id)) this.#early.delete(id);
        page = await this.#nextPage();
      }
    } finally {
      await Promise.all([page, ...this.#ahead].map((each) => each.close()));
    }
  }

  async *#rowsOf(page: OpenPage<Row>): AsyncGenerator<Row[]> {
    for (const id of page.early) this.#accept(id);
    for (const batch of page.held.splice(0)) {
      const rows = this.#fresh(batch);
      if (rows.length > 0) yield rows;
    }
    while (!page.isEnded && !this.#cursor.hasGap) {
      const arrived = await Promise.race(this.#underWay(page).map(({ arrival }) => arrival));
      const batch = arrived.take();
      const rows = arrived === page ? this.#fresh(batch) : this.#before(arrived, batch);
      if (arrived.isEnded) this.#readAhead(page);
      if (rows.length > 0) yield rows;
    }
    if (this.#cursor.hasGap) await page.close();
    else page.check();
  }

  /** The rows of a page whose turn it is that were not given before. */
  #fresh(batch: readonly Row[]): Row[] {
    return batch.filter((row) => this.#accept(this.#idOf(row)));
  }

  #accept(id: number): boolean {
    if (!this.#cursor.accept(id)) return false;
    this.#rows += 1;
    return !this.#early.delete(id);
  }

  /** What can be given of a page before its turn. */
  #before(page: OpenPage<Row>, batch: Row[]): Row[] {
    if (this.#reading.ordered) {
      if (batch.length > 0) page.held.push(batch);
      return [];
    }
    return batch.filter((row) => {
      const id = this.#idOf(row);
      page.early.push(id);
      return this.#cursor.isNew(id) && !this.#early.has(id) && this.#early.add(id).has(id);
    });
  }

  #underWay(page: OpenPage<Row>): readonly OpenPage<Row>[] {
    return [page, ...this.#ahead.filter(({ isEnded }) => !isEnded)];
  }

  /** The page whose turn it is: one that was read ahead, or else a new one. Ends what is of no use any more. */
  async #nextPage(): Promise<OpenPage<Row>> {
    const { concurrency } = this.#reading;
    const useful = this.#ahead.filter(({ request }) =>
      this.#cursor.keeps(request.position, WINDOW * concurrency),
    );
    const served = useful.findLast(({ request }) => this.#cursor.serves(request.position));
    const from = served === undefined ? 0 : useful.indexOf(served);
    const kept = useful.slice(from);
    const dropped = this.#ahead.filter((page) => !kept.includes(page));
    this.#ahead = served === undefined ? kept : kept.slice(1);
    await Promise.all(dropped.map((page) => page.close()));
    return served ?? this.#open(this.#cursor.wanted(kept[0]?.request.position));
  }

  #readAhead(current: OpenPage<Row>): void {
    while (this.#hasRoom(current)) {
      const { request } = this.#ahead.at(-1) ?? current;
      const following = this.#cursor.following(request.position);
      if (following === null) return;
      this.#ahead = [...this.#ahead, this.#open(following)];
    }
  }

  #hasRoom(current: OpenPage<Row>): boolean {
    const { concurrency, ordered, wanted } = this.#reading;
    const pages = this.#ahead.length + 1;
    // Held pages count where they hold their rows.
    const busy = ordered ? pages : this.#underWay(current).length;
    if (busy >= concurrency || pages >= WINDOW * concurrency) return false;
    // Nothing is expected behind a page that was short, or failed.
    const isShort = ({ isEnded, received }: OpenPage<Row>): boolean =>
      isEnded && received < this.#longest;
    if ([current, ...this.#ahead].some(isShort)) return false;
    const needed = this.#rows / this.#longest;
    return (
      this.#sent < needed * (1 + WASTE) + SLACK * concurrency &&
      (wanted === null || this.#rows + pages * this.#longest < wanted)
    );
  }

  #open(request = this.#cursor.wanted()): OpenPage<Row> {
    this.#sent += 1;
    return new OpenPage(request, this.#read, this.#signal);
  }
}

import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { KeysetCursor } from '../../../src/engine/paging/keyset-cursor.js';
import { OffsetCursor } from '../../../src/engine/paging/offset-cursor.js';
import { type PageCursor } from '../../../src/engine/paging/page-cursor.js';
import { PageReader, type PageReading } from '../../../src/engine/paging/page-reader.js';

interface Scan {
  readonly rows: number[];
  readonly requests: number;
  /** Rows in replies. */
  readonly transferred: number;
}

/** Reads all pages; each reply is made at one moment and comes in pieces at others, as the scheduler will. */
async function scan(
  cursor: PageCursor,
  answer: (first: number, rows: number) => readonly number[],
  reading: Partial<PageReading>,
  turn: () => Promise<unknown>,
): Promise<Scan> {
  let requests = 0;
  let transferred = 0;
  async function* read(route: string): AsyncGenerator<number[]> {
    requests += 1;
    const [, first, rows] = route.split('/').map(Number);
    await turn();
    const reply = answer(first ?? 0, rows ?? 0);
    transferred += reply.length;
    const middle = reply.length >> 1;
    yield reply.slice(0, middle);
    await turn();
    yield reply.slice(middle);
  }
  const all = { concurrency: 4, ordered: true, wanted: null, ...reading };
  const reader = new PageReader<number>(cursor, read, (id) => id, all, undefined);
  const rows: number[] = [];
  for await (const batch of reader.rows()) rows.push(...batch);
  return { rows, requests, transferred };
}

const ascending = (ids: readonly number[]): number[] => [...ids].sort((one, other) => one - other);
const atOnce = (): Promise<void> => Promise.resolve();

const readings = fc.record({
  concurrency: fc.integer({ min: 1, max: 6 }),
  ordered: fc.boolean(),
});

/** Ids in runs, with holes between them that are small, or larger than any page, or both. */
const tables = fc
  .array(
    fc.record({
      rows: fc.integer({ min: 1, max: 40 }),
      gap: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(100, 5_000_000)),
      spread: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 12 },
  )
  .map((runs) => {
    const ids: number[] = [];
    for (const { rows, gap, spread } of runs) {
      let id = (ids.at(-1) ?? 0) + gap;
      for (let row = 0; row < rows; row += 1) {
        ids.push(id);
        id += 1 + ((row * 7) % spread);
      }
    }
    return ids;
  });

describe('pages by marker', () => {
  const PAGE = 8;
  const cursorOf = (last: number | null = null): KeysetCursor =>
    new KeysetCursor({
      kind: 'keyset',
      route: 'users',
      marker: 1,
      last,
      pageSize: PAGE,
      single: false,
    });
  const pagesOf =
    (ids: readonly number[], most = PAGE) =>
    (marker: number, rows: number): number[] =>
      ids.filter((id) => id >= marker).slice(0, Math.min(rows, most));

  it('give each row once, in order if asked, with few requests more than one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(tables, readings, fc.scheduler(), async (ids, reading, scheduler) => {
        const answer = pagesOf(ids);
        const alone = await scan(cursorOf(), answer, { concurrency: 1 }, atOnce);
        const turn = (): Promise<unknown> => scheduler.schedule(atOnce());
        const { rows, requests, transferred } = await scheduler.waitFor(
          scan(cursorOf(), answer, reading, turn),
        );
        expect(reading.ordered ? rows : ascending(rows)).toEqual(ids);
        const { concurrency } = reading;
        const more = concurrency === 1 ? 0 : Math.ceil(alone.requests / 8) + 4 * concurrency;
        expect(requests).toBeLessThanOrEqual(alone.requests + more);
        expect(transferred).toBeLessThanOrEqual(alone.transferred + more * PAGE);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('give each row once, also from a server that cuts pages and up to a last id', async () => {
    const limits = fc.record({
      most: fc.integer({ min: 1, max: PAGE }),
      last: fc.option(fc.integer({ min: 1, max: 300 })),
    });
    await fc.assert(
      fc.asyncProperty(tables, limits, readings, fc.scheduler(), async (ids, limit, reading, s) => {
        const cursor = cursorOf(limit.last);
        const turn = (): Promise<unknown> => s.schedule(atOnce());
        const answer = pagesOf(ids, limit.most);
        const { rows } = await s.waitFor(scan(cursor, answer, reading, turn));
        expect(reading.ordered ? rows : ascending(rows)).toEqual(
          ids.filter((id) => id <= (limit.last ?? Infinity)),
        );
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe('pages by offset', () => {
  const PAGE = 12;
  const cursorOf = (direction: 'ASC' | 'DESC'): OffsetCursor =>
    new OffsetCursor(
      {
        kind: 'offset',
        route: 'tickets',
        count: { route: '', element: 'totalcount' },
        filters: [],
        parameters: [],
        pageSize: PAGE,
        maxPageSize: PAGE,
        start: 0,
        sort: ['ticketid', direction],
      },
      [],
    );

  it('give every row that is there all the time once, while others leave and join', async () => {
    const changes = fc.array(fc.option(fc.nat({ max: 200 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 120 }),
        changes,
        fc.constantFrom('ASC' as const, 'DESC' as const),
        readings,
        fc.scheduler(),
        async (count, changing, direction, reading, scheduler) => {
          const first = Array.from({ length: count }, (_, index) => index + 1);
          let present = first;
          let next = count;
          const change = (place: number | null): void => {
            next += 1;
            // Nobody leaves twice, and whoever joins has the highest id.
            present =
              place === null
                ? [...present, next]
                : present.filter((_, index) => index !== place % present.length);
          };
          const changed = Promise.all(
            changing.map((place) =>
              scheduler.schedule(atOnce()).then(() => {
                change(place);
              }),
            ),
          );
          const answer = (rows: number, start: number): readonly number[] => {
            const list = direction === 'ASC' ? present : [...present].reverse();
            return list.slice(start, start + rows);
          };
          const turn = (): Promise<unknown> => scheduler.schedule(atOnce());
          const scanned = scan(cursorOf(direction), answer, reading, turn);
          const [{ rows }] = await scheduler.waitFor(Promise.all([scanned, changed]));
          expect(new Set(rows).size).toBe(rows.length);
          const stayed = first.filter((id) => present.includes(id));
          expect(rows).toEqual(expect.arrayContaining(stayed));
          const upwards = direction === 'ASC' ? rows : [...rows].reverse();
          expect(reading.ordered ? upwards : ascending(rows)).toEqual(ascending(rows));
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});

it('a page that does not join the one before is not read on, and is let go of before the next', async () => {
  const events: string[] = [];
  let list = Array.from({ length: 40 }, (_, index) => index + 1);
  async function* read(route: string): AsyncGenerator<number[]> {
    const [, count = 0, start = 0] = route.split('/').map(Number);
    try {
      for (const id of list.slice(start, start + count)) yield await Promise.resolve([id]);
    } finally {
      events.push(`end of ${start}`);
    }
  }
  const step = {
    kind: 'offset' as const,
    route: 'tickets',
    count: { route: '', element: 'totalcount' },
    filters: [],
    parameters: [],
    pageSize: 12,
    maxPageSize: 12,
    start: 0,
    sort: ['ticketid', 'ASC'] as const,
  };
  const cursor = new OffsetCursor(step, []);
  const reading = { concurrency: 1, ordered: true, wanted: null };
  const rows: number[] = [];
  for await (const batch of new PageReader<number>(
    cursor,
    read,
    (id) => id,
    reading,
    undefined,
  ).rows()) {
    rows.push(...batch);
    if (rows.length === 12) list = list.slice(5);
  }
  expect(rows).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(events.slice(0, 3)).toEqual(['end of 0', 'end of 11', 'end of 0']);
});

describe('pages under way', () => {
  const PAGE = 4;
  const cursorOf = (): KeysetCursor =>
    new KeysetCursor({
      kind: 'keyset',
      route: 'users',
      marker: 1,
      last: null,
      pageSize: PAGE,
      single: false,
    });
  let routes: string[];
  /** Replies that wait for the test, by marker. */
  let waiting: Map<number, (rows: readonly number[] | Error) => void>;
  let aborted: number[];
  beforeEach(() => {
    routes = [];
    waiting = new Map();
    aborted = [];
  });

  async function* read(route: string, signal: AbortSignal): AsyncGenerator<number[]> {
    routes.push(route);
    const marker = Number(route.split('/')[1]);
    const rows = await new Promise<readonly number[]>((resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted.push(marker);
        reject(signal.reason as Error);
      });
      waiting.set(marker, (reply) => {
        waiting.delete(marker);
        if (reply instanceof Error) reject(reply);
        else resolve(reply);
      });
    });
    yield* rows.map((id) => [id]);
  }

  function open(reading: Partial<PageReading>): AsyncGenerator<number[]> {
    const all = { concurrency: 3, ordered: true, wanted: null, ...reading };
    return new PageReader<number>(cursorOf(), read, (id) => id, all, undefined).rows();
  }

  const reply = (marker: number, rows: readonly number[] | Error): void => {
    const answer = waiting.get(marker);
    if (answer === undefined) throw new Error(`nobody asked for ${marker}`);
    answer(rows);
  };
  const asked = (): number[] => [...waiting.keys()];
  /** Lets all go on that can. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  };
  async function take(rows: AsyncGenerator<number[]>, count: number): Promise<number[]> {
    const taken: number[] = [];
    while (taken.length < count) taken.push(...((await rows.next()).value as number[]));
    return taken;
  }

  it('are as many as asked once it is known that there is more than one', async () => {
    const rows = open({});
    void rows.next();
    expect(asked()).toEqual([1]);
    reply(1, [1, 2, 3, 4]);
    await take(rows, 3);
    const next = rows.next();
    await settled();
    expect(asked()).toEqual([5, 9, 13]);
    reply(5, [5, 6, 7, 8]);
    expect((await next).value).toEqual([5]);
    await take(rows, 3);
    void rows.next();
    await settled();
    expect(asked()).toEqual([9, 13, 17]);
  });

  it('wait for their turn in order, and do not otherwise', async () => {
    for (const ordered of [true, false]) {
      const rows = open({ ordered });
      const first = take(rows, 4);
      await settled();
      reply(1, [1, 2, 3, 4]);
      await first;
      const second = rows.next();
      await settled();
      reply(9, [9, 10]);
      await settled();
      if (ordered) reply(5, [5, 6, 7, 8]);
      expect((await second).value).toEqual([ordered ? 5 : 9]);
      if (!ordered) reply(5, [5, 6, 7, 8]);
      const rest: number[] = [];
      for await (const batch of rows) rest.push(...batch);
      expect(ascending(rest)).toEqual(ordered ? [6, 7, 8, 9, 10] : [5, 6, 7, 8, 10]);
    }
  });

  it('are no more than the rows that are wanted need', async () => {
    const rows = open({ concurrency: 6, wanted: 10 });
    const first = take(rows, 4);
    await settled();
    reply(1, [1, 2, 3, 4]);
    await first;
    void rows.next();
    await settled();
    expect(asked()).toEqual([5, 9]);
    reply(5, []);
    reply(9, []);
  });

  it('stand still while their reader does', async () => {
    const rows = open({});
    const first = take(rows, 4);
    await settled();
    reply(1, [1, 2, 3, 4]);
    await first;
    const fifth = rows.next();
    await settled();
    for (const marker of [5, 9, 13])
      reply(
        marker,
        [0, 1, 2, 3].map((id) => id + marker),
      );
    await fifth;
    await settled();
    expect(asked()).toEqual([]);
  });

  it('fail when it is their turn, and where the list has ended before, never', async () => {
    const rows = open({});
    const first = take(rows, 4);
    await settled();
    reply(1, [1, 2, 3, 4]);
    await first;
    const rest = take(rows, 4);
    await settled();
    const failure = new Error('the help desk is busy');
    reply(9, failure);
    await settled();
    reply(5, [5, 6, 7, 8]);
    expect(await rest).toEqual([5, 6, 7, 8]);
    await expect(rows.next()).rejects.toBe(failure);
    expect(aborted).toEqual([13]);

    const short = open({});
    const again = take(short, 4);
    await settled();
    reply(1, [1, 2, 3, 4]);
    await again;
    const last = take(short, 1);
    await settled();
    reply(9, failure);
    reply(5, [5]);
    expect(await last).toEqual([5]);
    expect(await short.next()).toMatchObject({ done: true });
  });

  it('end together when the reader leaves', async () => {
    const rows = open({});
    const first = take(rows, 4);
    await settled();
    reply(1, [1, 2, 3, 4]);
    await first;
    const fifth = rows.next();
    await settled();
    reply(5, [5, 6, 7, 8]);
    await fifth;
    await rows.return(undefined);
    expect(aborted).toEqual([9, 13]);
  });

  it('are given up where a page reached beyond them, and asked for between where it did not reach them', async () => {
    const gap = [5, 5_000_000, 5_000_001, 5_000_002];
    const rows = open({});
    const first = take(rows, 4);
    await settled();
    reply(1, [1, 2, 3, 4]);
    await first;
    const second = take(rows, 4);
    await settled();
    expect(asked()).toEqual([5, 9, 13]);
    reply(5, gap);
    expect(await second).toEqual(gap);
    void rows.next();
    await settled();
    expect(aborted).toEqual([9, 13]);
    expect(asked().slice(2)).toEqual([5_000_003, 5_000_007, 5_000_011]);
  });

  it('are asked for between two with no more rows than fit there', async () => {
    const rows = open({ concurrency: 2 });
    const first = take(rows, 4);
    await settled();
    reply(1, [1, 11, 21, 31]);
    await first;
    const second = take(rows, 4);
    await settled();
    expect(asked()).toEqual([32, 69]);
    reply(32, [32, 40, 50, 66]);
    await second;
    void rows.next();
    await settled();
    expect(routes.at(-1)).toBe('users/67/2');
  });

  it('listen to the signal of the scan only as long as they are read', async () => {
    const { signal } = new AbortController();
    const all = Array.from({ length: 50 }, (_, index) => index + 1);
    async function* page(route: string): AsyncGenerator<number[]> {
      const [, first = 0, rows = 0] = route.split('/').map(Number);
      yield await Promise.resolve(all.filter((id) => id >= first).slice(0, rows));
    }
    const reading = { concurrency: 3, ordered: true, wanted: null };
    const reader = new PageReader<number>(cursorOf(), page, (id) => id, reading, signal);
    let most = 0;
    for await (const rows of reader.rows()) {
      expect(rows.length).toBeGreaterThan(0);
      most = Math.max(most, getEventListeners(signal, 'abort').length);
    }
    expect(most).toBe(3);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

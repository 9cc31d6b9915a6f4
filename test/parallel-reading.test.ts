import { type Kayako, Ticket, TicketPost, User, UserGroup } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';

interface Row {
  readonly id: number;
}

/** Rows, or arrays of rows. */
type Rows = AsyncIterable<Row | readonly Row[]>;

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ users: 1060, tickets: 510, seed: 12 });
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

const TICKETS = [3, 4, 5, 6, 7, 8];

const sources: [string, (kayako: Kayako) => Rows][] = [
  ['a repository', (kayako) => kayako.repository(User)],
  ['a query', (kayako) => kayako.repository(User).where({ isEnabled: true })],
  ['a query that is cut', (kayako) => kayako.repository(User).skip(990).take(30)],
  ['a query that sorts', (kayako) => kayako.repository(User).orderBy('fullName').take(600)],
  ['a query by offset', (kayako) => kayako.repository(Ticket)],
  ['a query that the server sorts', (kayako) => kayako.repository(Ticket).orderBy('replies')],
  ['a query of children', (kayako) => kayako.repository(TicketPost).where({ ticketId: TICKETS })],
  ['batches', (kayako) => kayako.repository(User).batches()],
  ['batches by offset', (kayako) => kayako.repository(Ticket).batches()],
  ['pages', (kayako) => kayako.repository(User).pages({ maxItems: 90 })],
];

const ids = (parts: readonly (Row | readonly Row[])[]): number[] =>
  parts.flat().map(({ id }) => id);

const iteratorOf = (rows: Rows): AsyncIterator<Row | readonly Row[]> =>
  rows[Symbol.asyncIterator]();

async function inTurn(rows: Rows): Promise<number[]> {
  const parts = [];
  for await (const part of rows) parts.push(part);
  return ids(parts);
}

describe.each(sources)('%s', (_name, open) => {
  let expected: readonly number[];
  beforeAll(async () => {
    expected = await inTurn(open(desk.kayako));
  });

  it.each([3, 50])(
    'gives %i calls at a time the same rows as one after the other, none twice and none lost',
    async (width) => {
      expect(expected.length).toBeGreaterThan(10);
      const iterator = iteratorOf(open(desk.kayako));
      const parts: (Row | readonly Row[])[] = [];
      let ended = false;
      while (!ended) {
        const results = await Promise.all(Array.from({ length: width }, () => iterator.next()));
        const given = results.filter(({ done }) => done !== true);
        // Once one call is told that this is the end, so are all after it.
        expect(results.slice(given.length).every(({ done }) => done === true)).toBe(true);
        parts.push(...given.map(({ value }) => value as Row | readonly Row[]));
        ended = given.length < width;
      }
      expect(ids(parts)).toEqual(expected);
      expect(new Set(ids(parts)).size).toBe(expected.length);
      expect(await iterator.next()).toMatchObject({ done: true });
    },
  );

  it('ends when it is closed while rows are awaited, and reads no more', async () => {
    const iterator = iteratorOf(open(desk.kayako));
    const [first, second, closed, late] = await Promise.all([
      iterator.next(),
      iterator.next(),
      iterator.return?.(),
      iterator.next(),
    ]);
    const given = [first, second].filter(({ done }) => done !== true);
    const seen = ids(given.map(({ value }) => value as Row | readonly Row[]));
    expect(seen).toEqual(expected.slice(0, seen.length));
    expect([closed, late]).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    const { bytes } = desk.kayako.usage;
    await desk.sandbox.settled();
    expect(desk.kayako.usage.bytes).toBe(bytes);
    expect(await desk.kayako.first(UserGroup, { title: 'Registered' })).not.toBeNull();
  });

  it('sends nothing when it is closed before the first row was asked for', async () => {
    desk.requests();
    const iterator = iteratorOf(open(desk.kayako));
    await iterator.return?.();
    expect(await iterator.next()).toMatchObject({ done: true });
    expect(desk.requests()).toEqual([]);
  });

  it('keeps two readers apart, who read in turns', async () => {
    const readers = [iteratorOf(open(desk.kayako)), iteratorOf(open(desk.kayako))];
    const parts: (Row | readonly Row[])[][] = [[], []];
    let reading = true;
    while (reading) {
      const results = await Promise.all(readers.map((reader) => reader.next()));
      results.forEach((result, index) => {
        if (result.done !== true) parts[index]?.push(result.value);
      });
      reading = results.some(({ done }) => done !== true);
    }
    expect(parts.map(ids)).toEqual([expected, expected]);
  });
});

describe('several calls at a time', () => {
  it('end with the reason of the signal once, and then with the end', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const iterator = iteratorOf(desk.kayako.repository(User).batches({ signal: abort.signal }));
    expect(await iterator.next()).toMatchObject({ done: false });
    abort.abort(reason);
    const [first, second, closed] = await Promise.all([
      errorOf(() => iterator.next()),
      iterator.next(),
      iterator.return?.(),
    ]);
    expect(first).toBe(reason);
    expect([second, closed]).toMatchObject([{ done: true }, { done: true }]);
  });

  it('may be left unattended when the reading is closed', async () => {
    const iterator = iteratorOf(desk.kayako.repository(User));
    void iterator.next();
    void iterator.next();
    await iterator.return?.();
    await desk.sandbox.settled();
    expect(await iterator.next()).toMatchObject({ done: true });
  });

  it('share the error of a request: the first is given it, the others the end', async () => {
    const posts = desk.kayako.repository(TicketPost).where({ ticketId: [1, 99_999] });
    const iterator = iteratorOf(posts.orderBy('dateline'));
    const [first, second] = await Promise.all([errorOf(() => iterator.next()), iterator.next()]);
    expect(first).toMatchObject({ code: 'NOT_FOUND' });
    expect(second).toMatchObject({ done: true });
  });
});

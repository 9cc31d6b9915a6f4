import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  type Kayako,
  type Query,
  type QueryEvent,
  type ScanOptions,
  Ticket,
  TicketPost,
  TicketStatus,
  User,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';

let desk: Desk;
/** What is there, by id. */
let userIds: number[];
let ticketIds: number[];
beforeAll(async () => {
  desk = await startDesk({ users: 3500, tickets: 1250, seed: 21 });
  // Holes in the ids, and one that is longer than a page.
  const users = desk.kayako.repository(User);
  const doomed = await users.where({ id: { gt: 1200, lte: 2250 } }).all();
  for (let at = 0; at < doomed.length; at += 100) {
    await Promise.all(doomed.slice(at, at + 100).map((user) => user.delete()));
  }
  await users.where({ id: [7, 8, 11, 2501, 2502, 3000] }).delete();
  userIds = await users.pluck('id').all();
  ticketIds = await desk.kayako.repository(Ticket).pluck('id').all();
}, 60_000);
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);
const ascending = (numbers: readonly number[]): number[] =>
  [...numbers].sort((one, other) => one - other);

// One page at a time is what every loop does.
const paces: ScanOptions[] = [{ concurrency: 4 }, { concurrency: 3, ordered: false }];

describe.each(paces)('a scan with %j', (pace) => {
  const inOrder = (numbers: number[]): number[] =>
    pace.ordered === false ? ascending(numbers) : numbers;

  it('gives the users, each once', async () => {
    const users = desk.kayako.repository(User);
    expect(userIds).toHaveLength(2445);
    expect(inOrder(ids(await collect(users.scan(pace))))).toEqual(userIds);
  });

  it('gives the tickets, each once', async () => {
    const tickets = desk.kayako.repository(Ticket);
    expect(ticketIds).toHaveLength(1250);
    expect(inOrder(ids(await collect(tickets.scan(pace))))).toEqual(ticketIds);
  });

  it('filters, by condition and by function, and reads between bounds', async () => {
    const users = desk.kayako
      .repository(User)
      .where({ id: { gte: 900, lt: 4000 }, isEnabled: true })
      .filter(({ id }) => id % 3 === 0);
    const expected = ids(await users.all());
    expect(expected.length).toBeGreaterThan(300);
    expect(inOrder(ids(await collect(users.scan(pace))))).toEqual(expected);
  });

  it('selects, plucks and includes', async () => {
    const users = desk.kayako.repository(User).where({ id: { gt: 2000 } });
    const numbers = await users.pluck('id').all();
    expect(inOrder(await collect(users.pluck('id').scan(pace)))).toEqual(numbers);
    const [row] = await collect(users.select('id', 'email').scan(pace));
    expect(Object.keys(row ?? {})).toEqual(['id', 'email']);
    const tickets = desk.kayako.repository(Ticket).take(550).include('department');
    const ordered = { ...pace, ordered: true };
    for await (const { department, departmentId } of tickets.scan(ordered)) {
      expect(department.value?.id).toBe(departmentId);
    }
  });

  it('is the query where nothing comes in pages', async () => {
    const { kayako } = desk;
    const rows = inOrder(await collect(kayako.repository(TicketStatus).pluck('id').scan(pace)));
    expect(rows).toEqual(await kayako.repository(TicketStatus).pluck('id').all());
    const some = kayako.repository(User).where({ id: [5, 7, 9] });
    expect(ids(await collect(some.scan(pace)))).toEqual([5, 9]);
    expect(await collect(kayako.repository(User).where({ id: [] }).scan(pace))).toEqual([]);
    const scoped = kayako.repository(TicketPost).where({ ticketId: [3, 4, 5] });
    expect(inOrder(ids(await collect(scoped.scan(pace))))).toEqual(
      inOrder(ids(await scoped.all())),
    );
    const ticket = await kayako.repository(Ticket).firstOrFail();
    const posts = ticket.posts.where({});
    expect(await collect(posts.scan(pace))).toEqual(await posts.all());
  });
});

describe('order, skip and take', () => {
  it.each<[string, (kayako: Kayako) => Query<User> | Query<Ticket>]>([
    ['sorted here', (kayako) => kayako.repository(User).orderBy('fullName').take(1500)],
    ['downwards', (kayako) => kayako.repository(User).orderBy('id', 'desc')],
    ['cut', (kayako) => kayako.repository(User).skip(950).take(1200)],
    ['filtered', (kayako) => kayako.repository(User).where({ isEnabled: true }).skip(9).take(1400)],
    ['downwards by the server', (kayako) => kayako.repository(Ticket).orderBy('id', 'desc')],
    ['by a date', (kayako) => kayako.repository(Ticket).orderBy('lastActivity').skip(3)],
    ['cut by the server', (kayako) => kayako.repository(Ticket).skip(300).take(600)],
    ['picked', (kayako) => kayako.repository(Ticket).orderBy('replies', 'desc').take(40)],
    ['filtered and cut', (kayako) => kayako.repository(Ticket).where({ replies: 1 }).take(100)],
  ])('mean what they mean otherwise: %s', async (_how, open) => {
    const query = open(desk.kayako);
    const expected = ids(await query.all());
    expect(expected.length).toBeGreaterThan(30);
    expect(ids(await collect<User | Ticket>(query.scan({ concurrency: 4 })))).toEqual(expected);
  });

  it('read no page that cannot be needed', async () => {
    const users = desk.kayako.repository(User).select('id').take(2000);
    desk.requests();
    await collect(users);
    const alone = desk.requests();
    await collect(users.scan({ concurrency: 8 }));
    expect(desk.requests()).toEqual(alone);
    const tickets = desk.kayako.repository(Ticket).select('id').take(499);
    await collect(tickets.scan({ concurrency: 8 }));
    expect(desk.requests().filter((route) => route.includes('ListAll'))).toHaveLength(1);
  });
});

describe('what a scan costs', () => {
  it('is a page more for each that is read beyond the end', async () => {
    const tickets = desk.kayako.repository(Ticket).select('id');
    const lists = (): string[] => desk.requests().filter((route) => route.includes('ListAll'));
    lists();
    await collect(tickets);
    expect(lists()).toHaveLength(3);
    await collect(tickets.scan({ concurrency: 4 }));
    expect(lists().length).toBeLessThanOrEqual(3 + 3);
  });

  it('is counted and told as that of one query', async () => {
    const events: QueryEvent[] = [];
    const note = (event: unknown): void => void events.push(event as QueryEvent);
    subscribe('kayako-orm:query', note);
    try {
      desk.requests();
      await collect(desk.kayako.repository(User).scan({ concurrency: 4 }));
    } finally {
      unsubscribe('kayako-orm:query', note);
    }
    expect(events).toMatchObject([{ entity: 'User', outcome: 'completed', error: undefined }]);
    const [{ cost } = { cost: null }] = events;
    expect(cost).toMatchObject({ rowsKept: 2445, requests: desk.requests().length });
  });

  it('stays within a budget, and nothing is sent beyond it', async () => {
    const users = desk.kayako.repository(User);
    for (const [requests, given] of [
      [0, 0],
      [1, 1000],
      [2, 2000],
    ] as const) {
      desk.requests();
      const scan = users.budget({ requests }).scan({ concurrency: 4 });
      const rows: User[] = [];
      const error = await errorOf(async () => {
        for await (const user of scan) rows.push(user);
      });
      expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', resource: 'requests' });
      expect(desk.requests()).toHaveLength(requests);
      expect(ids(rows)).toEqual(userIds.slice(0, given));
    }
    const few = users.budget({ rows: 1500 }).scan({ concurrency: 4 });
    expect(await errorOf(() => collect(few))).toMatchObject({ resource: 'rows' });
  });

  it('does not fail for a page beyond the end that a budget refuses', async () => {
    desk.requests();
    await collect(desk.kayako.repository(Ticket).select('id'));
    const requests = desk.requests().length;
    const tickets = desk.kayako.repository(Ticket).select('id').budget({ requests });
    expect(await collect(tickets.scan({ concurrency: 4 }))).toHaveLength(1250);
  });
});

describe('a list that changes while it is scanned', () => {
  it.each([true, false])(
    'loses nobody who stays, when ordered is %s',
    async (ordered) => {
      const own = await startDesk({ tickets: 1100, seed: 4 });
      try {
        const tickets = own.kayako.repository(Ticket);
        const before = await tickets.pluck('id').all();
        const gone = new Set<number>();
        const seen: number[] = [];
        for await (const ticket of tickets.scan({ concurrency: 4, ordered })) {
          seen.push(ticket.id);
          if (ticket.id % 5 !== 0 || gone.size >= 40) continue;
          gone.add(ticket.id);
          await ticket.delete();
        }
        expect(gone.size).toBe(40);
        expect(new Set(seen).size).toBe(seen.length);
        expect(ascending(seen)).toEqual(before);
      } finally {
        await own[Symbol.asyncDispose]();
      }
    },
    60_000,
  );
});

describe('misuse', () => {
  const scan = (options: unknown): unknown =>
    desk.kayako.repository(User).scan(options as ScanOptions);

  it.each([
    ['no number', { concurrency: '4' }, 'concurrency is a whole number from 1 to 16'],
    ['none', { concurrency: 0 }, 'concurrency is a whole number from 1 to 16'],
    ['a part', { concurrency: 1.5 }, 'concurrency is a whole number from 1 to 16'],
    ['too many', { concurrency: 17 }, 'concurrency is a whole number from 1 to 16'],
    ['a word for ordered', { ordered: 'no' }, 'ordered is true or false'],
    ['no options', 4, 'its options are an object'],
    ['null', null, 'its options are an object'],
    ['a controller', { signal: new AbortController() }, 'give its signal'],
  ])('with %s is refused at once', async (_what, options, message) => {
    const error = await errorOf(() => scan(options));
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain(message);
  });

  it('with an unknown option is refused, naming those that there are', async () => {
    const error = await errorOf(() => scan({ concurency: 4 }));
    expect(error).toMatchObject({ code: 'UNKNOWN_FIELD', fields: ['concurency'] });
    expect(error.message).toContain('concurrency, ordered, signal');
  });

  it('without order is refused where order was asked for', async () => {
    const users = desk.kayako.repository(User);
    for (const query of [users.orderBy('id'), users.take(5), users.skip(5), users.take(0)]) {
      const error = await errorOf(() => query.scan({ ordered: false }));
      expect(error).toMatchObject({ code: 'INVALID_VALUE' });
      expect(error.message).toContain('ordered: false gives rows as they arrive');
    }
  });

  it('sends nothing before the first row is asked for', () => {
    desk.requests();
    desk.kayako.repository(User).scan({ concurrency: 4 });
    expect(desk.requests()).toEqual([]);
  });
});

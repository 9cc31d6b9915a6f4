// What a watch tells of, and what it costs. The clock is the help desk's: it stands still unless a test moves it.
import {
  Department,
  Kayako,
  Ticket,
  TicketCustomField,
  TicketPost,
  TicketStatus,
  User,
  watch,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import { Feed, inShort } from './support/feed.js';
import { startProxy, type Treatment } from './support/proxy.js';
import { department, ticket, user } from './support/samples.js';

// One of them makes more tickets than a page holds.
jest.setTimeout(60_000);

let desk: Desk;
let kayako: Kayako;
/** Seconds. */
let now: number;
const START = 1_700_000_000;

beforeEach(async () => {
  now = START;
  desk = await startDesk({ clock: () => new Date(now * 1000) });
  kayako = desk.kayako;
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const reply = async (to: Ticket): Promise<void> => {
  await to.posts.create({ contents: 'Yes.', staffId: 1 }).add();
};

describe('a table that is read whole', () => {
  it('tells of what is added, changed and removed, once, and of nothing at first', async () => {
    const feed = new Feed(kayako.repository(Department));
    expect(await feed.poll()).toEqual([]);
    const added = await department(kayako).add();
    const { id } = added;
    const [change, ...others] = await feed.poll();
    expect(others).toEqual([]);
    expect(change).toMatchObject({ kind: 'added', fields: [], entity: { id, title: added.title } });
    expect(change?.entity).toBeInstanceOf(Department);
    expect(await feed.poll()).toEqual([]);
    Object.assign(added, { title: 'Sales', displayOrder: 7 });
    await added.save();
    expect(inShort(await feed.poll())).toEqual([`changed ${id} title displayOrder`]);
    await added.delete();
    const [gone] = await feed.poll();
    expect(gone).toMatchObject({ kind: 'removed', entity: { id }, fields: [] });
    expect(Object.keys(gone?.entity ?? {})).toEqual(['id']);
    expect(String(gone?.entity)).toBe(`<Department (${id})>`);
    expect(await feed.poll()).toEqual([]);
    feed.stop();
  });

  it('costs one request a poll', async () => {
    const feed = new Feed(kayako.repository(Department).where({ module: 'tickets' }));
    await feed.poll();
    await feed.poll();
    await feed.poll();
    feed.stop();
    expect(desk.requests()).toEqual(Array(3).fill('GET /Base/Department'));
  });

  it('judges by the condition and by functions: rows come and go with their values', async () => {
    const query = kayako.repository(Department).where({ type: 'private' });
    const feed = new Feed(query.filter(({ title }) => !title.startsWith('-')));
    await feed.poll();
    const desk1 = await department(kayako).add();
    expect(await feed.poll()).toEqual([]);
    Object.assign(desk1, { type: 'private' });
    await desk1.save();
    expect(inShort(await feed.poll())).toEqual([`added ${desk1.id}`]);
    Object.assign(desk1, { title: '-' });
    await desk1.save();
    expect(inShort(await feed.poll())).toEqual([`removed ${desk1.id}`]);
    feed.stop();
  });

  it('is users too, page by page, and lists in fields', async () => {
    const feed = new Feed(kayako.repository(User));
    await feed.poll();
    const added = await user(kayako).add();
    expect(inShort(await feed.poll())).toEqual([`added ${added.id}`]);
    added.email = [...added.email, 'second@example.com'];
    await added.save();
    expect(inShort(await feed.poll())).toEqual([`changed ${added.id} email`]);
    feed.stop();
  });

  it('is the children of tickets, also where they came along with the ticket', async () => {
    const one = await ticket(kayako).add();
    const other = await ticket(kayako).add();
    const posts = new Feed(one.posts.where({ creator: 'staff' }));
    const groups = new Feed(
      kayako.repository(TicketCustomField).where({ ticketId: [one.id, other.id] }),
    );
    await posts.poll();
    await groups.poll();
    await kayako.create(TicketPost, { ticketId: one.id, contents: 'Hi.', staffId: 1 }).add();
    const [change] = await posts.poll();
    expect(change).toMatchObject({ kind: 'added', entity: { ticketId: one.id, contents: 'Hi.' } });
    await kayako.repository(TicketPost).where({ ticketId: one.id, creator: 'staff' }).delete();
    expect((await posts.poll())[0]?.entity).toEqual({ ticketId: one.id, id: change?.entity.id });
    expect(await groups.poll()).toEqual([]);
    posts.stop();
    groups.stop();
  });
});

describe('tickets', () => {
  it('are told of by one small request a poll', async () => {
    const first = await ticket(kayako).add();
    const feed = new Feed(kayako.repository(Ticket));
    await feed.poll();
    desk.requests();
    expect(await feed.poll()).toEqual([]);
    expect(await feed.poll()).toEqual([]);
    const second = await ticket(kayako).add();
    expect(inShort(await feed.poll())).toEqual([`added ${second.id}`]);
    now += 1;
    await reply(first);
    const [change] = await feed.poll();
    expect(inShort(change === undefined ? [] : [change])).toEqual([
      `changed ${first.id} lastReplier lastActivity lastStaffReply replies`,
    ]);
    expect(change?.kind === 'changed' && change.entity.replies).toBe(1);
    feed.stop();
    const departments = desk.requests().filter((each) => each.startsWith('GET'));
    const list =
      /^GET \/Tickets\/Ticket\/ListAll\/[\d,]+\/[\d,]+\/-1\/-1\/(\d+)\/0\/lastactivity\/DESC$/;
    expect(departments.map((each) => Number(list.exec(each)?.[1]))).toEqual([6, 6, 6, 7]);
  });

  it('lose and double nothing that happens within one second', async () => {
    const one = await ticket(kayako).add();
    const feed = new Feed(kayako.repository(Ticket), { sweepEvery: 1000 });
    await feed.poll();
    await reply(one);
    expect(inShort(await feed.poll())).toEqual([
      `changed ${one.id} lastReplier lastStaffReply replies`,
    ]);
    await reply(one);
    const other = await ticket(kayako).add();
    expect(inShort(await feed.poll())).toEqual([`changed ${one.id} replies`, `added ${other.id}`]);
    expect(await feed.poll()).toEqual([]);
    await reply(one);
    await reply(other);
    expect(inShort(await feed.poll())).toEqual([
      `changed ${one.id} replies`,
      `changed ${other.id} lastReplier lastStaffReply replies`,
    ]);
    expect(await feed.poll()).toEqual([]);
    feed.stop();
  });

  it('come in the order of their activity', async () => {
    const one = await ticket(kayako).add();
    const feed = new Feed(kayako.repository(Ticket));
    await feed.poll();
    now += 10;
    const other = await ticket(kayako).add();
    now += 10;
    await reply(one);
    expect(inShort(await feed.poll()).map((each) => each.slice(0, 9))).toEqual([
      `added ${other.id}`,
      `changed ${one.id}`,
    ]);
    feed.stop();
  });

  it('may come into view a minute after their time', async () => {
    await ticket(kayako).add();
    const feed = new Feed(kayako.repository(Ticket), { sweepEvery: 4 });
    await feed.poll();
    now = START - 60;
    const late = await ticket(kayako).add();
    now = START - 61;
    const later = await ticket(kayako).add();
    now = START;
    expect(inShort(await feed.poll())).toEqual([`added ${late.id}`]);
    expect(await feed.poll()).toEqual([]);
    expect(await feed.poll()).toEqual([]);
    // The fifth poll reads everything.
    expect(inShort(await feed.poll())).toEqual([`added ${later.id}`]);
    feed.stop();
  });

  it('may be so many at the end of that minute that a page ends among them', async () => {
    await ticket(kayako).add();
    const feed = new Feed(kayako.repository(Ticket), { sweepEvery: 1000 });
    await feed.poll();
    now = START - 60;
    await Promise.all(Array.from({ length: 12 }, () => ticket(kayako).add()));
    expect(await feed.poll()).toHaveLength(12);
    feed.stop();
  });

  it('leave and join with what is seen of their activity, whatever the server could filter', async () => {
    const open = await ticket(kayako).add();
    const closed = await Object.assign(ticket(kayako), { statusId: 3 }).add();
    const query = kayako
      .repository(Ticket)
      .where({ status: { title: 'Open' }, replies: { lt: 2 } });
    const feed = new Feed(query, { sweepEvery: 1000 });
    await feed.poll();
    open.statusId = 3;
    await open.save();
    await reply(open);
    closed.statusId = 1;
    await closed.save();
    await reply(closed);
    expect(inShort(await feed.poll()).sort()).toEqual([`added ${closed.id}`, `removed ${open.id}`]);
    await reply(closed);
    expect(inShort(await feed.poll())).toEqual([`removed ${closed.id}`]);
    feed.stop();
    const odd = kayako.repository(Ticket).filter(({ replies }) => replies % 2 === 1);
    const byFunction = new Feed(odd, { sweepEvery: 1000 });
    await byFunction.poll();
    await reply(open);
    expect(inShort(await byFunction.poll())).toEqual([`removed ${open.id}`]);
    byFunction.stop();
  });

  it('tell of a quiet change and of a deletion with the next sweep', async () => {
    const [edited, deleted] = [await ticket(kayako).add(), await ticket(kayako).add()];
    // What was active within the last minute of all is looked at in any case.
    now += 3600;
    await ticket(kayako).add();
    const feed = new Feed(kayako.repository(Ticket), { sweepEvery: 3 });
    await feed.poll();
    edited.subject = 'Edited';
    await edited.save();
    const { id } = deleted;
    await deleted.delete();
    expect(await feed.poll()).toEqual([]);
    expect(await feed.poll()).toEqual([]);
    expect(inShort(await feed.poll())).toEqual([`changed ${edited.id} subject`, `removed ${id}`]);
    feed.stop();
  });

  it('are told of with the next poll though they answered while a sweep was reading', async () => {
    // After all that was generated.
    now = START + 100_000_000;
    await using busy = await startDesk({ tickets: 600, clock: () => new Date(now * 1000) });
    await using proxy = await startProxy(busy.sandbox);
    const reader = new Kayako({ ...busy.sandbox, url: proxy.url });
    const [first, last] = await busy.kayako
      .repository(Ticket)
      .where({ id: [1, 600] })
      .all();
    if (first === undefined || last === undefined) throw new Error('no tickets');
    proxy.treat = async (route): Promise<Treatment> => {
      // The page with the first ticket has been read.
      if (route.endsWith('/500/499/ticketid/ASC')) {
        for (const each of [first, last]) {
          now += 3600;
          await reply(each);
        }
      }
      return 'pass';
    };
    const feed = new Feed(reader.repository(Ticket));
    await feed.poll();
    const [change, ...others] = await feed.poll();
    expect([change?.kind, change?.entity.id, others]).toEqual(['changed', first.id, []]);
    feed.stop();
    await reader.close();
  });

  it('are asked for by relations as they are at a sweep', async () => {
    const { id } = await ticket(kayako).add();
    const here = await kayako.repository(Department).where({ id: 1 }).firstOrFail();
    const query = kayako.repository(Ticket).where({ department: { title: here.title } });
    const feed = new Feed(query, { sweepEvery: 3 });
    await feed.poll();
    here.title = 'Renamed';
    await here.save();
    expect(await feed.poll()).toEqual([]);
    expect(await feed.poll()).toEqual([]);
    expect(inShort(await feed.poll())).toEqual([`removed ${id}`]);
    feed.stop();
  });

  it('are read by larger pages, at last whole, where many were active', async () => {
    await ticket(kayako).add();
    const feed = new Feed(kayako.repository(Ticket), { sweepEvery: 1000 });
    await feed.poll();
    now += 1000;
    const add = async (count: number): Promise<void> => {
      await Promise.all(Array.from({ length: count }, () => ticket(kayako).add()));
      desk.requests();
    };
    const sizes = (): string[] => desk.requests().map((each) => each.replace(/.*-1\/-1\//, ''));
    await add(20);
    expect(await feed.poll()).toHaveLength(20);
    expect(sizes()).toEqual(['6/0/lastactivity/DESC', '60/0/lastactivity/DESC']);
    expect(await feed.poll()).toEqual([]);
    expect(sizes()).toEqual(['25/0/lastactivity/DESC']);
    now += 1000;
    await add(520);
    expect(await feed.poll()).toHaveLength(520);
    expect(sizes()).toEqual([
      '25/0/lastactivity/DESC',
      '250/0/lastactivity/DESC',
      '500/0/lastactivity/DESC',
      '500/0/ticketid/ASC',
      '500/499/ticketid/ASC',
    ]);
    // So many are not read by every poll; what is later is not overlooked.
    const one = await kayako.repository(Ticket).firstOrFail();
    desk.requests();
    expect(await feed.poll()).toEqual([]);
    expect(await feed.poll()).toEqual([]);
    expect(sizes()).toEqual(['5/0/lastactivity/DESC', '5/0/lastactivity/DESC']);
    for (const expected of ['5/0', '6/0', '6/0']) {
      now += 1;
      await reply(one);
      desk.requests();
      expect(await feed.poll()).toHaveLength(1);
      expect(sizes()).toEqual([`${expected}/lastactivity/DESC`]);
    }
    feed.stop();
  });

  it('are told of by sweeps alone while one is ahead of the clock, and by every poll after it is gone', async () => {
    const old = await ticket(kayako).add();
    now += 3600;
    const ahead = await ticket(kayako).add();
    now = START;
    const feed = new Feed(kayako.repository(Ticket), { sweepEvery: 3 });
    await feed.poll();
    const told = async (): Promise<number> => {
      now += 120;
      await reply(old);
      return (await feed.poll()).length;
    };
    expect([await told(), await told(), await told()]).toEqual([0, 0, 1]);
    await ahead.delete();
    // Its own removal comes with the next sweep as well.
    expect([await told(), await told(), await told()]).toEqual([0, 0, 2]);
    expect([await told(), await told(), await told()]).toEqual([1, 1, 1]);
    feed.stop();
  });

  it('may be none, and none there can be', async () => {
    await using empty = await startDesk({ data: 'empty', clock: () => new Date(now * 1000) });
    await empty.kayako.repository(TicketStatus).all();
    const feed = new Feed(empty.kayako.repository(Ticket));
    expect(await feed.poll()).toEqual([]);
    expect(await feed.poll()).toEqual([]);
    feed.stop();
    const first = new Feed(kayako.repository(Ticket));
    await first.poll();
    const { id } = await ticket(kayako).add();
    expect(inShort(await first.poll())).toEqual([`added ${id}`]);
    first.stop();
  });
});

describe('a cursor', () => {
  it('resumes after JSON, in another connection: what has changed comes once', async () => {
    const [one, other] = [await ticket(kayako).add(), await ticket(kayako).add()];
    const query = kayako.repository(Ticket).where({ statusId: [1, 2], subject: { ne: '' } });
    const feed = new Feed(query);
    await feed.poll();
    feed.stop();
    one.subject = 'Edited while nobody watched';
    await one.save();
    const { id } = other;
    await other.delete();
    const third = await ticket(kayako).add();
    // The same query: neither the order of its keys nor that of a list means anything.
    const again = kayako.repository(Ticket).where({ subject: { ne: '' }, statusId: [2, 1] });
    const resumed = new Feed(again, { from: JSON.parse(feed.cursor) as string });
    expect(inShort(await resumed.poll())).toEqual([
      `changed ${one.id} subject`,
      `added ${third.id}`,
      `removed ${id}`,
    ]);
    expect(await resumed.poll()).toEqual([]);
    resumed.stop();
  });

  it('of a change stands for it and those before: the rest comes again', async () => {
    const feed = new Feed(kayako.repository(Department));
    await feed.poll();
    const ids = [];
    for (let count = 0; count < 3; count += 1) ids.push((await department(kayako).add()).id);
    const changes = await feed.poll();
    feed.stop();
    expect(inShort(changes)).toEqual(ids.map((id) => `added ${id}`));
    for (const [index, { cursor }] of changes.entries()) {
      for (const from of [cursor, String(cursor)]) {
        const resumed = new Feed(kayako.repository(Department), { from });
        const rest = ids.slice(index + 1).map((id) => `added ${id}`);
        expect(inShort(await resumed.poll())).toEqual(rest);
        resumed.stop();
      }
    }
  });

  it('holds no value of a row', async () => {
    const feed = new Feed(kayako.repository(User));
    await feed.poll();
    feed.stop();
    expect(feed.cursor).toMatch(/^"1\.User\.[0-9a-f]+\.[0-9a-f]+\.[\w-]+"$/);
  });

  it('is refused where it does not belong', async () => {
    const departments = kayako.repository(Department);
    const feed = new Feed(departments.where({ module: 'tickets', title: { ne: 'x' } }));
    await feed.poll();
    feed.stop();
    const cursor = JSON.parse(feed.cursor) as string;
    const [, entity, query, fields, rows = ''] = cursor.split('.');
    const same = departments.where({ module: 'tickets', title: { ne: 'x' } });
    const refused: [Parameters<typeof watch>[0], unknown, RegExp][] = [
      [departments, cursor, /a cursor of another query for Department/],
      [departments.where({ module: 'tickets' }), cursor, /another query/],
      [same.filter(() => true), cursor, /another query/],
      [
        kayako.repository(TicketStatus),
        cursor,
        /for Department, but the query is for TicketStatus/,
      ],
      [same, ['2', entity, query, fields, rows].join('.'), /another version of this library/],
      [same, ['1', entity, query, 'ff', rows].join('.'), /other fields of Department/],
      [same, cursor.slice(0, -4), /damaged/],
      [
        same,
        ['1', entity, query, fields, `${rows.slice(0, 40)}A${rows.slice(41)}`].join('.'),
        /damaged/,
      ],
      [same, ['1', entity, query, fields, 'eJwDAAAAAAE'].join('.'), /damaged/],
      [same, 'nonsense', /no cursor/],
      [same, '', /no cursor/],
      [same, 5, /no cursor/],
      [same, {}, /no cursor/],
      [same, { toJSON: () => 5 }, /no cursor/],
      [same, { toJSON: 5 }, /no cursor/],
    ];
    desk.requests();
    for (const [given, from, message] of refused) {
      const error = await errorOf(() => watch(given, { everyMs: 1, from: from as string }));
      expect(error).toMatchObject({ code: 'INVALID_VALUE' });
      expect(error.message).toMatch(message);
    }
    expect(desk.requests()).toEqual([]);
  });
});

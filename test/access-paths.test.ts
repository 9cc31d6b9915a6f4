import {
  Department,
  type EntityClass,
  KayakoRequestError,
  type Query,
  Staff,
  StaffGroup,
  Ticket,
  TicketAttachment,
  TicketCustomField,
  TicketNote,
  TicketPost,
  TicketPriority,
  TicketStatus,
  TicketTimeTrack,
  TicketType,
  User,
  UserGroup,
  UserOrganization,
} from '@kayako-orm/orm';
import { type ReceivedRequest } from '@kayako-orm/sandbox';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

/** A query without its types, for conditions that must not compile and for tables of cases. */
interface AnyQuery {
  where(condition: unknown): AnyQuery;
  orderBy(field: string, direction?: string): AnyQuery;
  skip(count: number): AnyQuery;
  take(count: number): AnyQuery;
  all(): Promise<{ id: number }[]>;
  first(): Promise<{ id: number } | null>;
  count(): Promise<number>;
  exists(): Promise<boolean>;
}

const any = (desk: Desk, type: EntityClass): AnyQuery =>
  desk.kayako.repository(type) as unknown as AnyQuery;

const ids = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

/** What was sent since the last call, with the form parameters of each request. */
function received(desk: Desk): readonly ReceivedRequest[] {
  return desk.sandbox.requests.slice(-desk.requests().length);
}

const LOOKUPS = ['GET /Base/Department', 'GET /Tickets/TicketStatus'];

/** What every terminal method says where no row fulfils the condition. */
const NOTHING = { all: [], first: null, count: 0, exists: false };

async function answersOf(query: AnyQuery): Promise<object> {
  return {
    all: await query.all(),
    first: await query.first(),
    count: await query.count(),
    exists: await query.exists(),
  };
}

// The server may send fewer rows than asked, so a walk whose first page was short asks whether there are more.
describe('users', () => {
  let desk: Desk;
  let all: readonly User[];
  const gone = [10, 20, 21, 1500];

  beforeAll(async () => {
    desk = await startDesk({ users: 2300, seed: 11 });
    for (const id of gone)
      await (await desk.kayako.repository(User).where({ id }).first())?.delete();
    const shared = samples.user(desk.kayako);
    shared.email = ['joe@example.com', 'Second.Joe@example.com'];
    await shared.add();
    const other = samples.user(desk.kayako);
    other.email = ['big.joe@example.com'];
    await other.add();
    all = await desk.kayako.repository(User).all();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('are read to the last one, each once, also where ids are missing', () => {
    const expected = Array.from({ length: 2303 }, (_, index) => index + 1);
    expect(ids(all)).toEqual(expected.filter((id) => !gone.includes(id)));
  });

  it.each<[string, object, (id: number) => boolean, string[]]>([
    ['above an id', { gt: 2200 }, (id) => id > 2200, ['2201/1000', '2304/1000']],
    ['from an id on', { gte: 2200 }, (id) => id >= 2200, ['2200/1000', '2304/1000']],
    ['below an id', { lt: 9 }, (id) => id < 9, ['1/8']],
    ['up to an id', { lte: 9 }, (id) => id <= 9, ['1/9']],
    ['between two ids', { gt: 5, lt: 25 }, (id) => id > 5 && id < 25, ['6/19']],
    ['from one id to the same', { gte: 7, lte: 7 }, (id) => id === 7, ['7/1']],
    ['around ids that are missing', { gte: 20, lte: 21 }, () => false, ['20/2']],
    ['up to an id that is missing', { gte: 15, lte: 20 }, (id) => id > 14 && id < 20, ['15/6']],
    [
      'on two pages',
      { gte: 900, lt: 2000 },
      (id) => id >= 900 && id < 2000,
      ['900/1000', '1901/1000'],
    ],
    ['above the last one', { gt: 2303 }, () => false, ['2304/1000']],
    ['above a negative number', { gt: -4, lte: 2 }, (id) => id <= 2, ['1/2']],
  ])('%s are one walk between the ends of the condition', async (_name, id, holds, markers) => {
    desk.requests();
    const rows = await any(desk, User).where({ id }).all();
    expect(ids(rows)).toEqual(ids(all).filter(holds));
    expect(desk.requests()).toEqual(markers.map((marker) => `GET /Base/User/Filter/${marker}`));
  });

  it('are cut by skip and take before they are sent, where nothing is filtered here', async () => {
    desk.requests();
    const users = any(desk, User).where({ id: { gte: 8 } });
    expect(ids(await users.skip(2).take(4).all())).toEqual([11, 12, 13, 14]);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/8/6']);
    expect(await any(desk, User).skip(2300).all()).toEqual([]);
  });

  it('are filtered here by what the server cannot filter, from whole pages', async () => {
    desk.requests();
    const found = await any(desk, User)
      .where({ id: { gt: 1200 }, isEnabled: false, userRole: 'manager' })
      .all();
    const expected = all.filter(
      (user) => user.id > 1200 && !user.isEnabled && user.userRole === 'manager',
    );
    expect(expected).not.toHaveLength(0);
    expect(ids(found)).toEqual(ids(expected));
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/1201/1000',
      'GET /Base/User/Filter/2202/1000',
    ]);
  });

  it('are read by marker and maxItems as asked: one page, all pages, or a stream', async () => {
    desk.requests();
    const page = await desk.kayako.getAll(User, { marker: 9, maxItems: 3 });
    expect(ids(page)).toEqual([9, 11, 12]);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/9/3']);

    const pages: number[][] = [];
    const paging = { marker: 1000, maxItems: 600 };
    for await (const each of desk.kayako.repository(User).pages(paging)) pages.push(ids(each));
    expect(pages.map(({ length }) => length)).toEqual([600, 600, 103]);
    expect(pages.flat()).toEqual(ids(all).filter((id) => id >= 1000));
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/1000/600',
      'GET /Base/User/Filter/1601/600',
      'GET /Base/User/Filter/2201/600',
    ]);

    const streamed = await new Promise<number[]>((resolve, reject) => {
      const seen: number[] = [];
      desk.kayako
        .repository(User)
        .stream({ marker: 2000, maxItems: 1000 })
        .subscribe({
          next: (user) => seen.push(user.id),
          error: reject,
          complete: () => {
            resolve(seen);
          },
        });
    });
    expect(streamed).toEqual(ids(all).filter((id) => id >= 2000));
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/2000/1000',
      'GET /Base/User/Filter/2304/1000',
    ]);
    expect(ids(await desk.kayako.getAll(User, { marker: 2300 }))).toEqual([2300, 2301, 2302, 2303]);
  });

  it('are read one by one for ids that are far from each other, unknown ones among them', async () => {
    desk.requests();
    const rows = await any(desk, User)
      .where({ id: [90_000, 2, 1500, 2200, 2] })
      .all();
    expect(ids(rows)).toEqual([2, 2200]);
    expect(desk.requests()).toEqual([
      'GET /Base/User/2',
      'GET /Base/User/1500',
      'GET /Base/User/2200',
      'GET /Base/User/90000',
    ]);
  });

  it('are picked out of one page for ids that are near', async () => {
    desk.requests();
    const rows = await any(desk, User)
      .where({ id: [12, 8, 10, 9] })
      .all();
    expect(ids(rows)).toEqual([8, 9, 12]);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/8/5']);
  });

  it.each([
    ['an address', 'joe@example.com', [2302]],
    ['the second address of somebody', 'Second.Joe@example.com', [2302]],
    ['an address that others hold as a part of theirs', 'big.joe@example.com', [2303]],
    ['a part of an address', 'oe@example.com', []],
    ['an address in another case', 'JOE@example.com', []],
    ['an address that nobody has', 'nobody@nowhere.example.org', []],
  ])('are searched by %s and then read by id', async (_name, email, expected) => {
    desk.requests();
    expect(ids(await any(desk, User).where({ email }).all())).toEqual(expected);
    expect(all.filter((user) => user.email.includes(email)).map(({ id }) => id)).toEqual(expected);
    const [search, ...gets] = received(desk);
    expect(search).toMatchObject({
      method: 'POST',
      route: '/Base/UserSearch',
      body: { query: email },
    });
    expect(gets.map(({ route }) => route)).toEqual(expected.map((id) => `/Base/User/${id}`));
  });

  it('are searched by an address and filtered here for the rest', async () => {
    const wanted = all.find(({ id }) => id === 1000);
    const [email = ''] = wanted?.email ?? [];
    const users = any(desk, User).where({ email });
    expect(ids(await users.where({ fullName: wanted?.fullName }).all())).toEqual([1000]);
    expect(await answersOf(users.where({ fullName: `${String(wanted?.fullName)}!` }))).toEqual(
      NOTHING,
    );
    expect(await answersOf(users.where({ id: 999 }))).toEqual(NOTHING);
  });

  it.each(['-joe@example.com', 'joe @example.com', '"joe"@example.com', "o'joe@example.com"])(
    'are not searched by %p, which means something else to the search',
    async (email) => {
      desk.requests();
      expect(await any(desk, User).where({ email }).all()).toEqual([]);
      expect(desk.requests().every((sent) => sent.startsWith('GET /Base/User/Filter/'))).toBe(true);
    },
  );
});

describe('pages of users', () => {
  it.each([
    ['one row less than a page', 998, ['1', '1000']],
    ['exactly one page', 999, ['1', '1001']],
    ['one page and one row', 1000, ['1', '1001']],
    ['exactly two pages', 1999, ['1', '1001', '2001']],
  ])('end where %s is all there is', async (_name, users, markers) => {
    await using desk = await startDesk({ users, seed: 3 });
    const rows = await desk.kayako.repository(User).all();
    expect(ids(rows)).toEqual(Array.from({ length: users + 1 }, (_, index) => index + 1));
    // An empty page behind a full one may be asked for twice.
    expect([...new Set(desk.requests())]).toEqual(
      markers.map((marker) => `GET /Base/User/Filter/${marker}/1000`),
    );
    expect(await desk.kayako.repository(User).count()).toBe(users + 1);
  });
});

describe('tickets', () => {
  let desk: Desk;
  let all: readonly Ticket[];
  const NOW = new Date('2026-03-04T05:06:07Z');
  const ALL = 'GET /Tickets/Ticket/ListAll/1,3,4/1,2,3,4';

  beforeAll(async () => {
    const clock = (): Date => NOW;
    desk = await startDesk({ users: 12, tickets: 90, seed: 5, clock }, { clock });
    // All of the same second, and more of them than a page of a short query holds.
    for (let more = 0; more < 25; more += 1) await samples.ticket(desk.kayako).add();
    all = await desk.kayako.repository(Ticket).all();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  const matching = (holds: (ticket: Ticket) => boolean): number[] => ids(all.filter(holds));

  it('are all of them, closed ones and those of every department', () => {
    expect(ids(all)).toEqual(Array.from({ length: 115 }, (_, index) => index + 1));
    expect(new Set(all.map(({ statusId }) => statusId))).toEqual(new Set([1, 2, 3, 4]));
    expect(new Set(all.map(({ departmentId }) => departmentId))).toEqual(new Set([1, 3, 4]));
  });

  it('are never asked for with the wildcards of the server, which do not mean "all"', async () => {
    desk.kayako.invalidateLookups();
    desk.requests();
    expect(ids(await any(desk, Ticket).all())).toEqual(ids(all));
    expect(await any(desk, Ticket).count()).toBe(115);
    expect(desk.requests()).toEqual([
      ...LOOKUPS,
      `${ALL}/-1/-1/500/0/ticketid/ASC`,
      'GET /Tickets/Ticket/GetTicketCount/1,3,4/1,2,3,4/-1/-1',
    ]);
  });

  it.each<[string, object, (ticket: Ticket) => boolean, string]>([
    [
      'department and status',
      { departmentId: 3, statusId: [4, 1] },
      (ticket) => ticket.departmentId === 3 && [1, 4].includes(ticket.statusId ?? 0),
      '3/1,4/-1/-1',
    ],
    [
      'several departments',
      { departmentId: [4, 1, 4], statusId: [1, 2, 3] },
      (ticket) => ticket.departmentId !== 3 && ticket.statusId !== 4,
      '1,4/1,2,3/-1/-1',
    ],
    ['status alone', { statusId: 3 }, (ticket) => ticket.statusId === 3, '1,3,4/3/-1/-1'],
    [
      'department alone',
      { departmentId: 1 },
      ({ departmentId }) => departmentId === 1,
      '1,3/1,2,3,4/-1/-1',
    ],
    ['owner', { ownerStaffId: 2 }, ({ ownerStaffId }) => ownerStaffId === 2, '1,3,4/1,2,3,4/2/-1'],
    [
      'no owner',
      { ownerStaffId: null },
      ({ ownerStaffId }) => ownerStaffId === null,
      '1,3,4/1,2,3,4/0/-1',
    ],
    [
      'no owner or one of two',
      { ownerStaffId: [3, null, 2] },
      ({ ownerStaffId }) => [null, 2, 3].includes(ownerStaffId),
      '1,3,4/1,2,3,4/0,2,3/-1',
    ],
    ['user', { userId: 7 }, ({ userId }) => userId === 7, '1,3,4/1,2,3,4/-1/7'],
    [
      'two users and a status',
      { userId: [7, 1], statusId: 1 },
      (ticket) => [1, 7].includes(ticket.userId ?? 0) && ticket.statusId === 1,
      '1,3,4/1/-1/1,7',
    ],
    [
      'all four',
      { departmentId: [1, 3], statusId: [1, 2], ownerStaffId: null, userId: [1, 2, 3] },
      (ticket) =>
        [1, 3].includes(ticket.departmentId ?? 0) &&
        [1, 2].includes(ticket.statusId ?? 0) &&
        ticket.ownerStaffId === null &&
        [1, 2, 3].includes(ticket.userId ?? 0),
      '1,3/1,2/0/1,2,3',
    ],
  ])('are filtered by the server for %s', async (_name, condition, holds, filters) => {
    await any(desk, Ticket).all();
    desk.requests();
    const rows = await any(desk, Ticket).where(condition).all();
    expect(matching(holds)).not.toHaveLength(0);
    expect(ids(rows)).toEqual(matching(holds));
    expect(await any(desk, Ticket).where(condition).count()).toBe(rows.length);
    const [list, ...count] = desk.requests();
    const route = (list ?? '').split('/');
    // Departments are in no particular order where one was added for the statuses that are tied to it.
    const departments = (route[4] ?? '').split(',').sort().join(',');
    expect([...route.slice(0, 4), departments, ...route.slice(5)].join('/')).toBe(
      `GET /Tickets/Ticket/ListAll/${filters}/500/0/ticketid/ASC`,
    );
    expect(count).toHaveLength(1);
  });

  it('are filtered here by what the list cannot filter, also beside what it can', async () => {
    const recent = new Date('2025-01-01T00:00:00Z');
    const condition = { departmentId: [1, 4], userId: { ne: 1 }, lastActivity: { lt: recent } };
    const expected = all.filter(
      (ticket) =>
        [1, 4].includes(ticket.departmentId ?? 0) &&
        ticket.userId !== 1 &&
        ticket.lastActivity !== null &&
        ticket.lastActivity < recent,
    );
    expect(expected).not.toHaveLength(0);
    expect(ids(await any(desk, Ticket).where(condition).all())).toEqual(ids(expected));
    expect(await any(desk, Ticket).where(condition).count()).toBe(expected.length);
  });

  it('are filtered by an e-mail in the body of the request, and by its case here', async () => {
    const { email } = all[0] ?? { email: '' };
    await any(desk, Ticket).all();
    desk.requests();
    const rows = await any(desk, Ticket).where({ email }).all();
    expect(ids(rows)).toEqual(matching((ticket) => ticket.email === email));
    const [request, ...others] = received(desk);
    expect(request).toMatchObject({
      method: 'POST',
      route: `${ALL.slice(4)}/-1/-1/500/0/ticketid/ASC`,
      body: { email },
    });
    expect(others).toEqual([]);
    expect(await answersOf(any(desk, Ticket).where({ email: email.toUpperCase() }))).toEqual(
      NOTHING,
    );
    expect(await answersOf(any(desk, Ticket).where({ email: `x${email}` }))).toEqual(NOTHING);
    expect(await any(desk, Ticket).where({ email, statusId: 1 }).count()).toBe(
      matching((ticket) => ticket.email === email && ticket.statusId === 1).length,
    );
    expect(
      ids(
        await any(desk, Ticket)
          .where({ email: [email, ''] })
          .all(),
      ),
    ).toEqual(ids(rows));
  });

  it('are one request each by id and by display id, and none for an unknown one', async () => {
    const [first, second] = all;
    desk.requests();
    expect(
      ids(
        await any(desk, Ticket)
          .where({ id: [115, 3, 115, 99_999] })
          .all(),
      ),
    ).toEqual([3, 115]);
    expect(desk.requests()).toEqual([
      'GET /Tickets/Ticket/3',
      'GET /Tickets/Ticket/115',
      'GET /Tickets/Ticket/99999',
    ]);
    const displayIds = [second?.displayId ?? '', first?.displayId ?? ''];
    expect(ids(await any(desk, Ticket).where({ displayId: displayIds[0] }).all())).toEqual([2]);
    expect(ids(await any(desk, Ticket).where({ displayId: displayIds }).all())).toEqual([1, 2]);
    expect(await answersOf(any(desk, Ticket).where({ displayId: 'QQQ-000-00000' }))).toEqual(
      NOTHING,
    );
    expect(await answersOf(any(desk, Ticket).where({ displayId: displayIds[0], id: 1 }))).toEqual(
      NOTHING,
    );
    expect(
      desk
        .requests()
        .every((sent) => /^GET \/Tickets\/Ticket\/(?:1|\w{3}-\d{3}-\d{5})$/.test(sent)),
    ).toBe(true);
  });

  it.each(['42', '1', '0', '01', '1e1', '-1', '', '1,2', 'ListAll', 'abc-123-45678', '../1'])(
    'are none for the display id %p, which the route would take for something else',
    async (displayId) => {
      desk.requests();
      expect(await answersOf(any(desk, Ticket).where({ displayId }))).toEqual(NOTHING);
      const lists =
        /^GET \/(?:Base\/Department|Tickets\/TicketStatus|Tickets\/Ticket\/ListAll\/1,3,4\/)/;
      expect(desk.requests().filter((sent) => !lists.test(sent))).toEqual([]);
    },
  );

  it.each([
    ['an unknown status, which the server takes for "unresolved"', { statusId: 999 }],
    ['unknown statuses', { statusId: [998, 999], departmentId: 1 }],
    ['an unknown department, which the server takes for the trash', { departmentId: 999 }],
    ['a department of the live chat', { departmentId: 2 }],
    ['an unknown owner', { ownerStaffId: 999 }],
    ['an unknown user', { userId: 999_999 }],
    ['a user beyond all ids', { userId: Number.MAX_SAFE_INTEGER }],
    ['an owner beyond all ids', { ownerStaffId: 1e15, statusId: 1, departmentId: 1 }],
    ['no department', { departmentId: null }],
    ['no status', { statusId: null }],
    ['no department among unknown ones', { departmentId: [null, 999], statusId: [1, 3] }],
    ['a status below a department that knows none of both', { departmentId: 999, statusId: 999 }],
  ])('are none for %s', async (_name, condition) => {
    expect(await answersOf(any(desk, Ticket).where(condition))).toEqual(NOTHING);
    expect(
      await answersOf(any(desk, Ticket).where(condition).orderBy('lastActivity', 'desc').take(3)),
    ).toEqual(NOTHING);
  });

  it('are those of the known ids where others are unknown', async () => {
    for (const [condition, holds] of [
      [{ statusId: [3, 999] }, (ticket: Ticket) => ticket.statusId === 3],
      [{ departmentId: [999, 4] }, (ticket: Ticket) => ticket.departmentId === 4],
      [{ ownerStaffId: [2, 999] }, (ticket: Ticket) => ticket.ownerStaffId === 2],
      [{ userId: [999_999, 7] }, (ticket: Ticket) => ticket.userId === 7],
    ] as const) {
      expect(ids(await any(desk, Ticket).where(condition).all())).toEqual(matching(holds));
      expect(await any(desk, Ticket).where(condition).count()).toBe(matching(holds).length);
    }
  });

  it.each([-1, 0])('take no %p for an id: that means "any" or "none" on the wire', async (id) => {
    desk.requests();
    for (const field of ['departmentId', 'statusId', 'ownerStaffId', 'userId', 'id']) {
      const error = await errorOf(() =>
        any(desk, Ticket)
          .where({ [field]: [id, 1] })
          .all(),
      );
      expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    }
    expect(desk.requests()).toEqual([]);
  });

  it('are none for getAll with -1 as the department, as there is no such wildcard', async () => {
    expect(await desk.kayako.getAll(Ticket, { departmentId: -1 })).toEqual([]);
    expect(ids(await desk.kayako.getAll(Ticket, { departmentId: [-1, 1], statusId: 3 }))).toEqual(
      matching((ticket) => ticket.departmentId === 1 && ticket.statusId === 3),
    );
  });

  const columns = {
    id: 'ticketid',
    creationTime: 'dateline',
    lastActivity: 'lastactivity',
    replies: 'totalreplies',
    nextReplyDue: 'duetime',
    userId: 'userid',
    ownerStaffId: 'ownerstaffid',
    typeId: 'tickettypeid',
  } as const;
  type Column = keyof typeof columns;

  const valueOf = (ticket: Ticket, field: Column): number => {
    const value = ticket[field];
    return value === null ? -Infinity : Number(value);
  };
  const sorted = (field: Column, direction: string): Ticket[] =>
    [...all].sort((left, right) => {
      const [one, other] = [valueOf(left, field), valueOf(right, field)];
      if (one === other) return left.id - right.id;
      return one < other === (direction === 'asc') ? -1 : 1;
    });

  describe.each(Object.keys(columns) as Column[])('by %s', (field) => {
    it.each(['asc', 'desc'])(
      'come %s from the server, cut anywhere, ties by id',
      async (direction) => {
        const expected = sorted(field, direction);
        const query = any(desk, Ticket).orderBy(field, direction);
        expect(ids(await query.all())).toEqual(ids(expected));
        const values = expected.map((ticket) => valueOf(ticket, field));
        const cuts = values.flatMap((value, index) => (value === values[index - 1] ? [index] : []));
        // Every field but the id has tickets that are equal in it, and the cut is put between two of them.
        expect(cuts.length > 0).toBe(field !== 'id');
        const chosen = new Set([1, 114, 200, cuts[0] ?? 5, cuts.at(-1) ?? 7]);
        for (const cut of chosen) {
          desk.requests();
          expect(ids(await query.take(cut).all())).toEqual(ids(expected.slice(0, cut)));
          expect(ids(await query.skip(cut).take(4).all())).toEqual(
            ids(expected.slice(cut, cut + 4)),
          );
          expect((await query.skip(cut).first())?.id).toBe(expected[cut]?.id);
          const end = `/${columns[field]}/${direction.toUpperCase()}`;
          const sent = desk.requests();
          expect(sent.filter((each) => !each.endsWith(end))).toEqual([]);
          expect(sent.every((each) => each.startsWith(`${ALL}/-1/-1/`))).toBe(true);
        }
      },
    );
  });

  it('come by a second order within the first, and by id within both', async () => {
    const rows = await any(desk, Ticket)
      .where({ statusId: [1, 2, 3] })
      .orderBy('replies', 'desc')
      .orderBy('ownerStaffId')
      .skip(5)
      .take(60)
      .all();
    const expected = all
      .filter(({ statusId }) => statusId !== 4)
      .sort(
        (left, right) =>
          right.replies - left.replies ||
          (left.ownerStaffId ?? 0) - (right.ownerStaffId ?? 0) ||
          left.id - right.id,
      );
    expect(ids(rows)).toEqual(ids(expected.slice(5, 65)));
  });

  it('come in the same order where the server cannot order them', async () => {
    const recent = { lastActivity: { lt: NOW } };
    const query = any(desk, Ticket).where(recent).orderBy('lastActivity', 'desc');
    const expected = sorted('lastActivity', 'desc').filter(
      ({ lastActivity }) => lastActivity !== null && lastActivity < NOW,
    );
    desk.requests();
    expect(ids(await query.skip(3).take(20).all())).toEqual(ids(expected.slice(3, 23)));
    expect(desk.requests()).toEqual([`${ALL}/-1/-1/500/0/ticketid/ASC`]);
    const unknown = any(desk, Ticket).orderBy('priorityId').orderBy('id', 'desc').take(9);
    expect(ids(await unknown.all())).toEqual(
      ids(
        [...all]
          .sort(
            (left, right) => (left.priorityId ?? 0) - (right.priorityId ?? 0) || right.id - left.id,
          )
          .slice(0, 9),
      ),
    );
  });
});

describe('pages of tickets', () => {
  it.each([499, 500, 501, 999, 1501])(
    'hold all %p tickets, each once, by whatever order',
    async (tickets) => {
      await using desk = await startDesk({ users: 5, tickets, seed: 8 });
      const expected = Array.from({ length: tickets }, (_, index) => index + 1);
      const rows = await desk.kayako.repository(Ticket).all();
      expect(ids(rows)).toEqual(expected);
      const [department, status, ...pages] = desk.requests();
      expect([department, status]).toEqual(LOOKUPS);
      expect(pages.map((sent) => sent.split('/').slice(-2).join('/'))).toEqual(
        pages.map(() => 'ticketid/ASC'),
      );
      expect(ids(await any(desk, Ticket).orderBy('id', 'desc').all())).toEqual(expected.reverse());
      const byOwner = await any(desk, Ticket).orderBy('ownerStaffId').all();
      expect(ids(byOwner)).toEqual(
        ids(
          [...rows].sort(
            (left, right) =>
              (left.ownerStaffId ?? 0) - (right.ownerStaffId ?? 0) || left.id - right.id,
          ),
        ),
      );
      expect(
        await any(desk, Ticket)
          .skip(tickets - 2)
          .count(),
      ).toBe(2);
      expect(
        ids(
          await any(desk, Ticket)
            .skip(tickets - 2)
            .all(),
        ),
      ).toEqual([tickets - 1, tickets]);
    },
  );
});

describe('whole lists', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ users: 30, tickets: 20, seed: 6 });
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it.each<[EntityClass, string, string]>([
    [Department, '/Base/Department', 'title'],
    [Staff, '/Base/Staff', 'lastName'],
    [StaffGroup, '/Base/StaffGroup', 'title'],
    [UserGroup, '/Base/UserGroup', 'title'],
    [UserOrganization, '/Base/UserOrganization', 'name'],
    [TicketPriority, '/Tickets/TicketPriority', 'title'],
    [TicketStatus, '/Tickets/TicketStatus', 'title'],
    [TicketType, '/Tickets/TicketType', 'title'],
  ])('of %p are one request, filtered and ordered here', async (type, route, name) => {
    const all = (await any(desk, type).all()) as unknown as Record<string, string | number>[];
    expect(all.length).toBeGreaterThan(1);
    const text = String(all[1]?.[name]);
    const queries: [AnyQuery, unknown[]][] = [
      [any(desk, type).where({ [name]: text }), all.filter((row) => row[name] === text)],
      [any(desk, type).where({ [name]: { ne: text } }), all.filter((row) => row[name] !== text)],
      [any(desk, type).orderBy('id', 'desc').take(2), [...all].reverse().slice(0, 2)],
      [any(desk, type).skip(1), all.slice(1)],
      [any(desk, type).where({ id: all.map(({ id }) => id) }), all],
      [any(desk, type).where({ id: { gt: 1, lt: 3 } }), all.filter(({ id }) => id === 2)],
    ];
    for (const [query, expected] of queries) {
      desk.requests();
      expect(ids(await query.all())).toEqual(ids(expected as { id: number }[]));
      expect(desk.requests()).toEqual([`GET ${route}`]);
    }
    expect(ids(await any(desk, type).where({ id: 2 }).all())).toEqual([2]);
    expect(await any(desk, type).where({ id: 999 }).all()).toEqual([]);
    expect(desk.requests()).toEqual([`GET ${route}/2`, `GET ${route}/999`]);
  });

  it.each<[EntityClass, string]>([
    [TicketPost, '/Tickets/TicketPost/ListAll'],
    [TicketNote, '/Tickets/TicketNote/ListAll'],
    [TicketTimeTrack, '/Tickets/TicketTimeTrack/ListAll'],
    [TicketAttachment, '/Tickets/TicketAttachment/ListAll'],
    [TicketCustomField, '/Tickets/TicketCustomField'],
  ])('of %p are one request for each ticket', async (type, route) => {
    const tickets = Array.from({ length: 20 }, (_, index) => index + 1);
    const all = (await any(desk, type).where({ ticketId: tickets }).all()) as {
      id: number;
      ticketId: number;
    }[];
    expect(all).not.toHaveLength(0);
    const ticketId = all[0]?.ticketId ?? 0;
    desk.requests();
    expect(ids(await any(desk, type).where({ ticketId }).all())).toEqual(
      ids(all.filter((row) => row.ticketId === ticketId)),
    );
    const two = await any(desk, type)
      .where({ ticketId: [20, ticketId, 20] })
      .all();
    expect(ids(two)).toEqual(
      ids(all.filter((row) => [ticketId, 20].includes(row.ticketId))).sort((a, b) => a - b),
    );
    expect(desk.requests()).toEqual([ticketId, ticketId, 20].map((id) => `GET ${route}/${id}`));
    expect(await answersOf(any(desk, type).where({ ticketId, and: [{ ticketId: 99 }] }))).toEqual(
      NOTHING,
    );
    expect(await errorOf(() => any(desk, type).where({ id: 1 }).all())).toMatchObject({
      code: 'SCOPE_REQUIRED',
    });
    expect(desk.requests()).toEqual([]);
  });

  it('of posts are one record for one ticket and one id', async () => {
    const posts = desk.kayako.repository(TicketPost).where({ ticketId: 2 });
    const [post] = await posts.all();
    desk.requests();
    const id = post?.id ?? 0;
    expect((await posts.where({ id }).first())?.contents).toBe(post?.contents);
    expect(await desk.kayako.repository(TicketPost).where({ ticketId: 3, id }).all()).toEqual([]);
    expect(await posts.where({ id: 99_999 }).all()).toEqual([]);
    expect(desk.requests()).toEqual([
      `GET /Tickets/TicketPost/2/${id}`,
      `GET /Tickets/TicketPost/3/${id}`,
      'GET /Tickets/TicketPost/2/99999',
    ]);
  });
});

describe('what must not be sent', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ users: 20, tickets: 30, seed: 9 });
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it.each<[string, EntityClass, object]>([
    ['an empty list of ids', User, { id: [] }],
    ['an empty list of departments', Ticket, { departmentId: [] }],
    ['an empty list of statuses', Ticket, { statusId: { in: [] } }],
    ['an empty list of owners beside others', Ticket, { ownerStaffId: [], userId: 1 }],
    ['an empty list of users', Ticket, { userId: [] }],
    ['an empty list of e-mails', Ticket, { email: [] }],
    ['an empty list of display ids', Ticket, { displayId: [] }],
    ['an empty list of elements', User, { email: [] }],
    ['an empty list of elements, in words', Ticket, { tags: { some: { in: [] } } }],
    ['no alternative', Ticket, { or: [] }],
    ['alternatives that are all empty', User, { or: [{ id: [] }, { email: [] }] }],
    ['an empty list beside a relation', Ticket, { status: { title: 'Open' }, id: [] }],
    ['an empty list behind a relation', Ticket, { status: { title: 'Open' }, and: [{ or: [] }] }],
    ['an empty list inside a relation', Ticket, { status: { title: [] } }],
    ['an empty list two relations deep', Ticket, { user: { group: { id: [] } } }],
    ['the negation of everything', User, { not: {} }],
    ['the negation of "not in nothing"', User, { not: { fullName: { notIn: [] } } }],
    ['an empty list of tickets', TicketPost, { ticketId: [] }],
    ['two ids at once', User, { id: 1, and: [{ id: 2 }] }],
    ['two display ids at once', Ticket, { displayId: 'ABC-123-45678', and: [{ displayId: 'X' }] }],
    ['lists that share no status', Ticket, { statusId: [1, 2], and: [{ statusId: [3] }] }],
    ['none and some', Ticket, { ownerStaffId: null, and: [{ ownerStaffId: 1 }] }],
    ['two titles at once', Department, { title: 'A', and: [{ title: 'B' }] }],
    ['bounds that have crossed', User, { id: { gt: 5, lt: 3 } }],
    ['bounds with nothing between', Ticket, { replies: { gt: 2, lte: 2 } }],
    ['a word after itself', User, { fullName: { gt: 'b', lt: 'b' } }],
    [
      'dates that have crossed',
      Ticket,
      { creationTime: { gte: new Date('2026-01-02'), lt: new Date('2026-01-01') } },
    ],
  ])('is nothing for %s', async (_name, type, condition) => {
    desk.requests();
    const query = any(desk, type).where(condition);
    expect(await answersOf(query)).toEqual(NOTHING);
    expect(await answersOf(query.orderBy('id', 'desc').skip(1).take(2))).toEqual(NOTHING);
    expect(desk.requests()).toEqual([]);
  });

  it('is nothing for take(0), whatever else is asked for', async () => {
    desk.requests();
    expect(await answersOf(any(desk, Ticket).take(0))).toEqual(NOTHING);
    expect(
      await answersOf(
        any(desk, Ticket)
          .where({ status: { title: 'Open' } })
          .orderBy('subject')
          .take(0),
      ),
    ).toEqual(NOTHING);
    expect(desk.requests()).toEqual([]);
  });

  it.each<[string, EntityClass, object]>([
    ['an undefined relation', Ticket, { department: undefined }],
    ['undefined in a relation', Ticket, { department: { title: undefined } }],
    ['undefined two relations deep', Ticket, { user: { group: { title: undefined } } }],
    [
      'undefined in a negation in a relation in a negation',
      Ticket,
      { not: { department: { not: { title: undefined } } } },
    ],
    [
      'undefined in a list in an operator in a relation in an alternative',
      Ticket,
      { or: [{ subject: 'x' }, { status: { and: [{ title: { in: ['Open', undefined] } }] } }] },
    ],
    [
      'undefined in an element in a relation',
      Ticket,
      { user: { email: { some: { endsWith: undefined } } } },
    ],
    ['an undefined element', Ticket, { tags: { some: undefined } }],
    ['an undefined negation', Ticket, { not: undefined }],
    ['an undefined negation in a relation', Ticket, { not: { user: { not: undefined } } }],
    ['undefined alternatives', Ticket, { or: undefined }],
    ['a hole among alternatives', Ticket, { and: [{ or: Array(1) }] }],
    ['undefined beside an empty list', Ticket, { id: [], subject: undefined }],
    ['undefined beside a contradiction', User, { id: 1, and: [{ id: 2 }, { phone: undefined }] }],
    ['undefined bounds', User, { id: { gte: 1, lte: undefined } }],
    ['an undefined flag', User, { fullName: { eq: 'x', ignoreCase: undefined } }],
    ['an undefined pattern', User, { organization: { name: { matches: undefined } } }],
    ['an undefined scope', TicketPost, { ticketId: undefined }],
    ['an undefined ticket among others', TicketPost, { ticketId: [1, undefined] }],
  ])('is %s: it is refused', async (_name, type, condition) => {
    desk.requests();
    expect(await errorOf(() => any(desk, type).where(condition).all())).toMatchObject({
      code: 'UNDEFINED_CONDITION',
    });
    expect(await errorOf(() => desk.kayako.filter(type, condition as never))).toMatchObject({
      code: 'UNDEFINED_CONDITION',
    });
    expect(desk.requests()).toEqual([]);
  });

  it('is undefined as an argument of the ticket list, or as an id', async () => {
    const { kayako } = desk;
    desk.requests();
    for (const call of [
      () => kayako.getAll(Ticket, { departmentId: undefined } as never),
      () => kayako.getAll(Ticket, { departmentId: [1, undefined] } as never),
      () => kayako.getAll(Ticket, { departmentId: 1, subject: undefined } as never),
      () => kayako.getAll(User, { fullName: undefined } as never),
      () => kayako.get(User, undefined as never),
      () => kayako.get(TicketPost, 1, undefined as never),
      () => kayako.repository(User).where(undefined as never),
    ]) {
      expect(await errorOf(call)).toBeInstanceOf(KayakoRequestError);
    }
    expect(desk.requests()).toEqual([]);
  });

  it.each<[string, object]>([
    ['not of an empty list', { not: { id: [] } }],
    ['not of an empty list of statuses', { not: { statusId: [] } }],
    ['not in nothing', { departmentId: { notIn: [] } }],
    ['not of no alternative', { not: { or: [] } }],
    ['not not of everything', { not: { not: {} } }],
    ['all of nothing', { and: [] }],
    ['no condition', {}],
    ['an empty list as one of two alternatives', { or: [{ id: [] }, {}] }],
    ['not of an empty list in a relation', { department: { not: { title: [] } } }],
    ['not of a relation to nothing', { not: { department: { title: [] } } }],
    ['not of a contradiction', { not: { and: [{ id: 1 }, { id: 2 }] } }],
  ])('does not hide anything: %s is every ticket', async (_name, condition) => {
    const query = any(desk, Ticket).where(condition);
    expect(ids(await query.all())).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(await query.count()).toBe(30);
    expect(await query.exists()).toBe(true);
  });

  it('is the list for a sub-query without rows', async () => {
    const none = desk.kayako.repository(Department).where({ title: 'No such department' });
    desk.kayako.invalidateLookups();
    desk.requests();
    expect(await any(desk, Ticket).where({ department: none }).all()).toEqual([]);
    // A table that is sent whole is known for some seconds.
    expect(await any(desk, Ticket).where({ department: none }).count()).toBe(0);
    expect(desk.requests()).toEqual(['GET /Base/Department']);
    const cut = desk.kayako.repository(Department).take(0);
    expect(await answersOf(any(desk, Ticket).where({ department: cut }))).toEqual(NOTHING);
    expect(desk.requests()).toEqual([]);
    expect(
      await any(desk, Ticket)
        .where({ not: { department: none } })
        .count(),
    ).toBe(30);
    expect(
      await any(desk, Ticket)
        .where({ not: { department: cut } })
        .count(),
    ).toBe(30);
    const either = { or: [{ department: none }, { id: 3 }] };
    expect(ids(await any(desk, Ticket).where(either).all())).toEqual([3]);
  });

  it('is the second relation where the first one leads nowhere', async () => {
    const condition = { department: { title: 'No such department' }, status: { title: 'Open' } };
    desk.kayako.invalidateLookups();
    desk.requests();
    expect(await any(desk, Ticket).where(condition).all()).toEqual([]);
    expect(desk.requests()).toEqual(['GET /Base/Department']);
  });

  it('is what a condition that holds for everything would cost', async () => {
    for (const condition of [{ not: { id: [] } }, { and: [] }, { not: { or: [] } }]) {
      desk.requests();
      expect(ids(await any(desk, User).where(condition).take(2).all())).toEqual([1, 2]);
      expect(desk.requests()).toEqual(['GET /Base/User/Filter/1/2']);
    }
  });

  it('is more than the rows that a sub-query leaves by its order and its take', async () => {
    const [oldest] = await desk.kayako.repository(User).orderBy('dateline').all();
    const query = desk.kayako.repository(User).orderBy('dateline').take(1);
    const all = await desk.kayako.repository(Ticket).all();
    desk.requests();
    expect(ids(await any(desk, Ticket).where({ user: query }).all())).toEqual(
      ids(all.filter(({ userId }) => userId === oldest?.id)),
    );
    expect(desk.requests().at(-1)).toBe(
      `GET /Tickets/Ticket/ListAll/1,3,4/1,2,3,4/-1/${oldest?.id ?? 0}/500/0/ticketid/ASC`,
    );
  });
});

describe('look-ups', () => {
  const lookups = (desk: Desk): string[] =>
    desk.requests().filter((sent) => !sent.includes('/Ticket/'));

  interface TimedDesk extends Desk {
    pass: (milliseconds: number) => void;
  }

  async function deskWithClock(): Promise<TimedDesk> {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = (): Date => new Date(now);
    const desk = await startDesk({ users: 5, tickets: 12, seed: 4 }, { clock });
    return {
      ...desk,
      pass: (milliseconds) => {
        now += milliseconds;
      },
    };
  }

  it('are read once by ten queries that start at the same time', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () => tickets.all()),
      ...Array.from({ length: 3 }, () => tickets.where({ statusId: [1, 2, 3, 4] }).all()),
      ...Array.from({ length: 3 }, () => tickets.orderBy('lastActivity').all()),
    ]);
    expect(results.map(({ length }) => length)).toEqual(Array.from({ length: 10 }, () => 12));
    expect(lookups(desk).sort()).toEqual(LOOKUPS);
    await tickets.count();
    await tickets.first();
    expect(lookups(desk)).toEqual([]);
  });

  it('are read again after ten seconds, and not before', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
    desk.pass(9_999);
    await tickets.all();
    expect(lookups(desk)).toEqual([]);
    desk.pass(1);
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
    desk.pass(9_999);
    await tickets.count();
    expect(lookups(desk)).toEqual([]);
  });

  it('are read again when they are declared invalid', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    await tickets.all();
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
    desk.kayako.invalidateLookups();
    expect(lookups(desk)).toEqual([]);
    await tickets.all();
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
  });

  it('are read again, the table in question only, after a write through the same connection', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    await tickets.all();
    const department = await samples.department(desk.kayako).add();
    const ticket = samples.ticket(desk.kayako);
    ticket.departmentId = department.id;
    await ticket.add();
    desk.requests();
    expect(ids(await tickets.all())).toContain(ticket.id);
    expect(lookups(desk)).toEqual(['GET /Base/Department']);
  });

  it('are shared by queries of which one gives up', async () => {
    await using desk = await deskWithClock();
    const tickets: Query<Ticket> = desk.kayako.repository(Ticket).where({});
    const abort = new AbortController();
    const reason = new Error('enough');
    const first = errorOf(() => tickets.all({ signal: abort.signal }));
    const second = tickets.all();
    abort.abort(reason);
    expect(await first).toBe(reason);
    expect(await second).toHaveLength(12);
    expect(lookups(desk)).toEqual(LOOKUPS);
  });
});

import { Ticket } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';
import { any, ids, received, LOOKUPS, NOTHING, answersOf } from './answers.js';

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

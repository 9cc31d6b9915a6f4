import {
  Department,
  type Query,
  Staff,
  Ticket,
  TicketStatus,
  User,
  UserGroup,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ users: 1000, seed: 7 });
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

async function firstOfLoop<Entity extends object>(query: Query<Entity>): Promise<Entity | null> {
  for await (const row of query) return row;
  return null;
}

async function firstOfStream<Entity extends object>(query: Query<Entity>): Promise<Entity | null> {
  return new Promise((resolve, reject) => {
    const subscription = query.stream().subscribe({
      next: (row) => {
        resolve(row);
        subscription.unsubscribe();
      },
      error: reject,
      complete: () => {
        resolve(null);
      },
    });
  });
}

describe('where', () => {
  it('sends nothing before a terminal method, and asks again each time', async () => {
    desk.requests();
    const query = desk.kayako.repository(Department).where({ module: 'tickets' });
    expect(desk.requests()).toEqual([]);
    expect('then' in query).toBe(false);
    await query.all();
    await query.all();
    expect(desk.requests()).toHaveLength(2);
  });

  it('is immutable: a narrower query leaves the wider one as it was', async () => {
    const wide = desk.kayako.repository(TicketStatus).where({ type: 'public' });
    const narrow = wide.where({ title: 'Open' });
    expect(await narrow.count()).toBe(1);
    expect(await wide.count()).toBe(3);
  });

  it('means equal for a value, one of several for an array, none for null', async () => {
    const statuses = desk.kayako.repository(TicketStatus);
    expect((await statuses.where({ title: 'Open' }).all()).map(String)).toEqual([
      '<TicketStatus (1): Open>',
    ]);
    const two = await statuses.where({ title: ['Open', 'Closed'] }).all();
    expect(two.map((status) => status.title)).toEqual(['Open', 'Closed']);
    expect(await statuses.where({ departmentId: null }).count()).toBe(3);
    expect(await statuses.where({ departmentId: [null, 5], markAsResolved: true }).count()).toBe(1);
  });

  it('compares text by case, and booleans and dates by value', async () => {
    expect(await desk.kayako.first(TicketStatus, { title: 'open' })).toBeNull();
    const user = await desk.kayako.repository(User).firstOrFail();
    const same = await desk.kayako
      .repository(User)
      .where({ dateline: user.dateline, isEnabled: user.isEnabled, id: [user.id] })
      .first();
    expect(same?.id).toBe(user.id);
  });

  it('looks at the elements of a list field', async () => {
    const found = await desk.kayako.first(User, { email: 'test@example.com' });
    expect(found?.id).toBe(1);
  });

  it('reads an id with one GET, and several ids with one GET each', async () => {
    desk.requests();
    const users = desk.kayako.repository(User);
    expect((await users.where({ id: 1 }).first())?.id).toBe(1);
    expect((await users.where({ id: [1, 2, 2, 999999] }).all()).map((user) => user.id)).toEqual([
      1, 2,
    ]);
    expect(desk.requests()).toEqual([
      'GET /Base/User/1',
      'GET /Base/User/1',
      'GET /Base/User/2',
      'GET /Base/User/999999',
    ]);
  });

  it('sends nothing for an empty list and yields nothing', async () => {
    desk.requests();
    const none = desk.kayako.repository(User).where({ userGroupId: [] });
    expect(await none.all()).toEqual([]);
    expect(await none.first()).toBeNull();
    expect(await none.count()).toBe(0);
    expect(await none.exists()).toBe(false);
    for await (const user of none) throw new Error(`unexpected ${String(user)}`);
    expect(await desk.kayako.filter(Ticket, { id: [] })).toEqual([]);
    const open = { status: { title: 'Open' } };
    expect(await desk.kayako.filter(Ticket, { ...open, id: [] })).toEqual([]);
    expect(await desk.kayako.repository(Ticket).where(open).take(0).all()).toEqual([]);
    expect(desk.requests()).toEqual([]);
  });

  it.each([
    ['undefined', { title: undefined }, 'UNDEFINED_CONDITION'],
    ['undefined in a list', { title: ['Open', undefined] }, 'UNDEFINED_CONDITION'],
    ['no condition at all', undefined, 'UNDEFINED_CONDITION'],
    ['null as the condition', null, 'INVALID_VALUE'],
    ['an id of 0', { id: 0 }, 'INVALID_VALUE'],
    ['a negative id', { id: -1 }, 'INVALID_VALUE'],
    ['a fraction as an id', { id: 1.5 }, 'INVALID_VALUE'],
    ['an id as text', { id: '1' }, 'INVALID_VALUE'],
    ['null as the id', { id: null }, 'INVALID_VALUE'],
    ['0 in a reference', { departmentId: 0 }, 'INVALID_VALUE'],
    ['text in a reference', { departmentId: 'x' }, 'INVALID_VALUE'],
    ['a word the field cannot have', { type: 'secret' }, 'INVALID_VALUE'],
    ['a field that does not exist', { titel: 'Open' }, 'UNKNOWN_FIELD'],
    ['a method', { toString: 'x' }, 'UNKNOWN_FIELD'],
    ['a hole in a list', { id: Array(1) }, 'UNDEFINED_CONDITION'],
    ['a Map', new Map([['id', 1]]), 'INVALID_VALUE'],
    ['a promise that was not awaited', Promise.resolve({ id: 1 }), 'INVALID_VALUE'],
    ['a symbol', { [Symbol('id')]: 1 }, 'INVALID_VALUE'],
    ['a bigint', { displayOrder: 1n }, 'INVALID_VALUE'],
    ['an operator of another type', { displayOrder: { contains: '1' } }, 'INVALID_VALUE'],
    ['no operator', { displayOrder: {} }, 'INVALID_VALUE'],
    ['ignoreCase alone', { title: { ignoreCase: true } }, 'INVALID_VALUE'],
    ['undefined in an operator', { title: { contains: undefined } }, 'UNDEFINED_CONDITION'],
    ['undefined in a negation', { not: { title: undefined } }, 'UNDEFINED_CONDITION'],
    ['undefined among alternatives', { or: [{ title: 'x' }, undefined] }, 'UNDEFINED_CONDITION'],
  ])('refuses %s before anything is sent', async (_name, condition, code) => {
    desk.requests();
    const statuses = desk.kayako.repository(TicketStatus) as unknown as {
      where(condition: unknown): { all(): Promise<unknown> };
    };
    expect(await errorOf(() => statuses.where(condition).all())).toMatchObject({ code });
    expect(desk.requests()).toEqual([]);
  });

  it('refuses fields that never come back, and a relation that is no condition', async () => {
    const users = desk.kayako.repository(User) as unknown as { where(condition: unknown): unknown };
    expect(await errorOf(() => users.where({ password: 'x' }))).toMatchObject({
      code: 'UNKNOWN_FIELD',
    });
    expect(await errorOf(() => users.where({ group: 1 }))).toMatchObject({ code: 'INVALID_VALUE' });
  });
});

describe('first', () => {
  it('hands less than 128 KiB of a 1,000-user page to the decoder and closes the transfer', async () => {
    const wanted = await desk.kayako.repository(User).firstOrFail();
    desk.requests();
    const before = desk.kayako.usage.bytes;
    const found = await desk.kayako.repository(User).where({ dateline: wanted.dateline }).first();
    expect(found?.id).toBe(wanted.id);
    expect(desk.kayako.usage.bytes - before).toBeLessThan(128 * 1024);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/1/1000']);

    const whole = desk.kayako.usage.bytes;
    await desk.kayako.repository(User).where({ fullName: '(nobody)' }).first();
    expect(desk.kayako.usage.bytes - whole).toBeGreaterThan(512 * 1024);
  });

  it('asks for one row where nothing is left to filter', async () => {
    desk.requests();
    await desk.kayako.repository(User).first();
    expect(await desk.kayako.repository(User).exists()).toBe(true);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/1/1', 'GET /Base/User/Filter/1/1']);
  });

  it('throws NOT_FOUND as firstOrFail when there is no row', async () => {
    const query = desk.kayako.repository(TicketStatus).where({ title: 'Lost' });
    expect(await query.first()).toBeNull();
    const error = await errorOf(() => query.firstOrFail());
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    expect(error.message).toContain('TicketStatus');
  });
});

describe('a help desk of 100,000 users', () => {
  let large: Desk;
  let third: User;

  beforeAll(async () => {
    large = await startDesk({ users: 100_000, seed: 7 });
    third = await large.kayako.repository(User).where({ id: 3 }).firstOrFail();
  });
  afterAll(async () => {
    await large[Symbol.asyncDispose]();
  });

  it.each<[string, (users: Query<User>) => Promise<User | null>]>([
    ['first', (users) => users.first()],
    ['firstOrFail', (users) => users.firstOrFail()],
    ['a loop that is left', firstOfLoop],
    ['a subscription that is ended', firstOfStream],
  ])(
    'gives its third user to %s for less than 128 KiB of one request, of which no more is read',
    async (_name, firstOf) => {
      const { fullName, dateline } = third;
      large.requests();
      const before = large.kayako.usage.bytes;
      const found = await firstOf(large.kayako.repository(User).where({ fullName, dateline }));
      expect(found?.id).toBe(3);
      const read = large.kayako.usage.bytes - before;
      expect(read).toBeLessThan(128 * 1024);
      await large.sandbox.settled();
      expect(large.requests()).toEqual(['GET /Base/User/Filter/1/1000']);
      expect(large.kayako.usage.bytes - before).toBe(read);
    },
  );

  it('is asked for the one row where the server can find it', async () => {
    large.requests();
    const last = large.kayako.repository(User).where({ id: { gt: 100_000 } });
    expect((await last.first())?.id).toBe(100_001);
    expect(large.requests()).toEqual(['GET /Base/User/Filter/100001/1']);
  });
});

describe('the rows', () => {
  it('come all, once each, from several pages of users', async () => {
    desk.requests();
    const ids: number[] = [];
    for await (const user of desk.kayako.repository(User)) ids.push(user.id);
    expect(ids).toHaveLength(1001);
    expect(new Set(ids).size).toBe(1001);
    expect(desk.requests()).toEqual([
      'GET /Base/User/Filter/1/1000',
      'GET /Base/User/Filter/1001/1000',
    ]);
    expect(await desk.kayako.repository(User).count()).toBe(1001);
  });

  it('stop coming when the loop is left, and the connection serves the next request', async () => {
    for await (const user of desk.kayako.repository(User)) {
      expect(user.id).toBe(1);
      break;
    }
    expect(await desk.kayako.first(UserGroup, { title: 'Registered' })).not.toBeNull();
  });

  it('come in batches of more than one', async () => {
    const sizes: number[] = [];
    for await (const batch of desk.kayako.repository(User).batches()) sizes.push(batch.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1001);
    expect(sizes.length).toBeLessThan(200);
  });

  it('end with the reason of the signal when it aborts', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const read = async (): Promise<void> => {
      for await (const user of desk.kayako.repository(User).batches({ signal: abort.signal })) {
        expect(user.length).toBeGreaterThan(0);
        abort.abort(reason);
      }
    };
    expect(await errorOf(read)).toBe(reason);
    const late = await errorOf(() => desk.kayako.repository(Staff).all({ signal: abort.signal }));
    expect(late).toBe(reason);
  });
});

describe('tickets', () => {
  let closed: Ticket;
  let elsewhere: Ticket;
  let open: Ticket;

  beforeAll(async () => {
    const second = await samples.department(desk.kayako).add();
    desk.kayako.invalidateLookups();
    open = await samples.ticket(desk.kayako).add();
    closed = samples.ticket(desk.kayako);
    closed.statusId = 3;
    await closed.add();
    elsewhere = samples.ticket(desk.kayako);
    elsewhere.departmentId = second.id;
    elsewhere.ownerStaffId = 1;
    await elsewhere.add();
  });

  const ids = (tickets: readonly Ticket[]): number[] => tickets.map((ticket) => ticket.id);

  it('are all tickets without a condition: every department and every status', async () => {
    desk.requests();
    const all = await desk.kayako.repository(Ticket).all();
    expect(ids(all)).toEqual([open.id, closed.id, elsewhere.id]);
    expect(desk.requests()).toEqual([
      'GET /Base/Department',
      'GET /Tickets/TicketStatus',
      `GET /Tickets/Ticket/ListAll/1,${elsewhere.departmentId ?? 0}/1,2,3/-1/-1/500/0/ticketid/ASC`,
    ]);
  });

  it('are filtered by the server for department, status, owner and user', async () => {
    desk.requests();
    const tickets = desk.kayako.repository(Ticket);
    expect(ids(await tickets.where({ departmentId: 1, statusId: [1, 3] }).all())).toEqual([
      open.id,
      closed.id,
    ]);
    expect(
      ids(await tickets.where({ departmentId: 1, statusId: 1, ownerStaffId: null }).all()),
    ).toEqual([open.id]);
    expect(await tickets.where({ departmentId: 1, statusId: [1, 2, 3], userId: 2 }).exists()).toBe(
      false,
    );
    expect(desk.requests()).toEqual([
      'GET /Tickets/Ticket/ListAll/1/1,3/-1/-1/500/0/ticketid/ASC',
      'GET /Tickets/Ticket/ListAll/1/1/0/-1/500/0/ticketid/ASC',
      'GET /Tickets/Ticket/ListAll/1/1,2,3/-1/2/1/0/ticketid/ASC',
    ]);
  });

  it('are none for ids that the help desk does not know, which it would take for others', async () => {
    const tickets = desk.kayako.repository(Ticket);
    for (const condition of [{ statusId: 999 }, { departmentId: 999 }, { statusId: [998, 999] }]) {
      expect(await tickets.where(condition).all()).toEqual([]);
      expect(await tickets.where(condition).count()).toBe(0);
      expect(await tickets.where(condition).exists()).toBe(false);
    }
  });

  it('are counted by the server', async () => {
    const tickets = desk.kayako.repository(Ticket);
    expect(await tickets.count()).toBe(3);
    desk.requests();
    expect(await tickets.where({ departmentId: 1 }).count()).toBe(2);
    expect(desk.requests()).toEqual(['GET /Tickets/Ticket/GetTicketCount/1/1,2,3/-1/-1']);
    expect(await tickets.where({ departmentId: 1 }).skip(1).take(5).count()).toBe(1);
  });

  it('are filtered here for everything else', async () => {
    const found = await desk.kayako.filter(Ticket, { subject: closed.subject, statusId: [3] });
    expect(ids(found)).toEqual([closed.id]);
    expect(await desk.kayako.filter(Ticket, { departmentId: null })).toEqual([]);
  });

  it('are listed by getAll as on the wire: without a status only unresolved ones', async () => {
    expect(ids(await desk.kayako.getAll(Ticket, { departmentId: 1 }))).toEqual([open.id]);
    expect(ids(await desk.kayako.getAll(Ticket, { departmentId: 1, statusId: -1 }))).toEqual([
      open.id,
    ]);
    expect(ids(await desk.kayako.getAll(Ticket, { departmentId: 1, statusId: [1, 3] }))).toEqual([
      open.id,
      closed.id,
    ]);
    expect(ids(await desk.kayako.getAll(Ticket))).toEqual([open.id, elsewhere.id]);
    expect(await desk.kayako.getAll(Ticket, { departmentId: [] })).toEqual([]);
    const sales = { departmentId: 1, department: { title: 'General' } };
    expect(ids(await desk.kayako.getAll(Ticket, sales))).toEqual([open.id]);
    expect(await errorOf(() => desk.kayako.getAll(Ticket, { departmentId: -2 }))).toMatchObject({
      code: 'INVALID_VALUE',
    });
  });
});

describe('a loop that changes what it reads', () => {
  it('reaches every row, also those that move up when others leave', async () => {
    await using busy = await startDesk({ tickets: 40, users: 5, seed: 2 });
    const tickets = busy.kayako.repository(Ticket);
    for (let more = 0; more < 1100; more += 1) await samples.ticket(busy.kayako).add();
    let closed = 0;
    for await (const ticket of tickets.where({ statusId: 1, departmentId: 1 })) {
      ticket.statusId = 3;
      await ticket.save();
      closed += 1;
    }
    expect(closed).toBeGreaterThanOrEqual(1100);
    expect(await tickets.where({ statusId: 1, departmentId: 1 }).count()).toBe(0);
    const all = await tickets.count();
    let deleted = 0;
    for await (const ticket of tickets) {
      await ticket.delete();
      deleted += 1;
    }
    expect(deleted).toBe(all);
  }, 30_000);
});

describe('a status that is tied to a department', () => {
  it('is found in the departments below it', async () => {
    await using busy = await startDesk({ tickets: 60, users: 5, seed: 4 });
    const tickets = busy.kayako.repository(Ticket);
    const below = (await tickets.all()).filter(({ departmentId }) => departmentId === 4);
    expect(below.some(({ statusId }) => statusId === 4)).toBe(true);
    const found = await tickets.where({ departmentId: 4 }).all();
    expect(found.map(({ id }) => id)).toEqual(below.map(({ id }) => id));
    expect(await tickets.where({ departmentId: 4 }).count()).toBe(below.length);
  });

  it('is found wherever it is, also where the condition names a department', async () => {
    await using busy = await startDesk({ tickets: 60, users: 5, seed: 4 });
    const tickets = busy.kayako.repository(Ticket);
    const all = await tickets.all();
    const below = all.filter(({ departmentId, statusId }) => departmentId === 4 && statusId !== 3);
    const found = below.map(({ id }) => id);
    expect(below.some(({ statusId }) => statusId === 4)).toBe(true);
    const unresolved = tickets.where({ departmentId: 4, status: { markAsResolved: false } });
    expect((await unresolved.all()).map(({ id }) => id)).toEqual(found);
    expect(await unresolved.count()).toBe(found.length);
    const last = await unresolved.orderBy('id', 'desc').skip(1).take(2).all();
    expect(last.map(({ id }) => id)).toEqual(found.slice(-3, -1).reverse());
    const waiting = tickets.where({ departmentId: 4, status: { id: 4 } });
    expect(await waiting.count()).toBe(below.filter(({ statusId }) => statusId === 4).length);
  });

  it('is counted as it is listed, beside whatever department', async () => {
    await using busy = await startDesk({ tickets: 60, users: 5, seed: 4 });
    for (const departmentId of [1, 2, 3, 4, 5]) {
      for (const statusId of [1, 2, 3, 4]) {
        const tickets = busy.kayako.repository(Ticket).where({ departmentId, statusId });
        const listed = await tickets.all();
        expect(await tickets.count()).toBe(listed.length);
        expect(await tickets.exists()).toBe(listed.length > 0);
      }
    }
  });
});

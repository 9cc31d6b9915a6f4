import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  BelongsTo,
  type Collection,
  Department,
  Entity,
  HasMany,
  Id,
  Kayako,
  type Ref,
  Ticket,
  TicketPost,
  User,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ users: 80, tickets: 120, seed: 7 });
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});
beforeEach(() => {
  desk.kayako.invalidateLookups();
});

const hundred = () =>
  desk.kayako
    .repository(Ticket)
    .where({ departmentId: [1, 3, 4], statusId: [1, 2, 3] })
    .take(100);

describe('include', () => {
  it('loads small tables once, users once each and posts once for each ticket', async () => {
    desk.requests();
    const tickets = await hundred().include('department', 'status', 'owner', 'user', 'posts').all();
    const requests = desk.requests();
    const distinctUsers = new Set(tickets.map(({ userId }) => userId)).size;
    expect(tickets.length).toBeGreaterThan(80);
    expect(requests.length).toBeLessThanOrEqual(4 + tickets.length + distinctUsers);
    const small = requests.filter((each) => /Department|TicketStatus|Base\/Staff/.test(each));
    expect(small.sort()).toEqual([
      'GET /Base/Department',
      'GET /Base/Staff',
      'GET /Tickets/TicketStatus',
    ]);

    desk.requests();
    for (const ticket of tickets) {
      expect(ticket.department.value?.id ?? null).toBe(ticket.departmentId);
      expect(ticket.status.value?.id ?? null).toBe(ticket.statusId);
      expect(ticket.owner.value?.id ?? null).toBe(ticket.ownerStaffId);
      expect(ticket.user.value?.id ?? null).toBe(ticket.userId);
      expect(ticket.posts.items.length).toBeGreaterThan(0);
      expect(ticket.posts.items.every((post) => post.ticketId === ticket.id)).toBe(true);
      expect(await ticket.posts.count()).toBe(ticket.posts.items.length);
      expect(await ticket.department.load()).toBe(ticket.department.value);
    }
    expect(desk.requests()).toEqual([]);
  });

  it('needs four requests and the users where the posts came along', async () => {
    const ids = await hundred().pluck('id').all();
    const some = desk.kayako.repository(Ticket).where({ id: ids.slice(0, 3) });
    desk.requests();
    const tickets = await some.include('department', 'posts').all();
    // Tickets that are read one by one come with their posts.
    expect(desk.requests().filter((each) => each.includes('TicketPost'))).toEqual([]);
    expect(tickets.every(({ posts }) => posts.items.length > 0)).toBe(true);
  });

  it('goes three levels deep', async () => {
    const tickets = await hundred()
      .take(20)
      .include('user.organization', 'posts.attachments')
      .all();
    const organizations = tickets.map((ticket) => ticket.user.value?.organization.value);
    expect(organizations.some((organization) => organization instanceof Object)).toBe(true);
    for (const ticket of tickets) {
      const { user } = ticket;
      expect(user.value?.organization.value?.id ?? null).toBe(
        user.value?.userOrganizationId ?? null,
      );
      for (const post of ticket.posts.items) {
        expect(post.attachments.items.length > 0).toBe(post.hasAttachments);
        for (const { ticketPostId } of post.attachments.items) expect(ticketPostId).toBe(post.id);
      }
    }
  });

  it('takes conditions, an order and a limit for the children of each parent', async () => {
    const tickets = await hundred()
      .take(30)
      .include({
        posts: { where: { creator: 'staff' }, orderBy: { id: 'desc' }, take: 2 },
        department: true,
      })
      .all();
    const expected = await hundred().take(30).include('posts').all();
    expect(tickets.map(({ posts }) => posts.items.map(({ id }) => id))).toEqual(
      expected.map(({ posts }) =>
        posts.items
          .filter(({ creator }) => creator === 'staff')
          .map(({ id }) => id)
          .reverse()
          .slice(0, 2),
      ),
    );
    // What was left out is still there.
    const [ticket] = tickets;
    expect(await ticket?.posts.count()).toBe(expected[0]?.posts.items.length);
  });

  it('adds up over several calls, and keeps the order and the number of the rows', async () => {
    const plain = await hundred().orderBy('lastActivity', 'desc').all();
    const query = hundred()
      .orderBy('lastActivity', 'desc')
      .include('posts')
      .include('posts.attachments');
    const both = await query.include({ owner: true }).all();
    expect(both.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
    expect(both[0]?.posts.items[0]?.attachments.items).toBeInstanceOf(Array);
    expect(both.map((ticket) => ticket.owner.value?.id ?? null)).toEqual(
      both.map(({ ownerStaffId }) => ownerStaffId),
    );
    const first = await query.firstOrFail();
    expect(first.posts.items.length).toBe(both[0]?.posts.items.length);
  });

  it('gives null where there is nothing, and shares one entity among the rows that refer to it', async () => {
    const tickets = await hundred().include('owner', 'department').all();
    expect(tickets.some((ticket) => ticket.owner.value === null)).toBe(true);
    const [one, other] = tickets.filter(({ departmentId }) => departmentId === 1);
    expect(one?.department.value).toBe(other?.department.value);
    // The table that plans rely on is not changed by what happens to that entity.
    if (one?.department.value) one.department.value.title = 'changed';
    const fresh = await hundred().take(1).include('department').firstOrFail();
    expect(fresh.department.value?.title).not.toBe('changed');
  });

  it('streams: no more is loaded than the reader has asked for', async () => {
    desk.requests();
    let seen = 0;
    for await (const ticket of desk.kayako.repository(Ticket).include('posts')) {
      expect(ticket.posts.items.length).toBeGreaterThan(0);
      seen += 1;
      if (seen === 3) break;
    }
    const lists = desk.requests().filter((each) => each.includes('TicketPost/ListAll'));
    expect(lists.length).toBeGreaterThanOrEqual(3);
    expect(lists.length).toBeLessThan(60);
  });

  it('reads an entity once for all batches of a query', async () => {
    await using busy = await startDesk();
    for (let count = 0; count < 60; count += 1) await samples.ticket(busy.kayako).add();
    let batches = 0;
    busy.requests();
    for await (const batch of busy.kayako.repository(Ticket).include('user').batches()) {
      batches += 1;
      for (const ticket of batch) expect(ticket.user.value?.id).toBe(1);
    }
    expect(batches).toBeGreaterThan(1);
    expect(busy.requests().filter((each) => each.includes('/Base/User'))).toEqual([
      'GET /Base/User/1',
    ]);
  });

  it('keeps what is loaded below apart where two relations lead to the same class', async () => {
    class Case extends Ticket {
      @BelongsTo(() => User, 'userId') declare readonly requester: Ref<User>;
      @BelongsTo(() => User, 'userId') declare readonly customer: Ref<User>;
    }
    const cases = desk.kayako.repository(Case).where({ departmentId: [1, 3, 4] });
    for (const each of await cases.include('requester', 'customer.organization').all()) {
      const customer = each.customer.value;
      expect(each.requester.value?.id ?? null).toBe(each.userId);
      if (customer === null) continue;
      expect(customer.organization.value?.id ?? null).toBe(customer.userOrganizationId);
    }
  });

  it('is left out where no rows are handed out, or only some of their fields', async () => {
    desk.requests();
    const query = hundred().include('posts');
    expect(await query.exists()).toBe(true);
    expect(await query.count()).toBeGreaterThan(0);
    const untyped = query as unknown as {
      select(name: string): { all(): Promise<object[]> };
      update(changes: object, options: object): Promise<{ planned: number }>;
    };
    expect(Object.keys((await untyped.select('subject').all())[0] ?? {})).toEqual(['subject']);
    const changes = { subject: 'x' };
    expect((await untyped.update(changes, { dryRun: true })).planned).toBeGreaterThan(0);
    expect(desk.requests().filter((each) => each.includes('TicketPost'))).toEqual([]);
  });

  it('counts to the budget and to the cost of the query', async () => {
    const query = hundred().take(10).include('posts');
    const { cost } = await query.run();
    expect(cost.requests).toBe(11);
    const error = await errorOf(() => query.budget({ requests: 5 }).all());
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', usage: { requests: 5 } });
  });

  it('is shown by explain', async () => {
    const text = String(
      await hundred().include('department', 'user', 'posts.attachments').explain(),
    );
    expect(text).toContain('include  department: the table of Department, once');
    expect(text).toContain('include  user: each User that is referred to, once');
    expect(text).toContain('include  posts: one list for each Ticket, unless they came along');
    expect(text).toContain('include  posts.attachments: one list for each TicketPost');
  });

  it('shows in JSON, where relations do not otherwise', async () => {
    const ticket = await hundred().include('department', 'posts').firstOrFail();
    const plain = JSON.parse(JSON.stringify(ticket)) as Record<string, unknown>;
    expect(plain).toMatchObject({
      id: ticket.id,
      department: { id: ticket.departmentId, title: ticket.department.value?.title },
    });
    expect(plain.posts).toHaveLength(ticket.posts.items.length);
    expect(plain).not.toHaveProperty('owner');
    const without = await hundred().firstOrFail();
    expect(JSON.parse(JSON.stringify(without))).not.toHaveProperty('department');
  });

  it('stays with the entity that is saved or read again', async () => {
    const added = await samples.ticket(desk.kayako).add();
    const query = desk.kayako.repository(Ticket).where({ id: added.id });
    const ticket = await query.include('department', 'posts').firstOrFail();
    ticket.subject = 'Something else';
    await ticket.save();
    expect(ticket.department.value?.id).toBe(1);
    expect(ticket.posts.items).toHaveLength(1);
    await ticket.posts.create({ contents: 'More.', staffId: 1 }).add();
    expect(await ticket.posts.count()).toBe(2);
    const other = await samples.department(desk.kayako).add();
    ticket.department.set(other);
    expect(ticket.department.value).toBe(other);
    ticket.departmentId = 1;
    expect(ticket.department.value).toBeNull();
    expect((await ticket.department.load())?.id).toBe(1);
  });

  it.each([
    ['an unknown relation', ['departmnt'], 'UNKNOWN_FIELD', /Did you mean department\?/],
    ['a field', ['subject'], 'UNKNOWN_FIELD', /no relation subject/],
    ['an unknown relation below', ['posts.author'], 'UNKNOWN_FIELD', /TicketPost has no relation/],
    ['nothing', [], 'INVALID_VALUE', /takes names/],
    ['a number', [5], 'INVALID_VALUE', /takes names/],
    ['an unknown option', [{ posts: { limit: 5 } }], 'UNKNOWN_FIELD', /no option limit/],
    ['options of a reference', [{ user: { take: 1 } }], 'UNKNOWN_FIELD', /no option take/],
    [
      'undefined in a condition',
      [{ posts: { where: { creator: undefined } } }],
      'UNDEFINED_CONDITION',
      /creator/,
    ],
    ['no direction', [{ posts: { orderBy: { id: 'up' } } }], 'INVALID_VALUE', /direction/],
    ['false', [{ posts: false }], 'INVALID_VALUE', /is true or an object/],
  ])('refuses %s before anything is sent', async (_name, given, code, message) => {
    const untyped = hundred() as unknown as { include(...given: unknown[]): { all(): unknown } };
    desk.requests();
    const error = await errorOf(() => untyped.include(...given).all());
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(message);
    expect(desk.requests()).toEqual([]);
  });
});

describe('references that are loaded within one turn', () => {
  it('are read together, each entity once', async () => {
    const tickets = await hundred().all();
    desk.kayako.invalidateLookups();
    desk.requests();
    const departments = await Promise.all(tickets.map(({ department }) => department.load()));
    expect(desk.requests()).toEqual(['GET /Base/Department']);
    expect(departments.map((department) => department?.id ?? null)).toEqual(
      tickets.map(({ departmentId }) => departmentId),
    );
    const users = await Promise.all(tickets.map(({ user }) => user.load()));
    const distinct = new Set(tickets.map(({ userId }) => userId)).size;
    expect(desk.requests().length).toBeLessThanOrEqual(distinct);
    expect(users.map((user) => user?.id ?? null)).toEqual(tickets.map(({ userId }) => userId));
  });

  it('are one GET for one of them', async () => {
    const [ticket] = await hundred().take(1).all();
    desk.requests();
    expect(await ticket?.department.load()).toBeInstanceOf(Department);
    expect(desk.requests()).toEqual([`GET /Base/Department/${ticket?.departmentId ?? 0}`]);
  });

  it('may be given up by one caller without the others noticing', async () => {
    const [one, other] = (await hundred().all()).filter(({ userId }) => userId !== null);
    const abort = new AbortController();
    const hasty = errorOf(() => one?.user.load({ signal: abort.signal }));
    const patient = other?.user.load();
    const reason = new Error('enough');
    abort.abort(reason);
    expect(await hasty).toBe(reason);
    expect(await patient).toBeInstanceOf(User);
  });
});

describe('a reference', () => {
  it('that is set while it loads keeps what it was set to', async () => {
    const [one, other] = (await hundred().all()).filter(({ userId }) => userId !== null);
    const set = await desk.kayako
      .repository(User)
      .where({ id: one?.userId ?? 0 })
      .firstOrFail();
    const loading = other?.user.load();
    other?.user.set(set);
    await loading;
    desk.requests();
    expect(await other?.user.load()).toBe(set);
    expect(desk.requests()).toEqual([]);
  });

  it('can be loaded right after another caller has given up', async () => {
    const [one, other] = (await hundred().all()).filter(({ userId }) => userId !== null);
    const abort = new AbortController();
    const hasty = errorOf(() => one?.user.load({ signal: abort.signal }));
    abort.abort(new Error('enough'));
    await hasty;
    expect((await other?.user.load())?.id).toBe(other?.userId);
  });
});

describe('a help desk that refuses one record', () => {
  async function withServer(work: (kayako: Kayako) => Promise<void>): Promise<void> {
    const server = createServer((request, response) => {
      const route = new URL(request.url ?? '', 'http://desk').searchParams.get('e') ?? '';
      const last = route.split('/').at(-1) ?? '';
      if (route.startsWith('/Base/User/')) {
        if (last === '5000') response.writeHead(403).end();
        else response.end(`<users><user><id>${last}</id></user></users>`);
      } else if (route.includes('TicketPost')) {
        if (last === '2') response.writeHead(404).end('Ticket not Found');
        else response.end('<posts><post><id>9</id></post></posts>');
      } else {
        const tickets = [1, 2, 3].map(
          (id) => `<ticket id="${id}"><userid>${id === 1 ? 5000 : id * 100_000}</userid></ticket>`,
        );
        response.end(`<tickets>${tickets.join('')}</tickets>`);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const kayako = new Kayako({ url: `http://127.0.0.1:${port}/`, apiKey: 'k', secretKey: 's' });
    try {
      await work(kayako);
    } finally {
      await kayako.close();
      server.close();
    }
  }
  const listed = { departmentId: 1, statusId: 1 };

  it('fails the load of that one alone', async () => {
    await withServer(async (kayako) => {
      const tickets = await kayako.getAll(Ticket, listed);
      const loads = await Promise.allSettled(tickets.map(({ user }) => user.load()));
      expect(loads.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    });
  });

  it('takes a parent that is gone by now for one without children', async () => {
    await withServer(async (kayako) => {
      const posts = await Promise.all(
        (await kayako.getAll(Ticket, listed)).map(async ({ id }) => {
          const query = kayako.repository(TicketPost).where({ ticketId: id });
          return query.all().catch((error: unknown) => (error as { code: string }).code);
        }),
      );
      expect(posts.map((each) => (typeof each === 'string' ? each : each.length))).toEqual([
        1,
        'NOT_FOUND',
        1,
      ]);
      const rows = kayako.repository(Bare).include('posts');
      expect((await rows.all()).map((row) => row.posts.items.length)).toEqual([1, 0, 1]);
    });
  });

  @Entity({ route: '/Own/Bare', root: 'tickets', element: 'ticket', actions: ['list'] })
  class Bare {
    @Id({ attribute: true }) declare readonly id: number;
    @HasMany(() => TicketPost, 'ticketId') declare readonly posts: Collection<TicketPost>;
  }
});

describe('a loop that loads row by row', () => {
  async function warningsOf(work: () => Promise<void>): Promise<string[]> {
    const emit = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await work();
    const messages = emit.mock.calls.map(([message]) => String(message));
    emit.mockRestore();
    return messages;
  }

  it('is warned of once, with the line and the include that mends it', async () => {
    const tickets = await hundred().all();
    const loop = async (): Promise<void> => {
      for (const ticket of tickets.slice(0, 25)) await ticket.status.load();
    };
    const [warning, ...more] = await warningsOf(loop);
    expect(more).toEqual([]);
    expect(warning).toMatch(
      /^Ticket\.status is loaded row by row, .*include\.test\.ts:\d+.*include\('status'\)/,
    );
    expect(await warningsOf(loop)).toEqual([]);
  });

  it('is warned of for children as well, and not where they are loaded together or came along', async () => {
    const tickets = await hundred().all();
    const [warning] = await warningsOf(async () => {
      for (const ticket of tickets.slice(0, 15)) await ticket.posts.count();
    });
    expect(warning).toMatch(/^Ticket\.posts .*include\('posts'\)/);
    const quiet = await warningsOf(async () => {
      await Promise.all(tickets.map(({ priority }) => priority.load()));
      for (const ticket of await hundred().include('posts', 'type').all()) {
        await ticket.posts.all();
        await ticket.type.load();
      }
    });
    expect(quiet).toEqual([]);
    const polling = await warningsOf(async () => {
      for (let count = 0; count < 15; count += 1) await tickets[0]?.attachments.count();
    });
    expect(polling).toEqual([]);
    expect(await desk.kayako.repository(TicketPost).where({ ticketId: 1 }).count()).toBeGreaterThan(
      0,
    );
  });
});

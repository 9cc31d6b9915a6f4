// What plain JavaScript, or a slip, can do to a query: each gets an error that says what to do, and nothing is sent.
import { inspect } from 'node:util';
import { Department, Ticket, TicketStatus, User } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ users: 10, tickets: 5, seed: 2 });
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

/** A query as plain JavaScript sees it. */
interface Untyped {
  where(condition: unknown): Untyped;
  filter(predicate: unknown): Untyped;
  select(...names: unknown[]): Untyped;
  all(options?: unknown): Promise<unknown[]>;
  run(options?: unknown): Promise<unknown>;
  count(options?: unknown): Promise<number>;
  first(options?: unknown): Promise<unknown>;
  update(...given: unknown[]): Promise<unknown>;
  delete(...given: unknown[]): Promise<unknown>;
}
const tickets = (): Untyped => desk.kayako.repository(Ticket) as unknown as Untyped;

describe('a condition', () => {
  it.each([
    [{ subjct: 'x' }, /Did you mean subject\?/],
    [{ Subject: 'x' }, /Did you mean subject\?/],
    [{ departmnt: 1 }, /Did you mean department\?/],
    [{ frobnicate: 1 }, /has no field frobnicate\. There are: .*, department, .*/],
    [{ posts: {} }, /collection of children: load them/],
    [{ status: 'Open' }, /Ticket\.status refers to a TicketStatus: .* By id, write statusId/],
    [{ status: 3 }, /By id, write statusId/],
    [{ user: Promise.resolve(null) }, /Was an await forgotten\?/],
    [{ department: new User() }, /Ticket\.department refers to a Department/],
  ])('%p says what to write instead', async (condition, message) => {
    desk.requests();
    const error = await errorOf(() => tickets().where(condition).all());
    expect(error.message).toMatch(message);
    expect(desk.requests()).toEqual([]);
  });
});

describe('the options of a call', () => {
  it.each([
    [null, 'INVALID_VALUE'],
    [5, 'INVALID_VALUE'],
    [{ signal: new AbortController() }, 'INVALID_VALUE'],
    [{ signal: {} }, 'INVALID_VALUE'],
  ])('%p are refused before anything is sent', async (options, code) => {
    desk.requests();
    const some = tickets().where({ id: 1 });
    for (const call of [
      () => some.all(options),
      () => some.run(options),
      () => some.count(options),
      () => some.first(options),
      () => some.delete(options),
      () => desk.kayako.get(Department, 1, options as never),
    ]) {
      expect(await errorOf(call)).toMatchObject({ code });
    }
    expect(desk.requests()).toEqual([]);
  });

  it('that an update does not have are refused: a misspelt dryRun would write', async () => {
    desk.requests();
    for (const call of [
      () => tickets().where({ id: 1 }).update({ subject: 'x' }, { dryrun: true }),
      () => tickets().where({ id: 1 }).delete({ force: true }),
    ]) {
      expect(await errorOf(call)).toMatchObject({ code: 'UNKNOWN_FIELD' });
    }
    expect(desk.requests()).toEqual([]);
  });
});

describe('a function that answers with a promise', () => {
  it('is refused, because it would keep every row', async () => {
    const later = tickets()
      .where({ id: { gte: 1 } })
      .filter(() => Promise.resolve(false));
    expect(await errorOf(() => later.all())).toMatchObject({ code: 'INVALID_VALUE' });
    expect(await errorOf(() => later.delete())).toMatchObject({ code: 'INVALID_VALUE' });
    const ticket = await desk.kayako.repository(Ticket).where({ id: 1 }).firstOrFail();
    const posts = ticket.posts.where({}) as unknown as Untyped;
    expect(await errorOf(() => posts.filter(() => Promise.resolve(false)).all())).toMatchObject({
      code: 'INVALID_VALUE',
    });
    expect(await desk.kayako.repository(Ticket).count()).toBeGreaterThan(0);
  });
});

describe('a condition that every row fulfils', () => {
  it.each([
    { subject: { contains: '' } },
    { subject: { startsWith: '', ignoreCase: true } },
    { or: [{ id: 1 }, { subject: { endsWith: '' } }] },
  ])('is no scope for deleting: %p', async (condition) => {
    expect(await errorOf(() => tickets().where(condition).delete())).toMatchObject({
      code: 'SCOPE_REQUIRED',
    });
  });

  it('leaves out null where the text may be none', async () => {
    const named = desk.kayako.repository(Ticket).where({ templateGroupName: { contains: '' } });
    const all = await desk.kayako.repository(Ticket).all();
    expect(await named.count()).toBe(
      all.filter(({ templateGroupName }) => templateGroupName !== null).length,
    );
  });
});

describe('very long conditions', () => {
  it('are planned and answered', async () => {
    const ids = Array.from({ length: 200_000 }, (_, index) => index + 1);
    expect(await desk.kayako.repository(User).where({ id: ids }).count()).toBe(11);
    const either = ids.map((id) => ({ id }));
    expect(await desk.kayako.repository(TicketStatus).where({ or: either }).exists()).toBe(true);
  });
});

describe('a query of another connection', () => {
  it('is refused in a condition, because its ids mean something else here', async () => {
    await using other = await startDesk({ users: 3 });
    const condition = { user: other.kayako.repository(User).where({ id: 1 }) };
    desk.requests();
    const error = await errorOf(() => desk.kayako.repository(Ticket).where(condition).all());
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('another connection');
    expect([...desk.requests(), ...other.requests()]).toEqual([]);
    const whole = { user: other.kayako.repository(User) as never };
    expect(await errorOf(() => desk.kayako.repository(Ticket).where(whole).all())).toMatchObject({
      code: 'INVALID_VALUE',
    });
  });
});

describe('create', () => {
  it('names every value that is none', async () => {
    const fields = { title: {}, type: 'publc', displayOrder: 'first' };
    const error = await errorOf(() => desk.kayako.create(Department, fields as never));
    expect(error.message).toMatch(/title.*\n.*type.*\n.*displayOrder/);
  });
});

describe('a relation', () => {
  it('that is assigned to says how it is set', async () => {
    const ticket = (await desk.kayako.repository(Ticket).firstOrFail()) as unknown as {
      department: unknown;
      posts: unknown;
    };
    expect(() => {
      ticket.department = null;
    }).toThrow(/Ticket\.department is a relation: write Ticket\.department\.set\(…\)/);
    expect(() => {
      ticket.posts = [];
    }).toThrow(/Ticket\.posts is a collection/);
  });
});

describe('what is printed', () => {
  it('is a line for a query, a repository and a connection', async () => {
    const { kayako } = desk;
    const query = kayako
      .repository(Ticket)
      .where({ departmentId: 1, replies: { gt: 3 } })
      .filter(() => true)
      .orderBy('id', 'desc')
      .skip(1)
      .take(5);
    const line =
      '<Query Ticket where departmentId = 1 and replies > 3 with a function of yours order by id desc skip 1 take 5>';
    expect(String(query)).toBe(line);
    expect(inspect(query)).toBe(line);
    expect(String(query.select('id', 'subject'))).toContain('select id, subject>');
    expect(inspect(kayako.repository(Ticket))).toBe('<Repository Ticket>');
    expect(inspect(kayako)).toMatch(/^<Kayako: \d+ requests, \d+ rows, \d+ bytes>$/);
    const explanation = await query.explain();
    expect(inspect(explanation)).toBe(String(explanation));
  });

  it('is what was not found', async () => {
    const nobody = desk.kayako.repository(User).where({ fullName: 'Nobody', id: 3 });
    const error = await errorOf(() => nobody.firstOrFail());
    expect(error.message).toContain('fullName = "Nobody"');
  });

  it('is a line for each row that was written, without its entity', async () => {
    const users = desk.kayako.repository(User).where({ id: [2, 3] });
    const report = await users.update({ designation: 'Chief' }, { dryRun: true });
    expect(inspect(report)).toMatch(
      /^<update of 2 User: 2 planned>\n {2}2 planned: designation '.*' → 'Chief'\n {2}3 planned/,
    );
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({
      planned: 2,
      rows: [{ id: 2, status: 'planned' }, { id: 3 }],
    });
    expect(JSON.stringify(report)).not.toContain('fullName');
    expect(report.requests).toBe(1);
  });
});

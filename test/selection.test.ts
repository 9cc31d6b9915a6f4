import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Kayako, Ticket, TicketCount, TicketPost, TicketStatus, User } from '@kayako-orm/orm';
import { firstValueFrom } from 'rxjs';
import { type Desk, errorOf, startDesk } from './support/desk.js';

let desk: Desk;
let users: User[];
beforeAll(async () => {
  desk = await startDesk({ users: 60, tickets: 40, seed: 11 });
  users = await desk.kayako.repository(User).all();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

describe('select', () => {
  it('gives these fields alone, as frozen plain objects', async () => {
    const rows = await desk.kayako.repository(User).select('id', 'email').all();
    expect(rows).toEqual(users.map(({ id, email }) => ({ id, email })));
    const [row] = rows;
    expect(Object.keys(row ?? {})).toEqual(['id', 'email']);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    expect(Object.isFrozen(row)).toBe(true);
    expect(Object.isFrozen(row?.email)).toBe(true);
  });

  it('sends what the query would send without it', async () => {
    const query = desk.kayako
      .repository(Ticket)
      .where({ departmentId: 1, statusId: 1, replies: { gte: 1 } })
      .orderBy('subject')
      .take(3);
    desk.requests();
    const whole = await query.all();
    const sent = desk.requests();
    const rows = await query.select('displayId').all();
    expect(desk.requests()).toEqual(sent);
    expect(rows).toEqual(whole.map(({ displayId }) => ({ displayId })));
  });

  it('knows the fields that only the condition, the order and functions look at', async () => {
    const repository = desk.kayako.repository(User);
    const expected = users
      .filter(({ isEnabled, id }) => isEnabled && id % 2 === 0)
      .sort((one, other) => Number(other.dateline) - Number(one.dateline) || one.id - other.id);
    const rows = repository
      .select('fullName')
      .where({ isEnabled: true })
      .filter(({ id, isNew }) => id % 2 === 0 && !isNew)
      .orderBy('dateline', 'desc')
      .skip(1)
      .take(4);
    expect(await rows.all()).toEqual(expected.slice(1, 5).map(({ fullName }) => ({ fullName })));
    expect(await rows.count()).toBe(4);
    expect(await rows.first()).toEqual({ fullName: expected[1]?.fullName });
    expect(await rows.exists()).toBe(true);
    const [id] = users.map((user) => user.id);
    expect(
      await repository
        .where({ id: id ?? 0 })
        .select('fullName')
        .firstOrFail(),
    ).toEqual({
      fullName: users[0]?.fullName,
    });
  });

  it('works for users found by search, for children, nested rows and fields of a scope', async () => {
    const [user] = users.slice(5);
    const found = desk.kayako.repository(User).where({ email: user?.email[0] ?? '' });
    expect(await found.select('fullName').all()).toEqual([{ fullName: user?.fullName }]);

    const posts = desk.kayako.repository(TicketPost).where({ ticketId: [1, 2] });
    const whole = await posts.all();
    expect(await posts.select('ticketId', 'contents').all()).toEqual(
      whole.map(({ ticketId, contents }) => ({ ticketId, contents })),
    );
    const [count] = await desk.kayako.repository(TicketCount).select('departments').all();
    const { departments } = await desk.kayako.repository(TicketCount).firstOrFail();
    expect(JSON.stringify(count?.departments)).toBe(JSON.stringify(departments));
  });

  it('takes rows that came with their parent as they are, without a request', async () => {
    const ticket = await desk.kayako.repository(Ticket).where({ id: 1 }).firstOrFail();
    const posts = ticket.posts.where({ creator: ['user', 'staff'] });
    const whole = await posts.all();
    desk.requests();
    expect(await posts.select('id').all()).toEqual(whole.map(({ id }) => ({ id })));
    expect(await posts.pluck('contents').all()).toEqual(whole.map(({ contents }) => contents));
    expect(desk.requests()).toEqual([]);
    // What is selected is a copy: a change of it does not reach the post.
    const [selected] = await posts.select('dateline').all();
    selected?.dateline?.setTime(0);
    expect((await posts.first())?.dateline?.getTime()).toBe(whole[0]?.dateline?.getTime());
    expect(whole[0]?.dateline?.getTime()).not.toBe(0);
  });

  it('decodes nothing else: a value that is damaged in another field does no harm', async () => {
    const document =
      '<users><user><id>1</id><fullname>Ang</fullname><dateline>soon</dateline></user></users>';
    const server = createServer((_request, response) => response.end(document));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const kayako = new Kayako({ url: `http://127.0.0.1:${port}/`, apiKey: 'k', secretKey: 's' });
    try {
      const one = kayako.repository(User).where({ id: 1 });
      expect(await one.select('fullName').all()).toEqual([{ fullName: 'Ang' }]);
      expect(await errorOf(() => one.all())).toMatchObject({ code: 'RECORD_INVALID' });
      expect(await errorOf(() => one.pluck('dateline').all())).toMatchObject({
        code: 'RECORD_INVALID',
      });
    } finally {
      await kayako.close();
      server.close();
    }
  });

  it('is no entity: it cannot be saved, and streams and loops give the same rows', async () => {
    const statuses = desk.kayako.repository(TicketStatus).select('title');
    const [first] = await statuses.all();
    expect(await firstValueFrom(statuses.stream())).toEqual(first);
    for await (const row of statuses) {
      expect(row).toEqual(first);
      break;
    }
    const row = await desk.kayako.repository(User).select('id', 'fullName').firstOrFail();
    const repository = desk.kayako.repository(User) as { save(row: unknown): Promise<unknown> };
    expect(await errorOf(() => repository.save(row))).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
  });

  it('can stand in the condition of another query', async () => {
    const tickets = desk.kayako.repository(Ticket);
    const enabled = desk.kayako.repository(User).where({ isEnabled: true });
    const expected = (await tickets.where({ user: enabled }).all()).map(String);
    const selected = tickets.where({ user: enabled.select('fullName') });
    expect((await selected.all()).map(String)).toEqual(expected);
  });
});

describe('pluck', () => {
  it('gives the values of one field', async () => {
    const names = desk.kayako
      .repository(User)
      .where({ id: { lte: 10 } })
      .pluck('fullName');
    const expected = users.filter(({ id }) => id <= 10).map(({ fullName }) => fullName);
    expect(await names.all()).toEqual(expected);
    const seen: string[] = [];
    for await (const name of names) seen.push(name);
    expect(seen).toEqual(expected);
    expect(await names.count()).toBe(10);
  });

  it('gives null where there is none', async () => {
    const statuses = desk.kayako.repository(TicketStatus).where({ departmentId: null });
    expect(await statuses.pluck('departmentId').take(2).all()).toEqual([null, null]);
    expect(await statuses.pluck('departmentId').firstOrFail()).toBeNull();
    expect(await statuses.where({ id: 999 }).pluck('title').first()).toBeNull();
  });
});

describe('what is no field that comes back', () => {
  const untyped = (): { select(...names: unknown[]): unknown; pluck(name: unknown): unknown } =>
    desk.kayako.repository(User);

  it.each([
    ['an unknown name', ['titel']],
    ['a field that is only sent', ['id', 'password']],
    ['a relation', ['group']],
    ['a method', ['save']],
    ['undefined', [undefined]],
  ])('is refused: %s', (_name, names) => {
    expect(() => untyped().select(...names)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FIELD' }) as Error,
    );
    expect(() => untyped().pluck(names.at(-1))).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FIELD' }) as Error,
    );
  });

  it('is refused: no name at all', () => {
    expect(() => untyped().select()).toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE' }) as Error,
    );
  });
});

import {
  Department,
  type Kayako,
  Repository,
  Ticket,
  TicketStatus,
  User,
  UserOrganization,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';

let desk: Desk;
let kayako: Kayako;
beforeEach(async () => {
  desk = await startDesk({ users: 5, tickets: 20, seed: 3 });
  ({ kayako } = desk);
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const person = { fullName: 'Ann Gary', password: 'easypass332', userGroupId: 2 };
const posts = (requests: readonly string[]): string[] =>
  requests.filter((request) => request.startsWith('POST') && !request.includes('Search'));

describe('ensure', () => {
  it('adds what is not there, and finds it from then on', async () => {
    const user = await kayako.ensure(User, { email: 'ann@example.com' }, person);
    expect(user.email).toEqual(['ann@example.com']);
    desk.requests();
    const again = await kayako.ensure(User, { email: 'ann@example.com' }, person);
    expect(again.id).toBe(user.id);
    expect(posts(desk.requests())).toEqual([]);
    const organization = await kayako
      .repository(UserOrganization)
      .ensure({ name: 'Acme' }, { organizationType: 'shared' });
    expect((await kayako.ensure(UserOrganization, { name: 'Acme' })).id).toBe(organization.id);
  });

  it('compares addresses without their case', async () => {
    const user = await kayako.ensure(User, { email: 'Ann@Example.com' }, person);
    const again = await kayako.ensure(User, { email: ['ANN@example.com'] }, person);
    expect(again.id).toBe(user.id);
  });

  it('makes one object where many want it at once', async () => {
    desk.requests();
    const users = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        kayako.ensure(
          User,
          { email: index % 2 === 0 ? 'ann@example.com' : 'ANN@example.com' },
          person,
        ),
      ),
    );
    expect(new Set(users.map(({ id }) => id)).size).toBe(1);
    expect(posts(desk.requests())).toEqual(['POST /Base/User']);
    expect(await kayako.repository(User).where({ email: 'ann@example.com' }).count()).toBe(1);
  });

  it('keeps two keys apart that differ in case where that counts', async () => {
    const [one, other] = await Promise.all(
      ['Acme', 'ACME'].map((name) =>
        kayako.ensure(UserOrganization, { name }, { organizationType: 'shared' }),
      ),
    );
    expect(one?.name).toBe('Acme');
    expect(other?.name).toBe('ACME');
  });

  it('may be given up by one caller without the others noticing', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const hasty = errorOf(() =>
      kayako.ensure(User, { email: 'ann@example.com' }, person, { signal: abort.signal }),
    );
    const patient = kayako.ensure(User, { email: 'ann@example.com' }, person);
    abort.abort(reason);
    expect(await hasty).toBe(reason);
    expect((await patient).isNew).toBe(false);
  });

  it('adds nothing that nobody waits for any more', async () => {
    const abort = new AbortController();
    const reason = new Error('stop');
    desk.requests();
    const given = { signal: abort.signal };
    const user = errorOf(() => kayako.ensure(User, { email: 'ann@example.com' }, person, given));
    abort.abort(reason);
    expect(await user).toBe(reason);
    await desk.sandbox.settled();
    expect(posts(desk.requests())).toEqual([]);
    expect((await kayako.ensure(User, { email: 'ann@example.com' }, person)).isNew).toBe(false);
  });

  it('shares an outcome whatever the order of the key, and names one object with it', async () => {
    const [one, other] = await Promise.all([
      kayako.ensure(Department, { title: 'Ens', module: 'tickets' }, { type: 'public' }),
      kayako.ensure(Department, { module: 'tickets', title: 'Ens' }, { type: 'public' }),
    ]);
    expect(one).toBe(other);
    for (const email of [['a@b.c', 'd@e.f'], []]) {
      expect(await errorOf(() => kayako.ensure(User, { email }, person))).toMatchObject({
        code: 'INVALID_VALUE',
      });
    }
  });

  it('says what is missing only where it must add, and passes refusals on', async () => {
    expect(await errorOf(() => kayako.ensure(User, { email: 'new@example.com' }))).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['userGroupId', 'fullName', 'password'],
    });
    expect((await kayako.ensure(User, { email: 'test@example.com' })).id).toBe(1);
    const refused = { ...person, userGroupId: 999 };
    expect(
      await errorOf(() => kayako.ensure(User, { email: 'new@example.com' }, refused)),
    ).toMatchObject({ code: 'BAD_REQUEST' });
    // A failure is not kept.
    expect((await kayako.ensure(User, { email: 'new@example.com' }, person)).isNew).toBe(false);
  });

  it.each([
    ['no key', User, {}, 'INVALID_VALUE'],
    ['undefined', User, { email: undefined }, 'UNDEFINED_CONDITION'],
    ['an unknown field', User, { mail: 'a@b.c' }, 'UNKNOWN_FIELD'],
    ['a class that cannot be added', TicketStatus, { title: 'x' }, 'ACTION_NOT_AVAILABLE'],
  ])('refuses %s before anything is sent', async (_name, type, key, code) => {
    desk.requests();
    const untyped = kayako as unknown as { ensure(type: unknown, key: unknown): unknown };
    const ensure = (): unknown => untyped.ensure(type, key);
    expect(await errorOf(ensure)).toMatchObject({ code });
    expect(desk.requests()).toEqual([]);
  });
});

describe('a repository of the program', () => {
  class TicketRepository extends Repository<Ticket> {
    constructor(connection: Kayako) {
      super(Ticket, connection);
    }

    answered(): ReturnType<TicketRepository['where']> {
      return this.where({ replies: { gte: 1 } });
    }
  }

  it('has methods of its own beside all others', async () => {
    const tickets = new TicketRepository(kayako);
    expect(String(tickets)).toBe('<Repository Ticket>');
    const answered = await tickets.answered().all();
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.every(({ replies }) => replies > 0)).toBe(true);
    expect(await tickets.count()).toBeGreaterThan(answered.length);
    expect((await tickets.get(1))?.id).toBe(1);
  });

  it('needs a connection', () => {
    expect(() => new TicketRepository(undefined as never)).toThrow(/is made for a Kayako/);
    expect(() => new TicketRepository({} as never)).toThrow(/is made for a Kayako/);
  });
});

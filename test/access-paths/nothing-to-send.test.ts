import {
  Department,
  type EntityClass,
  KayakoRequestError,
  Ticket,
  TicketPost,
  User,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import { any, ids, NOTHING, answersOf } from './answers.js';

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

import {
  Department,
  type Explanation,
  type Kayako,
  Ticket,
  TicketCount,
  TicketPost,
  TicketStatus,
  User,
} from '@kayako-orm/orm';
import { type Desk, startDesk } from './support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

interface Explainable {
  explain(): Promise<Explanation>;
}

const DAY = new Date('2026-01-02T03:04:05Z');

const queries: Readonly<Record<string, (kayako: Kayako) => Explainable>> = {
  'a whole table': (kayako) => kayako.repository(Department),
  'one record': (kayako) => kayako.repository(Department).where({ id: 5 }),
  'a table filtered here': (kayako) =>
    kayako.repository(TicketStatus).where({ title: ['Open', 'Closed'], markAsResolved: false }),
  nothing: (kayako) => kayako.repository(User).where({ id: [] }),
  'a contradiction': (kayako) => kayako.repository(User).where({ id: 1 }).where({ id: 2 }),
  'all users': (kayako) => kayako.repository(User),
  'the first users': (kayako) => kayako.repository(User).take(10),
  'users between two ids': (kayako) => kayako.repository(User).where({ id: { gt: 10, lte: 5000 } }),
  'far ids': (kayako) => kayako.repository(User).where({ id: [1, 90000] }),
  'near ids': (kayako) => kayako.repository(User).where({ id: [4, 7, 9] }),
  'a user by address': (kayako) => kayako.repository(User).where({ email: 'a@example.com' }),
  'users by part of a name': (kayako) =>
    kayako
      .repository(User)
      .where({ fullName: { contains: 'gary', ignoreCase: true } })
      .take(3),
  'users by name': (kayako) => kayako.repository(User).orderBy('fullName').take(20),
  'all tickets': (kayako) => kayako.repository(Ticket),
  'tickets of two departments': (kayako) =>
    kayako.repository(Ticket).where({ departmentId: [1, 2], statusId: 1 }),
  'stale tickets': (kayako) =>
    kayako
      .repository(Ticket)
      .where({ departmentId: 1, statusId: [1], lastActivity: { lt: DAY }, replies: { gte: 3 } })
      .orderBy('lastActivity', 'desc')
      .take(50),
  'the latest tickets': (kayako) =>
    kayako.repository(Ticket).where({ statusId: 1 }).orderBy('lastActivity', 'desc').take(5),
  'alternatives and a negation': (kayako) =>
    kayako.repository(Ticket).where({
      or: [{ tags: 'urgent' }, { ownerStaffId: null, replies: { lt: 2 } }],
      not: { creator: ['staff', null] },
    }),
  'a related table': (kayako) => kayako.repository(Ticket).where({ status: { title: 'Open' } }),
  'posts of tickets': (kayako) =>
    kayako.repository(TicketPost).where({ ticketId: [3, 4], creator: 'staff' }),
  functions: (kayako) =>
    kayako
      .repository(User)
      .filter((user) => user.isEnabled)
      .skip(3),
  'some fields': (kayako) =>
    kayako
      .repository(User)
      .where({ isEnabled: true })
      .select('id', 'email')
      .budget({ requests: 3, rows: 5000 }),
  'a stable order': (kayako) =>
    kayako.repository(Ticket).where({ statusId: 1 }).orderBy('lastActivity').stable().take(5),
  'an order that rows can hide in': (kayako) =>
    kayako.repository(Ticket).where({ departmentId: 1, statusId: 1 }).orderBy('replies', 'desc'),
  'users by part of an address': (kayako) =>
    kayako.repository(User).where({ email: { some: { startsWith: 'gary@' } }, isEnabled: true }),
  'an address among the tickets': (kayako) =>
    kayako.repository(Ticket).where({ email: 'a@example.com', departmentId: 1, statusId: 1 }),
  'a whole table, sorted here': (kayako) => kayako.repository(Department).orderBy('title'),
  'one object': (kayako) => kayako.repository(TicketCount),
};

it.each(Object.entries(queries))('explains %s', async (_name, query) => {
  expect(String(await query(desk.kayako).explain())).toMatchSnapshot();
});

it('sends nothing, unless a relation must be read', async () => {
  desk.requests();
  for (const [name, query] of Object.entries(queries)) {
    if (name !== 'a related table') await query(desk.kayako).explain();
  }
  expect(desk.requests()).toEqual([]);
  desk.kayako.invalidateLookups();
  await queries['a related table']?.(desk.kayako).explain();
  expect(desk.requests()).toEqual(['GET /Tickets/TicketStatus']);
});

it('plans the requests that are then sent', async () => {
  for (const query of [
    desk.kayako
      .repository(Ticket)
      .where({ departmentId: [1], statusId: 1 })
      .take(3),
    desk.kayako.repository(User).where({ id: { gte: 1, lte: 1 } }),
    desk.kayako.repository(Department).where({ title: 'General' }),
  ]) {
    const { requests } = await query.explain();
    desk.requests();
    await query.all();
    expect(desk.requests()).toEqual(requests.map(({ method, route }) => `${method} ${route}`));
  }
});

// What a query may cost at most, on a connection that knows nothing yet.
import { type Kayako, Ticket, User } from '@kayako-orm/orm';
import { startDesk } from './support/desk.js';

const counts: readonly (readonly [string, number, (kayako: Kayako) => Promise<unknown>])[] = [
  ['a ticket by its id', 1, (kayako) => kayako.repository(Ticket).where({ id: 3 }).all()],
  ['a user by its id', 1, (kayako) => kayako.repository(User).where({ id: 3 }).first()],
  [
    'the tickets of two departments with a status',
    1,
    (kayako) =>
      kayako
        .repository(Ticket)
        .where({ departmentId: [1, 4], statusId: 1 })
        .all(),
  ],
  [
    'alternatives of one field',
    1,
    (kayako) =>
      kayako
        .repository(Ticket)
        .where({ statusId: 1, or: [{ departmentId: 1 }, { departmentId: 4 }] })
        .all(),
  ],
  [
    'the five latest of them',
    1,
    (kayako) =>
      kayako
        .repository(Ticket)
        .where({ departmentId: [1, 4], statusId: 1 })
        .orderBy('lastActivity', 'desc')
        .take(5)
        .all(),
  ],
  ['an empty list', 0, (kayako) => kayako.repository(Ticket).where({ departmentId: [] }).all()],
  ['an empty list, counted', 0, (kayako) => kayako.repository(User).where({ id: [] }).count()],
  [
    'an empty list beside the arguments of the ticket list',
    0,
    (kayako) => kayako.getAll(Ticket, { departmentId: 1, subject: [] }),
  ],
  [
    'an empty list beside marker and maxItems',
    0,
    (kayako) => kayako.getAll(User, { marker: 1, maxItems: 10, fullName: [] }),
  ],
  [
    'a contradiction',
    0,
    (kayako) =>
      kayako
        .repository(User)
        .where({ isEnabled: true, and: [{ id: { gt: 5 } }, { id: { lt: 3 } }] })
        .exists(),
  ],
];

it.each(counts)('%s: %i', async (_name, expected, ask) => {
  await using desk = await startDesk({ users: 20, tickets: 80, seed: 6 });
  await ask(desk.kayako);
  expect(desk.requests()).toHaveLength(expected);
  expect(desk.kayako.usage.requests).toBe(expected);
});

it('a stable order reads by id what another one lets the server pick', async () => {
  await using desk = await startDesk({ users: 20, tickets: 80, seed: 6 });
  const query = desk.kayako
    .repository(Ticket)
    .where({ departmentId: 1, statusId: 1 })
    .orderBy('replies')
    .take(3);
  const picked = await query.all();
  expect(desk.requests()).toEqual(['GET /Tickets/Ticket/ListAll/1/1/-1/-1/13/0/totalreplies/ASC']);
  expect((await query.stable().all()).map(String)).toEqual(picked.map(String));
  expect(desk.requests()).toEqual(['GET /Tickets/Ticket/ListAll/1/1/-1/-1/500/0/ticketid/ASC']);
});

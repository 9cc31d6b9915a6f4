// Queries: operators, combinations, relations, order. docs/queries.md shows the parts between the rulers.
import { Kayako, Ticket, User } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ users: 200, tickets: 60, seed: 3 });
const kayako = new Kayako(sandbox);
const lastYear = new Date('2023-01-01T00:00:00Z');

// ----- operators
const tickets = kayako.repository(Ticket);
const waiting = tickets
  .where({ departmentId: [1, 3], replies: { gte: 2 }, lastActivity: { gte: lastYear } })
  .where({ subject: { contains: 'invoice', ignoreCase: true } });
console.log(await waiting.count(), (await waiting.all()).map(String));
// -----

// ----- combinations
const urgent = tickets.where({
  or: [{ tags: 'urgent' }, { ownerStaffId: null, replies: { lt: 2 } }],
  not: { status: { markAsResolved: true } },
});
console.log(await urgent.count());
// -----

// ----- relations
const billing = tickets.where({
  department: { title: 'Billing' },
  user: kayako.repository(User).where({ email: { some: { endsWith: '@example.com' } } }),
});
console.log(await billing.exists());
// -----

// ----- order
for await (const ticket of tickets.orderBy('lastActivity', 'desc').skip(2).take(3)) {
  console.log(String(ticket), ticket.lastActivity?.toISOString());
}
// -----

// ----- explain
console.log(String(await waiting.orderBy('lastActivity', 'desc').take(3).explain()));
// -----

await kayako.close();
await sandbox.close();

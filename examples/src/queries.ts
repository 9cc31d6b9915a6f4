// Queries: operators, combinations, relations, order, selections, budgets, costs, bulk writes. docs/queries.md shows the parts between the rulers.
import { BudgetExceededError, Kayako, Ticket, User } from '@kayako-orm/orm';
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

// ----- select
const users = kayako.repository(User);
for await (const { id, email } of users.where({ isEnabled: true }).select('id', 'email').take(2)) {
  console.log(id, email.join(' '));
}
console.log(await users.take(3).pluck('fullName').all());
// -----

// ----- budget
try {
  await tickets.where({ subject: 'x' }).budget({ requests: 20, rows: 10 }).all();
} catch (error) {
  if (!(error instanceof BudgetExceededError)) throw error;
  console.log(error.code, error.usage); // error.message also shows the plan
}
// -----

// ----- cost
const { rows, cost } = await waiting.run();
console.log(
  rows.length,
  'of',
  cost.rowsRead,
  'rows,',
  cost.requests,
  'requests,',
  cost.bytes,
  'bytes',
);
// -----

// ----- include
for await (const ticket of waiting.include('department', 'user.organization', 'posts')) {
  const { title } = ticket.department.value ?? { title: 'none' };
  const company = ticket.user.value?.organization.value?.name ?? 'a private person';
  console.log(title, company, ticket.posts.items.length);
}
const lastWords = await waiting
  .include({ posts: { where: { creator: 'staff' }, orderBy: { dateline: 'desc' }, take: 1 } })
  .first();
console.log(lastWords?.posts.items.map(String));
// -----

// ----- stable
for await (const ticket of tickets.where({ statusId: 1 }).orderBy('lastActivity').stable()) {
  if (ticket.replies === 0) await ticket.delete();
}
// -----

// ----- bulk
const stale = tickets.where({ statusId: 2, lastActivity: { lt: lastYear } });
const preview = await stale.update({ statusId: 3 }, { dryRun: true });
for (const { id, changes } of preview.rows) console.log(id, changes);
const report = await stale.update({ statusId: 3 }, { max: 100 });
console.log(String(report)); // <update of 1 Ticket: 1 done>
for (const { id, error } of report.rows) if (error !== undefined) console.log(id, error.message);
// -----

await kayako.close();
await sandbox.close();

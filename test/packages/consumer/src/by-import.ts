// What a user's program does with the installed packages, written as ES modules.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { metadataOf } from '@kayako-orm/core';
import {
  Department,
  FOREVER,
  Kayako,
  KayakoError,
  type Query,
  RequiredFieldsError,
  Ticket,
  User,
  type Where,
} from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';
import { Company, CompanyTicket } from './own-entity.js';

await using sandbox = await startSandbox({ users: 3, clock: () => new Date(1_700_000_000_000) });
await using kayako = new Kayako(sandbox);

const departments = kayako.repository(Department);
const support = departments.create({ title: 'Support', type: 'public', module: 'tickets' });
await support.add();
support.type = 'private';
await support.save();
assert.equal((await departments.get(support.id))?.type, 'private');
const forTickets: Where<Department> = { module: 'tickets', id: [support.id] };
const found: Query<Department> = departments.where(forTickets);
assert.deepEqual((await found.all()).map(String), [
  `<Department (${support.id}): Support/tickets>`,
]);
await support.delete();
assert.equal(support.isNew, true);

const read: string[] = [];
for await (const user of kayako.repository(User)) read.push(user.fullName);
assert.equal(read.length, 4);
const [first] = await kayako.getAll(User, { marker: 1, maxItems: 1 });
assert.equal(first?.userExpiry, FOREVER);

const ticket = kayako.create(CompanyTicket, {
  subject: 'Hello',
  contents: 'Hello',
  fullName: 'Test User',
  email: 'test@example.com',
  userId: 1,
  departmentId: 1,
  statusId: 1,
  priorityId: 1,
  typeId: 1,
});
await ticket.add();
assert.equal((await ticket.company.load())?.name, 'Example Ltd.');
assert.equal(await ticket.posts.count(), 1);
assert.ok(ticket instanceof Ticket);

const company = kayako.create(Company);
const refused: unknown = await company.add().catch((error: unknown) => error);
assert.ok(refused instanceof RequiredFieldsError && refused instanceof KayakoError);
assert.deepEqual(refused.fields, ['name', 'kind']);

const required = createRequire(import.meta.url)('@kayako-orm/orm') as { Department: unknown };
assert.equal(required.Department, Department);
assert.equal(metadataOf(Department).name, 'Department');

console.log(`done: ${sandbox.requests.length} requests`);

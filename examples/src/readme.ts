// Every other piece of code that README.md shows, as one program: it shows the parts between the rulers.
// A test holds the two against each other.
import assert from 'node:assert/strict';
import {
  Department,
  Kayako,
  KayakoResponseError,
  Ticket,
  TicketStatus,
  User,
} from '@kayako-orm/orm';

// ----- sandbox
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ users: 1000, tickets: 20, seed: 7 });
const kayako = new Kayako(sandbox);
// -----

// ----- objects
const departments = kayako.repository(Department);
const support = departments.create({ title: 'Support', type: 'public', module: 'tickets' });
await support.add(); // POST; support.id is known now
support.type = 'private';
await support.save(); // PUT; sends the change and what the server would otherwise reset
console.log(String(support)); // <Department (5): Support/tickets>
// -----

// ----- ensure
const ann = await kayako.ensure(
  User,
  { email: 'ann@example.com' },
  { fullName: 'Ann Gary', password: 'easypass332', userGroupId: 2 },
);
// -----
console.log(String(ann));

// ----- queries
const statuses = kayako.repository(TicketStatus);
const open = await statuses.where({ title: 'Open' }).firstOrFail(); // throws NOT_FOUND if there is none
const users = kayako.repository(User);
const gary = await users.where({ email: 'test@example.com' }).first(); // null if there is none
const recent = await users.where({ isEnabled: true, id: { gt: 900 } }).count();
const unassigned = kayako.repository(Ticket).where({ ownerStaffId: null, replies: { gte: 2 } });
for await (const each of unassigned.orderBy('lastActivity', 'desc').take(5))
  console.log(String(each));
// -----
assert(gary !== null && recent > 0);

// ----- ticket
const ticket = kayako.create(Ticket, {
  subject: 'Printer on fire',
  contents: 'Please help.',
  fullName: 'Gary',
  email: 'gary@example.com',
  autoUserId: true, // find the user by e-mail, or make one
  departmentId: support.id,
  statusId: open.id,
  priorityId: 1,
  typeId: 1,
});
await ticket.add();

const reply = ticket.posts.create({ contents: 'We have a patch.', staffId: 1 });
await reply.add();
const patch = reply.attachments.create({ fileName: 'fix.diff' });
patch.setContents('--- a\n+++ b\n');
await patch.add();
// -----

// ----- relations
console.log(ticket.department.id); // known without a request
const department = await ticket.department.load(); // one GET, then kept
for await (const post of ticket.posts) console.log(String(post));
const [file] = await ticket.attachments.all(); // lists come without contents
const contents = await file?.loadContents(); // a Buffer
// -----
assert.equal(department?.title, 'Support');
assert.equal(contents?.length, 12);

// ----- paging
const seen = new Set<number>();
users.stream({ marker: 1, maxItems: 500 }).subscribe({
  next: (user) => seen.add(user.id),
  error: (error: unknown) => {
    console.error(error);
  },
  complete: () => {
    console.log(`${seen.size} users`);
  },
});
for await (const page of users.pages({ maxItems: 500 })) console.log(page.length); // 500, 500, 3
// -----

// ----- search
const found = await kayako.ticketSearch(ticket.displayId, { ticketId: true });
const everywhere = await kayako.ticketSearchFull('printer');
const anns = await kayako.userSearch('"Ann Gary" -example.org');
// -----
assert(found.length === 1 && everywhere.length === 1);
assert(anns.some(({ id }) => id === ann.id));

// ----- errors
try {
  await ticket.posts.create({ contents: 'hello', userId: 4711 }).add();
} catch (error) {
  if (!(error instanceof KayakoResponseError)) throw error;
  console.log(error.code, error.status, error.message);
}
// -----
await kayako.close();
await sandbox.close();

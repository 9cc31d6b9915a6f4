// Sessions: changes of several objects, shown before they are sent and written in an order that works. docs/sessions.md shows the parts between the rulers.
import {
  FlushError,
  Kayako,
  Staff,
  StaffGroup,
  Ticket,
  User,
  UserOrganization,
} from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ users: 50, tickets: 20, seed: 5 });
const kayako = new Kayako(sandbox);

// ----- flush
const session = kayako.session();
const ann = session.create(User, {
  fullName: 'Ann Gary',
  email: 'ann@example.com',
  password: 'easypass332',
  userGroupId: 2,
});
ann.organization.set(
  session.create(UserOrganization, { name: 'Acme', organizationType: 'restricted' }),
);
const ticket = await session.repository(Ticket).take(1).firstOrFail();
ticket.subject = 'Printer on fire';
ticket.user.set(ann); // has no id yet; it gets one before the ticket is saved

console.log(String(await session.flush({ dryRun: true })));
await session.flush();
console.log(ticket.userId === ann.id);
// -----

// ----- failure
session.add(session.create(StaffGroup, { title: 'Night shift', isAdmin: false }));
session.add(
  session.create(User, {
    fullName: 'Ann',
    email: 'ann@example.com',
    password: 'x',
    userGroupId: 2,
  }),
);
try {
  await session.flush({ onFailure: 'undo' });
} catch (error) {
  if (!(error instanceof FlushError)) throw error;
  for (const { request, status } of error.report.steps) console.log(request, status);
}
session.clear();
// -----

// ----- unchanged
const mine = await session.repository(Staff).where({ id: 1 }).firstOrFail();
mine.designation = 'Head of support';
const theirs = await kayako.repository(Staff).where({ id: 1 }).firstOrFail();
theirs.mobileNumber = '0049 30 1234';
await theirs.save();
const refused = await session.flush({ ifUnchanged: true }).catch((error: unknown) => error);
if (refused instanceof FlushError) console.log(refused.message);
await session.repository(Staff).get(1); // brings in their change and keeps ours
await session.flush({ ifUnchanged: true });
console.log(mine.designation, mine.mobileNumber);
// -----

await kayako.close();
await sandbox.close();

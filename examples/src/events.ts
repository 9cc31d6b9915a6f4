// Events: functions of your own before and after each write and for what is loaded. docs/events.md shows the parts between the rulers.
import { Kayako, Ticket, User } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ users: 10, tickets: 5, seed: 5 });
const kayako = new Kayako(sandbox);

// ----- on
const tickets = kayako.repository(Ticket);
tickets.on('beforeSave', ({ entity, changes }) => {
  if (changes.some(({ field }) => field === 'subject')) entity.subject = entity.subject.trim();
});
const off = tickets.on('afterSave', async ({ entity, changes }) => {
  await audit(String(entity), changes);
});
const ticket = await tickets.take(1).firstOrFail();
ticket.subject = '  Printer on fire ';
await ticket.save(); // ends when the audit has been written
off();
// -----

// ----- loaded
const greetings = new WeakMap<User, string>();
kayako.repository(User).on('loaded', ({ entity }) => {
  greetings.set(entity, `Dear ${entity.fullName}`);
});
for await (const user of kayako.repository(User).take(3)) console.log(greetings.get(user));
// -----

await kayako.close();
await sandbox.close();

function audit(what: string, changes: readonly object[]): Promise<void> {
  console.log(what, changes);
  return Promise.resolve();
}

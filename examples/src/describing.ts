// What the entities declare, as data: a table of actions, and what a form for a new user has to ask for.
import { describe, Kayako, User } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox();
const kayako = new Kayako(sandbox);

// ----- all
for (const { name, route, actions, access } of kayako.describe()) {
  console.log(name, route, actions.join(' ')); // TicketPost /Tickets/TicketPost list get add delete
  for (const { gives, request } of access) console.log(' ', gives, request);
}
// -----

// ----- one
const { fields, add } = describe(User);
console.log(add?.required); // [ 'userGroupId', 'fullName', 'email', 'password' ]
for (const { name, type, wire } of fields) {
  console.log(name, type, wire.read, wire.add); // userRole 'user' | 'manager' [ 'userrole' ] userrole
}
// -----

await kayako.close();
await sandbox.close();

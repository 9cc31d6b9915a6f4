// Reads long lists with several pages under way at the same time. docs/scanning.md shows the parts between the rulers.
import { Kayako, Ticket, User } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ users: 6000, tickets: 600, seed: 5 });
const kayako = new Kayako(sandbox);

// ----- scan
const users = kayako.repository(User);
let managers = 0;
for await (const user of users.scan({ concurrency: 4 })) {
  if (user.userRole === 'manager') managers += 1;
}
console.log(`${managers} managers, read with ${kayako.usage.requests} requests`);
// -----

// ----- queries
const tickets = kayako.repository(Ticket).where({ replies: { gte: 1 } });
for await (const ticket of tickets.include('department').take(3).scan({ concurrency: 2 })) {
  console.log(String(ticket), ticket.department.value?.title);
}
// -----

// ----- unordered
const domains = new Set<string>();
for await (const addresses of users.pluck('email').scan({ concurrency: 4, ordered: false })) {
  for (const address of addresses) domains.add(address.slice(address.indexOf('@') + 1));
}
console.log([...domains].sort());
// -----

await kayako.close();
await sandbox.close();

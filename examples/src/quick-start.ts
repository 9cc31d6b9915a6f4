// The example at the top of README.md, run against an embedded help desk with a few generated tickets.
// README.md shows the part between the two rulers.
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ users: 20, tickets: 30, seed: 1 });
const { url, apiKey, secretKey } = sandbox;

// ----- quick-start
import { Kayako, Ticket, TicketStatus } from '@kayako-orm/orm';

const kayako = new Kayako({ url, apiKey, secretKey });
const open = await kayako.repository(TicketStatus).where({ title: 'Open' }).firstOrFail();
const tickets = kayako.repository(Ticket).where({ statusId: open.id });

for await (const ticket of tickets) {
  const department = await ticket.department.load();
  console.log(String(ticket), department?.title, await ticket.posts.count());
}
await kayako.close();
// -----

await sandbox.close();

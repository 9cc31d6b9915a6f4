// The example at the top of README.md, run against an embedded help desk with a few generated tickets.
// README.md shows the part between the two rulers.
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({ users: 20, tickets: 30, seed: 1 });
const { url, apiKey, secretKey } = sandbox;

// ----- quick-start
import { Kayako, Ticket } from '@kayako-orm/orm';

const kayako = new Kayako({ url, apiKey, secretKey });
const tickets = kayako
  .repository(Ticket)
  .where({ status: { title: 'Open' }, replies: { gte: 1 } })
  .include('department', 'posts');

for await (const ticket of tickets) {
  console.log(String(ticket), ticket.department.value?.title, ticket.posts.items.length);
}
await kayako.close();
// -----

await sandbox.close();

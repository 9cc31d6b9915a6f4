// Reads 2,500 users page by page as an Observable and draws a progress line while they arrive.
// Nothing but the page under way is in memory; unsubscribing would abort its request.
import { Kayako, User } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';
import { bufferCount, lastValueFrom, map, scan, tap } from 'rxjs';

const TOTAL = 2500;
const sandbox = await startSandbox({ users: TOTAL });
const kayako = new Kayako(sandbox);

function progressLine(done: number): string {
  const width = 40;
  const filled = Math.min(width, Math.round((done / TOTAL) * width));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done} users`;
}

const users$ = kayako.repository(User).stream({ marker: 1, maxItems: 1000 });
const count = await lastValueFrom(
  users$.pipe(
    bufferCount(250),
    map((users) => users.length),
    scan((done, more) => done + more, 0),
    tap((done) => {
      // A terminal redraws one line; a log gets one line for each step.
      process.stdout.write(
        process.stdout.isTTY ? `\r${progressLine(done)}` : `${progressLine(done)}\n`,
      );
    }),
  ),
);
if (process.stdout.isTTY) process.stdout.write('\n');
console.log(`Read ${count} users with ${kayako.usage.requests} requests.`);

await kayako.close();
await sandbox.close();

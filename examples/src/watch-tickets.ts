// A change feed over tickets: what happens in a help desk, and going on after a pause. docs/watching.md shows the parts between the rulers.
import assert from 'node:assert/strict';
import { Department, Kayako, Ticket, watch, type WatchCursor } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';
import { concatMap, retry, timer } from 'rxjs';

const sandbox = await startSandbox({ users: 20, tickets: 30, seed: 3 });
const kayako = new Kayako(sandbox);

/** Lets a poll happen. */
let polled: () => void = () => undefined;
const poll = (): Promise<void> =>
  new Promise((resolve) => {
    polled = resolve;
  });
const store = new Map<string, string>();
const everyMs = 20;

// ----- watch
const open = kayako.repository(Ticket).where({ status: { markAsResolved: false } });
const changes$ = watch(open, {
  everyMs, // 30_000, for example: from the end of a poll to the next one
  checkpoint: (cursor) => {
    store.set('tickets', String(cursor)); // after each poll, the first one included
    polled();
  },
});
const subscription = changes$.subscribe((change) => {
  if (change.kind === 'changed') console.log(String(change.entity), change.fields.join(' '));
  else console.log(change.kind, String(change.entity));
});
// -----
await poll();

const ticket = await open.firstOrFail();
await ticket.posts.create({ contents: 'We have a patch.', staffId: 1 }).add();
await poll();
await poll();
subscription.unsubscribe();
ticket.statusId = 3;
await ticket.save();

// ----- resume
const resumed$ = watch(open, { everyMs, from: store.get('tickets') ?? null });
const resumed = resumed$.subscribe(({ kind, entity }) => {
  console.log('meanwhile', kind, entity.id); // meanwhile removed 2
  polled();
});
// -----
await poll();
resumed.unsubscribe();

let saved: WatchCursor | undefined;
const save = (cursor: WatchCursor): void => {
  saved = cursor;
};

const post = (text: string): Promise<void> => {
  console.log(text);
  return Promise.resolve();
};

// ----- retry
const departments$ = watch(kayako.repository(Department), {
  everyMs,
  checkpoint: () => {
    polled();
  },
});
const lasting = departments$
  .pipe(
    retry({ delay: () => timer(60_000) }), // goes on where it stood
    concatMap(async ({ kind, entity, cursor }) => {
      await post(`${kind} ${String(entity)}`); // what fails here is not repeated by the feed
      save(cursor); // this change is done with
    }),
  )
  .subscribe();
// -----
await poll();
const sales = kayako.create(Department, { title: 'Sales', type: 'public', module: 'tickets' });
await sales.add();
await poll();
await poll();
lasting.unsubscribe();
assert(saved !== undefined);

await kayako.close();
await sandbox.close();

import { Ticket, User, watch } from '../../packages/orm/dist/index.js';

/** Polls from one sweep of tickets to the next. */
const SWEEP_EVERY = 5;
/** Polls after the first one. */
const POLLS = 20;
/** How often the rows are all read by then. */
const READS = { tickets: 1 + POLLS / SWEEP_EVERY, users: 1 + POLLS };

/** The same rows, read and dropped. */
async function readAll(query) {
  let count = 0;
  for await (const batch of query.batches()) count += batch.length;
  return count;
}

/** A feed that polls when it is told to. */
class ManualWatch {
  cursor;
  #subscription;
  #go;
  #polled;
  #failed;

  constructor(query) {
    this.#subscription = watch(query, {
      everyMs: 1,
      sweepEvery: SWEEP_EVERY,
      checkpoint: (cursor) =>
        new Promise((resolve) => {
          this.cursor = cursor;
          this.#go = resolve;
          this.#polled();
        }),
    }).subscribe({
      next: (change) => {
        this.#failed(
          new Error(`nothing changes, but ${change.kind} ${String(change.entity)} came`),
        );
      },
      error: (error) => {
        this.#failed(error);
      },
    });
  }

  /** Resolves at the end of a poll; of the first one, when it is called for the first time. */
  poll() {
    return new Promise((resolve, reject) => {
      this.#polled = resolve;
      this.#failed = reject;
      this.#go?.();
    });
  }

  stop() {
    this.#subscription.unsubscribe();
  }
}

async function measureWatch(kayako, query, rows, memory) {
  const feed = new ManualWatch(query);
  await feed.poll();
  const kept = await memory.point('baseline');
  const cost = async () => {
    const { requests, bytes } = kayako.usage;
    await feed.poll();
    const { usage } = kayako;
    return { requests: usage.requests - requests, bytes: (usage.bytes - bytes) / 1e3 };
  };
  const polls = [];
  for (let poll = 1; poll <= POLLS; poll += 1) polls.push(await cost());
  const [quiet] = polls;
  const sweep = polls[SWEEP_EVERY - 1];
  await memory.end();
  // The text takes memory itself, so it is made last.
  const cursor = String(feed.cursor).length;
  feed.stop();
  return {
    heapPerRow: kept === null ? undefined : kept / rows,
    quietRequests: quiet.requests,
    quietBytes: quiet.bytes,
    sweepRequests: sweep.requests,
    sweepBytes: sweep.bytes,
    cursorPerRow: cursor / rows,
  };
}

/** Rows that are watched and do not change. */
export const watching = {
  name: 'watch',
  passes: ['peak', 'heap'],
  variants: (smoke) =>
    (smoke ? [20] : [1000, 20_000]).flatMap((rows) => {
      const server = { users: rows - 1, tickets: rows, isRecorded: true };
      return (smoke ? ['tickets'] : ['tickets', 'users']).flatMap((entity) => {
        const name = `${rows.toLocaleString('en-US')} ${entity}`;
        const baseline = `${name}, read only`;
        return [
          { name: baseline, server, entity, rows, isRead: true },
          { name, baseline, server, entity, rows, isRead: false },
        ];
      });
    }),
  async measure({ kayako, memory }, { entity, rows, isRead }) {
    const query = kayako.repository(entity === 'tickets' ? Ticket : User);
    // Once before, so that code and shapes are no part of what a row takes.
    const count = await readAll(query);
    if (count !== rows) throw new Error(`${count} ${entity} instead of ${rows}`);
    await memory.begin();
    if (!isRead) return measureWatch(kayako, query, rows, memory);
    const { requests, bytes } = kayako.usage;
    for (let read = 1; read <= READS[entity]; read += 1) await readAll(query);
    await memory.end();
    const { usage } = kayako;
    return {
      sweepRequests: (usage.requests - requests) / READS[entity],
      sweepBytes: (usage.bytes - bytes) / READS[entity] / 1e3,
    };
  },
  columns: [
    { title: 'peak', figure: 'peak' },
    { title: 'over reading', figure: 'peak', over: true },
    { title: 'heap after the first poll', figure: 'baseline', digits: 2 },
    { title: 'after 20 more', figure: 'end', digits: 2 },
    { title: 'bytes of heap a row', figure: 'heapPerRow' },
    { title: 'cursor, characters a row', figure: 'cursorPerRow' },
    { title: 'quiet poll, requests', figure: 'quietRequests' },
    { title: 'KB', figure: 'quietBytes', digits: 1 },
    { title: 'sweep, requests', figure: 'sweepRequests' },
    { title: 'KB', figure: 'sweepBytes' },
  ],
};

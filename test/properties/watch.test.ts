// Whatever happens to a desk, and whenever somebody looks: the changes of a watch, put together, are the desk.
import assert from 'node:assert/strict';
import { type Change, Ticket, type WatchCursor } from '@kayako-orm/orm';
import fc from 'fast-check';
import { type Desk, startDesk } from '../support/desk.js';
import { Feed } from '../support/feed.js';
import { ticket } from '../support/samples.js';

jest.setTimeout(120_000);

const RUNS = 60;
const SWEEP_EVERY = 4;

type Row = Record<string, unknown>;

let desk: Desk;
/** Seconds of the help desk. */
let now = 1_700_000_000;
let latest = now;

beforeAll(async () => {
  desk = await startDesk({ clock: () => new Date(now * 1000) });
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

const OPEN = 1;
const CLOSED = 3;
const query = () =>
  desk.kayako.repository(Ticket).where({ status: { markAsResolved: false }, replies: { lt: 3 } });

/** What a subscriber makes of the changes; it complains of each that cannot be. */
class Replica {
  readonly rows = new Map<number, Row>();

  apply({ kind, entity, fields }: Change<Ticket>): void {
    const before = this.rows.get(entity.id);
    const after = kind === 'removed' ? undefined : entity.toJSON();
    assert.equal(before === undefined, kind === 'added');
    const expected = kind === 'changed' ? differing(before ?? {}, after ?? {}) : [];
    assert.deepEqual([...fields], expected);
    assert(kind !== 'changed' || expected.length > 0);
    if (after === undefined) this.rows.delete(entity.id);
    else this.rows.set(entity.id, after);
  }
}

function differing(before: Row, after: Row): string[] {
  return Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

async function deskRows(): Promise<Map<number, Row>> {
  return new Map((await query().all()).map((row) => [row.id, row.toJSON()]));
}

/** One watch that is used in every way there is, and the rows as its changes tell of them. */
class Run {
  readonly replica = new Replica();
  /** Tickets whose activity the next poll must show. */
  readonly active = new Set<number>();
  tickets: Ticket[] = [];
  #feed = new Feed(query(), { sweepEvery: SWEEP_EVERY });

  async begin(): Promise<void> {
    assert.deepEqual(await this.#feed.poll(), []);
    for (const [id, row] of await deskRows()) this.replica.rows.set(id, row);
  }

  /** @param ticket what happens to one of the tickets, if there is any. */
  async change(index: number, happen: (ticket: Ticket) => Promise<void>): Promise<void> {
    const one = this.tickets[index % Math.max(1, this.tickets.length)];
    if (one !== undefined) await happen(one);
  }

  async poll(): Promise<void> {
    for (const change of await this.#feed.poll()) this.replica.apply(change);
    const rows = await deskRows();
    for (const id of this.active) {
      assert.deepEqual(this.replica.rows.get(id), rows.get(id), `ticket ${id}`);
    }
    this.active.clear();
  }

  /** Everything is compared by the first poll of whoever subscribes. */
  async pause(): Promise<void> {
    this.#feed.stop();
    await this.sweep();
  }

  async resume(): Promise<void> {
    this.#follow(JSON.parse(this.#feed.cursor) as string);
    await this.sweep();
  }

  /** Goes on from the cursor of a change, as if the rest had never been delivered. */
  async resumeWithin(delivered: number): Promise<void> {
    const changes = await this.#feed.poll();
    const seen = changes.slice(0, delivered);
    for (const change of seen) this.replica.apply(change);
    const cursor: WatchCursor | undefined = seen.at(-1)?.cursor;
    if (cursor === undefined) for (const change of changes) this.replica.apply(change);
    this.#follow(cursor ?? (JSON.parse(this.#feed.cursor) as string));
    await this.sweep();
  }

  async sweep(): Promise<void> {
    await this.poll();
    assert.deepEqual(this.replica.rows, await deskRows());
  }

  async end(): Promise<void> {
    await this.resume();
    this.#feed.stop();
  }

  #follow(from: WatchCursor | string): void {
    this.#feed.stop();
    this.#feed = new Feed(query(), { sweepEvery: SWEEP_EVERY, from });
  }
}

type Step = (run: Run) => Promise<void>;

const steps: fc.Arbitrary<readonly [string, Step]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['add', add] as const) },
  {
    weight: 5,
    arbitrary: fc
      .nat(9)
      .map(
        (index) =>
          [`reply ${index}`, (run: Run) => run.change(index, (one) => reply(run, one))] as const,
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(9), fc.constantFrom(OPEN, CLOSED))
      .map(
        ([index, statusId]) =>
          [
            `status ${index} ${statusId}`,
            (run: Run) => run.change(index, (one) => save(Object.assign(one, { statusId }))),
          ] as const,
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(9), fc.constantFrom('One', 'Other'))
      .map(
        ([index, subject]) =>
          [
            `subject ${index} ${subject}`,
            (run: Run) => run.change(index, (one) => save(Object.assign(one, { subject }))),
          ] as const,
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .nat(9)
      .map(
        (index) =>
          [`delete ${index}`, (run: Run) => run.change(index, (one) => remove(run, one))] as const,
      ),
  },
  {
    weight: 3,
    // Mostly within the second; now and then beyond the overlap, or back a little.
    arbitrary: fc
      .constantFrom(1, 1, 30, 61, 600, -20)
      .map((seconds) => [`clock ${seconds}`, () => tick(seconds)] as const),
  },
  { weight: 8, arbitrary: fc.constant(['poll', (run: Run) => run.poll()] as const) },
  { weight: 1, arbitrary: fc.constant(['pause', (run: Run) => run.pause()] as const) },
  { weight: 1, arbitrary: fc.constant(['resume', (run: Run) => run.resume()] as const) },
  {
    weight: 1,
    arbitrary: fc
      .nat(2)
      .map((count) => [`resume within ${count}`, (run: Run) => run.resumeWithin(count)] as const),
  },
);

async function add(run: Run): Promise<void> {
  const added = await ticket(desk.kayako).add();
  run.tickets.push(added);
  run.active.add(added.id);
}

async function reply(run: Run, one: Ticket): Promise<void> {
  await one.posts.create({ contents: 'Yes.', staffId: 1 }).add();
  run.active.add(one.id);
}

async function save(one: Ticket): Promise<void> {
  await one.save();
}

async function remove(run: Run, one: Ticket): Promise<void> {
  run.active.delete(one.id);
  run.tickets = run.tickets.filter((each) => each !== one);
  await one.delete();
}

/** Back at most as far as a row may come late. */
function tick(seconds: number): Promise<void> {
  now = Math.max(now + seconds, latest - 60);
  latest = Math.max(latest, now);
  return Promise.resolve();
}

it('makes of all changes what the desk is', async () => {
  const sequences = fc.array(steps, { minLength: 1, maxLength: 30 });
  const property = fc.asyncProperty(sequences, async (sequence) => {
    desk.sandbox.reset();
    desk.kayako.invalidateLookups();
    const run = new Run();
    for (let count = 0; count < 3; count += 1) await add(run);
    run.active.clear();
    await run.begin();
    for (const [, step] of sequence) await step(run);
    await run.end();
  });
  await expect(fc.assert(property, { numRuns: RUNS })).resolves.toBeUndefined();
});

// When a watch polls, who shares its polls, and what it leaves behind.
import { getEventListeners } from 'node:events';
import {
  type Change,
  ClosedError,
  Department,
  Kayako,
  Ticket,
  TicketCount,
  TicketPost,
  watch,
  type WatchOptions,
} from '@kayako-orm/orm';
import { firstValueFrom, lastValueFrom, type Observable, retry, take, toArray } from 'rxjs';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import { Feed, inShort } from './support/feed.js';
import { type Proxy, startProxy } from './support/proxy.js';
import { department, ticket } from './support/samples.js';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const departments = (kayako = desk.kayako) => kayako.repository(Department);
const timers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

/** The changes up to a number of them, from a poll every millisecond. */
const next = <Entity>(changes$: Observable<Change<Entity>>, count: number) =>
  lastValueFrom(changes$.pipe(take(count), toArray()));

describe('polling', () => {
  it('begins with the first subscriber and ends with the last; in between all share it', async () => {
    const feed = new Feed(departments());
    await turns();
    expect(desk.requests()).toEqual([]);
    await feed.poll();
    const also: string[] = [];
    const other = feed.changes$.subscribe((change) => also.push(...inShort([change])));
    const { id } = await department(desk.kayako).add();
    expect(inShort(await feed.poll())).toEqual([`added ${id}`]);
    expect(also).toEqual([`added ${id}`]);
    expect(desk.requests()).toHaveLength(3);
    other.unsubscribe();
    await feed.poll();
    expect(desk.requests()).toHaveLength(1);
    feed.stop();
    await turns();
    expect(desk.requests()).toEqual([]);
  });

  it('leaves no timer and no listener behind, whether it waits or reads', async () => {
    const { signal } = new AbortController();
    const before = timers();
    let polled: () => void = () => undefined;
    const changes$ = watch(departments(), {
      everyMs: 3_600_000,
      signal,
      checkpoint: () => {
        polled();
      },
    });
    const whileReading = changes$.subscribe();
    whileReading.unsubscribe();
    await turns();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const whileWaiting = changes$.subscribe();
    await new Promise<void>((resolve) => {
      polled = resolve;
    });
    await turns();
    whileWaiting.unsubscribe();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    // A timer that was left would be there for an hour.
    while (timers() > before) await new Promise(setImmediate);
  });

  it('waits for the promise of checkpoint, and ends with what it throws', async () => {
    const feed = new Feed(departments());
    await feed.poll();
    await turns();
    expect(desk.requests()).toHaveLength(1);
    feed.stop();
    const problem = new Error('disk full');
    for (const checkpoint of [
      () => Promise.reject(problem),
      () => {
        throw problem;
      },
    ]) {
      const changes$ = watch(departments(), { everyMs: 1, checkpoint });
      expect(await errorOf(() => lastValueFrom(changes$))).toBe(problem);
    }
  });

  it('ends when the signal aborts, with its reason', async () => {
    const abort = new AbortController();
    const feed = new Feed(departments(), { signal: abort.signal });
    await feed.poll();
    const ended = errorOf(() => lastValueFrom(feed.changes$));
    const reason = new Error('enough');
    abort.abort(reason);
    expect(await ended).toBe(reason);
    expect(await errorOf(() => lastValueFrom(feed.changes$))).toBe(reason);
    expect(desk.requests()).toHaveLength(1);
  });

  it('keeps to the budget of its query with each poll, and ends with the connection', async () => {
    await ticket(desk.kayako).add();
    const query = desk.kayako.repository(Ticket);
    const feed = new Feed(query.budget({ requests: 4 }), { sweepEvery: 2 });
    for (let poll = 0; poll < 5; poll += 1) expect(await feed.poll()).toEqual([]);
    feed.stop();
    desk.kayako.invalidateLookups();
    const small = new Feed(query.budget({ requests: 3 }));
    const error = await errorOf(() => small.poll());
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(error.message).toContain('the budget of each poll is 3 requests');
    await desk.kayako.close();
    expect(await errorOf(() => feed.poll())).toBeInstanceOf(ClosedError);
  });
});

describe('resuming', () => {
  it('goes on where the last subscriber left: what has changed since comes once', async () => {
    const feed = new Feed(departments());
    await feed.poll();
    feed.stop();
    const added = await department(desk.kayako).add();
    const { id } = added;
    expect(inShort(await feed.poll())).toEqual([`added ${id}`]);
    feed.stop();
    await added.delete();
    expect(inShort(await feed.poll())).toEqual([`removed ${id}`]);
    feed.stop();
  });

  it('delivers the rest of a poll in whose midst the last subscriber left, and nothing twice', async () => {
    const feed = new Feed(departments());
    await feed.poll();
    feed.stop();
    const ids: number[] = [];
    for (let count = 0; count < 4; count += 1) ids.push((await department(desk.kayako).add()).id);
    const changes$ = watch(departments(), { everyMs: 1, from: JSON.parse(feed.cursor) as string });
    const first = await firstValueFrom(changes$);
    const [second, third] = await next(changes$, 2);
    const fourth = await firstValueFrom(changes$);
    expect([first, second, third, fourth].map((change) => change?.entity.id)).toEqual(ids);
    const resumed = watch(departments(), { everyMs: 1, from: second?.cursor });
    expect((await next(resumed, 2)).map(({ entity }) => entity.id)).toEqual(ids.slice(2));
  });

  it('may happen within a subscriber', async () => {
    const feed = new Feed(departments());
    await feed.poll();
    feed.stop();
    const ids: number[] = [];
    for (let count = 0; count < 3; count += 1) ids.push((await department(desk.kayako).add()).id);
    const changes$ = watch(departments(), { everyMs: 1, from: JSON.parse(feed.cursor) as string });
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      const again = (): void => {
        const subscription = changes$.subscribe(({ entity }) => {
          seen.push(entity.id);
          subscription.unsubscribe();
          if (seen.length < ids.length) again();
          else resolve();
        });
      };
      again();
    });
    await turns();
    expect(seen).toEqual(ids);
  });
});

describe('a help desk that fails', () => {
  let proxy: Proxy;
  let kayako: Kayako;

  beforeEach(async () => {
    proxy = await startProxy(desk.sandbox);
    kayako = new Kayako({ ...desk.sandbox, url: proxy.url });
  });
  afterEach(async () => {
    await kayako.close();
    await proxy[Symbol.asyncDispose]();
  });

  it('ends the feed; subscribing again loses and doubles nothing', async () => {
    const feed = new Feed(departments(kayako));
    await feed.poll();
    const added = await department(desk.kayako).add();
    await department(desk.kayako).add();
    proxy.treat = () => 'refuse';
    expect(await errorOf(() => feed.poll())).toMatchObject({ code: 'SERVER_ERROR' });
    proxy.treat = () => ({ cut: '<department>' });
    // All rows but the last have come: they are told of, and none is missed for gone.
    const error = await errorOf(() => feed.poll());
    expect(error).toMatchObject({ code: 'TRUNCATED' });
    proxy.treat = () => 'pass';
    expect(inShort(await feed.poll())).toEqual([`added ${added.id + 1}`]);
    expect(await feed.poll()).toEqual([]);
    feed.stop();
  });

  it('is survived with retry', async () => {
    let polls = 0;
    const changes$ = watch(departments(kayako), {
      everyMs: 1,
      checkpoint: async () => {
        polls += 1;
        if (polls === 1) {
          await department(desk.kayako).add();
          proxy.treat = () => 'refuse';
        }
      },
    });
    let failures = 0;
    const repaired$ = changes$.pipe(
      retry({
        delay: () => {
          failures += 1;
          if (failures === 3) proxy.treat = () => 'pass';
          return Promise.resolve();
        },
      }),
    );
    const { kind } = await firstValueFrom(repaired$);
    expect([kind, failures]).toEqual(['added', 3]);
  });
});

describe('what is refused', () => {
  const every = { everyMs: 1 };
  const untyped = watch as (query: unknown, options: unknown) => unknown;

  it.each([
    ['orderBy, take', () => departments().orderBy('title').take(5)],
    ['skip', () => departments().where({ type: 'public' }).skip(1)],
    ['select or pluck', () => departments().select('title')],
    ['include', () => desk.kayako.repository(Ticket).include('department')],
  ])('a query with %s', async (named, query) => {
    const error = await errorOf(() => untyped(query(), every));
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain(`must do without ${named}.`);
  });

  it.each([[null], [undefined], [5], [{}], [Department], [[]]])('%p for a query', async (query) => {
    const error = await errorOf(() => untyped(query, every));
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('takes a query or a repository');
  });

  it.each([
    [undefined, 'INVALID_VALUE'],
    [{}, 'INVALID_VALUE'],
    [{ everyMs: 0 }, 'INVALID_VALUE'],
    [{ everyMs: 1.5 }, 'INVALID_VALUE'],
    [{ everyMs: '5' }, 'INVALID_VALUE'],
    [{ everyMs: 2 ** 31 }, 'INVALID_VALUE'],
    [{ ...every, sweepEvery: 0 }, 'INVALID_VALUE'],
    [{ ...every, checkpoint: 5 }, 'INVALID_VALUE'],
    [{ ...every, signal: {} }, 'INVALID_VALUE'],
    [{ ...every, every: 5 }, 'UNKNOWN_FIELD'],
  ])('the options %p', async (options, code) => {
    expect(await errorOf(() => untyped(departments(), options))).toMatchObject({ code });
  });

  it('rows without an id, and children without their parent', async () => {
    const counts = desk.kayako.repository(TicketCount);
    expect(await errorOf(() => watch(counts, every))).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
    const posts = watch(desk.kayako.repository(TicketPost), every);
    expect(await errorOf(() => lastValueFrom(posts))).toMatchObject({ code: 'SCOPE_REQUIRED' });
    expect(desk.requests()).toEqual([]);
  });

  it('but not an option that is left open', () => {
    const open: WatchOptions = {
      everyMs: 1,
      from: null,
      sweepEvery: undefined,
      checkpoint: undefined,
    };
    expect(watch(departments(), { ...open, signal: undefined })).toBeDefined();
  });
});

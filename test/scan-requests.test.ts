// What a scan sends and when, and what becomes of it when its reader leaves: against a server that says what the test
// wants, when it wants.
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { getEventListeners } from 'node:events';
import { Kayako, type KayakoOptions, Ticket, User } from '@kayako-orm/orm';
import fc from 'fast-check';
import { errorOf } from './support/desk.js';

interface Request {
  readonly route: string;
  readonly response: ServerResponse;
}

let server: Server;
let kayako: Kayako;
let answer: (request: Request) => void;
let routes: string[];

const HEAD = '<?xml version="1.0"?>';
const USERS_PER_PAGE = 1000;

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const ascending = (ids: readonly number[]): number[] => [...ids].sort((one, other) => one - other);

const users = (ids: readonly number[]): string =>
  `${HEAD}<users>${ids.map((id) => `<user><id>${id}</id></user>`).join('')}</users>`;
const tickets = (ids: readonly number[]): string =>
  `${HEAD}<tickets>${ids.map((id) => `<ticket id="${id}"/>`).join('')}</tickets>`;

/** Marker and maxitems of users; count and start of tickets. */
const numbersOf = (route: string): number[] => route.split('/').map(Number);
const userPage = (ids: readonly number[], route: string): number[] => {
  const [, , , , marker = 0, count = 0] = numbersOf(route);
  return ids.filter((id) => id >= marker).slice(0, count);
};
const ticketPage = (ids: readonly number[], route: string): number[] => {
  const [, , , , , , , , count = 0, start = 0] = numbersOf(route);
  return ids.slice(start, start + count);
};

/** Answers all that tickets need but the list itself. */
const lookUp = ({ route, response }: Request): boolean => {
  if (route.startsWith('/Base/Department')) {
    response.end(
      `${HEAD}<departments><department><id>1</id><module>tickets</module></department></departments>`,
    );
    return true;
  }
  if (!route.startsWith('/Tickets/TicketStatus')) return false;
  response.end(`${HEAD}<ticketstatuses><ticketstatus><id>1</id></ticketstatus></ticketstatuses>`);
  return true;
};

function connect(options: Partial<KayakoOptions> = {}): Kayako {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  return new Kayako({ url, apiKey: 'k', secretKey: 's', clock: () => new Date(0), ...options });
}

beforeEach(async () => {
  routes = [];
  server = createServer((request, response) => {
    const route = new URL(request.url ?? '', 'http://desk').searchParams.get('e') ?? '';
    routes.push(route);
    answer({ route, response });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kayako = connect();
});
afterEach(async () => {
  await kayako.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function scanned(rows: AsyncIterable<{ readonly id: number }>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
}

/**
 * Holds replies back until as many requests wait as are expected, so that a scan which sends fewer never ends.
 * The first page is answered at once: nothing is known before it. Replies go out last to first.
 */
function holding(
  expected: number,
  reply: (route: string) => string,
): { readonly most: () => number } {
  let held: Request[] = [];
  let most = 0;
  let isFirst = true;
  answer = (request) => {
    if (lookUp(request)) return;
    if (isFirst) {
      isFirst = false;
      request.response.end(reply(request.route));
      return;
    }
    held.push(request);
    most = Math.max(most, held.length);
    if (held.length < expected) return;
    const all = held.reverse();
    held = [];
    for (const { route, response } of all) response.end(reply(route));
    // The end of the list may need fewer.
    answer = ({ route, response }) => {
      response.end(reply(route));
    };
  };
  return { most: () => most };
}

describe('requests in flight', () => {
  describe.each([2, 3, 4])('are %i at the same time where that was asked for', (concurrency) => {
    it('for users', async () => {
      const all = range(1, 9500);
      const held = holding(concurrency, (route) => users(userPage(all, route)));
      expect(await scanned(kayako.repository(User).scan({ concurrency }))).toEqual(all);
      expect(held.most()).toBe(concurrency);
    });

    it('for tickets', async () => {
      const all = range(1, 4200);
      const held = holding(concurrency, (route) => tickets(ticketPage(all, route)));
      const pace = { concurrency, ordered: false };
      const found = await scanned(kayako.repository(Ticket).scan(pace));
      expect(ascending(found)).toEqual(all);
      expect(held.most()).toBe(concurrency);
    });
  });

  it.each([
    ['the connection allows', { maxConcurrency: 2 }, { concurrency: 8 }, 2],
    ['one, if nothing was said', {}, {}, 1],
  ])('are never more than %s', async (_what, options, pace, expected) => {
    const own = connect(options);
    const all = range(1, 7300);
    const waiting: Request[] = [];
    answer = (request) => void waiting.push(request);
    const state = { isOver: false };
    const scan = scanned(own.repository(User).scan(pace)).finally(() => {
      state.isOver = true;
    });
    let most = 0;
    while (!state.isOver) {
      // All that can be sent is.
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      most = Math.max(most, waiting.length);
      const request = waiting.shift();
      request?.response.end(users(userPage(all, request.route)));
    }
    expect(await scan).toEqual(all);
    expect(most).toBe(expected);
    await own.close();
  });

  it('give rows before those of an earlier page only when order is of no matter', async () => {
    const all = range(1, 2500);
    let late: Request | undefined;
    answer = (request) => {
      if (request.route.endsWith('/1001/1000')) late = request;
      else request.response.end(users(userPage(all, request.route)));
    };
    const seen: number[] = [];
    for await (const { id } of kayako.repository(User).scan({ concurrency: 3, ordered: false })) {
      seen.push(id);
      // By then there is nothing else left to wait for.
      if (seen.length === 1500) late?.response.end(users(userPage(all, late.route)));
    }
    expect(seen.slice(1000, 1500)).toEqual(range(2001, 2500));
    expect(ascending(seen)).toEqual(all);
  });
});

describe('ids with large gaps', () => {
  it('cost the pages beside the gap, and no row is lost or given twice', async () => {
    const all = [...range(1, 1000), ...range(5_000_000, 5_000_900)];
    answer = ({ route, response }) => {
      response.end(users(userPage(all, route)));
    };
    expect(await scanned(kayako.repository(User).scan({ concurrency: 4 }))).toEqual(all);
    // Two pages hold them all; those beyond the first were guesses.
    expect(routes.length).toBeLessThanOrEqual(2 + 3);
  });

  it('are scanned exactly, with requests near those of a walk', async () => {
    const run = fc.record({
      rows: fc.integer({ min: 1, max: 1500 }),
      gap: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10_000_000 })),
      every: fc.integer({ min: 1, max: 9 }),
    });
    const desk = fc.array(run, { maxLength: 8 }).map((runs) => {
      const ids: number[] = [];
      for (const { rows, gap, every } of runs) {
        const from = (ids.at(-1) ?? 0) + gap;
        for (let row = 0; row < rows; row += 1) ids.push(from + row * every);
      }
      return ids;
    });
    const options = fc.record({
      concurrency: fc.integer({ min: 1, max: 8 }),
      ordered: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(desk, options, async (all, { concurrency, ordered }) => {
        let transferred = 0;
        answer = ({ route, response }) => {
          const page = userPage(all, route);
          transferred += page.length;
          response.end(users(page));
        };
        routes = [];
        const ids = kayako.repository(User).select('id');
        expect(await scanned(ids)).toEqual(all);
        const alone = { requests: routes.length, transferred };
        routes = [];
        transferred = 0;
        const found = await scanned(ids.scan({ concurrency, ordered }));
        expect(ordered ? found : ascending(found)).toEqual(all);
        const more = concurrency === 1 ? 0 : Math.ceil(alone.requests / 8) + 4 * concurrency;
        expect(routes.length).toBeLessThanOrEqual(alone.requests + more);
        expect(transferred).toBeLessThanOrEqual(alone.transferred + more * USERS_PER_PAGE);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('a server that does not keep to its word', () => {
  it.each([50, 100, 250])('and cuts pages at %i loses no row', async (limit) => {
    const all = range(1, 1930);
    answer = (request) => {
      const { route, response } = request;
      if (lookUp(request)) return;
      const isUsers = route.startsWith('/Base/User');
      const page = (isUsers ? userPage : ticketPage)(all, route).slice(0, limit);
      response.end((isUsers ? users : tickets)(page));
    };
    for (const ordered of [true, false]) {
      const pace = { concurrency: 4, ordered };
      expect(ascending(await scanned(kayako.repository(User).scan(pace)))).toEqual(all);
      expect(ascending(await scanned(kayako.repository(Ticket).scan(pace)))).toEqual(all);
    }
  });

  it('and empties a page once loses no row', async () => {
    const all = range(1, 5300);
    for (const nth of [2, 3, 4, 5]) {
      let lists = 0;
      answer = (request) => {
        const { route, response } = request;
        if (lookUp(request)) return;
        lists += 1;
        const isUsers = route.startsWith('/Base/User');
        const page = lists === nth ? [] : (isUsers ? userPage : ticketPage)(all, route);
        response.end((isUsers ? users : tickets)(page));
      };
      expect(await scanned(kayako.repository(User).scan({ concurrency: 4 }))).toEqual(all);
      lists = 0;
      expect(await scanned(kayako.repository(Ticket).scan({ concurrency: 4 }))).toEqual(all);
    }
  });

  it('and gives the same page for ever comes to an end', async () => {
    answer = (request) => {
      if (lookUp(request)) return;
      const isUsers = request.route.startsWith('/Base/User');
      request.response.end(isUsers ? users(range(1, 1000)) : tickets(range(1, 500)));
    };
    expect(await scanned(kayako.repository(User).scan({ concurrency: 4 }))).toHaveLength(1000);
    expect(await scanned(kayako.repository(Ticket).scan({ concurrency: 4 }))).toHaveLength(500);
    expect(routes.length).toBeLessThan(20);
  });
});

describe('leaving a scan', () => {
  let open: Set<ServerResponse>;

  /** Answers the first page; the others begin and do not end. Resolves when so many have begun. */
  function dripping(count: number): Promise<void> {
    open = new Set();
    return new Promise((resolve) => {
      answer = ({ route, response }) => {
        if (route.endsWith('/1/1000')) {
          response.end(users(range(1, 1000)));
          return;
        }
        open.add(response);
        response.once('close', () => open.delete(response));
        response.write(`${HEAD}<users>`);
        if (open.size === count) resolve();
      };
    });
  }

  async function allClosed(): Promise<void> {
    for (const response of open) await new Promise((resolve) => response.once('close', resolve));
    // The next call finds its way all the same.
    answer = ({ response }) => {
      response.end(users([7]));
    };
    expect(await kayako.get(User, 7)).not.toBeNull();
  }

  it('in the middle, by break and by return() while rows are awaited, leaves no transfer', async () => {
    let begun = dripping(4);
    let rows = 0;
    for await (const user of kayako.repository(User).scan({ concurrency: 4 })) {
      rows += user.id > 0 ? 1 : 0;
      if (rows < 1000) continue;
      await begun;
      break;
    }
    await allClosed();

    begun = dripping(4);
    const iterator = kayako.repository(User).scan({ concurrency: 4 })[Symbol.asyncIterator]();
    for (let row = 0; row < 1000; row += 1) await iterator.next();
    const pending = iterator.next();
    await begun;
    expect(await iterator.return?.()).toMatchObject({ done: true });
    expect(await pending).toMatchObject({ done: true });
    expect(await iterator.next()).toMatchObject({ done: true });
    await allClosed();
  });

  it('by a signal rejects with its reason and leaves no transfer and no listener', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const begun = dripping(4);
    const { signal } = abort;
    const iterator = kayako
      .repository(User)
      .scan({ concurrency: 4, ordered: false, signal })
      [Symbol.asyncIterator]();
    for (let row = 0; row < 1000; row += 1) await iterator.next();
    const pending = errorOf(() => iterator.next());
    await begun;
    abort.abort(reason);
    expect(await pending).toBe(reason);
    await allClosed();
    expect(getEventListeners(signal, 'abort')).toEqual([]);

    const late = kayako.repository(User).scan({ signal })[Symbol.asyncIterator]();
    expect(await errorOf(() => late.next())).toBe(reason);
  });

  it('because a page failed ends the others, and says why', async () => {
    open = new Set();
    let failing: ServerResponse | undefined;
    answer = ({ route, response }) => {
      if (route.endsWith('/1/1000')) response.end(users(range(1, 1000)));
      else if (route.endsWith('/1001/1000')) failing = response;
      else {
        open.add(response);
        response.once('close', () => open.delete(response));
        response.write(`${HEAD}<users>`);
      }
      if (open.size === 3) failing?.writeHead(500).end('<p>broken');
    };
    const error = await errorOf(() => scanned(kayako.repository(User).scan({ concurrency: 4 })));
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 500 });
    await allClosed();
  });

  it('that has come to its end needs no more than that', async () => {
    open = new Set();
    let last: Request | undefined;
    // The pages beyond the end are never answered.
    answer = ({ route, response }) => {
      if (route.endsWith('/1/1000')) response.end(users(range(1, 1000)));
      else if (route.endsWith('/1001/1000')) last = { route, response };
      else {
        open.add(response);
        response.once('close', () => open.delete(response));
      }
      if (open.size === 3) last?.response.end(users(range(1001, 1500)));
    };
    expect(await scanned(kayako.repository(User).scan({ concurrency: 4 }))).toHaveLength(1500);
    expect(routes).toHaveLength(5);
    await allClosed();
  });
});

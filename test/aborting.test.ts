// A reader may give up at any moment, with any reason, and nobody else notices.
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { getEventListeners, getMaxListeners } from 'node:events';
import {
  BudgetExceededError,
  Kayako,
  NotFoundError,
  RequestTimeoutError,
  Ticket,
  User,
} from '@kayako-orm/orm';
import { errorOf } from './support/desk.js';

let server: Server;
let kayako: Kayako;
let sockets: Set<Socket>;
let connections: number;
/** Replies that wait for the test to end them, by route. */
let waiting: { route: string; response: ServerResponse }[];
let arrived: (() => void)[];

const HEAD = '<?xml version="1.0"?>';

beforeEach(async () => {
  sockets = new Set();
  connections = 0;
  waiting = [];
  arrived = [];
  server = createServer((request, response) => {
    const route = new URL(request.url ?? '', 'http://desk').searchParams.get('e') ?? '';
    waiting.push({ route, response });
    for (const tell of arrived.splice(0)) tell();
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  kayako = new Kayako({
    url: `http://127.0.0.1:${port}/`,
    apiKey: 'k',
    secretKey: 's',
    clock: () => new Date(0),
  });
});
afterEach(async () => {
  await kayako.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The reply to the next request, as soon as it has come. */
async function nextReply(): Promise<{ route: string; response: ServerResponse }> {
  if (waiting.length === 0) await new Promise<void>((resolve) => arrived.push(resolve));
  const reply = waiting.shift();
  if (reply === undefined) throw new Error('no request came');
  return reply;
}

async function closed(): Promise<void> {
  for (const socket of sockets) await new Promise((resolve) => socket.once('close', resolve));
}

const reply = { method: 'GET', route: '/', status: 404, body: '' };
const reasons = [
  ['an error', new Error('enough')],
  ['what a missing record gives', new NotFoundError('no such row.', reply)],
  ['a time-out', new RequestTimeoutError('too late')],
  ['a budget', new BudgetExceededError('spent', 'rows', { requests: 1, rows: 1, bytes: 1 }, null)],
] as const;

describe.each(reasons)('a call that is given up with %s', (_name, reason) => {
  it.each([
    ['get', (signal: AbortSignal) => kayako.get(User, 5, { signal })],
    [
      'exists',
      (signal: AbortSignal) => kayako.repository(User).where({ id: 5 }).exists({ signal }),
    ],
    ['all', (signal: AbortSignal) => kayako.repository(User).all({ signal })],
    [
      'a search',
      (signal: AbortSignal) => kayako.repository(User).where({ email: 'a@b.c' }).all({ signal }),
    ],
  ] as const)('rejects with it: %s, before the reply and within', async (_call, call) => {
    const before = new AbortController();
    const first = errorOf(() => call(before.signal));
    await nextReply();
    before.abort(reason);
    expect(await first).toBe(reason);

    const within = new AbortController();
    const second = errorOf(() => call(within.signal));
    const { response } = await nextReply();
    response.writeHead(500);
    response.write('<p>wait');
    await new Promise(setImmediate);
    within.abort(reason);
    const error = await second;
    // Where the status was judged already, that is the answer; it is never taken for a row or for none.
    expect(error === reason || error.code === 'SERVER_ERROR').toBe(true);
    await closed();
  });

  it('leaves a look-up that others wait for as it is', async () => {
    const tickets = kayako.repository(Ticket).where({ departmentId: 1 });
    const patient = tickets.all();
    const statuses = await nextReply();
    const abort = new AbortController();
    const hasty = errorOf(() => tickets.all({ signal: abort.signal }));
    await new Promise(setImmediate);
    abort.abort(reason);
    expect(await hasty).toBe(reason);
    expect(statuses.route).toBe('/Tickets/TicketStatus');
    statuses.response.end(
      `${HEAD}<ticketstatuses><ticketstatus><id>1</id></ticketstatus></ticketstatuses>`,
    );
    const list = await nextReply();
    list.response.end(
      `${HEAD}<tickets><ticket id="7"><departmentid>1</departmentid></ticket></tickets>`,
    );
    expect((await patient).map(({ id }) => id)).toEqual([7]);
  });
});

describe('leaving', () => {
  it('ends a transfer at once, also while a next() is pending, and rejects nothing', async () => {
    const iterator = kayako.repository(User)[Symbol.asyncIterator]();
    const pending = iterator.next();
    const { response } = await nextReply();
    response.write(`${HEAD}<users>`);
    await iterator.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    await closed();
    expect(await iterator.next()).toMatchObject({ done: true });
  });

  it('is done with the last row wanted, whatever its reader does with it', async () => {
    const rows = kayako
      .repository(User)
      .where({ isEnabled: false })
      .take(1)
      [Symbol.asyncIterator]();
    const pending = rows.next();
    const { response } = await nextReply();
    response.write(`${HEAD}<users><user><id>1</id></user>`);
    expect((await pending).done).toBe(false);
    await closed();
    expect(await rows.next()).toMatchObject({ done: true });
  });

  it('does not use a connection up for each record that is read', async () => {
    for (let id = 1; id <= 10; id += 1) {
      const user = kayako.get(User, id);
      const { response } = await nextReply();
      response.write(`${HEAD}<users><user><id>${id}</id></user>`);
      await new Promise(setImmediate);
      response.end('</users>');
      expect((await user)?.id).toBe(id);
    }
    // The second may be opened before the first one is known to be free.
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('lets go of a signal that many queries share', async () => {
    const { signal } = new AbortController();
    const users = kayako.repository(User).take(1);
    const all = Promise.all(Array.from({ length: 40 }, () => users.all({ signal })));
    for (let count = 0; count < 40; count += 1) {
      (await nextReply()).response.end(`${HEAD}<users></users>`);
    }
    await all;
    // More than ten listeners would be warned of, if the signal were not told that they are meant.
    expect(getMaxListeners(signal)).toBe(Infinity);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

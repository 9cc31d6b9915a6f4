// A thousand streams, each left at a random moment, against a server that drips: nothing may stay behind.
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { getEventListeners } from 'node:events';
import { Kayako, User } from '@kayako-orm/orm';

const STREAMS = 1000;
/** Streams open at the same time. */
const AT_ONCE = 50;
const SEED = Number(process.env.KAYAKO_TEST_STREAM_SEED ?? Date.now() % 1_000_000);

/** Numbers that a seed repeats (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

let server: Server;
let sockets: Set<Socket>;
const next = random(SEED);

/** Sends users one by one, with turns of the event loop between them, and now and then breaks off or refuses. */
async function drip(response: ServerResponse): Promise<void> {
  const kind = next(10);
  if (kind === 0) {
    response.writeHead(500).end('<p>broken');
    return;
  }
  response.write('<?xml version="1.0"?><users>');
  const rows = next(40);
  for (let id = 1; id <= rows && !response.destroyed; id += 1) {
    response.write(`<user><id>${id}</id><fullname>User ${id}</fullname></user>`);
    for (let turn = next(4); turn > 0; turn -= 1) await new Promise(setImmediate);
  }
  if (kind === 1) response.destroy();
  // Some replies never end: whoever reads them must let go of them.
  else if (kind > 3) response.end('</users>');
}

beforeAll(async () => {
  sockets = new Set();
  server = createServer((_request, response) => void drip(response));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it(`leaves no socket, timer, listener or rejection behind (seed ${SEED})`, async () => {
  const { port } = server.address() as AddressInfo;
  const kayako = new Kayako({
    url: `http://127.0.0.1:${port}/`,
    apiKey: 'k',
    secretKey: 's',
    maxConcurrency: AT_ONCE,
    timeouts: { totalMs: 600_000 },
  });
  const shared = new AbortController();
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', note);

  const outcomes = { completed: 0, failed: 0, left: 0 };
  const one = (): Promise<void> =>
    new Promise((resolve) => {
      const leaveAfterRows = next(2) === 0 ? next(30) : Infinity;
      const leaveAfterTurns = next(next(3) === 0 ? 3000 : 60);
      const options = next(2) === 0 ? {} : { signal: shared.signal };
      const users = kayako.repository(User).where({ isEnabled: false });
      let rows = 0;
      let isOver = false;
      const over = (outcome: keyof typeof outcomes): void => {
        if (isOver) throw new Error('a stream ended twice');
        isOver = true;
        outcomes[outcome] += 1;
        resolve();
      };
      const leave = (): void => {
        if (isOver) return;
        subscription.unsubscribe();
        over('left');
      };
      const subscription = users.stream(options).subscribe({
        next: () => {
          if (isOver) throw new Error('a row came after the end');
          rows += 1;
          if (rows === leaveAfterRows) queueMicrotask(leave);
        },
        error: () => {
          over('failed');
        },
        complete: () => {
          over('completed');
        },
      });
      const wait = async (): Promise<void> => {
        for (let turn = 0; turn < leaveAfterTurns; turn += 1) await new Promise(setImmediate);
        leave();
      };
      void wait();
    });

  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < STREAMS) {
      begun += 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(outcomes.completed + outcomes.failed + outcomes.left).toBe(STREAMS);
  for (const outcome of Object.values(outcomes)) expect(outcome).toBeGreaterThan(0);

  expect(getEventListeners(shared.signal, 'abort')).toEqual([]);
  await kayako.close();
  for (const socket of sockets) await new Promise((resolve) => socket.once('close', resolve));
  expect(sockets.size).toBe(0);
  expect(timers()).toBeLessThanOrEqual(before);
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
}, 60_000);

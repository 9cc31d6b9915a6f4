import { get, type IncomingMessage } from 'node:http';

import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';

import { encodeForm, send, sign } from '../support/client.js';

const USERS = 100_000;
const EVERYTHING = '/Base/User/Filter/1/0';

/** A list of this many users has more bytes than connections buffer. */
const ENOUGH_BYTES = 60_000_000;

let desk: Sandbox;

beforeAll(async () => {
  desk = await startSandbox({ users: USERS, seed: 7 });
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.clearRequests();
});

const url = (route: string): string => `${desk.url}?e=${route}&${encodeForm(sign(desk))}`;

function open(route: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url(route), { agent: false, headers }, resolve).on('error', reject);
  });
}

test('sends the first piece, and stops making more while its client does not read', async () => {
  const response = await open(EVERYTHING);
  const piece = await new Promise<Buffer>((resolve) => {
    response.once('data', (chunk: Buffer) => {
      response.pause();
      resolve(chunk);
    });
  });
  expect(piece.toString('utf8')).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<users>\n<user>\n/,
  );
  // Each round trip gives the server time to make more, which it does until the connection is full.
  let before = -1;
  while (desk.requests[0]?.bytes !== before) {
    before = desk.requests[0]?.bytes ?? -1;
    await send(url('/Base/UserGroup/2'));
  }
  expect(before).toBeLessThan(ENOUGH_BYTES / 2);
  response.destroy();
  await desk.settled();
});

test.each([
  ['plain', {}],
  ['gzip', { 'accept-encoding': 'gzip' }],
])('stops making a %s reply when its client goes away', async (_form, headers) => {
  const response = await open(EVERYTHING, headers);
  response.once('data', () => response.destroy());
  response.on('error', () => undefined);
  await desk.settled();
  expect(desk.requests).toHaveLength(1);
  expect(desk.requests[0]).toMatchObject({ status: 200, aborted: true });
  expect(desk.requests[0]?.bytes).toBeLessThan(ENOUGH_BYTES / 4);
});

test('sends all of it to a client that stays', async () => {
  const last = 5000;
  const answer = await send(url(`/Base/User/Filter/${USERS + 2 - last}/0`));
  await desk.settled();
  expect(answer.text.match(/<user>\n/g)).toHaveLength(last);
  expect(answer.text).toMatch(/<\/user>\n<\/users>$/);
  expect(desk.requests[0]).toMatchObject({
    bytes: answer.bytes.length,
    aborted: false,
    contentEncoding: 'identity',
  });
});

test('answers another request in the middle of a long reply', async () => {
  const response = await open(EVERYTHING);
  response.pause();
  const answer = await send(url('/Base/UserGroup/2'));
  expect(answer.status).toBe(200);
  expect(desk.requests[0]?.aborted).toBe(false);
  response.destroy();
  await desk.settled();
});

test('pages through the users by marker', async () => {
  const answer = await send(url(`/Base/User/Filter/${USERS - 1}/1000`));
  const ids = [...answer.text.matchAll(/<id><!\[CDATA\[(\d+)/g)].map(([, id]) => Number(id));
  const beyond = await send(url(`/Base/User/Filter/${USERS + 2}/1000`));
  expect(ids).toEqual([USERS - 1, USERS, USERS + 1]);
  expect(beyond.text).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<users>\n</users>');
});

test('keeps a hundred thousand users out of memory', async () => {
  const before = process.memoryUsage().heapUsed;
  const other = await startSandbox({ users: USERS, seed: 8 });
  const after = process.memoryUsage().heapUsed;
  await other.close();
  // Rows of their own would take ten times as much.
  expect(after - before).toBeLessThan(20 * 1024 * 1024);
});

import { connect } from 'node:net';

import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';
import fc from 'fast-check';

import { call, encodeForm, send, sign } from '../support/client.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startSandbox();
});

afterAll(() => desk.close());

/** Sends bytes as they are and collects what comes back until the server hangs up or answers. */
function sendRaw(
  bytes: string | Uint8Array,
  options: { readonly hangUp?: boolean } = {},
): Promise<string> {
  const { port } = new URL(desk.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(received);
    });
    socket.write(bytes, () => {
      if (options.hangUp === true) socket.destroy();
    });
  });
}

async function isAlive(): Promise<boolean> {
  return (await call(desk, 'GET', '/Base/UserGroup/2')).text.includes('Registered');
}

test.each([
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a line that never ends', `GET /${'x'.repeat(300_000)}`],
  ['headers that never end', `GET / HTTP/1.1\r\nA: ${'x'.repeat(300_000)}`],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
  ['a negative length', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
])('refuses %s', async (_case, bytes) => {
  expect(await sendRaw(bytes)).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/);
  expect(await isAlive()).toBe(true);
});

test('notes a client that hangs up in the middle of its body', async () => {
  desk.clearRequests();
  await sendRaw(
    'POST /api/index.php?e=/Base/User HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nfullname=x',
    { hangUp: true },
  );
  expect(await isAlive()).toBe(true);
  await desk.settled();
  expect(desk.requests[0]).toMatchObject({ route: '/Base/User', status: 0, aborted: true });
});

const ROUTES = [
  '/Base/Department',
  '/Base/Staff/1',
  '/Base/User',
  '/Base/User/1',
  '/Base/UserSearch',
  '/Base/UserOrganization/1',
  '/Base/CustomField/ListOptions/2',
  '/Tickets/Ticket',
  '/Tickets/Ticket/1',
  '/Tickets/Ticket/ListAll/1/-1/-1/-1/10/0/dateline/DESC',
  '/Tickets/TicketPost',
  '/Tickets/TicketAttachment',
  '/Tickets/TicketNote',
  '/Tickets/TicketTimeTrack',
  '/Tickets/TicketCustomField/1',
  '/Tickets/TicketSearch',
  '/Core/TestAPI/1',
];

const NAMES = [
  'title', 'fullname', 'email', 'email[]', 'email[a][b]', 'usergroupid', 'usergroupid[]', 'query', 'contents',
  'subject', 'departmentid', 'ticketstatusid', 'userid', 'staffid', 'autouserid', 'ticketid', 'ordernumber1',
  'platformname2', 'platformname2[1][2]', '__proto__', '__proto__[x]', 'constructor[prototype][y]', 'a[', 'e[]',
  'filename', 'filecontent', '', '[', ']', 'a\0b',
]; // prettier-ignore

const VALUES = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '0',
    '1',
    '-1',
    '99999999999999999999999',
    '1e308',
    'NaN',
    '\0',
    ']]>',
    '%',
    'a@b.cc',
    '"',
    "'",
  ),
  fc.constantFrom('['.repeat(500), '9'.repeat(5000), '+-"(((', '\\', '$&', '()[]{}*+?.'),
);

test('answers any form with a status of its own, and stays alive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
      fc.constantFrom(...ROUTES),
      fc.array(fc.tuple(fc.constantFrom(...NAMES), VALUES), { maxLength: 12 }),
      async (method, route, pairs) => {
        const form = pairs.map(
          ([name, value]) => `${encodeURIComponent(name)}=${encodeLoosely(value)}`,
        );
        const signed = [encodeForm(sign(desk)), ...form].join('&');
        const isQuery = method === 'GET' || method === 'DELETE';
        const answer = await send(`${desk.url}?e=${route}${isQuery ? `&${signed}` : ''}`, {
          method,
          ...(isQuery
            ? {}
            : { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: signed }),
        });
        expect([200, 400, 404, 405]).toContain(answer.status);
        expect(({} as Record<string, unknown>).x).toBeUndefined();
      },
    ),
    { numRuns: 120, seed: 20_240_101 },
  );
  desk.reset();
  expect(await isAlive()).toBe(true);
});

/** A lone surrogate is not text and cannot be encoded. */
function encodeLoosely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

test('answers any route', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'),
      fc.array(
        fc.oneof(
          fc.constantFrom(
            'Base',
            'Tickets',
            'User',
            'Ticket',
            'ListAll',
            'Filter',
            '0',
            '-1',
            '1,2',
            '..',
            '__proto__',
          ),
          fc.string({ unit: 'binary', maxLength: 12 }),
        ),
        { maxLength: 8 },
      ),
      fc.constantFrom('e', 'path', 'bare', 'broken'),
      async (method, segments, style) => {
        const route = `/${segments.map(encodeLoosely).join('/')}`;
        const signed = encodeForm(sign(desk));
        const target = {
          e: `?e=${route}&${signed}`,
          path: `${route}?${signed}`,
          bare: `?${route}&${signed}`,
          broken: `${route}%?%zz=%&e=${route}%&&=&${signed}`,
        }[style];
        const answer = await send(`${desk.url}${target}`, { method });
        expect([200, 400, 401, 404, 405]).toContain(answer.status);
      },
    ),
    { numRuns: 120, seed: 20_240_102 },
  );
  desk.reset();
  expect(await isAlive()).toBe(true);
});

test('answers any bytes in any body type', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=b',
        'multipart/form-data; boundary=',
        'application/json',
        'text/plain',
        '',
      ),
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(
        '',
        '--b\r\n',
        '--b\r\nContent-Disposition: form-data; name="salt"\r\n\r\n',
        '{"salt":',
        'salt=1&',
      ),
      fc.constantFrom('POST', 'PUT', 'GET', 'DELETE'),
      async (type, bytes, start, method) => {
        const body = Buffer.concat([Buffer.from(start), bytes]);
        const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
        const answer = await send(`${desk.url}?e=/Core/Test`, { method, headers, body });
        expect([answer.status, answer.text]).toEqual([
          401,
          expect.stringMatching(/^(?:NO SALT PROVIDED!|FAILED TO AUTHENTICATE)$/) as string,
        ]);
      },
    ),
    { numRuns: 120, seed: 20_240_103 },
  );
  expect(await isAlive()).toBe(true);
});

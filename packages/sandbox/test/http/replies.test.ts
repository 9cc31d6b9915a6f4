import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';

import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';

import { MAX_FORM_BYTES } from '../../src/http/body.js';
import { call, encodeForm, send, sign } from '../support/client.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startSandbox();
});

afterAll(() => desk.close());

const url = (route: string): string => `${desk.url}?e=${route}&${encodeForm(sign(desk))}`;

test.each([
  ['a list', 'GET', '/Base/UserGroup', 200],
  ['an error', 'GET', '/Tickets/Ticket', 400],
  ['a missing ticket', 'GET', '/Tickets/Ticket/9', 404],
] as const)('sends the headers of every reply with %s', async (_case, method, route, status) => {
  const answer = await call(desk, method, route);
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/xml;charset=UTF-8',
    'x-frame-options': 'SAMEORIGIN',
    'x-xss-protection': '1',
    'x-content-type-options': 'nosniff',
  });
});

test('answers a deletion with 200, text/xml and no body', async () => {
  const made = await call(desk, 'POST', '/Base/UserGroup', { title: 'x', grouptype: 'guest' });
  const id = /CDATA\[(\d+)/.exec(made.text)?.[1] ?? '';
  const answer = await call(desk, 'DELETE', `/Base/UserGroup/${id}`);
  expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([
    200,
    '',
    'text/xml;charset=UTF-8',
  ]);
});

describe('compression', () => {
  test.each(['gzip', 'deflate, gzip;q=0.8', 'x-gzip', 'br, GZIP'])(
    'answers %s in gzip',
    async (accepted) => {
      const plain = await send(url('/Base/UserGroup'));
      const packed = await send(url('/Base/UserGroup'), {
        headers: { 'accept-encoding': accepted },
      });
      expect(packed.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(packed.bytes).toString('utf8')).toBe(plain.text);
    },
  );

  test.each([undefined, 'identity', 'gzip;q=0', 'gzip;q=0.000', 'br'])(
    'answers %s as it is',
    async (accepted) => {
      const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
      const answer = await send(url('/Base/UserGroup'), { headers });
      expect(answer.headers['content-encoding']).toBeUndefined();
    },
  );

  test('counts the bytes that went over the wire', async () => {
    desk.clearRequests();
    const plain = await send(url('/Base/UserGroup'));
    const packed = await send(url('/Base/UserGroup'), { headers: { 'accept-encoding': 'gzip' } });
    await desk.settled();
    expect(desk.requests.map(({ bytes, contentEncoding }) => [bytes, contentEncoding])).toEqual([
      [plain.bytes.length, 'identity'],
      [packed.bytes.length, 'gzip'],
    ]);
  });
});

describe('a body that is too large', () => {
  const status = (
    headers: Record<string, string | number>,
    write: () => Iterable<Buffer>,
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = httpRequest(
        `${desk.url}?e=/Core/Test`,
        { method: 'POST', agent: false, headers },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
          request.destroy();
        },
      );
      request.on('error', reject);
      for (const chunk of write()) request.write(chunk);
    });

  test('is refused by its declared length', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': MAX_FORM_BYTES + 1,
    };
    expect(await status(headers, () => [Buffer.from('a=')])).toBe(413);
  });

  test('is refused when it grows without having said so', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const pieces = Array.from({ length: MAX_FORM_BYTES / piece.length + 1 }, () => piece);
    expect(await status(headers, () => pieces)).toBe(413);
  });

  test('leaves the server working', async () => {
    expect((await call(desk, 'GET', '/Base/UserGroup')).status).toBe(200);
  });
});

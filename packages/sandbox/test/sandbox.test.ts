import { connect, createServer, type AddressInfo } from 'node:net';

import { type Sandbox, type SandboxOptions, startSandbox } from '@kayako-orm/sandbox';

import { call, encodeForm, idOf, send, sign, textsOf } from './support/client.js';
import { addTicket, startDesk } from './support/desk.js';

describe('a sandbox', () => {
  let desk: Sandbox;

  beforeAll(async () => {
    desk = await startDesk({ apiKey: 'k', secretKey: 's' });
  });

  afterAll(() => desk.close());

  test('says where it is and how to get in', () => {
    expect(desk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/index\.php$/);
    expect([desk.apiKey, desk.secretKey]).toEqual(['k', 's']);
  });

  test('goes back to its first data, ids included', async () => {
    const before = await call(desk, 'GET', '/Base/UserGroup');
    await call(desk, 'POST', '/Base/UserGroup', { title: 'x', grouptype: 'guest' });
    await addTicket(desk);
    desk.reset();
    expect((await call(desk, 'GET', '/Base/UserGroup')).text).toBe(before.text);
    expect(idOf(await addTicket(desk))).toBe(1);
  });

  test('dates rows by its clock', async () => {
    let now = 1_000_000;
    const other = await startSandbox({ clock: () => new Date(now) });
    const first = await addTicket(other);
    now = 2_999_999;
    const second = await addTicket(other);
    await other.close();
    expect([textsOf(first, 'creationtime'), textsOf(second, 'creationtime')]).toEqual([
      ['1000'],
      ['2999'],
    ]);
  });
});

describe('the list of requests', () => {
  let desk: Sandbox;

  beforeAll(async () => {
    desk = await startDesk();
  });

  afterAll(() => desk.close());

  beforeEach(() => {
    desk.clearRequests();
  });

  test('tells what was asked and answered', async () => {
    const answer = await call(desk, 'POST', '/Base/Department/', {
      title: 'A',
      type: 'public',
      module: 'tickets',
      usergroupid: [1, 2],
    });
    await desk.settled();
    expect(desk.requests).toEqual([
      {
        method: 'POST',
        route: '/Base/Department',
        query: {},
        body: { title: 'A', type: 'public', module: 'tickets', usergroupid: ['1', '2'] },
        status: 200,
        bytes: answer.bytes.length,
        aborted: false,
        contentEncoding: 'identity',
      },
    ]);
  });

  test.each([
    ['e', (auth: string) => `?e=//Base/User/Filter/1/1000/&${auth}&x[a]=1`],
    ['path', (auth: string) => `/Base/User/Filter/1/1000/?${auth}&x[a]=1`],
    ['bare', (auth: string) => `?/Base/User/Filter/1/1000/&${auth}&x[a]=1`],
  ])('has one route and no keys in the %s style', async (_style, target) => {
    await send(`${desk.url}${target(encodeForm(sign(desk)))}`);
    expect(desk.requests[0]).toMatchObject({
      route: '/Base/User/Filter/1/1000',
      query: { x: { a: '1' } },
    });
    expect(JSON.stringify(desk.requests)).not.toMatch(/apikey|salt|signature/);
  });

  test('finds the route in a body too', async () => {
    const body = `e=/Base/User&${encodeForm(sign(desk))}&fullname=x`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await send(desk.url, { method: 'POST', headers, body });
    expect(desk.requests[0]).toMatchObject({
      route: '/Base/User',
      body: { fullname: 'x' },
      status: 400,
    });
  });

  test('tells about refusals', async () => {
    await send(desk.url);
    await send(`${desk.url}?e=/Base/User`);
    expect(desk.requests.map(({ route, status }) => [route, status])).toEqual([
      ['', 404],
      ['/Base/User', 401],
    ]);
  });

  test('cuts long values', async () => {
    await call(desk, 'POST', '/Core/Test', { long: 'x'.repeat(10_000) });
    expect(desk.requests[0]?.body.long).toHaveLength(4096);
  });

  test('is the same array before and after it is cleared', async () => {
    const { requests } = desk;
    await call(desk, 'GET', '/Base/UserGroup');
    expect(requests).toHaveLength(1);
    desk.clearRequests();
    expect(requests).toHaveLength(0);
    expect(desk.requests).toBe(requests);
  });
});

describe('closing', () => {
  test('ends idle and busy connections, and may be asked for twice', async () => {
    const desk = await startSandbox({ users: 100_000 });
    const port = Number(new URL(desk.url).port);
    const idle = connect(port, '127.0.0.1');
    const busy = connect(port, '127.0.0.1');
    const closed = [idle, busy].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on('error', () => undefined);
          socket.on('close', () => {
            resolve();
          });
        }),
    );
    const query = encodeForm(sign(desk));
    busy.write(`GET /api/index.php?e=/Base/User/Filter/1/0&${query} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await new Promise((resolve) => busy.once('data', resolve));
    busy.pause();
    await Promise.all([desk.close(), desk.close()]);
    busy.resume();
    await Promise.all(closed);
    expect(desk.requests[0]?.aborted).toBe(true);
    await expect(send(desk.url)).rejects.toThrow('ECONNREFUSED');
  });

  test('happens by itself at the end of a scope', async () => {
    const desk = await startSandbox();
    await desk[Symbol.asyncDispose]();
    await expect(send(desk.url)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('options', () => {
  test.each<[SandboxOptions, string]>([
    [{ port: 70_000 }, 'port must be a whole number from 0 to 65535'],
    [{ users: -1 }, 'users must be a whole number from 0 to 10000000'],
    [{ tickets: 1.5 }, 'tickets must be a whole number from 0 to 1000000'],
    [{ seed: Number.NaN }, 'seed must be a whole number from 0 to 4294967295'],
    [{ data: 'full' as 'fresh' }, 'data must be one of: fresh, empty'],
    [{ form: 'old' as 'live' }, 'form must be one of: live, docs'],
    [{ apiKey: ' ' }, 'apiKey must not be empty'],
    [{ prot: 1 } as SandboxOptions, 'Unknown option: prot'],
  ])('%j is refused', async (options, message) => {
    await expect(startSandbox(options)).rejects.toThrow(new RangeError(message));
  });

  test('a port that is taken is an error of the system', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    blocker.close();
  });
});

import { connect as connectTcp } from 'node:net';
import { metadataOf } from '../../src/metadata/metadata-of.js';
import { sign } from '../../src/http/signature.js';
import { departmentsXml, outcomeOf, readDepartments } from '../support/calls.js';
import { Department } from '../support/desk.js';
import { parsePhpForm, type PhpMap } from '../support/php-form.js';
import { rows } from '../support/rows.js';
import {
  API_KEY,
  closeEverything,
  connect,
  firstReceived,
  type Received,
  SECRET_KEY,
  serve,
  serveTcp,
} from '../support/servers.js';

afterEach(closeEverything);

function queryOf({ url }: Received): PhpMap {
  return parsePhpForm(url.split('?')[1] ?? '');
}

function authentication(salt: string): PhpMap {
  return { apikey: API_KEY, salt, signature: sign(SECRET_KEY, salt) };
}

describe('a request', () => {
  it.each(['GET', 'DELETE'] as const)('%s carries everything in the query', async (method) => {
    const server = await serve((reply) => reply.end(departmentsXml()));
    const client = connect(server.url, { nonce: () => 'pinned' });
    await client.execute({ method, route: '/Base/User/5', parameters: [['a', ['1', '2']]] });
    const request = firstReceived(server);
    expect(request).toMatchObject({ method, body: '' });
    expect(queryOf(request)).toEqual({
      e: '/Base/User/5',
      a: { 0: '1', 1: '2' },
      ...authentication('pinned'),
    });
    expect(request.headers).not.toHaveProperty('content-type');
  });

  it.each(['POST', 'PUT'] as const)(
    '%s carries everything but the route in a form body',
    async (method) => {
      const server = await serve((reply) => reply.end(departmentsXml()));
      const client = connect(server.url, { nonce: () => 'pinned' });
      await client.execute({
        method,
        route: '/Base/User',
        parameters: [['fullname', 'Zoë & Co +1']],
      });
      const request = firstReceived(server);
      expect(queryOf(request)).toEqual({ e: '/Base/User' });
      expect(parsePhpForm(request.body)).toEqual({
        fullname: 'Zoë & Co +1',
        ...authentication('pinned'),
      });
      expect(request.headers['content-type']).toContain('application/x-www-form-urlencoded');
    },
  );

  it('lets no parameter of its own replace the authentication', async () => {
    const server = await serve((reply) => reply.end());
    const client = connect(server.url, { nonce: () => 'pinned' });
    await client.execute({ method: 'PUT', route: '/Base/User/1', parameters: [['salt', 'mine']] });
    expect(parsePhpForm(server.received[0]?.body ?? '')).toEqual(authentication('pinned'));
  });

  it('has a salt of its own, signed each time', async () => {
    const server = await serve((reply) => reply.end(departmentsXml()));
    const client = connect(server.url);
    for (let time = 0; time < 20; time += 1) await outcomeOf(readDepartments(client));
    const salts = server.received.map((request) => queryOf(request).salt as string);
    expect(new Set(salts).size).toBe(20);
    expect(server.received.map(queryOf)).toEqual(
      salts.map((salt) => ({ e: '/Base/Department', ...authentication(salt) })),
    );
  });

  it.each([
    ['e', /^\/api\/index\.php\?e=\/Base\/Department&apikey=/],
    ['path', /^\/api\/index\.php\/Base\/Department\?apikey=/],
    ['query', /^\/api\/index\.php\?\/Base\/Department&apikey=/],
  ] as const)('names its route in the style %s', async (urlStyle, expected) => {
    const server = await serve((reply) => reply.end(departmentsXml(1)));
    const client = connect(server.url, { urlStyle });
    expect(await outcomeOf(readDepartments(client))).toEqual({ ids: [1], error: undefined });
    expect(server.received[0]?.url).toMatch(expected);
  });

  it('goes through a proxy when one is given', async () => {
    const server = await serve((reply) => reply.end(departmentsXml(1)));
    const asked: string[] = [];
    const proxy = await serveTcp((socket) => {
      socket.once('data', (head: Buffer) => {
        asked.push(head.toString().split('\r\n')[0] ?? '');
        const tunnel = connectTcp(Number(new URL(server.url).port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.pipe(tunnel).pipe(socket);
        });
        tunnel.on('error', () => undefined);
      });
    });
    const client = connect('http://desk.invalid/api/', { proxy: `http://127.0.0.1:${proxy.port}` });
    expect(await outcomeOf(readDepartments(client))).toEqual({ ids: [1], error: undefined });
    expect(asked).toEqual(['CONNECT desk.invalid:80 HTTP/1.1']);
  });
});

describe('readOne', () => {
  it('gives the first record, or null, and reads the reply to its end', async () => {
    const documents = [departmentsXml(4, 5), departmentsXml()];
    const replies = [...documents];
    const server = await serve((reply) => reply.end(replies.shift()));
    const client = connect(server.url);
    const request = { method: 'GET', route: '/Base/Department/4' } as const;
    const metadata = metadataOf(Department);
    expect(await client.readOne(request, metadata, rows)).toMatchObject({ id: 4 });
    expect(await client.readOne(request, metadata, rows)).toBeNull();
    expect(client.usage.bytes).toBe(Buffer.byteLength(documents.join('')));
  });
});

describe('usage', () => {
  it('counts requests and the bytes of bodies that were decoded', async () => {
    const document = departmentsXml(1, 2);
    const server = await serve((reply) => reply.end(document));
    const client = connect(server.url);
    expect(client.usage).toEqual({ requests: 0, rows: 0, bytes: 0 });
    await outcomeOf(readDepartments(client));
    await client.execute({ method: 'DELETE', route: '/Base/Department/1' });
    expect(client.usage).toEqual({
      requests: 2,
      rows: 2,
      bytes: Buffer.byteLength(document),
    });
  });
});

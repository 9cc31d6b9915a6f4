import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { inspect } from 'node:util';
import { Department, Kayako, type ConnectionOptions, Ticket, User } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';
import { Agent } from 'undici';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

const keys = { apiKey: 'the-api-key', secretKey: 'the-secret-key' };

describe('the options', () => {
  it('name at construction everything that is missing', async () => {
    const make = (options: unknown) => () => new Kayako(options as ConnectionOptions);
    const empty = await errorOf(make({}));
    expect(empty).toMatchObject({ code: 'CONFIG_MISSING' });
    expect(empty.message).toMatch(/url.*apiKey.*secretKey/);
    expect(await errorOf(make(undefined))).toMatchObject({ code: 'CONFIG_MISSING' });
    const noSecret = await errorOf(make({ url: 'http://localhost/', apiKey: 'k', secretKey: '' }));
    expect(noSecret.message).toContain('secretKey');
    expect(noSecret.message).not.toContain('apiKey');
    expect(await errorOf(make({ url: 'support.example.com', ...keys }))).toMatchObject({
      code: 'CONFIG_MISSING',
    });
  });

  it('come from the environment', async () => {
    const environment = { KAYAKO_URL: 'http://localhost/api/', KAYAKO_API_KEY: 'k' };
    const error = await errorOf(() => Kayako.fromEnv({}, environment));
    expect(error).toMatchObject({ code: 'CONFIG_MISSING' });
    expect(error.message).toContain('KAYAKO_SECRET_KEY');
    expect(error.message).not.toContain('KAYAKO_API_KEY');
    await using sandbox = await startSandbox();
    const full = {
      KAYAKO_URL: sandbox.url,
      KAYAKO_API_KEY: sandbox.apiKey,
      KAYAKO_SECRET_KEY: sandbox.secretKey,
    };
    await using kayako = Kayako.fromEnv({}, full);
    expect(await kayako.repository(Department).count()).toBe(2);
  });

  it.each(['e', 'path', 'query'] as const)('can name routes in the %s style', async (urlStyle) => {
    await using desk = await startDesk({}, { urlStyle });
    const department = samples.department(desk.kayako);
    department.title = 'A & B';
    await department.add();
    department.type = 'private';
    await department.save();
    expect((await desk.kayako.get(Department, department.id))?.title).toBe('A & B');
    await samples.ticket(desk.kayako).add();
    expect(await desk.kayako.repository(Ticket).count()).toBe(1);
    await department.delete();
  });

  it('take a dispatcher, which is not closed with the connection', async () => {
    await using sandbox = await startSandbox();
    const dispatcher = new Agent();
    const kayako = new Kayako({ ...sandbox, dispatcher });
    expect(await kayako.repository(Department).count()).toBe(2);
    await kayako.close();
    expect(dispatcher.closed).toBe(false);
    await dispatcher.close();
  });
});

describe('a proxy', () => {
  it('carries the requests to the help desk', async () => {
    await using sandbox = await startSandbox();
    const tunnels: string[] = [];
    const proxy = createServer((_request, response) => response.writeHead(405).end());
    proxy.on('connect', (request, socket, head) => {
      tunnels.push(request.url ?? '');
      const [host, port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const kayako = new Kayako({ ...sandbox, proxy: `http://127.0.0.1:${port}` });
    expect(await kayako.repository(Department).count()).toBe(2);
    expect(tunnels).toEqual([new URL(sandbox.url).host]);
    await kayako.close();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });
});

describe('the help desk', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('refuses a wrong secret with UNAUTHORIZED, and the error shows no secret', async () => {
    await using kayako = new Kayako({ ...desk.sandbox, secretKey: 'wrong+secret/key=' });
    for (const call of [
      () => kayako.repository(Department).all(),
      () => samples.department(kayako).add(),
    ]) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
      expect(error.message).toContain('FAILED TO AUTHENTICATE');
      const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
      expect(shown).not.toContain('wrong+secret');
      expect(shown).not.toContain(desk.sandbox.apiKey);
    }
  });

  it('says in the first sentence what was asked and what was answered', async () => {
    const ticket = samples.ticket(desk.kayako);
    ticket.departmentId = 2;
    const error = await errorOf(() => ticket.add());
    expect(error).toMatchObject({
      code: 'BAD_REQUEST',
      status: 400,
      method: 'POST',
      route: '/Tickets/Ticket',
      body: 'Department App is not Tickets',
    });
    expect(error.message).toMatch(/^POST \/Tickets\/Ticket: .*400.*Department App is not Tickets/);
  });

  it.each([0, -1, 1.5, Number.NaN, '1', 'abc', null, undefined])(
    'is not asked for the id %p',
    async (id) => {
      desk.requests();
      expect(await errorOf(() => desk.kayako.get(User, id as number))).toMatchObject({
        code: 'INVALID_VALUE',
      });
      expect(desk.requests()).toEqual([]);
    },
  );
});

describe('a server that is no help desk', () => {
  let server: Server;
  let kayako: Kayako;

  async function serve(listener: RequestListener): Promise<void> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    kayako = new Kayako({ url: `http://127.0.0.1:${port}/api/index.php`, ...keys });
  }

  afterEach(async () => {
    await kayako.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ['HTML', '<!DOCTYPE html><html><body>Welcome</body></html>', 'NOT_XML'],
    ['a PHP error', '<b>Fatal error</b>: Out of memory', 'NOT_XML'],
    ['an uncaught exception', 'Uncaught Exception\nRouter: x\nBoom in ./a.php:1\n', 'NOT_XML'],
    ['nothing', '', 'EMPTY_BODY'],
    ['another resource', '<?xml version="1.0"?><users></users>', 'UNEXPECTED_ROOT'],
    ['half a document', '<?xml version="1.0"?><departments><department><id>1</id>', 'TRUNCATED'],
    [
      'a record that is damaged',
      '<departments><department><id>one</id></department></departments>',
      'RECORD_INVALID',
    ],
  ])('answers with %s', async (_name, body, code) => {
    await serve((_request, response) => response.end(body));
    for (const call of [
      () => kayako.repository(Department).all(),
      () => kayako.repository(Department).first(),
      () => kayako.get(Department, 1),
      () => samples.department(kayako).add(),
    ]) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ code, status: 200 });
      expect(error.message).toMatch(/\/Base\/Department/);
    }
  });

  it('tells in the first row before the reply breaks off', async () => {
    await serve((_request, response) => {
      response.write('<departments><department><id>1</id><title>One</title></department>');
      setImmediate(() => response.destroy());
    });
    const error = await errorOf(() => kayako.repository(Department).all());
    expect(error).toMatchObject({ code: 'TRUNCATED' });
  });

  it('cannot be reached when it is gone', async () => {
    await serve((_request, response) => response.end());
    server.close();
    const error = await errorOf(() => kayako.repository(Department).all());
    expect(error).toMatchObject({ code: 'UNREACHABLE' });
    expect(error.message).toContain('127.0.0.1');
  });
});

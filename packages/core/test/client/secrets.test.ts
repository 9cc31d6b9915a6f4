import { inspect } from 'node:util';
import { failureOf, outcomeOf, readDepartments } from '../support/calls.js';
import { parsePhpForm } from '../support/php-form.js';
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

const PASSWORD = 'corr3ct horse';

/** Everything that a log could print of an error. */
function printed(error: unknown): string {
  const { message, stack } = error as Error;
  const body = (error as { body?: string }).body ?? '';
  return [
    message,
    stack,
    body,
    JSON.stringify(error),
    String(error),
    inspect(error, { depth: 10, showHidden: true, maxStringLength: null }),
  ].join('\n');
}

function authenticationOf(request: Received): Record<'apikey' | 'salt' | 'signature', string> {
  const form = parsePhpForm(request.body === '' ? (request.url.split('?')[1] ?? '') : request.body);
  return form as Record<'apikey' | 'salt' | 'signature', string>;
}

function expectNoSecret(error: unknown, request: Received): void {
  const text = printed(error);
  const { salt, signature } = authenticationOf(request);
  for (const secret of [API_KEY, SECRET_KEY, salt, signature, PASSWORD]) {
    expect(secret.length).toBeGreaterThan(3);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(secret));
    expect(text).not.toContain(encodeURIComponent(encodeURIComponent(secret)));
  }
}

type Echo = (request: Received) => string;

const raw: Echo = (request) => `Error at ${request.method} ${request.url}\n${request.body}`;
const encoded: Echo = (request) => `Error at ${encodeURIComponent(request.url + request.body)}`;
const json: Echo = (request) =>
  JSON.stringify({ ...authenticationOf(request), secret: SECRET_KEY });
const printR: Echo = (request) => {
  const fields = { ...authenticationOf(request), password: PASSWORD, secretkey: SECRET_KEY };
  return `Array\n(\n${Object.entries(fields)
    .map(([name, value]) => `    [${name}] => ${value}\n`)
    .join('')})`;
};
const bare: Echo = (request) => {
  const { apikey, salt, signature } = authenticationOf(request);
  return `Key ${apikey} (${SECRET_KEY}) does not give ${signature} for “${salt}”`;
};

const ECHOES: readonly (readonly [string, Echo])[] = [
  ['as they came', raw],
  ['URL-encoded', encoded],
  ['as JSON', json],
  ['in the form of print_r', printR],
  ['without names', bare],
];

describe.each(ECHOES)('credentials that the server echoes %s', (_, echo) => {
  it.each([400, 401, 404, 500])('are not in an error for status %i', async (status) => {
    const server = await serve((reply, request) => reply.writeHead(status).end(echo(request)));
    const { error } = await outcomeOf(readDepartments(connect(server.url)));
    expect(error).toHaveProperty('status', status);
    expectNoSecret(error, firstReceived(server));
  });

  it.each([
    ['in front of nothing', (text: string) => text],
    ['in an uncaught exception', (text: string) => `Uncaught Exception\nRouter: x\n${text}`],
    ['in a value', (text: string) => `<departments><department><id><![CDATA[${text}]]></id>`],
    ['in the name of an element', (text: string) => `<?xml version="1.0"?><${text}></x>`],
  ])('are not in an error about the body, %s', async (_place, body) => {
    const server = await serve((reply, request) => reply.end(body(echo(request))));
    const { error } = await outcomeOf(readDepartments(connect(server.url)));
    expect(error).toHaveProperty('status', 200);
    expectNoSecret(error, firstReceived(server));
  });

  it('are not in an error of a POST', async () => {
    const server = await serve((reply, request) => reply.writeHead(400).end(echo(request)));
    const call = connect(server.url).execute({
      method: 'POST',
      route: '/Base/User',
      parameters: [['password', PASSWORD]],
    });
    const error = await failureOf(call);
    expect(error).toHaveProperty('code', 'BAD_REQUEST');
    expectNoSecret(error, firstReceived(server));
  });
});

describe('credentials', () => {
  it('are not in an error about a redirect that carries them', async () => {
    const server = await serve((reply, request) =>
      reply.writeHead(302, { location: `https://other.example.com${request.url}` }).end(),
    );
    const { error } = await outcomeOf(readDepartments(connect(server.url, { urlStyle: 'path' })));
    expect(error).toHaveProperty('code', 'REDIRECTED');
    expectNoSecret(error, firstReceived(server));
  });

  it('are not in an error about a server that speaks no HTTP and repeats what it hears', async () => {
    let heard = '';
    const { port } = await serveTcp((socket) => {
      socket.on('data', (data: Buffer) => {
        heard += data.toString();
        socket.write(data);
      });
    });
    const { error } = await outcomeOf(readDepartments(connect(`http://127.0.0.1:${port}/api/`)));
    expect(error).toHaveProperty('code', 'UNREACHABLE');
    const [, url = ''] = heard.split(' ');
    expectNoSecret(error, { method: 'GET', url, headers: {}, body: '' });
  });

  it('are not in an error about a body that breaks the protocol and repeats the request', async () => {
    let heard = '';
    const { port } = await serveTcp((socket) => {
      socket.on('data', (data: Buffer) => {
        heard += data.toString();
        socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n<depa\r\n${heard}`);
      });
    });
    const { error } = await outcomeOf(readDepartments(connect(`http://127.0.0.1:${port}/api/`)));
    expect(error).toHaveProperty('code', 'TRUNCATED');
    const [, url = ''] = heard.split(' ');
    expectNoSecret(error, { method: 'GET', url, headers: {}, body: '' });
  });

  it('are not in what can be printed of a client', () => {
    const client = connect('http://127.0.0.1:1/');
    const text = inspect(client, { depth: 10, showHidden: true }) + JSON.stringify(client);
    expect(text).not.toContain(API_KEY);
    expect(text).not.toContain(SECRET_KEY);
  });
});

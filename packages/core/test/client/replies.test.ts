import { type KayakoResponseError } from '../../src/errors/response-errors.js';
import * as errors from '../../src/errors/response-errors.js';
import { departmentsXml, failureOf, outcomeOf, readDepartments } from '../support/calls.js';
import { closeEverything, connect, serve } from '../support/servers.js';

afterEach(closeEverything);

const HTML = '<html><head><title>Error</title></head><body><h1>Out of   order</h1></body></html>';

async function failureFor(
  status: number,
  body: string,
  headers = {},
): Promise<KayakoResponseError> {
  const server = await serve((reply) => reply.writeHead(status, headers).end(body));
  const { error } = await outcomeOf(readDepartments(connect(server.url)));
  return error as KayakoResponseError;
}

describe('a reply that is no success', () => {
  it.each([
    [400, 'BadRequestError', 'BAD_REQUEST'],
    [401, 'UnauthorizedError', 'UNAUTHORIZED'],
    [403, 'ForbiddenError', 'FORBIDDEN'],
    [404, 'NotFoundError', 'NOT_FOUND'],
    [405, 'BadRequestError', 'BAD_REQUEST'],
    [500, 'ServerError', 'SERVER_ERROR'],
    [503, 'ServerError', 'SERVER_ERROR'],
  ] as const)('of status %i is a %s', async (status, name, code) => {
    const error = await failureFor(status, HTML);
    expect(error).toBeInstanceOf(errors[name]);
    expect(error).toMatchObject({
      name,
      code,
      status,
      method: 'GET',
      route: '/Base/Department',
      body: HTML,
    });
    expect(error.message).toContain('GET /Base/Department');
    expect(error.message).toContain(String(status));
    expect(error.message).toContain('Error Out of order');
    expect(error.message).not.toContain('<');
  });

  it('of status 401 says which options to check', async () => {
    const error = await failureFor(401, 'FAILED TO AUTHENTICATE');
    expect(error.message).toMatch(/FAILED TO AUTHENTICATE.*apiKey and secretKey/);
  });

  it.each([
    [401, 'NO SALT PROVIDED!: Get', /The salt did not arrive/, /secretKey/],
    [401, '<h1>Log in</h1>', /may ask for a login/, /does not say which/],
    [403, '', /Enable the REST interface/, /firewall/],
    [403, 'Blocked by policy', /firewall in front of it refuses/, /Enable/],
  ])('of status %i with %p says whose refusal it is', async (status, body, said, unsaid) => {
    const { message } = await failureFor(status, body);
    expect(message).toMatch(said);
    expect(message).not.toMatch(unsaid);
  });

  it('without a body says so', async () => {
    const error = await failureFor(403, '');
    expect(error.message).toContain('403 without a text');
    expect(error.body).toBe('');
  });

  it('that redirects is not followed, and names the new address without its query', async () => {
    const target = await serve((reply) => reply.end(departmentsXml(1)));
    const error = await failureFor(301, '', { location: `${target.url}?e=/x&apikey=1` });
    expect(error).toBeInstanceOf(errors.RedirectedError);
    expect(error.message).toContain(target.url);
    expect(error.message).not.toContain('?');
    expect(target.received).toEqual([]);
  });

  it('keeps only the beginning of a long body', async () => {
    const error = await failureFor(500, 'x'.repeat(5_000_000));
    expect(error.body.length).toBeLessThan(1_000_000);
    expect(error.message.length).toBeLessThan(1000);
  });

  it('keeps its class when its body breaks off', async () => {
    const server = await serve((reply) => {
      reply.writeHead(500, { 'content-length': '1000' }).write('half a', () => reply.destroy());
    });
    const { error } = await outcomeOf(readDepartments(connect(server.url)));
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 500 });
  });
});

describe('a 200 that is not the document asked for', () => {
  it.each([
    ['an HTML page', HTML, 'NotXmlError', 'Out of order'],
    ['a PHP error', 'Fatal error: Allowed memory size exhausted', 'NotXmlError', 'Allowed memory'],
    [
      'an uncaught exception',
      'Uncaught Exception\nRouter: /api\nUndeclared Function Called in API Controller: Put in ./a.php:5\n\n====',
      'NotXmlError',
      'Undeclared Function Called in API Controller: Put',
    ],
    [
      'an uncaught exception that quotes XML',
      'Uncaught Exception\nRouter: /api\nBroken in ./a.php:5\n=====\n<?xml version="1.0"?><departments></departments>',
      'NotXmlError',
      'Broken in ./a.php:5',
    ],
    ['nothing', '', 'EmptyBodyError', 'empty'],
    ['only white space', ' \n', 'EmptyBodyError', 'empty'],
    ['another root', '<?xml version="1.0"?><users></users>', 'UnexpectedRootError', '<users>'],
    [
      'an XHTML page',
      `<?xml version="1.0"?><!DOCTYPE html>${HTML}`,
      'UnexpectedRootError',
      '<html>',
    ],
  ] as const)('but %s is refused', async (_, body, name, text) => {
    const error = await failureFor(200, body);
    expect(error).toBeInstanceOf(errors[name]);
    expect(error).toMatchObject({ name, status: 200, method: 'GET', route: '/Base/Department' });
    expect(error.message).toContain(text);
    expect(error.message).toContain('version');
  });

  it.each([
    ['searched for a document', '', 'NOT_XML'],
    ['read on behind its document', departmentsXml(1), undefined],
  ])('is not %s without end', async (_, beginning, code) => {
    const server = await serve((reply) => {
      reply.write(beginning);
      const more = (): void => {
        while (reply.write('x'.repeat(10_000)));
        reply.once('drain', more);
      };
      more();
    });
    const { ids, error } = await outcomeOf(readDepartments(connect(server.url)));
    expect({ ids, code: (error as { code?: string } | undefined)?.code }).toEqual({
      ids: beginning === '' ? [] : [1],
      code,
    });
  });
});

describe('execute', () => {
  it.each(['', 'Put not implemented', departmentsXml(1), HTML])(
    'accepts a 200 with %j',
    async (body) => {
      const server = await serve((reply) => reply.end(body));
      const client = connect(server.url);
      await expect(
        client.execute({ method: 'DELETE', route: '/Base/User/1' }),
      ).resolves.toBeUndefined();
    },
  );

  it('refuses a 200 that reports an uncaught exception', async () => {
    const server = await serve((reply) =>
      reply.end('Uncaught Exception\nRouter: x\nBoom in ./y:1'),
    );
    const call = connect(server.url).execute({ method: 'DELETE', route: '/Base/User/1' });
    expect(await failureOf(call)).toMatchObject({
      code: 'NOT_XML',
      method: 'DELETE',
      route: '/Base/User/1',
    });
  });

  it('refuses other statuses like every call', async () => {
    const server = await serve((reply) => reply.writeHead(404).end('Ticket not Found'));
    const call = connect(server.url).execute({ method: 'PUT', route: '/Tickets/Ticket/9' });
    expect(await failureOf(call)).toMatchObject({ code: 'NOT_FOUND', body: 'Ticket not Found' });
  });
});

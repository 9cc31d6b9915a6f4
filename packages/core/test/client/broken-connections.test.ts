import { gzipSync } from 'node:zlib';
import { TruncatedError } from '../../src/errors/response-errors.js';
import { UnreachableError } from '../../src/errors/request-errors.js';
import {
  departmentsXml,
  departmentXml,
  failureOf,
  outcomeOf,
  readDepartments,
} from '../support/calls.js';
import { closeEverything, connect, serve, serveTcp } from '../support/servers.js';

afterEach(closeEverything);

const OPEN = departmentsXml(1, 2).replace('</departments>', '');

describe('a reply that breaks off', () => {
  it('by a length that promises more gives its records and TRUNCATED', async () => {
    const { port } = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${OPEN.length + 100}\r\n\r\n${OPEN}`);
      });
    });
    const { ids, error } = await outcomeOf(readDepartments(connect(`http://127.0.0.1:${port}`)));
    expect(ids).toEqual([1, 2]);
    expect(error).toBeInstanceOf(TruncatedError);
    expect(error).toMatchObject({ code: 'TRUNCATED', status: 200, route: '/Base/Department' });
    expect((error as Error).message).toContain(`after ${OPEN.length} bytes`);
  });

  it('by a reset gives its records and TRUNCATED', async () => {
    const server = await serve((reply) => {
      reply.write(OPEN, () => reply.socket?.resetAndDestroy());
    });
    const { error } = await outcomeOf(readDepartments(connect(server.url)));
    expect(error).toMatchObject({ code: 'TRUNCATED' });
  });

  it('in good form, but inside the document, gives its records and TRUNCATED', async () => {
    const server = await serve((reply) => reply.end(OPEN));
    const { ids, error } = await outcomeOf(readDepartments(connect(server.url)));
    expect({ ids, error }).toMatchObject({ ids: [1, 2], error: { code: 'TRUNCATED' } });
  });

  it.each([0.2, 0.5, 0.99])('in a gzip stream at %d of its length is TRUNCATED', async (part) => {
    const document = departmentsXml(...Array.from({ length: 3000 }, (_, index) => index));
    const zipped = gzipSync(document);
    const server = await serve((reply) => {
      reply.setHeader('content-encoding', 'gzip');
      reply.end(zipped.subarray(0, Math.floor(zipped.length * part)));
    });
    const { ids, error } = await outcomeOf(readDepartments(connect(server.url)));
    expect(error).toMatchObject({ code: 'TRUNCATED' });
    expect(ids.length).toBeLessThan(3000);
  });

  it('because its gzip stream is damaged is TRUNCATED', async () => {
    const server = await serve((reply) => {
      reply.setHeader('content-encoding', 'gzip');
      reply.end('this is no gzip');
    });
    const { error } = await outcomeOf(readDepartments(connect(server.url)));
    expect(error).toMatchObject({ code: 'TRUNCATED' });
  });

  it('with a PHP message in front keeps that message', async () => {
    const { port } = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nFatal error: out of memory');
      });
    });
    const { error } = await outcomeOf(readDepartments(connect(`http://127.0.0.1:${port}`)));
    expect(error).toMatchObject({ code: 'TRUNCATED', body: 'Fatal error: out of memory' });
  });

  it('is a success where the status says all that matters', async () => {
    const { port } = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n${departmentXml(1)}`);
      });
    });
    const call = connect(`http://127.0.0.1:${port}`).execute({
      method: 'DELETE',
      route: '/Base/User/1',
    });
    await expect(call).resolves.toBeUndefined();
  });
});

describe('a server that is not reached', () => {
  it('because nothing listens is UNREACHABLE and named', async () => {
    const { port } = await serveTcp(() => undefined);
    await closeEverything();
    const { error } = await outcomeOf(readDepartments(connect(`http://127.0.0.1:${port}/api`)));
    expect(error).toBeInstanceOf(UnreachableError);
    expect((error as Error).message).toContain(`http://127.0.0.1:${port}`);
    expect((error as Error).message).toContain('nothing listens');
  });

  it('because its name does not resolve is UNREACHABLE and named', async () => {
    const { error } = await outcomeOf(readDepartments(connect('http://desk.invalid/api')));
    expect(error).toMatchObject({ code: 'UNREACHABLE' });
    expect((error as Error).message).toMatch(/http:\/\/desk\.invalid.*host name/);
  });

  it('because it hangs up before an answer is UNREACHABLE', async () => {
    const { port } = await serveTcp((socket) => socket.once('data', () => socket.destroy()));
    const { error } = await outcomeOf(readDepartments(connect(`http://127.0.0.1:${port}/api`)));
    expect(error).toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is asked once: nothing is repeated', async () => {
    const server = await serve((reply) => reply.socket?.destroy());
    const client = connect(server.url);
    await failureOf(client.execute({ method: 'POST', route: '/Base/User' }));
    await failureOf(client.execute({ method: 'DELETE', route: '/Base/User/1' }));
    expect(server.received).toHaveLength(2);
  });
});

import { RequestTimeoutError } from '../../src/errors/request-errors.js';
import { departmentsXml, outcomeOf, readDepartments } from '../support/calls.js';
import { closeEverything, connect, serve, serveTcp } from '../support/servers.js';

afterEach(closeEverything);

const OPEN = departmentsXml(1).replace('</departments>', '');

describe('a time limit', () => {
  it('for connecting ends a handshake that nobody answers', async () => {
    const { port } = await serveTcp(() => undefined);
    const client = connect(`https://127.0.0.1:${port}/api`, { timeouts: { connectMs: 30 } });
    const { error } = await outcomeOf(readDepartments(client));
    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect((error as Error).message).toContain('within 30 ms (timeouts.connectMs)');
  });

  it('for headers ends a request that is not answered', async () => {
    const server = await serve(() => undefined);
    const client = connect(server.url, { timeouts: { headersMs: 30 } });
    const { error } = await outcomeOf(readDepartments(client));
    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect((error as Error).message).toContain('within 30 ms (timeouts.headersMs)');
  });

  it('for an idle body ends a reply that stalls, after its records', async () => {
    const server = await serve((reply) => reply.write(OPEN));
    const client = connect(server.url, { timeouts: { bodyIdleMs: 30 } });
    const { ids, error } = await outcomeOf(readDepartments(client));
    expect(ids).toEqual([1]);
    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect((error as Error).message).toContain('within 30 ms (timeouts.bodyIdleMs)');
  });

  it.each([
    ['waiting for headers', false],
    ['reading the body', true],
  ])('for the whole request ends it while %s', async (_, answers) => {
    const server = await serve((reply) => {
      if (answers) reply.write(OPEN);
    });
    const client = connect(server.url, { timeouts: { totalMs: 50 } });
    const { ids, error } = await outcomeOf(readDepartments(client));
    expect(ids).toEqual(answers ? [1] : []);
    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect((error as Error).message).toContain('after 50 ms (timeouts.totalMs)');
  });

  it('for the whole request includes waiting for a free place', async () => {
    const server = await serve(() => undefined);
    const client = connect(server.url, { timeouts: { totalMs: 50 }, maxConcurrency: 1 });
    const outcomes = await Promise.all([
      outcomeOf(readDepartments(client)),
      outcomeOf(readDepartments(client)),
    ]);
    for (const { error } of outcomes) expect(error).toHaveProperty('code', 'TIMEOUT');
  });

  it('leaves the place of a request that it ended to the next', async () => {
    const server = await serve((reply) => {
      if (server.received.length > 1) reply.end(departmentsXml(2));
    });
    const client = connect(server.url, { timeouts: { headersMs: 30 }, maxConcurrency: 1 });
    expect((await outcomeOf(readDepartments(client))).error).toHaveProperty('code', 'TIMEOUT');
    expect((await outcomeOf(readDepartments(client))).ids).toEqual([2]);
  });
});

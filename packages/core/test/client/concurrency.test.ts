import { type ServerResponse } from 'node:http';
import { departmentsXml, outcomeOf, readDepartments } from '../support/calls.js';
import { closeEverything, connect, serve } from '../support/servers.js';

afterEach(closeEverything);

const OPEN = departmentsXml(1).replace('</departments>', '');

describe('the concurrency limit', () => {
  it('holds for requests that wait for their headers; the next enters as one is answered', async () => {
    let waiting = 0;
    let most = 0;
    const server = await serve((reply) => {
      waiting += 1;
      most = Math.max(most, waiting);
      // The answer comes two turns of the event loop later, so that requests pile up.
      setImmediate(() =>
        setImmediate(() => {
          waiting -= 1;
          reply.end(departmentsXml(1));
        }),
      );
    });
    const client = connect(server.url, { maxConcurrency: 3 });
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => outcomeOf(readDepartments(client))),
    );
    expect(outcomes.map(({ ids }) => ids)).toEqual(Array.from({ length: 20 }, () => [1]));
    expect(most).toBe(3);
  });

  it('does not count bodies: four lists that are paused do not hold up a fifth', async () => {
    const server = await serve((reply) => {
      if (server.received.length <= 4) reply.write(OPEN);
      else reply.end(departmentsXml(5));
    });
    const client = connect(server.url);
    const paused = Array.from({ length: 4 }, () => readDepartments(client));
    for (const list of paused) expect((await list.next()).value).toMatchObject([{ id: 1 }]);
    expect(await outcomeOf(readDepartments(client))).toEqual({ ids: [5], error: undefined });
    for (const list of paused) await list.return();
  });

  it('gives back the place of every request that fails', async () => {
    const server = await serve((reply) => {
      if (server.received.length < 10) reply.socket?.destroy();
      else reply.end(departmentsXml(1));
    });
    const client = connect(server.url, { maxConcurrency: 1 });
    for (let time = 0; time < 9; time += 1)
      expect((await outcomeOf(readDepartments(client))).error).toHaveProperty(
        'code',
        'UNREACHABLE',
      );
    expect((await outcomeOf(readDepartments(client))).ids).toEqual([1]);
  });
});

describe('close', () => {
  it('ends calls in every state with CLOSED, and their connections with them', async () => {
    const replies: ServerResponse[] = [];
    let arrived = (): void => undefined;
    const both = new Promise<void>((resolve) => (arrived = resolve));
    const closed: Promise<void>[] = [];
    const server = await serve((reply) => {
      closed.push(new Promise((resolve) => reply.on('close', resolve)));
      replies.push(reply);
      if (replies.length === 1) reply.write(OPEN);
      else arrived();
    });
    const client = connect(server.url, { maxConcurrency: 1 });
    const reading = readDepartments(client);
    expect((await reading.next()).value).toMatchObject([{ id: 1 }]);
    const rest = outcomeOf(reading);
    const unanswered = outcomeOf(readDepartments(client));
    const queued = outcomeOf(readDepartments(client));
    await both;
    await client.close();
    for (const { error } of await Promise.all([rest, unanswered, queued]))
      expect(error).toHaveProperty('code', 'CLOSED');
    await Promise.all(closed);
    expect(server.received).toHaveLength(2);
  });

  it('refuses later calls with CLOSED, and may be repeated', async () => {
    const server = await serve((reply) => reply.end(departmentsXml(1)));
    const client = connect(server.url);
    await outcomeOf(readDepartments(client));
    await client.close();
    await client.close();
    expect((await outcomeOf(readDepartments(client))).error).toHaveProperty('code', 'CLOSED');
    expect(server.received).toHaveLength(1);
  });

  it('lets an idle connection go', async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((reply) => {
      closed = new Promise((resolve) =>
        reply.socket?.on('close', () => {
          resolve();
        }),
      );
      reply.end(departmentsXml(1));
    });
    const client = connect(server.url);
    await outcomeOf(readDepartments(client));
    await client.close();
    await expect(closed).resolves.toBeUndefined();
  });
});

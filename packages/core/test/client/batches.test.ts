import { gzipSync } from 'node:zlib';
import { departmentsXml, departmentXml, outcomeOf, readDepartments } from '../support/calls.js';
import { closeEverything, connect, serve } from '../support/servers.js';

afterEach(closeEverything);

describe('a list that is read', () => {
  it('comes in one batch per chunk that completed records', async () => {
    const document = departmentsXml(1, 2, 3);
    const middle = document.indexOf(departmentXml(3)) + 20;
    let sendRest: (() => void) | undefined;
    const server = await serve((reply) => {
      reply.write(document.slice(0, middle));
      sendRest = () => reply.end(document.slice(middle));
    });
    const batches = readDepartments(connect(server.url));
    const first = await batches.next();
    expect(first.value).toMatchObject([{ id: 1 }, { id: 2 }]);
    sendRest?.();
    expect(await batches.next()).toMatchObject({ value: [{ id: 3 }] });
    expect(await batches.next()).toEqual({ done: true, value: undefined });
  });

  it('gives what was complete before the damage, then the error', async () => {
    const server = await serve((reply) =>
      reply.end(`<departments>${departmentXml(1)}${departmentXml(2)}<department></wrong>`),
    );
    const { ids, error } = await outcomeOf(readDepartments(connect(server.url)));
    expect(ids).toEqual([1, 2]);
    expect(error).toMatchObject({ code: 'RECORD_INVALID', status: 200, method: 'GET' });
  });

  it('is decoded from gzip while it streams', async () => {
    const document = departmentsXml(...Array.from({ length: 5000 }, (_, index) => index + 1));
    const server = await serve((reply) => {
      reply.setHeader('content-encoding', 'gzip');
      reply.end(gzipSync(document));
    });
    const batches: number[] = [];
    const client = connect(server.url);
    for await (const batch of readDepartments(client)) batches.push(batch.length);
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.reduce((sum, length) => sum + length)).toBe(5000);
    expect(server.received[0]?.headers['accept-encoding']).toBe('gzip');
    expect(client.usage.bytes).toBe(Buffer.byteLength(document));
  });

  it('sends nothing before the first batch is asked for', async () => {
    const server = await serve((reply) => reply.end(departmentsXml()));
    const client = connect(server.url);
    const batches = readDepartments(client);
    expect(client.usage.requests).toBe(0);
    await batches.return();
    expect(server.received).toEqual([]);
  });

  it.each(['plain', 'gzip'])(
    'closes its connection when it is left early (%s)',
    async (encoding) => {
      let closed: Promise<void> | undefined;
      const server = await serve((reply) => {
        closed = new Promise((resolve) =>
          reply.socket?.on('close', () => {
            resolve();
          }),
        );
        const part = departmentsXml(1).replace('</departments>', '');
        if (encoding === 'gzip') {
          reply.setHeader('content-encoding', 'gzip');
          // A gzip stream cut in the middle: the server is still about to send the rest.
          reply.write(gzipSync(part + departmentXml(2).repeat(2000)).subarray(0, -30));
        } else reply.write(part);
      });
      for await (const batch of readDepartments(connect(server.url))) {
        expect(batch[0]).toMatchObject({ id: 1 });
        break;
      }
      await expect(closed).resolves.toBeUndefined();
    },
  );

  it('keeps its connection for later requests when it is read to its end', async () => {
    const ports = new Set<number | undefined>();
    const server = await serve((reply) => {
      ports.add(reply.socket?.remotePort);
      reply.end(departmentsXml(1));
    });
    const client = connect(server.url);
    for (let time = 0; time < 20; time += 1) await outcomeOf(readDepartments(client));
    expect(server.received).toHaveLength(20);
    // The pool may open a second connection while the first is still being given back.
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

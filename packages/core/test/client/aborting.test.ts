import { getEventListeners } from 'node:events';
import {
  departmentsXml,
  departmentXml,
  failureOf,
  outcomeOf,
  readDepartments,
} from '../support/calls.js';
import { closeEverything, connect, serve } from '../support/servers.js';

afterEach(closeEverything);

const OPEN = departmentsXml(1).replace('</departments>', '');
const REASON = { because: 'the test says so' };

describe('a call whose signal aborts', () => {
  it('before it starts rejects with the reason itself and sends nothing', async () => {
    const server = await serve((reply) => reply.end(departmentsXml(1)));
    const signal = AbortSignal.abort(REASON);
    const client = connect(server.url);
    expect((await outcomeOf(readDepartments(client, { signal }))).error).toBe(REASON);
    const call = client.execute({ method: 'DELETE', route: '/Base/User/1' }, { signal });
    expect(await failureOf(call)).toBe(REASON);
    expect(server.received).toEqual([]);
  });

  it('while it waits for headers rejects with the reason itself and hangs up', async () => {
    const abort = new AbortController();
    let closed: Promise<void> | undefined;
    const server = await serve((reply) => {
      closed = new Promise((resolve) => reply.on('close', resolve));
      abort.abort(REASON);
    });
    const { error } = await outcomeOf(readDepartments(connect(server.url), abort));
    expect(error).toBe(REASON);
    await expect(closed).resolves.toBeUndefined();
  });

  it('in the middle of the body rejects with the reason itself and hangs up', async () => {
    const abort = new AbortController();
    let closed: Promise<void> | undefined;
    const server = await serve((reply) => {
      closed = new Promise((resolve) => reply.on('close', resolve));
      reply.write(OPEN);
    });
    const batches = readDepartments(connect(server.url), abort);
    expect((await batches.next()).value).toMatchObject([{ id: 1 }]);
    const next = batches.next();
    abort.abort(REASON);
    expect(await failureOf(next)).toBe(REASON);
    await expect(closed).resolves.toBeUndefined();
  });

  it('between two batches rejects with the reason, although the rest has arrived', async () => {
    const abort = new AbortController();
    const server = await serve((reply) => {
      reply.end(departmentsXml(...Array.from({ length: 3000 }, (_, index) => index + 1)));
    });
    const batches = readDepartments(connect(server.url), abort);
    await batches.next();
    abort.abort(REASON);
    expect(await failureOf(drain(batches))).toBe(REASON);
  });

  it('while the body of a refusal is read rejects with the reason itself', async () => {
    const abort = new AbortController();
    const server = await serve((reply) => {
      reply.writeHead(500).write('wait for it', () => {
        abort.abort(REASON);
      });
    });
    const { error } = await outcomeOf(readDepartments(connect(server.url), abort));
    expect(error).toBe(REASON);
  });

  it('while it waits for a free place rejects with the reason and is never sent', async () => {
    let answer: (() => void) | undefined;
    const server = await serve((reply) => {
      answer = () => reply.end(departmentsXml(1));
      started();
    });
    let started = (): void => undefined;
    const first = new Promise<void>((resolve) => (started = resolve));
    const client = connect(server.url, { maxConcurrency: 1 });
    const running = outcomeOf(readDepartments(client));
    await first;
    const abort = new AbortController();
    const waiting = outcomeOf(readDepartments(client, abort));
    abort.abort(REASON);
    expect((await waiting).error).toBe(REASON);
    answer?.();
    expect((await running).ids).toEqual([1]);
    expect(server.received).toHaveLength(1);
  });

  it('without a reason rejects with the AbortError of the platform', async () => {
    const abort = new AbortController();
    const server = await serve(() => {
      abort.abort();
    });
    const { error } = await outcomeOf(readDepartments(connect(server.url), abort));
    expect(error).toBe(abort.signal.reason);
    expect(error).toHaveProperty('name', 'AbortError');
  });
});

describe('a signal that lives long', () => {
  it('is left without listeners by a hundred calls, however they end', async () => {
    const endings = [
      departmentsXml(1),
      OPEN,
      '<html>',
      `<departments>${departmentXml(1)}<department></x>`,
    ];
    const server = await serve((reply) => {
      const turn = server.received.length % 5;
      if (turn === 4) reply.writeHead(500).end('broken');
      else reply.end(endings[turn]);
    });
    const { signal } = new AbortController();
    const client = connect(server.url);
    for (let call = 0; call < 100; call += 1) {
      const batches = readDepartments(client, { signal });
      if (call % 7 === 0) {
        await batches.next().catch(() => undefined);
        await batches.return();
      } else await outcomeOf(batches);
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    }
    await client.execute({ method: 'DELETE', route: '/x' }, { signal }).catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

async function drain(batches: AsyncIterable<unknown>): Promise<void> {
  for await (const batch of batches) expect(batch).toBeDefined();
}

import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Sandbox } from '@kayako-orm/sandbox';

/** Stands between a client and a sandbox, and lets a test say what becomes of each request. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** Called with each route; what it returns or resolves to is done with the reply. */
  treat: (route: string, method: string) => Treatment | Promise<Treatment>;
}

/**
 * `cut`: the reply breaks off before the last occurrence of a text. `status`: answered without asking the sandbox.
 * `until`: the reply is held back when the sandbox
 * has answered, which `answered` is told of.
 */
export type Treatment =
  | 'pass'
  | 'refuse'
  | { readonly cut: string }
  | { readonly status: number; readonly body: string }
  | { readonly until: Promise<void>; readonly answered: () => void };

export async function startProxy(sandbox: Sandbox): Promise<Proxy> {
  const { hostname, port, pathname } = new URL(sandbox.url);

  const pass = (incoming: IncomingMessage): Promise<{ status: number; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const { method, url: path } = incoming;
      const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
      const passed = request({ hostname, port, method, path, headers }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => {
          resolve({ status: reply.statusCode ?? 500, body: Buffer.concat(chunks) });
        });
      });
      passed.on('error', reject);
      incoming.pipe(passed);
    });

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const route = new URL(incoming.url ?? '', sandbox.url).searchParams.get('e') ?? '';
    const treatment = await proxy.treat(route, incoming.method ?? '');
    if (treatment === 'refuse') {
      outgoing.writeHead(500).end('broken');
      return;
    }
    if (typeof treatment === 'object' && 'status' in treatment) {
      outgoing.writeHead(treatment.status, { 'content-type': 'text/xml' }).end(treatment.body);
      return;
    }
    const { status, body } = await pass(incoming);
    if (typeof treatment === 'object' && 'until' in treatment) {
      treatment.answered();
      await treatment.until;
    }
    outgoing.writeHead(status, { 'content-type': 'text/xml' });
    if (treatment === 'pass' || 'until' in treatment) outgoing.end(body);
    else {
      outgoing.write(body.subarray(0, body.lastIndexOf(treatment.cut)), () => {
        outgoing.destroy();
      });
    }
  };

  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: Proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    treat: () => 'pass',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

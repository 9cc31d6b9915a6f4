import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { ApiClient } from '../../src/client.js';
import { type ConnectionOptions } from '../../src/http/connection-options.js';

export const API_KEY = 'f0e1-key+with/odd=characters';
export const SECRET_KEY = 'c2VjcmV0+a2V5/Zm9yIHRlc3Rz=';

const closing: (() => Promise<void>)[] = [];

async function listening(server: Server): Promise<{ port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    if (server.listening) await once(server, 'close');
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

/** One request as the server saw it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface TestServer {
  readonly url: string;
  readonly received: Received[];
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<Socket>;
}

/** The first request that a server received. */
export function firstReceived({ received }: TestServer): Received {
  const [first] = received;
  if (first === undefined) throw new Error('the server received no request');
  return first;
}

/** Answers a request that was read to its end. */
export type Answer = (reply: ServerResponse, request: Received) => void;

/** An HTTP server on a free port. {@link closeEverything} ends it. */
export async function serve(answer: Answer): Promise<TestServer> {
  const received: Received[] = [];
  const listener: RequestListener = (request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const seen: Received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      };
      received.push(seen);
      answer(reply, seen);
    });
  };
  const { port, sockets } = await listening(createServer(listener));
  return { url: `http://127.0.0.1:${port}/api/index.php`, received, sockets };
}

/** A server below HTTP: what it writes is up to the test. */
export async function serveTcp(onConnection: (socket: Socket) => void): Promise<{ port: number }> {
  return listening(createTcpServer(onConnection));
}

/** A client that {@link closeEverything} closes. */
export function connect(url: string, options: Partial<ConnectionOptions> = {}): ApiClient {
  const client = new ApiClient({ url, apiKey: API_KEY, secretKey: SECRET_KEY, ...options });
  closing.push(() => client.close());
  return client;
}

/** Closes what a test opened, the last first. To be called after each test. */
export async function closeEverything(): Promise<void> {
  for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
}

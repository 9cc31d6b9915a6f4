import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { inspect } from 'node:util';

import { type DocumentForm } from '../xml/document-form.js';
import { BodyTooLargeError } from './body.js';
import { type Incoming, readIncoming, withoutAuthentication } from './incoming.js';
import { htmlPage, type Reply, textReply } from './reply.js';
import { type RequestLog, toRecord } from './request-log.js';
import { findRoute, parseTarget, splitRoute } from './route.js';
import { sendReply } from './send-reply.js';
import { FormMap } from './form-map.js';

/** Answers one request; it may be called for several requests at once. */
export type Answer = (incoming: Incoming) => Reply;

export interface HttpServer {
  readonly port: number;
  /** Resolves when every request received so far has been answered or given up. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Room for lists of thousands of ids in a route. */
const MAX_HEADER_BYTES = 128 * 1024;
const HEADERS_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 300_000;
const KEEP_ALIVE_TIMEOUT_MS = 30_000;

/** Listens until closed. @throws the error of `listen`, such as `EADDRINUSE` */
export async function listen(options: {
  readonly host: string;
  readonly port: number;
  readonly form: DocumentForm;
  readonly log: RequestLog;
  readonly answer: Answer;
}): Promise<HttpServer> {
  const open = new Set<Promise<void>>();
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
    (request, response) => {
      const exchange = exchangeOf(request, response, options);
      open.add(exchange);
      void exchange.finally(() => open.delete(exchange));
    },
  );
  server.on('clientError', refuseMalformed);
  await listening(server, options.host, options.port);
  const settled = async (): Promise<void> => {
    while (open.size > 0) await Promise.all(open);
  };
  let closed: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    settled,
    close: () => (closed ??= close(server).then(settled)),
  };
}

/** Runs one request to its end; never rejects. */
async function exchangeOf(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly form: DocumentForm; readonly log: RequestLog; readonly answer: Answer },
): Promise<void> {
  const target = parseTarget(request.url ?? '');
  const entry = options.log.open(request.method ?? '');
  entry.query = toRecord(withoutAuthentication(withoutRoute(target.query)));
  entry.route = routeText(findRoute(target, new FormMap()));
  const ended = new Promise<void>((resolve) => {
    response.on('close', () => {
      entry.aborted = !response.writableFinished;
      resolve();
    });
  });
  response.on('error', () => undefined);
  request.on('error', () => undefined);
  try {
    const reply = await replyTo(request, target, options.answer, (incoming) => {
      entry.route = routeText(incoming.segments?.join('/'));
      entry.body = toRecord(withoutAuthentication(incoming.form));
    });
    if (reply !== undefined) await sendReply(request, response, reply, options.form, entry);
  } catch {
    // The reply has begun and cannot be taken back; an unfinished document is what the client must notice.
    response.destroy();
  }
  await ended;
}

async function replyTo(
  request: IncomingMessage,
  target: ReturnType<typeof parseTarget>,
  answer: Answer,
  received: (incoming: Incoming) => void,
): Promise<Reply | undefined> {
  let incoming: Incoming;
  try {
    incoming = await readIncoming(request, target);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      request.resume();
      return htmlPage(413, 'Payload Too Large');
    }
    // The client went away in the middle of its body.
    request.destroy();
    return undefined;
  }
  received(incoming);
  try {
    return answer(incoming);
  } catch (error) {
    return textReply(500, `Sandbox failure\n${inspect(error)}`);
  }
}

function routeText(route: string | undefined): string {
  return route === undefined ? '' : `/${splitRoute(route).join('/')}`;
}

function withoutRoute(query: FormMap): FormMap {
  const copy = new FormMap();
  for (const [name, value] of query) if (name !== 'e') copy.set(name, value);
  return copy;
}

function refuseMalformed(_error: Error, socket: Socket): void {
  if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  else socket.destroy();
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

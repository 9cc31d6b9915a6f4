import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { Agent, type Dispatcher, ProxyAgent, request as undiciRequest } from 'undici';
import { RequestTimeoutError } from '../errors/request-errors.js';
import { AbortScope } from './abort-scope.js';
import { type MultipartBody } from './multipart-body.js';
import { closedError, harmlessCause, requestFailure } from './network-errors.js';
import { Semaphore } from './semaphore.js';
import {
  BodyError,
  type HttpRequest,
  type HttpResponse,
  type Timeouts,
  type Transport,
} from './transport.js';

export interface UndiciTransportOptions {
  readonly timeouts: Timeouts;
  /** Requests that wait for their reply's headers at the same time. */
  readonly maxConcurrency: number;
  /** A dispatcher of your own; it is not closed with the transport. */
  readonly dispatcher?: Dispatcher | undefined;
  /** URL of an HTTP proxy. */
  readonly proxy?: string | undefined;
}

function bodyHeaders(body: HttpRequest['body']): Record<string, string> {
  if (body === undefined) return {};
  if (typeof body === 'string') {
    return { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
  }
  const { contentType, contentLength } = body;
  return {
    'content-type': contentType,
    ...(contentLength !== undefined && { 'content-length': String(contentLength) }),
  };
}

/** The body as undici takes it; one that fails while it is sent ends its request with its own error. */
function sentBody(body: HttpRequest['body'], scope: AbortScope): string | Readable | null {
  if (typeof body !== 'object') return body ?? null;
  async function* chunks(multipart: MultipartBody): AsyncGenerator<Uint8Array> {
    try {
      yield* multipart;
    } catch (error) {
      scope.abort(error);
      throw error;
    }
  }
  const stream = Readable.from(chunks(body), { objectMode: false });
  // The request reports it.
  stream.on('error', () => undefined);
  return stream;
}

/**
 * HTTP over undici with connections of its own.
 *
 * The concurrency limit counts requests until their headers arrive: that is when the server works. Bodies being
 * read do not count, so that a consumer who pauses one list to load something else never waits for itself.
 */
export class UndiciTransport implements Transport {
  readonly #dispatcher: Dispatcher;
  readonly #ownsDispatcher: boolean;
  readonly #timeouts: Timeouts;
  readonly #slots: Semaphore;
  readonly #running = new Set<AbortScope>();
  #closed = false;

  constructor(options: UndiciTransportOptions) {
    const { timeouts, proxy } = options;
    const settings = {
      connect: { timeout: timeouts.connectMs },
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.bodyIdleMs,
    };
    this.#ownsDispatcher = options.dispatcher === undefined;
    this.#dispatcher =
      options.dispatcher ??
      (proxy === undefined ? new Agent(settings) : new ProxyAgent({ ...settings, uri: proxy }));
    this.#timeouts = timeouts;
    this.#slots = new Semaphore(options.maxConcurrency);
  }

  async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
    if (this.#closed) throw closedError(request.label);
    const scope = new AbortScope(request.label, signal, this.#timeouts.totalMs, this.#running);
    try {
      const release = await this.#slots.acquire(scope.signal);
      try {
        return this.#response(await this.#dispatch(request, scope), request, scope);
      } finally {
        release();
      }
    } catch (error) {
      scope.close();
      if (scope.signal.aborted) throw scope.signal.reason;
      throw requestFailure(error, request.label, request.url.origin, this.#timeouts);
    }
  }

  #dispatch(request: HttpRequest, scope: AbortScope): Promise<Dispatcher.ResponseData> {
    return undiciRequest(request.url, {
      method: request.method,
      headers: {
        accept: 'text/xml',
        'accept-encoding': 'gzip',
        'user-agent': 'kayako-orm',
        ...bodyHeaders(request.body),
      },
      body: sentBody(request.body, scope),
      signal: scope.signal,
      dispatcher: this.#dispatcher,
      headersTimeout: this.#timeouts.headersMs,
      bodyTimeout: this.#timeouts.bodyIdleMs,
    });
  }

  #response(reply: Dispatcher.ResponseData, request: HttpRequest, scope: AbortScope): HttpResponse {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(reply.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    // An abort between headers and the first read would otherwise be an uncaught 'error' event.
    reply.body.on('error', () => undefined);
    const gzipped = /^\s*(?:x-)?gzip\s*$/i.test(headers['content-encoding'] ?? '');
    const body = (): Readable =>
      gzipped ? pipeline(reply.body, createGunzip(), () => undefined) : reply.body;
    return {
      status: reply.statusCode,
      headers,
      body: { [Symbol.asyncIterator]: () => this.#read(body(), request, scope) },
    };
  }

  async *#read(
    stream: Readable,
    request: HttpRequest,
    scope: AbortScope,
  ): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream) yield chunk as Uint8Array;
    } catch (error) {
      if (scope.signal.aborted) throw scope.signal.reason;
      const failure = requestFailure(error, request.label, request.url.origin, this.#timeouts);
      // Headers came, so the server was reached: anything but a time-out or close() is a cut reply.
      if (failure instanceof RequestTimeoutError || failure.code === 'CLOSED') throw failure;
      throw new BodyError('the body broke off', { cause: harmlessCause(error) });
    } finally {
      scope.close();
      stream.destroy();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const scope of this.#running) scope.abort(closedError(scope.label));
    if (this.#ownsDispatcher) await this.#dispatcher.destroy();
  }
}

import { type HttpServer, listen } from './http/http-server.js';
import { type ReceivedRequest, RequestLog } from './http/request-log.js';
import { resolveOptions, type ResolvedOptions, type SandboxOptions } from './options.js';
import { dispatch } from './resources/dispatch.js';
import { createStore } from './seed/create-store.js';
import { type DocumentForm } from './xml/document-form.js';
import { docsForm } from './xml/docs-form.js';
import { liveForm } from './xml/live-form.js';
import { polluted } from './xml/polluted-form.js';

/** A running server. Whoever started it closes it, or declares it with `await using`. */
export interface Sandbox extends AsyncDisposable {
  /** The URL clients are given; it ends in `/api/index.php`. */
  readonly url: string;
  readonly apiKey: string;
  readonly secretKey: string;
  /** What was received, oldest first; the same array for the life of the sandbox, at most the last 10,000 requests. */
  readonly requests: readonly ReceivedRequest[];
  /** Empties `requests`. */
  clearRequests(): void;
  /** Resolves when every request received so far has been answered or given up by its client. */
  settled(): Promise<void>;
  /** Goes back to the data the sandbox was started with; `requests` stays. */
  reset(): void;
  /** Stops listening and ends every connection. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Starts a server that answers like the REST API of Kayako Classic, in memory.
 * @throws {RangeError} for an option that makes no sense, and the error of `listen`, such as `EADDRINUSE`
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const resolved = resolveOptions(options);
  const log = new RequestLog();
  let store = createStore(resolved);
  const server = await listen({
    host: resolved.host,
    port: resolved.port,
    form: formOf(resolved),
    log,
    answer: (incoming) =>
      dispatch(
        {
          store,
          apiKey: resolved.apiKey,
          secretKey: resolved.secretKey,
          behaviour: resolved,
          now: Math.floor(resolved.clock().getTime() / 1000),
        },
        incoming,
      ),
  });
  return {
    url: urlOf(resolved.host, server),
    apiKey: resolved.apiKey,
    secretKey: resolved.secretKey,
    requests: log.entries,
    clearRequests: () => {
      log.clear();
    },
    settled: server.settled,
    reset: () => {
      store = createStore(resolved);
    },
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}

function formOf(options: ResolvedOptions): DocumentForm {
  const form = options.form === 'docs' ? docsForm : liveForm;
  return options.pollute ? polluted(form) : form;
}

function urlOf(host: string, server: HttpServer): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${server.port}/api/index.php`;
}

import { RequestTimeoutError } from '../errors/request-errors.js';

/**
 * The lifetime of one request: ends by the caller's signal, by the total time limit, or by {@link close}.
 * Listener and timer are gone after close, however the request ended.
 */
export class AbortScope {
  readonly #abort = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #forward = (): void => {
    this.#abort.abort(this.#caller?.reason);
  };

  constructor(label: string, caller: AbortSignal | undefined, totalMs: number | undefined) {
    this.#caller = caller;
    caller?.throwIfAborted();
    caller?.addEventListener('abort', this.#forward, { once: true });
    if (totalMs !== undefined) {
      this.#timer = setTimeout(() => {
        this.#abort.abort(
          new RequestTimeoutError(
            `${label}: not finished after ${totalMs} ms (timeouts.totalMs). Raise the limit or ask for less.`,
          ),
        );
      }, totalMs);
    }
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#forward);
  }
}

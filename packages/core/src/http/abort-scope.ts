import { RequestTimeoutError } from '../errors/request-errors.js';
import { abortWith } from './on-abort.js';

/**
 * The lifetime of one request: ends by the caller's signal, by the total time limit, or by {@link close}.
 * Listener and timer are gone after close, however the request ended.
 */
export class AbortScope {
  readonly #abort = new AbortController();
  readonly #letGo: (() => void) | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #group: Set<AbortScope>;
  readonly label: string;

  /** @param group holds the scope as long as it is open. */
  constructor(
    label: string,
    caller: AbortSignal | undefined,
    totalMs: number | undefined,
    group: Set<AbortScope>,
  ) {
    caller?.throwIfAborted();
    this.label = label;
    this.#group = group.add(this);
    this.#letGo = abortWith(caller, this.#abort);
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

  abort(reason: unknown): void {
    this.#abort.abort(reason);
  }

  close(): void {
    this.#group.delete(this);
    clearTimeout(this.#timer);
    this.#letGo?.();
  }
}

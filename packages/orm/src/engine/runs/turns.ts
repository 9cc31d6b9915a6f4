import { abortable } from '@kayako-orm/core';

/** Lets pieces of work on the same thing run one after the other. */
export class Turns {
  readonly #last = new Map<unknown, Promise<void>>();

  /**
   * Does the work when all that was asked for before it has ended, well or not. Who gives up is told at once: what has
   * not begun is not done, what has begun goes on.
   */
  take<Result>(
    key: unknown,
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const outcome = this.#after(this.#last.get(key), signal, work);
    const forget = (): void => {
      if (this.#last.get(key) === ended) this.#last.delete(key);
    };
    const ended = outcome.then(forget, forget);
    this.#last.set(key, ended);
    return abortable(outcome, signal);
  }

  async #after<Result>(
    before: Promise<void> | undefined,
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await before;
    signal?.throwIfAborted();
    return work();
  }
}

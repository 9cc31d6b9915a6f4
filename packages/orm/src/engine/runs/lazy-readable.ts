import { Readable } from 'node:stream';
import { abortWith } from '@kayako-orm/core';
import { ABANDONED } from './run.js';

/**
 * A stream of bytes that is begun at the first read, with a signal that aborts with the caller's or as soon as the stream
 * is destroyed. It is read ahead by no more than Node's streams buffer.
 *
 * A stream that was destroyed never ends, so nobody takes what it gave for all there is. `Readable.from` would let an
 * iterator that reports its end after it was left end the stream.
 */
export function lazyReadable(
  open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  caller: AbortSignal | undefined,
): Readable {
  const abort = new AbortController();
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const letGo = abortWith(caller, abort);
    try {
      yield* open(abort.signal);
    } finally {
      letGo();
    }
  }
  const pieces = bytes();
  return new Readable({
    read() {
      pieces.next().then(
        ({ done, value }) => {
          if (!this.destroyed) this.push(done === true ? null : value);
        },
        (error: unknown) => this.destroy(error as Error),
      );
    },
    destroy(error, callback) {
      abort.abort(ABANDONED);
      pieces
        .return(undefined)
        .catch(() => undefined)
        .finally(() => {
          callback(error);
        });
    },
  });
}

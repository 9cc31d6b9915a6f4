import { Readable } from 'node:stream';
import { onAbort } from '@kayako-orm/core';
import { abandonable } from './abandonable.js';
import { ABANDONED } from './run.js';

/**
 * A stream of bytes that is begun at the first read, with a signal that aborts with the caller's or as soon as the stream
 * is destroyed. It is read ahead by no more than Node's streams buffer.
 */
export function lazyReadable(
  open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  caller: AbortSignal | undefined,
): Readable {
  async function* bytes(begun: (abandon: () => void) => void): AsyncGenerator<Uint8Array> {
    const abort = new AbortController();
    begun(() => {
      abort.abort(ABANDONED);
    });
    const letGo =
      caller === undefined
        ? () => undefined
        : onAbort(caller, () => {
            abort.abort(caller.reason);
          });
    try {
      yield* open(abort.signal);
    } finally {
      letGo();
    }
  }
  return Readable.from(abandonable(bytes), { objectMode: false });
}

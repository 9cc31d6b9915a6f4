import { onAbort } from '@kayako-orm/core';
import { Observable } from 'rxjs';

/**
 * A cold Observable over batches. Unsubscribing aborts the signal, so even a stalled read is let go of at once; the
 * iterator alone would notice only at its next item.
 */
export function toObservable<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item[]>,
  outer?: AbortSignal,
): Observable<Item> {
  return new Observable<Item>((subscriber) => {
    const abort = new AbortController();
    const letGo =
      outer === undefined
        ? undefined
        : onAbort(outer, () => {
            abort.abort(outer.reason);
          });
    const pump = async (): Promise<void> => {
      try {
        for await (const batch of open(abort.signal)) {
          for (const item of batch) {
            if (subscriber.closed) return;
            abort.signal.throwIfAborted();
            subscriber.next(item);
          }
          if (subscriber.closed) return;
        }
        subscriber.complete();
      } catch (error) {
        // After unsubscribing this is our own abort; rxjs would report it as unhandled.
        if (!subscriber.closed) subscriber.error(error);
      }
    };
    void pump();
    return () => {
      letGo?.();
      abort.abort();
    };
  });
}

import { abortWith } from '@kayako-orm/core';
import { Observable, share } from 'rxjs';

type Open<Item> = (signal: AbortSignal) => AsyncIterable<Item[]>;

/** @param deliver makes of each item what is handed out, at the moment when it is. */
function fromBatches<Item, Value>(
  open: Open<Item>,
  deliver: (item: Item) => Value,
  outer: AbortSignal | undefined,
): Observable<Value> {
  return new Observable<Value>((subscriber) => {
    const abort = new AbortController();
    const letGo = abortWith(outer, abort);
    const pump = async (): Promise<void> => {
      try {
        for await (const batch of open(abort.signal)) {
          for (const item of batch) {
            if (subscriber.closed) return;
            abort.signal.throwIfAborted();
            subscriber.next(deliver(item));
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
      letGo();
      abort.abort();
    };
  });
}

/**
 * A cold Observable over batches. Unsubscribing aborts the signal, so even a stalled read is let go of at once; the
 * iterator alone would notice only at its next item.
 */
export function toObservable<Item>(open: Open<Item>, outer?: AbortSignal): Observable<Item> {
  return fromBatches(open, (item) => item, outer);
}

/**
 * One reading for all subscribers: opened for the first, given up with the last, or at an error, and opened again for
 * the next first one.
 * @param deliver called once for each item, just before the subscribers get what it makes of it; never once the last
 * of them has left.
 */
export function toSharedObservable<Item, Value>(
  open: Open<Item>,
  deliver: (item: Item) => Value,
  outer: AbortSignal | undefined,
): Observable<Value> {
  return fromBatches(open, deliver, outer).pipe(share());
}

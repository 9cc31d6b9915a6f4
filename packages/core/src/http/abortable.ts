import { onAbort } from './on-abort.js';

/** What a promise gives, unless the signal aborts first: then its reason. What is behind the promise goes on. */
export function abortable<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const letGo = onAbort(signal, () => {
      reject(signal.reason as Error);
    });
    promise.then(resolve, reject).finally(letGo);
  });
}

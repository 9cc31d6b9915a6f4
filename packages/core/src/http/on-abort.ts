import { setMaxListeners } from 'node:events';

/**
 * Calls a function when a signal aborts, at once when it has aborted already.
 *
 * Many calls may share one signal, each with a listener of its own: that is no leak, so Node need not warn of it.
 * @returns the function that lets go of the signal.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  setMaxListeners(Infinity, signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => {
    signal.removeEventListener('abort', listener);
  };
}

/**
 * Aborts a controller when a caller's signal does, with its reason.
 * @returns the function that lets go of the signal.
 */
export function abortWith(caller: AbortSignal | undefined, abort: AbortController): () => void {
  if (caller === undefined) return () => undefined;
  return onAbort(caller, () => {
    abort.abort(caller.reason);
  });
}

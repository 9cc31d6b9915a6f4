import { setImmediate as loopTurn } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';

class Controller implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;
  readonly rawHeaders: string[] = [];

  abort(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }
}

async function answer(
  chunks: readonly Uint8Array[],
  handler: Dispatcher.DispatchHandler,
): Promise<void> {
  const controller = new Controller();
  handler.onRequestStart?.(controller, null);
  handler.onResponseStart?.(controller, 200, { 'content-type': 'text/xml' }, 'OK');
  for (const chunk of chunks) {
    // Two chunks in one turn of the event loop would reach the reader as one.
    await loopTurn();
    while (controller.paused) await loopTurn();
    if (controller.aborted) {
      handler.onResponseError?.(controller, controller.reason ?? new Error('aborted'));
      return;
    }
    handler.onResponseData?.(controller, Buffer.from(chunk));
  }
  await loopTurn();
  handler.onResponseEnd?.(controller, {});
}

/**
 * Answers every request with status 200 and these chunks, without a socket: a document can be cut at thousands of
 * places in a second. Everything above the socket is the real thing.
 */
export function chunkedDispatcher(chunks: () => readonly Uint8Array[]): Dispatcher {
  return new Agent().compose(() => (_options, handler) => {
    void answer(chunks(), handler);
    return true;
  });
}

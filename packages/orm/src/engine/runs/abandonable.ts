import { ABANDONED } from './run.js';

/**
 * An iterable whose reader can leave at any time: `return()` ends what is under way at once. That of a generator alone
 * would wait for a `next()` that is still pending.
 *
 * @param open told whom to give the function that ends what is under way.
 */
export function abandonable<Item>(
  open: (begun: (abandon: () => void) => void) => AsyncGenerator<Item>,
): AsyncIterable<Item> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<Item> {
      let abandon = (): void => undefined;
      const items = open((end) => {
        abandon = end;
      });
      return {
        async next() {
          try {
            return await items.next();
          } catch (error) {
            if (error !== ABANDONED) throw error;
            return { done: true, value: undefined };
          }
        },
        async return() {
          abandon();
          await items.return(undefined).catch(() => undefined);
          return { done: true, value: undefined };
        },
      };
    },
  };
}

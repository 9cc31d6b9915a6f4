import { Turns } from '../../../src/engine/runs/turns.js';

/** Work that ends when it is told to. */
function held(): {
  work: () => Promise<string>;
  end: (result: string) => void;
  begun: () => boolean;
} {
  let isBegun = false;
  const { promise, resolve } = withResolvers<string>();
  return {
    work: () => {
      isBegun = true;
      return promise;
    },
    end: resolve,
    begun: () => isBegun,
  };
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

/** Everything that can go on without anybody's doing has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('turns', () => {
  it('come one after the other for one key, and at once for another', async () => {
    const turns = new Turns();
    const [one, two, other] = [held(), held(), held()];
    const results = [
      turns.take(1, undefined, one.work),
      turns.take(1, undefined, two.work),
      turns.take(2, undefined, other.work),
    ];
    await settled();
    expect([one.begun(), two.begun(), other.begun()]).toEqual([true, false, true]);
    one.end('one');
    await settled();
    expect(two.begun()).toBe(true);
    two.end('two');
    other.end('other');
    expect(await Promise.all(results)).toEqual(['one', 'two', 'other']);
  });

  it('go on after work that failed', async () => {
    const turns = new Turns();
    const failed = turns.take(1, undefined, () => Promise.reject(new Error('no')));
    const next = turns.take(1, undefined, () => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('that are given up before they come do nothing', async () => {
    const turns = new Turns();
    const [one, two, three] = [held(), held(), held()];
    const abort = new AbortController();
    const first = turns.take(1, undefined, one.work);
    const second = turns.take(1, abort.signal, two.work);
    const third = turns.take(1, undefined, three.work);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(second).rejects.toBe(reason);
    await settled();
    expect(three.begun()).toBe(false);
    one.end('one');
    await first;
    await settled();
    expect([two.begun(), three.begun()]).toEqual([false, true]);
    three.end('three');
    expect(await third).toBe('three');
  });

  it('that are given up while they last keep the next waiting until they end', async () => {
    const turns = new Turns();
    const [one, two] = [held(), held()];
    const abort = new AbortController();
    const first = turns.take(1, abort.signal, one.work);
    const second = turns.take(1, undefined, two.work);
    await settled();
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await settled();
    expect(two.begun()).toBe(false);
    one.end('one');
    two.end('two');
    expect(await second).toBe('two');
  });
});

import { Semaphore } from '../../src/http/semaphore.js';

describe('Semaphore', () => {
  it('lets the limit through and the rest in order', async () => {
    const semaphore = new Semaphore(2);
    const entered: number[] = [];
    const enter = async (caller: number): Promise<() => void> => {
      const release = await semaphore.acquire();
      entered.push(caller);
      return release;
    };
    const first = await enter(1);
    const second = await enter(2);
    const third = enter(3);
    const fourth = enter(4);
    await Promise.resolve();
    expect(entered).toEqual([1, 2]);
    second();
    await third;
    expect(entered).toEqual([1, 2, 3]);
    first();
    await fourth;
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  it('counts a place that is given back twice once', async () => {
    const semaphore = new Semaphore(1);
    const release = await semaphore.acquire();
    release();
    release();
    await semaphore.acquire();
    let entered = false;
    void semaphore.acquire().then(() => (entered = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(entered).toBe(false);
  });

  it('forgets who stops waiting, and rejects with the reason itself', async () => {
    const semaphore = new Semaphore(1);
    const release = await semaphore.acquire();
    const abort = new AbortController();
    const impatient = semaphore.acquire(abort.signal);
    const patient = semaphore.acquire();
    const reason = { stop: true };
    abort.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    release();
    expect(await patient).toBeInstanceOf(Function);
  });

  it('lets nobody in whose signal has ended', async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.acquire(AbortSignal.abort('over'))).rejects.toBe('over');
    expect(await semaphore.acquire()).toBeInstanceOf(Function);
  });
});

import { readAhead } from '../../../src/engine/runs/read-ahead.js';

const never = (): void => {
  throw new Error('nobody has left');
};

it('gives every batch in order, and has asked for one more than its reader', async () => {
  const asked: number[] = [];
  async function* source(): AsyncGenerator<number> {
    for (let batch = 1; batch <= 4; batch += 1) {
      asked.push(batch);
      yield await Promise.resolve(batch);
    }
  }
  const seen: [number, number][] = [];
  for await (const batch of readAhead(source(), never)) {
    await new Promise(setImmediate);
    seen.push([batch, asked.length]);
  }
  expect(seen).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 4],
  ]);
});

it('gives an error in its turn, behind the batches before it', async () => {
  async function* source(): AsyncGenerator<number> {
    yield await Promise.resolve(1);
    throw new Error('broken');
  }
  const seen: number[] = [];
  const read = async (): Promise<void> => {
    for await (const batch of readAhead(source(), () => undefined)) {
      await new Promise(setImmediate);
      seen.push(batch);
    }
  };
  await expect(read()).rejects.toThrow('broken');
  expect(seen).toEqual([1]);
});

it('ends what is under way when its reader leaves', async () => {
  const abort = new AbortController();
  let isClosed = false;
  async function* source(): AsyncGenerator<number> {
    try {
      yield 1;
      // Stalls for ever, unless it is aborted.
      await new Promise((_resolve, reject) => {
        abort.signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
      yield 2;
    } finally {
      isClosed = true;
    }
  }
  for await (const batch of readAhead(source(), () => {
    abort.abort();
  })) {
    expect(batch).toBe(1);
    break;
  }
  expect(isClosed).toBe(true);
});

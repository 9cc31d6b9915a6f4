import { growingBatches } from '../../../src/engine/runs/growing-batches.js';

async function* rows(count: number, size: number): AsyncGenerator<number[]> {
  for (let start = 0; start < count; start += size) {
    const length = Math.min(size, count - start);
    yield await Promise.resolve(Array.from({ length }, (_, index) => start + index));
  }
}

async function sizes(batches: AsyncIterable<number[]>): Promise<number[]> {
  const all: number[][] = [];
  for await (const batch of batches) all.push(batch);
  expect(all.flat()).toEqual(all.flat().map((_, index) => index));
  return all.map(({ length }) => length);
}

it('gives the first batch at once, and then larger ones up to a limit', async () => {
  expect(await sizes(growingBatches(rows(200, 8), 50))).toEqual([8, 16, 32, 56, 56, 32]);
  expect(await sizes(growingBatches(rows(5, 8), 50))).toEqual([5]);
  expect(await sizes(growingBatches(rows(0, 8), 50))).toEqual([]);
});

it('leaves alone what is larger anyway, and ends the source with its reader', async () => {
  expect(await sizes(growingBatches(rows(300, 100), 50))).toEqual([100, 100, 100]);
  let isEnded = false;
  async function* endless(): AsyncGenerator<number[]> {
    try {
      for (;;) yield await Promise.resolve([0]);
    } finally {
      isEnded = true;
    }
  }
  for await (const batch of growingBatches(endless(), 4)) if (batch.length > 3) break;
  expect(isEnded).toBe(true);
});

import { MemoryProbe } from './memory-probe.js';

/** Reads rows and drops them, with a point at each quarter. @returns how many */
export async function readRows(rows, expected, memory) {
  const points = MemoryProbe.quarters(expected);
  let count = 0;
  for await (const row of rows) {
    if (row === null) throw new TypeError('a row is null');
    count += 1;
    const point = points.get(count);
    if (point !== undefined) await memory.point(point);
  }
  if (count < expected) throw new Error(`${count} rows came, ${expected} were expected`);
  return count;
}

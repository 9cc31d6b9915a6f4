import fc from 'fast-check';
import { TopRows } from '../../../src/engine/rows/top-rows.js';

const ascending = (left: number, right: number): number => left - right;

it('keeps the first rows of an order, whatever the order they come in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(20), (rows, keep) => {
      const top = new TopRows(keep, ascending);
      for (const row of rows) top.add(row);
      expect(top.sorted()).toEqual(rows.slice().sort(ascending).slice(0, keep));
    }),
    { numRuns: 1000 },
  );
});

it('looks at a row that is not kept only once', () => {
  let compared = 0;
  const top = new TopRows<number>(5, (left, right) => {
    compared += 1;
    return left - right;
  });
  for (let row = 0; row < 5; row += 1) top.add(row);
  compared = 0;
  for (let row = 100; row < 200; row += 1) top.add(row);
  expect(compared).toBe(100);
});

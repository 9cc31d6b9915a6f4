import { compareValues } from '../../query/compare-values.js';
import { type OrderTerm } from '../../query/select-node.js';
import { type OrderPlan } from '../../plan/select-plan.js';
import { TopRows } from './top-rows.js';

type Row = object;
type Compare = (left: Row, right: Row) => number;

/** Rows that were held are given on in batches of this size. */
const BATCH = 500;

function fieldOf(row: Row, field: string): unknown {
  return (row as Record<string, unknown>)[field];
}

export function compareBy(terms: readonly OrderTerm[]): Compare {
  return (left, right) => {
    for (const { field, direction } of terms) {
      const order = compareValues(fieldOf(left, field), fieldOf(right, field));
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    return 0;
  };
}

function* inBatches<Entity extends Row>(rows: readonly Entity[]): Generator<Entity[]> {
  for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH);
}

/** Holds the first `keep` rows of an order, or all. */
async function* sorted<Entity extends Row>(
  batches: AsyncIterable<Entity[]>,
  compare: Compare,
  keep: number | null,
): AsyncGenerator<Entity[]> {
  if (keep !== null) {
    const top = new TopRows<Entity>(keep, compare);
    for await (const batch of batches) for (const row of batch) top.add(row);
    yield* inBatches(top.sorted());
    return;
  }
  const held: Entity[] = [];
  for await (const batch of batches) for (const row of batch) held.push(row);
  yield* inBatches(held.sort(compare));
}

/** Brings rows into the order of a plan. */
export function orderRows<Entity extends Row>(
  batches: AsyncIterable<Entity[]>,
  order: OrderPlan,
): AsyncIterable<Entity[]> {
  switch (order.kind) {
    case 'natural':
      return batches;
    case 'sort':
      return sorted(batches, compareBy(order.terms), order.keep);
  }
}

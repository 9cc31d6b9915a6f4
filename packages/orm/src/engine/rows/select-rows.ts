import { completeOrder } from '../../plan/plan-select.js';
import { compileCondition } from '../../query/evaluate-condition.js';
import { type SelectNode } from '../../query/select-node.js';
import { keeps } from './keeps.js';
import { compareBy } from './order-rows.js';

/** Answers a query from rows that are all here: the same rows in the same order as the help desk's would give. */
export function selectRows<Entity extends object>(
  rows: readonly Entity[],
  node: SelectNode<Entity>,
): Entity[] {
  const found = rows
    .filter(compileCondition(node.condition))
    .filter((row) => node.filters.every((filter) => keeps(filter, row)))
    .sort(compareBy(completeOrder(node)));
  return found.slice(node.skip, node.limit === null ? undefined : node.skip + node.limit);
}

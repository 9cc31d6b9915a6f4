import { isEverything } from './condition-node.js';
import { printCondition } from './print-condition.js';
import { type SelectNode } from './select-node.js';

/** A query for people, in a line: `Ticket where replies > 3 order by id desc take 5`. */
export function printSelect(node: SelectNode): string {
  const { metadata, condition, filters, order, skip, limit, selection } = node;
  const terms = order.map(({ field, direction }) => `${field} ${direction}`);
  const parts = [
    metadata.name,
    ...(isEverything(condition) ? [] : [`where ${printCondition(condition)}`]),
    ...filters.map(() => 'with a function of yours'),
    ...(terms.length === 0 ? [] : [`order by ${terms.join(', ')}`]),
    ...(skip === 0 ? [] : [`skip ${skip}`]),
    ...(limit === null ? [] : [`take ${limit}`]),
    ...(selection === null ? [] : [`select ${selection.fields.join(', ')}`]),
  ];
  return parts.join(' ');
}

import { type ConditionNode } from './condition-node.js';
import { type SelectNode } from './select-node.js';

function valueText(value: unknown): string {
  return value instanceof RegExp ? String(value) : JSON.stringify(value);
}

function conditionText(node: ConditionNode): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return `${node.kind}(${node.conditions.map(conditionText).sort().join()})`;
    case 'not':
      return `not(${conditionText(node.condition)})`;
    case 'in': {
      const values = node.values.map(valueText).sort();
      return `in(${[node.field, String(node.ignoreCase), ...values].join()})`;
    }
    case 'compare':
    case 'text':
      return `${node.operator}(${node.field},${String(node.ignoreCase)},${valueText(node.value)})`;
    case 'match':
      return `match(${node.field},${valueText(node.pattern)})`;
    case 'some':
      return `some(${node.field},${conditionText(node.condition)})`;
    case 'relation':
      return `relation(${node.field},${identifySelect(node.select)})`;
  }
}

/**
 * A text that is the same for queries that say the same, whatever the order of their conditions. Unlike what is printed
 * it leaves nothing out; of the user's functions it tells only how many there are.
 */
export function identifySelect({
  metadata,
  condition,
  filters,
  order,
  skip,
  limit,
}: SelectNode): string {
  const rest = JSON.stringify([filters.length, order, skip, limit]);
  return `${metadata.name}:${conditionText(condition)}:${rest}`;
}

import { type ConditionNode } from './condition-node.js';

/** The fields that a condition looks at. */
export function conditionFields(node: ConditionNode): string[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.conditions.flatMap(conditionFields);
    case 'not':
      return conditionFields(node.condition);
    case 'in':
    case 'compare':
    case 'text':
    case 'match':
    case 'some':
    case 'relation':
      return [node.field];
  }
}

import { type ConditionNode } from './condition-node.js';

/** Dates are equal when their instants are. */
function comparable(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

/** Compiles a condition into a predicate over rows. Null equals null only; comparison with it is false. */
export function compileCondition(node: ConditionNode): (row: object) => boolean {
  switch (node.kind) {
    case 'and': {
      const predicates = node.conditions.map(compileCondition);
      return (row) => predicates.every((predicate) => predicate(row));
    }
    case 'in': {
      const { field, list } = node;
      const wanted = new Set(node.values.map(comparable));
      return (row) => {
        const value = (row as Record<string, unknown>)[field];
        return list
          ? (value as unknown[]).some((element) => wanted.has(comparable(element)))
          : wanted.has(comparable(value));
      };
    }
  }
}

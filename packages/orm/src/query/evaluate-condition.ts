import { compareValues, foldCase, identityOf } from './compare-values.js';
import {
  type CompareNode,
  type ConditionNode,
  ELEMENT,
  type InNode,
  type TextNode,
} from './condition-node.js';

type Predicate = (row: unknown) => boolean;

/** Reads the field that a node speaks of; inside a list, the row is the element itself. */
function reader(field: string): (row: unknown) => unknown {
  return field === ELEMENT ? (row) => row : (row) => (row as Record<string, unknown>)[field];
}

function fold(value: unknown): unknown {
  return typeof value === 'string' ? foldCase(value) : value;
}

function inPredicate({ field, values, ignoreCase }: InNode): Predicate {
  const read = reader(field);
  const key = (value: unknown): unknown => identityOf(ignoreCase ? fold(value) : value);
  const wanted = new Set(values.map(key));
  return (row) => wanted.has(key(read(row)));
}

function comparePredicate({ field, operator, value, ignoreCase }: CompareNode): Predicate {
  const read = reader(field);
  const bound = ignoreCase ? fold(value) : value;
  const accepts = {
    gt: (order: number) => order > 0,
    gte: (order: number) => order >= 0,
    lt: (order: number) => order < 0,
    lte: (order: number) => order <= 0,
  }[operator];
  return (row) => {
    const actual = read(row);
    if (actual === null || actual === undefined) return false;
    return accepts(compareValues(ignoreCase ? fold(actual) : actual, bound));
  };
}

function textPredicate({ field, operator, value, ignoreCase }: TextNode): Predicate {
  const read = reader(field);
  const part = ignoreCase ? foldCase(value) : value;
  const holds = {
    contains: (text: string) => text.includes(part),
    startsWith: (text: string) => text.startsWith(part),
    endsWith: (text: string) => text.endsWith(part),
  }[operator];
  return (row) => {
    const actual = read(row);
    return typeof actual === 'string' && holds(ignoreCase ? foldCase(actual) : actual);
  };
}

/** Compiles a condition into a predicate over rows. */
export function compileCondition(node: ConditionNode): Predicate {
  switch (node.kind) {
    case 'in':
      return inPredicate(node);
    case 'compare':
      return comparePredicate(node);
    case 'text':
      return textPredicate(node);
    case 'match': {
      const read = reader(node.field);
      return (row) => {
        const actual = read(row);
        return typeof actual === 'string' && node.pattern.test(actual);
      };
    }
    case 'some': {
      const read = reader(node.field);
      const element = compileCondition(node.condition);
      return (row) => ((read(row) as readonly unknown[] | undefined) ?? []).some(element);
    }
    case 'and': {
      const predicates = node.conditions.map(compileCondition);
      return (row) => predicates.every((predicate) => predicate(row));
    }
    case 'or': {
      const predicates = node.conditions.map(compileCondition);
      return (row) => predicates.some((predicate) => predicate(row));
    }
    case 'not': {
      const predicate = compileCondition(node.condition);
      return (row) => !predicate(row);
    }
    case 'relation':
      throw new TypeError(
        `the relation ${node.relation} was not read before the condition was compiled`,
      );
  }
}

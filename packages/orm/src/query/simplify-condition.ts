import { compareValues, identityOf } from './compare-values.js';
import {
  and,
  type CompareNode,
  type ConditionNode,
  EVERYTHING,
  type InNode,
  isEverything,
  isNothing,
  not,
  NOTHING,
  or,
} from './condition-node.js';

function plainIn(node: ConditionNode): node is InNode {
  return node.kind === 'in' && !node.ignoreCase;
}

function distinctValues(values: readonly unknown[]): unknown[] {
  const seen = new Set<unknown>();
  return values.filter((value) => {
    const key = identityOf(value);
    return !seen.has(key) && seen.add(key);
  });
}

interface ValueList {
  readonly values: readonly unknown[];
  readonly isDerived: boolean;
}

function inNode(field: string, { values, isDerived }: ValueList): ConditionNode {
  if (values.length === 0) return NOTHING;
  const node = { kind: 'in', field, values: Object.freeze(values), ignoreCase: false } as const;
  return Object.freeze(isDerived ? { ...node, isDerived } : node);
}

/** The lists of one field brought together; the other nodes stay as they are. */
function merge(
  nodes: readonly ConditionNode[],
  combine: (left: readonly unknown[], right: readonly unknown[]) => unknown[],
): ConditionNode[] {
  const lists = new Map<string, ValueList>();
  const others: ConditionNode[] = [];
  for (const node of nodes) {
    if (!plainIn(node)) {
      others.push(node);
      continue;
    }
    const present = lists.get(node.field);
    const values = distinctValues(node.values);
    lists.set(node.field, {
      values: present === undefined ? values : combine(present.values, values),
      isDerived: node.isDerived === true || present?.isDerived === true,
    });
  }
  return [...[...lists].map(([field, list]) => inNode(field, list)), ...others];
}

function intersect(left: readonly unknown[], right: readonly unknown[]): unknown[] {
  const wanted = new Set(right.map(identityOf));
  return left.filter((value) => wanted.has(identityOf(value)));
}

function unite(left: readonly unknown[], right: readonly unknown[]): unknown[] {
  return distinctValues([...left, ...right]);
}

/** No value is at once above the lower and below the upper bound that these demand of one field. */
function excludeEachOther(one: CompareNode, other: CompareNode): boolean {
  if (one.field !== other.field || one.ignoreCase || other.ignoreCase) return false;
  const [lower, upper] = one.operator.startsWith('g') ? [one, other] : [other, one];
  if (!lower.operator.startsWith('g') || !upper.operator.startsWith('l')) return false;
  const order = compareValues(lower.value, upper.value);
  return order > 0 || (order === 0 && (lower.operator === 'gt' || upper.operator === 'lt'));
}

function contradicts(nodes: readonly ConditionNode[]): boolean {
  const bounds = nodes.filter((node): node is CompareNode => node.kind === 'compare');
  return bounds.some((one, index) =>
    bounds.slice(index + 1).some((other) => excludeEachOther(one, other)),
  );
}

/**
 * An equal condition that shows the planner more: constants folded, `and` and `or` flattened, the lists of one field
 * brought together, contradictions recognised.
 */
export function simplifyCondition(node: ConditionNode): ConditionNode {
  switch (node.kind) {
    case 'and': {
      const parts = node.conditions.map(simplifyCondition);
      const merged = merge(
        [and(...parts)].flatMap((each) => (each.kind === 'and' ? each.conditions : [each])),
        intersect,
      );
      if (merged.some(isNothing) || contradicts(merged)) return NOTHING;
      return and(...merged.filter((part) => !isEverything(part)));
    }
    case 'or': {
      const parts = [or(...node.conditions.map(simplifyCondition))].flatMap((each) =>
        each.kind === 'or' ? each.conditions : [each],
      );
      if (parts.some(isEverything)) return EVERYTHING;
      return or(...merge(parts, unite).filter((part) => !isNothing(part)));
    }
    case 'not': {
      const inner = simplifyCondition(node.condition);
      if (isEverything(inner)) return NOTHING;
      return isNothing(inner) ? EVERYTHING : not(inner);
    }
    case 'some': {
      const condition = simplifyCondition(node.condition);
      return isNothing(condition) ? NOTHING : Object.freeze({ ...node, condition });
    }
    case 'in':
      return node.values.length === 0 ? NOTHING : node;
    case 'compare':
    case 'text':
    case 'match':
    case 'relation':
      return node;
  }
}

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
  combine: (lists: readonly (readonly unknown[])[]) => readonly unknown[],
): ConditionNode[] {
  const lists = new Map<string, InNode[]>();
  const others: ConditionNode[] = [];
  for (const node of nodes) {
    if (!plainIn(node)) {
      others.push(node);
      continue;
    }
    const present = lists.get(node.field);
    if (present === undefined) lists.set(node.field, [node]);
    else present.push(node);
  }
  const merged = [...lists].map(([field, group]) =>
    inNode(field, {
      values: combine(group.map(({ values }) => values)),
      isDerived: group.some(({ isDerived }) => isDerived === true),
    }),
  );
  return [...merged, ...others];
}

function intersect(lists: readonly (readonly unknown[])[]): readonly unknown[] {
  const [first = [], ...others] = lists;
  const wanted = others.map((values) => new Set(values.map(identityOf)));
  return distinctValues(first).filter((value) =>
    wanted.every((values) => values.has(identityOf(value))),
  );
}

function unite(lists: readonly (readonly unknown[])[]): readonly unknown[] {
  return distinctValues(lists.flat());
}

/** No value is at once above the lower and below the upper bound that these demand of one field. */
function excludeEachOther(one: CompareNode, other: CompareNode): boolean {
  if (one.field !== other.field || one.ignoreCase || other.ignoreCase) return false;
  const [lower, upper] = one.operator.startsWith('g') ? [one, other] : [other, one];
  if (!lower.operator.startsWith('g') || !upper.operator.startsWith('l')) return false;
  const order = compareValues(lower.value, upper.value);
  return order > 0 || (order === 0 && (lower.operator === 'gt' || upper.operator === 'lt'));
}

function isWithin({ operator, value }: CompareNode, each: unknown): boolean {
  if (each === null) return false;
  const order = compareValues(each, value);
  return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[operator];
}

/** Lists without the values that a bound of the same field excludes; such bounds then say nothing more. */
function cutLists(nodes: readonly ConditionNode[]): ConditionNode[] {
  const lists = new Set(nodes.filter(plainIn).map(({ field }) => field));
  const bounds = nodes.filter(
    (node): node is CompareNode =>
      node.kind === 'compare' && !node.ignoreCase && lists.has(node.field),
  );
  if (bounds.length === 0) return [...nodes];
  return nodes.flatMap((node): ConditionNode[] => {
    if (!plainIn(node)) return bounds.includes(node as CompareNode) ? [] : [node];
    const own = bounds.filter(({ field }) => field === node.field);
    const values = node.values.filter((value) => own.every((bound) => isWithin(bound, value)));
    return [inNode(node.field, { values, isDerived: node.isDerived === true })];
  });
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
      const merged = cutLists(
        merge(
          [and(parts)].flatMap((each) => (each.kind === 'and' ? each.conditions : [each])),
          intersect,
        ),
      );
      if (merged.some(isNothing) || contradicts(merged)) return NOTHING;
      return and(merged.filter((part) => !isEverything(part)));
    }
    case 'or': {
      const parts = [or(node.conditions.map(simplifyCondition))].flatMap((each) =>
        each.kind === 'or' ? each.conditions : [each],
      );
      if (parts.some(isEverything)) return EVERYTHING;
      return or(merge(parts, unite).filter((part) => !isNothing(part)));
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

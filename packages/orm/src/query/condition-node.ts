/** The value of a field is one of these. Equality is a list of one; an empty list holds for no row. */
export interface InNode {
  readonly kind: 'in';
  readonly field: string;
  /** A list field: some element of it is one of these. */
  readonly list: boolean;
  readonly values: readonly unknown[];
}

/** All of these hold; without any, every row does. */
export interface AndNode {
  readonly kind: 'and';
  readonly conditions: readonly ConditionNode[];
}

/** A frozen piece of a query: what a row must fulfil. */
export type ConditionNode = InNode | AndNode;

export const EVERYTHING: AndNode = Object.freeze({ kind: 'and', conditions: Object.freeze([]) });

/** Both conditions in one, flattened. */
export function and(left: ConditionNode, right: ConditionNode): AndNode {
  const conditions = [left, right].flatMap((each) =>
    each.kind === 'and' ? each.conditions : [each],
  );
  return Object.freeze({ kind: 'and', conditions: Object.freeze(conditions) });
}

/** The conditions that must all hold, as a flat list. */
export function conjuncts(node: ConditionNode): readonly ConditionNode[] {
  return node.kind === 'and' ? node.conditions.flatMap(conjuncts) : [node];
}

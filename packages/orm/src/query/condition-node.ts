import { type SelectNode } from './select-node.js';

/** The name of the one field of a list's element. */
export const ELEMENT = '';

/** The value of a field is one of these. Equality is a list of one; an empty list holds for no row. */
export interface InNode {
  readonly kind: 'in';
  readonly field: string;
  readonly values: readonly unknown[];
  readonly ignoreCase: boolean;
  /** The values are ids that were read from the help desk for a relation in the condition. */
  readonly isDerived?: boolean;
}

export type CompareOperator = 'gt' | 'gte' | 'lt' | 'lte';

/** The value of a field is on one side of another; false for null. */
export interface CompareNode {
  readonly kind: 'compare';
  readonly field: string;
  readonly operator: CompareOperator;
  readonly value: unknown;
  readonly ignoreCase: boolean;
}

export type TextOperator = 'contains' | 'startsWith' | 'endsWith';

/** The text of a field holds another one; false for null. */
export interface TextNode {
  readonly kind: 'text';
  readonly field: string;
  readonly operator: TextOperator;
  readonly value: string;
  readonly ignoreCase: boolean;
}

/** The text of a field matches a regular expression, which has no flags that keep state; false for null. */
export interface MatchNode {
  readonly kind: 'match';
  readonly field: string;
  readonly pattern: RegExp;
}

/** Some element of a list field fulfils a condition on {@link ELEMENT}. */
export interface SomeNode {
  readonly kind: 'some';
  readonly field: string;
  readonly condition: ConditionNode;
}

/**
 * The id in a field, or one of those in a list, is that of a row of another query. Read and replaced by an
 * {@link InNode} before planning.
 */
export interface RelationNode {
  readonly kind: 'relation';
  /** Name of the relation, for messages. */
  readonly relation: string;
  readonly field: string;
  /** The field is a list. */
  readonly isList: boolean;
  readonly select: SelectNode;
}

/** All of these hold; without any, every row does. */
export interface AndNode {
  readonly kind: 'and';
  readonly conditions: readonly ConditionNode[];
}

/** One of these holds; without any, no row does. */
export interface OrNode {
  readonly kind: 'or';
  readonly conditions: readonly ConditionNode[];
}

/** The plain negation: rows for which the condition is false. */
export interface NotNode {
  readonly kind: 'not';
  readonly condition: ConditionNode;
}

/** A frozen piece of a query: what a row must fulfil. Two-valued: a comparison with null is false. */
export type ConditionNode =
  | InNode
  | CompareNode
  | TextNode
  | MatchNode
  | SomeNode
  | RelationNode
  | AndNode
  | OrNode
  | NotNode;

export const EVERYTHING: AndNode = Object.freeze({ kind: 'and', conditions: Object.freeze([]) });
export const NOTHING: OrNode = Object.freeze({ kind: 'or', conditions: Object.freeze([]) });

export function isEverything(node: ConditionNode): boolean {
  return node.kind === 'and' && node.conditions.length === 0;
}

export function isNothing(node: ConditionNode): boolean {
  return node.kind === 'or' && node.conditions.length === 0;
}

/** All conditions in one, flattened. */
export function and(nodes: readonly ConditionNode[]): ConditionNode {
  const conditions = nodes.flatMap((each) => (each.kind === 'and' ? each.conditions : [each]));
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) return only;
  return Object.freeze({ kind: 'and', conditions: Object.freeze(conditions) });
}

/** Any of the conditions, flattened. */
export function or(nodes: readonly ConditionNode[]): ConditionNode {
  const conditions = nodes.flatMap((each) => (each.kind === 'or' ? each.conditions : [each]));
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) return only;
  return Object.freeze({ kind: 'or', conditions: Object.freeze(conditions) });
}

export function not(condition: ConditionNode): ConditionNode {
  return condition.kind === 'not' ? condition.condition : Object.freeze({ kind: 'not', condition });
}

/** The conditions that must all hold, as a flat list. */
export function conjuncts(node: ConditionNode): readonly ConditionNode[] {
  return node.kind === 'and' ? node.conditions.flatMap(conjuncts) : [node];
}

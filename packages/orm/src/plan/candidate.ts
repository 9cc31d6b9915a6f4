import { type EntityMetadata } from '@kayako-orm/core';
import {
  type CompareNode,
  type ConditionNode,
  conjuncts,
  type InNode,
} from '../query/condition-node.js';
import { type SelectStep } from './select-plan.js';

/** One way to answer a query. */
export interface Candidate {
  readonly steps: readonly SelectStep[];
  /** The parts of the condition that the server answers. */
  readonly settled: readonly ConditionNode[];
  /**
   * Parts that are checked here all the same: a filter without any known id widens on the server (§6.1.1), and a record
   * may be another than the one asked for. Where the server does as it should, they cost nothing.
   */
  readonly checked: readonly ConditionNode[];
  /** How many requests it takes, roughly: what candidates are compared by. */
  readonly requests: number;
  /** Whether the rows come by ascending id. */
  readonly ordered: boolean;
}

/** The bounds that a condition sets to a number; infinite where there is none. */
export interface Bounds {
  readonly lowest: number;
  readonly highest: number;
  readonly nodes: readonly ConditionNode[];
}

const ASCII = /^[\x20-\x7e]*$/;

/** Texts of which one must be there; null where none is demanded, or where it is not certain what case means for them. */
function demandedTexts(node: ConditionNode): readonly string[] | null {
  if (node.kind !== 'text' && node.kind !== 'in') return null;
  const texts = node.kind === 'text' ? [node.value] : node.values;
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && (!node.ignoreCase || ASCII.test(value));
  return texts.every(isText) ? texts : null;
}

/** What the paths of an entity can choose from: the parts of a condition that must all hold. */
export class PlanContext {
  readonly metadata: EntityMetadata;
  readonly #conjuncts: readonly ConditionNode[];

  constructor(metadata: EntityMetadata, condition: ConditionNode) {
    this.metadata = metadata;
    this.#conjuncts = conjuncts(condition);
  }

  /** The list of values that a field must be one of. */
  find(field: string): InNode | undefined {
    return this.#conjuncts.find(
      (node): node is InNode => node.kind === 'in' && !node.ignoreCase && node.field === field,
    );
  }

  /** The one value that a list field must hold, and what demands it. */
  findMember(field: string): { readonly value: unknown; readonly node: ConditionNode } | undefined {
    for (const node of this.#conjuncts) {
      if (node.kind !== 'some' || node.field !== field) continue;
      const { condition } = node;
      if (condition.kind !== 'in' || condition.ignoreCase || condition.values.length !== 1)
        continue;
      return { value: condition.values[0], node };
    }
    return undefined;
  }

  /** Texts of which a field, or some element of a list field, must be one or have one in it. */
  textsIn(
    field: string,
  ): { readonly texts: readonly string[]; readonly node: ConditionNode } | null {
    for (const node of this.#conjuncts) {
      if (!('field' in node) || node.field !== field) continue;
      const demands = node.kind === 'some' ? conjuncts(node.condition) : [node];
      for (const texts of demands.map(demandedTexts)) if (texts !== null) return { texts, node };
    }
    return null;
  }

  /** The whole numbers between which a field must lie. */
  bounds(field: string): Bounds {
    const nodes = this.#conjuncts.filter(
      (node): node is CompareNode => node.kind === 'compare' && node.field === field,
    );
    let lowest = -Infinity;
    let highest = Infinity;
    for (const { operator, value } of nodes) {
      const bound = Number(value);
      if (operator === 'gt') lowest = Math.max(lowest, bound + 1);
      if (operator === 'gte') lowest = Math.max(lowest, bound);
      if (operator === 'lt') highest = Math.min(highest, bound - 1);
      if (operator === 'lte') highest = Math.min(highest, bound);
    }
    return { lowest, highest, nodes };
  }

  /** The parts that are left when the server answers some. */
  without(settled: readonly ConditionNode[]): readonly ConditionNode[] {
    return this.#conjuncts.filter((node) => !settled.includes(node));
  }
}

/** Values as they stand in a route, each once, numbers ascending. */
export function routeValues(values: readonly unknown[]): string[] {
  const texts = [...new Set((values as (string | number)[]).map(String))];
  return texts.sort((left, right) => Number(left) - Number(right));
}

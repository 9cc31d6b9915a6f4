import { apartName, type EntityMetadata } from '@kayako-orm/core';
import { and, type ConditionNode, conjuncts, EVERYTHING } from '../query/condition-node.js';
import { conditionFields } from '../query/condition-fields.js';
import { type SelectNode } from '../query/select-node.js';
import { decodedFields } from './decoded-fields.js';
import { type SelectPlan } from './select-plan.js';

/** What a plan does about fields that are kept apart from their records: each row costs a request. */
export interface ApartFields {
  /** Which are read. */
  readonly names: ReadonlySet<string>;
  /** They decide which rows are wanted, or in which order; otherwise they are read of the rows handed out alone. */
  readonly decide: boolean;
  /** What is filtered here before they are read, and after. */
  readonly before: ConditionNode;
  readonly after: ConditionNode;
}

function namesOf(metadata: EntityMetadata): readonly string[] {
  return [...metadata.fields.values()].flatMap((field) =>
    apartName(field) === null ? [] : [field.name],
  );
}

export function apartFieldsOf(plan: SelectPlan, node: SelectNode): ApartFields {
  const selected = decodedFields(plan, node);
  const local = and([...plan.checked, plan.residual ?? EVERYTHING]);
  const declared = namesOf(node.metadata);
  const names = new Set(declared.filter((name) => selected?.has(name) ?? true));
  if (names.size === 0) return { names, decide: false, before: local, after: EVERYTHING };
  const isApart = (field: string): boolean => declared.includes(field);
  const after = conjuncts(local).filter((each) => conditionFields(each).some(isApart));
  const orders = plan.order.kind === 'sort' && plan.order.terms.some(({ field }) => isApart(field));
  return {
    names,
    // A function of the user's takes whole entities.
    decide: orders || after.length > 0 || node.filters.length > 0,
    before: and(conjuncts(local).filter((each) => !after.includes(each))),
    after: and(after),
  };
}

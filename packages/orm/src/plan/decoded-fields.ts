import { conditionFields } from '../query/condition-fields.js';
import { type SelectNode } from '../query/select-node.js';
import { type SelectPlan } from './select-plan.js';

/**
 * The fields to decode: those selected, and those that are looked at here; undefined for whole entities.
 */
export function decodedFields(plan: SelectPlan, node: SelectNode): ReadonlySet<string> | undefined {
  const { selection, filters, metadata } = node;
  // Functions of the user's take whole entities.
  if (selection === null || filters.length > 0) return undefined;
  const conditions = [...plan.checked, ...(plan.residual === null ? [] : [plan.residual])];
  const steps = plan.steps.flatMap((step) => {
    if (step.kind === 'search') return conditionFields(step.wanted);
    return step.kind === 'record' || step.kind === 'leading' ? [step.field] : [];
  });
  const terms = plan.order.kind === 'natural' ? [] : plan.order.terms;
  return new Set([
    ...(metadata.idField === null ? [] : [metadata.idField]),
    ...selection.fields,
    ...conditions.flatMap(conditionFields),
    ...steps,
    ...terms.map(({ field }) => field),
  ]);
}

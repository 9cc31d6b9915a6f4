import { type EntityMetadata } from '@kayako-orm/core';
import { type AccessPath, accessPathsOf } from '../entity/access-path.js';
import {
  and,
  type ConditionNode,
  EVERYTHING,
  isEverything,
  isNothing,
} from '../query/condition-node.js';
import { type OrderTerm, type SelectNode } from '../query/select-node.js';
import { simplifyCondition } from '../query/simplify-condition.js';
import { candidatesFor } from './candidates.js';
import { type Candidate, PlanContext } from './candidate.js';
import {
  type LeadingStep,
  type OffsetStep,
  type OrderPlan,
  type SelectPlan,
  type SelectStep,
} from './select-plan.js';

/** The plan that runs steps as they are and filters the rest here. */
export function planOf(steps: readonly SelectStep[], residual: ConditionNode): SelectPlan {
  return {
    steps,
    pushed: [],
    checked: [],
    residual: isEverything(residual) ? null : residual,
    order: { kind: 'natural' },
    skip: 0,
    limit: null,
  };
}

const NO_ROWS = planOf([], EVERYTHING);

/** Rows beyond the last one wanted that the first page asks for, so that the group at the cut is complete. */
const GROUP_MARGIN = 10;

/** The order that makes every result the same each time: what was asked for, and ties by ascending id. */
export function completeOrder({ order, metadata }: SelectNode): readonly OrderTerm[] {
  const { idField } = metadata;
  const end = order.findIndex(({ field }) => field === idField);
  if (end !== -1) return order.slice(0, end + 1);
  return idField === null ? order : [...order, { field: idField, direction: 'asc' }];
}

function isByAscendingId(terms: readonly OrderTerm[], { idField }: EntityMetadata): boolean {
  const [first] = terms;
  return first === undefined || (first.field === idField && first.direction === 'asc');
}

function sortable(metadata: EntityMetadata, field: string): string | undefined {
  const path = accessPathsOf(metadata).find(
    (each): each is AccessPath & { kind: 'filtered' } => each.kind === 'filtered',
  );
  if (path === undefined) return undefined;
  return field === metadata.idField ? path.sort.id : path.sort.fields[field];
}

/** Whether a look-up may add values to another filter, so that rows come which are not wanted. */
function mayNameMore({ filters }: OffsetStep): boolean {
  return filters.some((segment) => {
    if (typeof segment === 'string' || (segment.kind === 'ids' && !segment.isDerived)) return false;
    const { tiedTo } = segment.kind === 'ids' ? segment.existing : segment;
    const tied = filters[tiedTo?.filter ?? -1];
    return typeof tied === 'object' && tied.kind === 'ids';
  });
}

/** Pages in the order of ids. */
type SortedStep = OffsetStep & { readonly sort: NonNullable<OffsetStep['sort']> };

function isSorted(step: SelectStep | undefined): step is SortedStep {
  return step?.kind === 'offset' && step.sort !== null;
}

/** Order by id, skip and take given to the server. */
function pageById(
  step: SortedStep,
  { limit, skip }: SelectNode,
  direction: 'ASC' | 'DESC',
): Pick<SelectPlan, 'steps' | 'order' | 'skip'> {
  const pageSize = Math.min(step.pageSize, limit ?? Infinity);
  const start = mayNameMore(step) ? 0 : skip;
  return {
    steps: [{ ...step, sort: [step.sort[0], direction], pageSize, start }],
    order: { kind: 'natural' },
    skip: skip - start,
  };
}

/** The first rows of another order, picked by the server where one page can hold them. */
function pickLeading(
  step: SortedStep,
  { metadata, limit, skip, stable }: SelectNode,
  terms: readonly OrderTerm[],
): Pick<SelectPlan, 'steps' | 'order' | 'skip'> | null {
  const [first] = terms;
  const column = first === undefined ? undefined : sortable(metadata, first.field);
  if (first === undefined || column === undefined || limit === null) return null;
  const wanted = limit + skip;
  if (stable || wanted >= step.maxPageSize || mayNameMore(step)) return null;
  const { route, filters, maxPageSize } = step;
  const leading: LeadingStep = {
    kind: 'leading',
    route,
    filters,
    sort: [column, first.direction === 'asc' ? 'ASC' : 'DESC'],
    field: first.field,
    wanted,
    pageSizes: [...new Set([Math.min(maxPageSize, wanted + GROUP_MARGIN), maxPageSize])],
    fallback: step,
  };
  return { steps: [leading], order: { kind: 'sort', terms, keep: wanted, byServer: true }, skip };
}

/** A small first page where every row that comes is wanted. */
function smallPages(steps: readonly SelectStep[], wanted: number): readonly SelectStep[] {
  return steps.map((step) =>
    step.kind === 'keyset' || step.kind === 'offset'
      ? { ...step, pageSize: Math.min(step.pageSize, wanted) }
      : step,
  );
}

function arrange(
  candidate: Candidate,
  select: SelectNode,
  complete: boolean,
): Pick<SelectPlan, 'steps' | 'order' | 'skip'> {
  const terms = completeOrder(select);
  const [first] = terms;
  const wanted = select.limit === null ? null : select.limit + select.skip;
  const [step] = candidate.steps;
  if (complete && isSorted(step)) {
    if (first === undefined || first.field === select.metadata.idField) {
      return pageById(step, select, first?.direction === 'desc' ? 'DESC' : 'ASC');
    }
    const leading = pickLeading(step, select, terms);
    if (leading !== null) return leading;
  }
  if (first === undefined || (candidate.ordered && isByAscendingId(terms, select.metadata))) {
    const steps =
      complete && wanted !== null ? smallPages(candidate.steps, wanted) : candidate.steps;
    return { steps, order: { kind: 'natural' }, skip: select.skip };
  }
  const order: OrderPlan = { kind: 'sort', terms, keep: wanted, byServer: false };
  return { steps: candidate.steps, order, skip: select.skip };
}

/** A search that an old help desk lacks is replaced by the next best way; what a search settles is nothing. */
function withFallback(candidate: Candidate, others: readonly Candidate[]): Candidate {
  if (candidate.steps.every(({ kind }) => kind !== 'search')) return candidate;
  const other = others.find(({ steps }) => steps.every(({ kind }) => kind !== 'search'));
  const steps = candidate.steps.map((step) =>
    step.kind === 'search' ? { ...step, fallback: other?.steps ?? [] } : step,
  );
  return { ...candidate, steps, ordered: candidate.ordered && other?.ordered !== false };
}

/**
 * Decides which requests answer a query: the cheapest path that the entity declares. Pure: it sends nothing.
 * Relations in the condition must have been replaced by the ids they stand for.
 *
 * @throws {ScopeRequiredError} when children are asked for without their parent.
 */
export function planSelect(select: SelectNode): SelectPlan {
  const condition = simplifyCondition(select.condition);
  if (isNothing(condition) || select.limit === 0) return NO_ROWS;
  const context = new PlanContext(select.metadata, condition);
  const [cheapest, ...others] = candidatesFor(context);
  if (cheapest === undefined) return NO_ROWS;
  const candidate = withFallback(cheapest, others);
  const rest = context.without(candidate.settled);
  const complete = rest.length === 0 && select.filters.length === 0;
  return {
    ...arrange(candidate, select, complete),
    pushed: candidate.settled,
    checked: candidate.checked,
    residual: rest.length === 0 ? null : and(rest),
    limit: select.limit,
  };
}

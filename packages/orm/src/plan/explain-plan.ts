import { type Explanation, type PlannedRequest } from '../entity/explanation.js';
import { printCondition } from '../query/print-condition.js';
import { type OrderTerm, type SelectNode } from '../query/select-node.js';
import {
  type OrderPlan,
  type RouteSegment,
  type SelectPlan,
  type SelectStep,
} from './select-plan.js';

/** Longer lists of the same kind of request are cut in the text; `requests` has them all. */
const SHOWN_REQUESTS = 5;

function printSegment(segment: RouteSegment): string {
  if (typeof segment === 'string') return segment;
  return segment.kind === 'ids' ? segment.ids.join(',') : `{all ${segment.entity.name}}`;
}

function request(step: SelectStep): PlannedRequest {
  switch (step.kind) {
    case 'record':
      return { method: 'GET', route: step.route, repeated: null };
    case 'list':
      return { method: 'GET', route: step.route, repeated: null };
    case 'keyset':
      return {
        method: 'GET',
        route: `${step.route}/${step.marker}/${step.pageSize}`,
        repeated: step.single
          ? null
          : `until ${step.last === null ? 'the last row' : `id ${step.last}`}`,
      };
    case 'offset':
      return {
        method: step.parameters.length > 0 ? 'POST' : 'GET',
        route: [
          step.route,
          ...step.filters.map(printSegment),
          step.pageSize,
          step.start,
          ...step.sort,
        ].join('/'),
        repeated: 'until the last row',
      };
    case 'search':
      return { method: 'POST', route: step.route, repeated: 'then one GET for each row found' };
  }
}

/** The tables whose ids a route needs, read first. */
function lookupsOf(steps: readonly SelectStep[]): PlannedRequest[] {
  return steps.flatMap((step) =>
    step.kind !== 'offset'
      ? []
      : step.filters.flatMap((segment) =>
          typeof segment === 'string' || segment.kind === 'ids'
            ? []
            : [{ method: 'GET' as const, route: `{all ${segment.entity.name}}`, repeated: null }],
        ),
  );
}

function printTerms(terms: readonly OrderTerm[]): string {
  return terms.map(({ field, direction }) => `${field} ${direction}`).join(', ');
}

function printOrder(order: OrderPlan): string {
  switch (order.kind) {
    case 'natural':
      return 'as the rows come';
    case 'groups':
      return `${printTerms(order.terms)}: by the server, ties here`;
    case 'sort':
      return `${printTerms(order.terms)}: here, holding ${order.keep === null ? 'all rows' : `at most ${order.keep} rows`}`;
  }
}

function warningsFor(plan: SelectPlan, node: SelectNode): string[] {
  const paged = plan.steps.some(
    (step) => step.kind === 'offset' || (step.kind === 'keyset' && step.last === null),
  );
  if (!paged) return [];
  const filtered = plan.residual !== null || node.filters.length > 0;
  const { order, limit } = plan;
  const whole = order.kind === 'sort' || limit === null;
  const warnings: string[] = [];
  if (whole) warnings.push('the list is read to its end, page by page');
  else if (filtered) warnings.push('the list is read page by page until enough rows are found');
  if (order.kind === 'sort' && order.keep === null) {
    warnings.push('all rows are held for sorting; take() would bound that');
  }
  return warnings;
}

/** What a plan would do, as data and as text. Pure; nothing in it is secret. */
export function explainPlan(plan: SelectPlan, node: SelectNode): Explanation {
  const requests = plan.steps.map(request);
  const lookups = lookupsOf(plan.steps);
  const pushed = plan.pushed.map(printCondition);
  const residual = plan.residual === null ? null : printCondition(plan.residual);
  const order = printOrder(plan.order);
  const warnings = warningsFor(plan, node);
  const explanation = {
    entity: node.metadata.name,
    lookups,
    requests,
    pushed,
    residual,
    functions: node.filters.length,
    order,
    skip: plan.skip,
    limit: plan.limit,
    warnings,
  };
  return { ...explanation, toString: () => print(explanation) };
}

function printRequest({ method, route, repeated }: PlannedRequest): string {
  return `${method} ${route}${repeated === null ? '' : `, ${repeated}`}`;
}

function print(explanation: Omit<Explanation, 'toString'>): string {
  const { entity, lookups, requests, pushed, residual, functions, order, skip, limit, warnings } =
    explanation;
  if (requests.length === 0) return `${entity}: no row can match, so nothing is sent`;
  const shown = requests.slice(0, SHOWN_REQUESTS).map(printRequest);
  const more = requests.length - shown.length;
  const local = [
    ...(residual === null ? [] : [residual]),
    ...(functions === 0 ? [] : [`${functions} function${functions === 1 ? '' : 's'} of yours`]),
  ];
  const lines: [string, string][] = [
    ...lookups.map((each): [string, string] => ['look-up', printRequest(each)]),
    ...shown.map((each): [string, string] => ['request', each]),
    ...(more > 0 ? [['request', `… ${more} more like these`] as [string, string]] : []),
    ['server', pushed.join(' and ') || 'nothing'],
    ['here', local.join(' and ') || 'nothing'],
    ['order', order],
    ['rows', `${skip > 0 ? `skip ${skip}, ` : ''}${limit === null ? 'all' : `take ${limit}`}`],
    ...warnings.map((each): [string, string] => ['warning', each]),
  ];
  return [entity, ...lines.map(([name, text]) => `  ${name.padEnd(8)} ${text}`)].join('\n');
}

import { inspect } from 'node:util';
import { type Budget, metadataOf } from '@kayako-orm/core';
import {
  type Explanation,
  type PlannedRequest,
  type RelationReading,
} from '../entity/explanation.js';
import { isEverything } from '../query/condition-node.js';
import { type IncludeNode } from '../query/include-node.js';
import { printCondition } from '../query/print-condition.js';
import { type OrderTerm, type SelectNode } from '../query/select-node.js';
import { apartFieldsOf } from './apart-fields.js';
import { isSmallTable } from './candidates.js';
import { completeOrder } from './plan-select.js';
import {
  type OrderPlan,
  type RouteSegment,
  type SelectPlan,
  type SelectStep,
} from './select-plan.js';

/** Longer lists of the same kind of request are cut in the text; `requests` has them all. */
const SHOWN_REQUESTS = 5;

/** Longer lists of ids are cut, so that a plan stays readable. */
const SHOWN_IDS = 20;

function printSegment(segment: RouteSegment): string {
  if (typeof segment === 'string') return segment;
  if (segment.kind === 'lookup') return `{all ${segment.entity.name}}`;
  const { ids } = segment;
  const more = ids.length - SHOWN_IDS;
  return more > 0 ? `${ids.slice(0, SHOWN_IDS).join(',')},…${more} more` : ids.join(',');
}

function get(route: string, repeated: string | null = null): PlannedRequest {
  return { method: 'GET', route, parameters: [], repeated };
}

/** @param wanted how many rows end it; null for all. */
function request(step: SelectStep, wanted: number | null): PlannedRequest {
  switch (step.kind) {
    case 'record':
    case 'list':
      return get(step.route);
    case 'keyset': {
      const { route, marker, pageSize, single, last } = step;
      const end = last === null ? 'the last row' : `id ${last}`;
      const isOne = single || (wanted !== null && wanted <= pageSize);
      return get(`${route}/${marker}/${pageSize}`, isOne ? null : `until ${end}`);
    }
    case 'offset': {
      const { parameters, pageSize, start, sort } = step;
      const filters = step.filters.map(printSegment);
      return {
        method: parameters.length > 0 ? 'POST' : 'GET',
        route: [step.route, ...filters, pageSize, start, ...(sort ?? [])].join('/'),
        parameters,
        repeated: wanted !== null && wanted <= pageSize ? null : 'until the last row',
      };
    }
    case 'leading': {
      const filters = step.filters.map(printSegment);
      const [size = 0, ...larger] = step.pageSizes;
      const route = [step.route, ...filters, size, 0, ...step.sort].join('/');
      const next = [...larger.map((each) => `a page of ${each}`), 'the list by id'].join(', then ');
      const reason =
        step.wanted instanceof Date
          ? `if no row there is before ${step.wanted.toISOString()}`
          : 'if too many rows are equal there';
      return get(route, `${reason}, ${next}`);
    }
    case 'search': {
      const { route, searches, most, fallback } = step;
      const [parameters = [], ...others] = searches;
      const more = others.length === 0 ? '' : `and ${others.length} more like it, `;
      const [instead] = fallback.map((each) => printRequest(request(each, wanted)));
      const otherwise = instead === undefined ? '' : `; above ${most}, ${instead}`;
      const repeated = `${more}then one GET for each row found${otherwise}`;
      return { method: 'POST', route, parameters, repeated };
    }
  }
}

/** How many rows the requests must bring; null where that depends on what is filtered or sorted here. */
function wantedOf({ limit, skip, residual, order }: SelectPlan, node: SelectNode): number | null {
  const isLocal = residual !== null || node.filters.length > 0 || order.kind === 'sort';
  return limit === null || isLocal ? null : limit + skip;
}

/** The tables whose ids a route needs, read first. */
function lookupsOf(steps: readonly SelectStep[]): PlannedRequest[] {
  return steps.flatMap((step) =>
    step.kind !== 'offset' && step.kind !== 'leading'
      ? []
      : step.filters.flatMap((segment) =>
          typeof segment === 'string' || segment.kind === 'ids'
            ? []
            : [get(`{all ${segment.entity.name}}`)],
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
    case 'sort':
      if (order.byServer) return `${printTerms(order.terms)}: by the server, equal rows here`;
      return `${printTerms(order.terms)}: here, holding ${order.keep === null ? 'all rows' : `at most ${order.keep} rows`}`;
  }
}

function warningsFor(plan: SelectPlan, node: SelectNode): string[] {
  const { order, limit, steps } = plan;
  const filtered = plan.residual !== null || node.filters.length > 0;
  const isPaged = steps.some(
    (step) => step.kind === 'offset' || (step.kind === 'keyset' && step.last === null),
  );
  const isWhole = steps.some(
    (step) => step.kind === 'list' && Object.keys(step.scope).length === 0,
  );
  if (!isPaged && !isWhole) return [];
  const warnings: string[] = [];
  if (isPaged && (order.kind === 'sort' || limit === null)) {
    warnings.push('the list is read to its end, page by page');
  } else if (isPaged && filtered) {
    warnings.push('the list is read page by page until enough rows are found');
  } else if (isWhole && (filtered || limit !== null)) {
    warnings.push('the help desk sends the whole list; it offers no part of it');
  }
  if (order.kind === 'sort' && order.keep === null) {
    warnings.push('all rows are held for sorting; take() would bound that');
  }
  return warnings;
}

/** What a plan would do, as data and as text. Pure; nothing in it is secret. */
export function explainPlan(
  plan: SelectPlan,
  node: SelectNode,
  relations: readonly RelationReading[] = [],
): Explanation {
  return explanationOf(node, printApart(plan, node), {
    relations,
    lookups: lookupsOf(plan.steps),
    requests: plan.steps.map((step) => request(step, wantedOf(plan, node))),
    embedded: false,
    pushed: plan.pushed.map(printCondition),
    residual: plan.residual === null ? null : printCondition(plan.residual),
    order: printOrder(plan.order),
    skip: plan.skip,
    limit: plan.limit,
    warnings: warningsFor(plan, node),
  });
}

/** What a query over rows that are here already does. */
export function explainEmbedded(node: SelectNode): Explanation {
  const { condition, skip, limit } = node;
  return explanationOf(node, [], {
    relations: [],
    lookups: [],
    requests: [],
    embedded: true,
    pushed: [],
    residual: isEverything(condition) ? null : printCondition(condition),
    order: printTerms(completeOrder(node)),
    skip,
    limit,
    warnings: [],
  });
}

type OfPlan = Omit<
  Explanation,
  'entity' | 'functions' | 'selection' | 'includes' | 'budget' | 'toString'
>;

function explanationOf(
  { metadata, filters, selection, include, budget }: SelectNode,
  apart: readonly string[],
  plan: OfPlan,
): Explanation {
  const explanation = {
    entity: metadata.name,
    functions: filters.length,
    selection: selection === null ? null : selection.fields,
    includes: [...apart, ...printIncludes(metadata.name, include)],
    budget,
    ...plan,
  };
  const text = (): string => print(explanation);
  return Object.defineProperty({ ...explanation, toString: text }, inspect.custom, { value: text });
}

function printRequest({ method, route, parameters, repeated }: PlannedRequest): string {
  const body = parameters.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
  const parts = [`${method} ${route}${body === '' ? '' : ` with ${body}`}`, repeated ?? ''];
  return parts.filter((part) => part !== '').join(', ');
}

/** A reading behind those that it needed itself. */
function withInner(reading: RelationReading): RelationReading[] {
  return [...reading.reading.relations.flatMap(withInner), reading];
}

function printReading({ relation, ids, reading }: RelationReading): string {
  const [request = ''] = printRequests(reading);
  const count = `${ids} id${ids === 1 ? '' : 's'} of ${reading.entity}`;
  return `${relation}: ${count}${request === '' ? '' : `, read by ${request}`}`;
}

function printRequests({ requests, embedded }: Omit<Explanation, 'toString'>): string[] {
  if (embedded) return ["none: the rows came inside their parent's record"];
  const shown = requests.slice(0, SHOWN_REQUESTS).map(printRequest);
  const more = requests.length - shown.length;
  return more > 0 ? [...shown, `… ${more} more like these`] : shown;
}

function printBudget(budget: Budget): string {
  return Object.entries(budget)
    .map(([resource, limit]: [string, number]) => `at most ${limit} ${resource}`)
    .join(', ');
}

/** What reading the fields that are kept apart takes. */
function printApart(plan: SelectPlan, node: SelectNode): string[] {
  const { names, decide, before } = apartFieldsOf(plan, node);
  if (names.size === 0) return [];
  const rows = decide
    ? `each row${isEverything(before) ? '' : ` with ${printCondition(before)}`}, before the rest is filtered`
    : 'each row that is handed out';
  return [`${[...names].join(', ')}: one request for ${rows}`];
}

/** How each relation is loaded, those of its targets behind it. */
function printIncludes(owner: string, include: readonly IncludeNode[], prefix = ''): string[] {
  return include.flatMap(({ relation, condition, order, limit, include: inner }) => {
    const target = metadataOf(relation.target());
    const path = `${prefix}${relation.name}`;
    const parts = [
      ...(isEverything(condition) ? [] : [`where ${printCondition(condition)}`]),
      ...(order.length === 0 ? [] : [`order by ${printTerms(order)}`]),
      ...(limit === null ? [] : [`at most ${limit}`]),
    ];
    const how =
      relation.kind === 'hasMany'
        ? `one list for each ${owner}, unless they came along`
        : isSmallTable(target)
          ? `the table of ${target.name}, once`
          : `each ${target.name} that is referred to, once`;
    const text = `${path}: ${[how, ...parts].join(', ')}`;
    return [text, ...printIncludes(target.name, inner, `${path}.`)];
  });
}

/** Lines of a label and a text. Those that say nothing are left out, the main ones never. */
function print(explanation: Omit<Explanation, 'toString'>): string {
  const { entity, relations, lookups, requests, embedded, pushed, residual } = explanation;
  const { functions, order, skip, limit, selection, includes, budget, warnings } = explanation;
  const readings = relations.flatMap(withInner);
  if (requests.length === 0 && !embedded) {
    const read = readings.map((each) => `\n  relation ${printReading(each)}`);
    return `${entity}: no row can match, so nothing is sent${read.join('')}`;
  }
  const local = [
    ...(residual === null ? [] : [residual]),
    ...(functions === 0 ? [] : [`${functions} function${functions === 1 ? '' : 's'} of yours`]),
  ];
  const line = (label: string, ...texts: readonly string[]): string[] =>
    texts.map((text) => `  ${label.padEnd(8)} ${text}`);
  return [
    entity,
    ...line('relation', ...readings.map(printReading)),
    ...line('look-up', ...lookups.map(printRequest)),
    ...line('request', ...printRequests(explanation)),
    ...line('server', pushed.join(' and ') || 'nothing'),
    ...line('here', local.join(' and ') || 'nothing'),
    ...line('order', order),
    ...line(
      'rows',
      `${skip > 0 ? `skip ${skip}, ` : ''}${limit === null ? 'all' : `take ${limit}`}`,
    ),
    ...(selection === null ? [] : line('fields', selection.join(', ') || 'none')),
    ...line('include', ...includes),
    ...(Object.keys(budget).length === 0 ? [] : line('budget', printBudget(budget))),
    ...line('warning', ...warnings),
  ].join('\n');
}

import {
  ActionNotAvailableError,
  type EntityMetadata,
  type Parameters,
  ScopeRequiredError,
} from '@kayako-orm/core';
import {
  type AccessPath,
  accessPathsOf,
  type FilteredPages,
  type KeysetPages,
  parentFieldOf,
  type ScopedList,
  type SearchList,
  type UniqueKey,
  type WholeList,
} from '../entity/access-path.js';
import { type ConditionNode } from '../query/condition-node.js';
import { type Candidate, type PlanContext, routeValues } from './candidate.js';
import {
  type LookupSegment,
  type OffsetStep,
  type RouteSegment,
  type SelectStep,
} from './select-plan.js';

/** A list in one reply costs a little more than one record: it is preferred from the second record on. */
const WHOLE_COST = 1.5;
/** A long list costs as much as so many records. */
const LONG_COST = 25;
/** So many rows that are not wanted cost as much as a request more. */
const ROWS_OF_A_REQUEST = 50;
/** How many pages a list without bounds is taken to have. */
const UNKNOWN_PAGES = 1000;
/** Ids are 32 bits wide. What a server makes of a larger one is not known; dropping it would mean "any". */
const LARGEST_ID = 2 ** 32 - 1;
/** Characters of one path filter. */
const LONGEST_FILTER = 1500;
/** The records that searches typically find. */
const SEARCH_COST = 4;
/** Each text is searched for by itself. */
const MOST_SEARCHES = 10;
/** Each row that a search finds costs a request; a page of a list has hundreds. */
const MOST_FOUND = 25;
/** A shorter text is found nearly everywhere. */
const SHORTEST_SEARCH = 3;

/** Whether all rows of a class come in one reply anyway, and are few enough to be kept. */
export function isSmallTable(metadata: EntityMetadata): boolean {
  return (
    metadata.actions.has('list') &&
    accessPathsOf(metadata).some((path) => path.kind === 'whole' && path.isLong !== true)
  );
}

/** Records by id, under a route that ends where the id begins. */
function byId(context: PlanContext, prefix: string): Candidate | null {
  const { idField, actions } = context.metadata;
  if (idField === null || !actions.has('get')) return null;
  const ids = context.find(idField);
  if (ids === undefined) return null;
  const values = routeValues(ids.values);
  return {
    steps: values.map((id) => ({
      kind: 'record',
      route: `${prefix}/${id}`,
      field: idField,
      value: Number(id),
    })),
    settled: [ids],
    checked: [],
    requests: values.length,
    ordered: true,
  };
}

function whole({ metadata }: PlanContext, { order = 'id', isLong = false }: WholeList): Candidate {
  return {
    steps: [{ kind: 'list', route: metadata.route, scope: {} }],
    settled: [],
    checked: [],
    requests: isLong ? LONG_COST : WHOLE_COST,
    ordered: order === 'id',
  };
}

function keyset(context: PlanContext, path: KeysetPages): Candidate {
  const { metadata } = context;
  const field = metadata.idField ?? 'id';
  const bounds = context.bounds(field);
  const ids = context.find(field)?.values as readonly number[] | undefined;
  const smallest = (ids ?? []).reduce((least, id) => Math.min(least, id), Infinity);
  const largest = (ids ?? []).reduce((most, id) => Math.max(most, id), -Infinity);
  const lowest = Math.max(1, bounds.lowest, ids === undefined ? 1 : smallest);
  const highest = Math.min(bounds.highest, ids === undefined ? Infinity : largest);
  const span = highest - lowest + 1;
  if (span < 1) return { steps: [], settled: [], checked: [], requests: 0, ordered: true };
  return {
    steps: [
      {
        kind: 'keyset',
        route: `${metadata.route}/${path.operation}`,
        marker: lowest,
        last: Number.isFinite(highest) ? highest : null,
        pageSize: Math.max(1, Math.min(path.maxItems, span)),
        single: false,
      },
    ],
    settled: bounds.nodes,
    checked: [],
    requests: Number.isFinite(span)
      ? Math.ceil(span / path.maxItems) + 0.5 + span / ROWS_OF_A_REQUEST
      : UNKNOWN_PAGES,
    ordered: true,
  };
}

/** The parents whose lists are asked for, and what demands them. Of several lists a row might be in more than one. */
function parentsIn(
  context: PlanContext,
  { scope }: ScopedList,
): { readonly ids: readonly string[]; readonly node: ConditionNode } | null {
  if (context.metadata.fields.get(scope)?.list === true) {
    const member = context.findMember(scope);
    return member === undefined ? null : { ids: routeValues([member.value]), node: member.node };
  }
  const node = context.find(scope);
  return node === undefined || node.values.includes(null)
    ? null
    : { ids: routeValues(node.values), node };
}

function scoped(context: PlanContext, path: ScopedList): Candidate | null {
  const { metadata } = context;
  const { route, fields } = metadata;
  const { scope, operation, pages } = path;
  const isList = fields.get(scope)?.list === true;
  const parents = parentsIn(context, path);
  if (parents === null) {
    if (accessPathsOf(metadata).length > 1) return null;
    throw new ScopeRequiredError(
      `${metadata.name}: lists need where({ ${scope} }) with one id${isList ? '' : ' or a list of ids'} at the top level; the API cannot list them all.`,
    );
  }
  const { ids, node } = parents;
  if (ids.length === 1 && parentFieldOf(metadata) !== null) {
    const records = byId(context, `${route}/${String(ids[0])}`);
    if (records?.requests === 1) return { ...records, settled: [...records.settled, node] };
  }
  const prefix = operation === null ? route : `${route}/${operation}`;
  return {
    steps: ids.map((id) =>
      pages === undefined
        ? // The rows say themselves which of a list they hold.
          { kind: 'list', route: `${prefix}/${id}`, scope: isList ? {} : { [scope]: Number(id) } }
        : {
            kind: 'offset',
            route: prefix,
            count: { route: `${route}/${pages.count.operation}`, element: pages.count.element },
            filters: [id],
            parameters: [],
            pageSize: pages.size,
            maxPageSize: pages.size,
            start: 0,
            sort: null,
          },
    ),
    settled: [node],
    // A category without items lists those of all others (§7.1), and whatever a server sends may be deleted.
    checked: [node],
    requests: ids.length,
    ordered: false,
  };
}

/** All that a filtered list has, page by page. */
export function offsetStep(
  metadata: EntityMetadata,
  path: FilteredPages,
  filters: readonly RouteSegment[],
  parameters: Parameters,
): OffsetStep {
  return {
    kind: 'offset',
    route: `${metadata.route}/${path.operation}`,
    count: { route: `${metadata.route}/${path.count.operation}`, element: path.count.element },
    filters,
    parameters,
    pageSize: path.pageSize,
    maxPageSize: path.pageSize,
    start: 0,
    sort: [path.sort.id, 'ASC'],
  };
}

function filtered(context: PlanContext, path: FilteredPages): Candidate {
  const { metadata } = context;
  const settled = [];
  const filters: RouteSegment[] = [];
  for (const { field, wildcard, none, tiedTo } of path.filters) {
    const node = context.find(field);
    const values = (node?.values as readonly (number | null)[] | undefined)?.map((value) =>
      value === null ? none : String(value),
    );
    // Beyond some thousand characters servers refuse a request line; the condition is checked here then.
    const known =
      node !== undefined &&
      values?.every((value) => value !== null && Number(value) <= LARGEST_ID) === true &&
      values.join(',').length <= LONGEST_FILTER;
    if (known) settled.push(node);
    if (wildcard.kind === 'text') {
      filters.push(known ? routeValues(values).join(',') : wildcard.value);
      continue;
    }
    const tie = path.filters.findIndex((other) => other.field === tiedTo);
    const lookup: LookupSegment = {
      kind: 'lookup',
      entity: wildcard.entity(),
      where: wildcard.where,
      tiedTo: tiedTo === undefined || tie === -1 ? null : { field: tiedTo, filter: tie },
    };
    const isDerived = node?.isDerived === true;
    filters.push(
      known
        ? { kind: 'ids', ids: routeValues(values).map(Number), existing: lookup, isDerived }
        : lookup,
    );
  }
  const parameters = path.parameters.flatMap((field) => {
    const node = context.find(field);
    const [value, ...others] = node?.values ?? [];
    const name = metadata.fields.get(field)?.sources[0];
    return typeof value === 'string' &&
      value !== '' &&
      others.length === 0 &&
      name?.kind === 'element'
      ? [[name.path[0], value] as const]
      : [];
  });
  return {
    steps: [offsetStep(metadata, path, filters, parameters)],
    settled,
    checked: settled,
    requests:
      filters.filter((filter) => typeof filter !== 'string' && filter.kind === 'lookup').length +
      (parameters.length > 0 ? 1 : UNKNOWN_PAGES),
    ordered: true,
  };
}

function uniqueKey(context: PlanContext, path: UniqueKey): Candidate | null {
  const node = context.find(path.field);
  const isKey = (value: unknown): boolean => typeof value === 'string' && path.pattern.test(value);
  if (node?.values.every(isKey) !== true) return null;
  const { route } = context.metadata;
  const { field } = path;
  const values = [...new Set(node.values as readonly string[])];
  return {
    steps: values.map((value) => ({ kind: 'record', route: `${route}/${value}`, field, value })),
    settled: [node],
    checked: [],
    requests: values.length,
    ordered: values.length === 1,
  };
}

function search(context: PlanContext, path: SearchList): Candidate | null {
  const { route, parameters } = path;
  for (const [field, pattern] of Object.entries(path.fields)) {
    const wanted = context.textsIn(field);
    if (wanted === null || wanted.texts.length > MOST_SEARCHES) continue;
    const isSearchable = (text: string): boolean =>
      text.length >= SHORTEST_SEARCH && pattern.test(text);
    if (!wanted.texts.every(isSearchable)) continue;
    const searches = wanted.texts.map((text) => [['query', text], ...parameters] as const);
    return {
      steps: [
        { kind: 'search', route, searches, wanted: wanted.node, most: MOST_FOUND, fallback: [] },
      ],
      settled: [],
      checked: [],
      requests: searches.length + SEARCH_COST,
      // What is found is read by ascending id.
      ordered: true,
    };
  }
  return null;
}

function pathCandidates(context: PlanContext, path: AccessPath): (Candidate | null)[] {
  const { route } = context.metadata;
  switch (path.kind) {
    case 'whole':
      return [byId(context, route), whole(context, path)];
    case 'keyset':
      return [byId(context, route), keyset(context, path)];
    case 'scoped':
      return [scoped(context, path)];
    case 'filtered':
      return [byId(context, route), filtered(context, path)];
    case 'key':
      return [uniqueKey(context, path)];
    case 'search':
      return [search(context, path)];
  }
}

/** All ways to answer a query, the cheapest first. @throws {ScopeRequiredError} when children are asked for without their parent. */
export function candidatesFor(context: PlanContext): Candidate[] {
  const { metadata } = context;
  const candidates = accessPathsOf(metadata)
    .flatMap((path) => pathCandidates(context, path))
    .filter((candidate) => candidate !== null)
    .filter(({ steps }) => metadata.actions.has('list') || steps.every(isRecord))
    .sort((left, right) => left.requests - right.requests);
  if (candidates.length > 0) return candidates;
  throw new ActionNotAvailableError(
    `${metadata.name} has no list action; its rows are read by id. It offers: ${[...metadata.actions].join(', ')}.`,
  );
}

function isRecord({ kind }: SelectStep): boolean {
  return kind === 'record';
}

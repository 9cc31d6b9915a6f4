import { type EntityMetadata, InvalidValueError } from '@kayako-orm/core';
import { type FilteredPages, type KeysetPages } from '../entity/access-path.js';
import { parseCondition } from '../query/parse-condition.js';
import { offsetStep } from './candidates.js';
import { planOf } from './plan-select.js';
import { type KeysetStep, type RouteSegment, type SelectPlan } from './select-plan.js';

/** From which id on, and how many rows a request brings. */
export interface PagingOptions {
  /** The first id wanted. Default 1. */
  readonly marker?: number;
  /** Rows a page, 1 to 1000. Default 1000. */
  readonly maxItems?: number;
}

function checkNumber(name: string, value: unknown, lowest: number, highest: number): number {
  if (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= lowest &&
    value <= highest
  ) {
    return value;
  }
  throw new InvalidValueError(
    `${name} must be a whole number from ${lowest}${highest === Number.MAX_SAFE_INTEGER ? '' : ` to ${highest}`}.`,
  );
}

/** The step that pages ids from a marker on. @throws {InvalidValueError} */
export function planKeyset(
  metadata: EntityMetadata,
  path: KeysetPages,
  { marker = 1, maxItems = path.maxItems }: PagingOptions,
): KeysetStep {
  return {
    kind: 'keyset',
    route: `${metadata.route}/${path.operation}`,
    marker: checkNumber('marker', marker, 0, Number.MAX_SAFE_INTEGER),
    last: null,
    pageSize: checkNumber('maxItems', maxItems, 1, path.maxItems),
    single: false,
  };
}

/**
 * Path filters exactly as on the wire, `-1` and `0` included (§6.1.1): a filter that is not given is `-1`, which means
 * "unresolved" for statuses; without a department, all departments are listed. Other keys are filtered here.
 */
export function planRawFilters(
  metadata: EntityMetadata,
  path: FilteredPages,
  given: Readonly<Record<string, unknown>>,
): SelectPlan {
  const filters = path.filters.map(({ field, wildcard }): RouteSegment => {
    if (!(field in given)) {
      return wildcard.kind === 'lookup' && path.filters[0]?.field === field
        ? { kind: 'lookup', entity: wildcard.entity(), where: wildcard.where, tiedTo: null }
        : '-1';
    }
    const values = [given[field]]
      .flat()
      .map((value) => checkNumber(`${metadata.name}.${field}`, value, -1, Number.MAX_SAFE_INTEGER));
    return values.join(',');
  });
  const filterFields = new Set(path.filters.map(({ field }) => field));
  const rest = Object.entries(given).filter(([name]) => !filterFields.has(name));
  const residual = parseCondition(metadata, Object.fromEntries(rest));
  const step = offsetStep(metadata, path, filters, []);
  return planOf(filters.includes('') ? [] : [step], residual);
}

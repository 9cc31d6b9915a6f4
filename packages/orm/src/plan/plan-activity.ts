import { accessPathsOf } from '../entity/access-path.js';
import { type EntityMetadata, MetadataError } from '@kayako-orm/core';
import { EVERYTHING } from '../query/condition-node.js';
import { selectAll } from '../query/select-node.js';
import { planOf, planSelect } from './plan-select.js';
import { type LeadingStep, type OffsetStep, type SelectPlan } from './select-plan.js';

/** Rows asked for beyond those that were there the last time, so that a few new ones cost no second request. */
const MARGIN = 5;

/** Where the first page does not reach far enough, the next one is so many times as long. */
const PAGE_GROWTH = 10;

/** How the rows of an entity are read that something happened to last. */
export interface ActivityPlan {
  /** The date that tells. */
  readonly field: string;
  readonly lateSeconds: number;
  /** The server's column for it. */
  readonly column: string;
  /** All rows by id; its look-ups are to be read before it is planned with. */
  readonly list: OffsetStep;
}

/**
 * Null where no access path of the entity tells of activity.
 * @throws {MetadataError} when it names a field that the list cannot be sorted by.
 */
export function activityOf(metadata: EntityMetadata): ActivityPlan | null {
  const path = accessPathsOf(metadata).find((each) => each.kind === 'filtered');
  if (path?.activity === undefined) return null;
  // Whatever a condition asks for, a row can come to fulfil it or cease to: all rows are looked at.
  const [list] = planSelect(selectAll(metadata)).steps;
  if (list?.kind !== 'offset') return null;
  const { field, lateSeconds } = path.activity;
  const column = path.sort.fields[field];
  if (column !== undefined) return { field, lateSeconds, column, list };
  throw new MetadataError(
    `${metadata.name}: activity names ${field}, but sort has no column for it. There are: ${Object.keys(path.sort.fields).join(', ')}.`,
  );
}

/** The row that something happened to last. @param filters those of the list, as text. */
export function planNewest({ list, column }: ActivityPlan, filters: readonly string[]): SelectPlan {
  const step = { ...list, filters, pageSize: 1, sort: [column, 'DESC'] } as const;
  return { ...planOf([step], EVERYTHING), limit: 1 };
}

/**
 * The rows that something happened to from a moment on, and some that come along; mostly one request.
 * @param expected how many that may be.
 */
export function planSince(
  { field, column, list }: ActivityPlan,
  filters: readonly string[],
  since: Date,
  expected: number,
): SelectPlan {
  const { route, maxPageSize } = list;
  const first = expected + MARGIN;
  const sizes = [first, first * PAGE_GROWTH, maxPageSize];
  const step: LeadingStep = {
    kind: 'leading',
    route,
    filters,
    sort: [column, 'DESC'],
    field,
    wanted: since,
    pageSizes: [...new Set(sizes.map((size) => Math.min(size, maxPageSize)))],
    fallback: { ...list, filters },
  };
  return planOf([step], EVERYTHING);
}

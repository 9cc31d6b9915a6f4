import {
  ActionNotAvailableError,
  checkCall,
  InvalidValueError,
  showValue,
  UnknownFieldError,
} from '@kayako-orm/core';
import { type Observable } from 'rxjs';
import { type Change, type WatchOptions } from '../entity/change.js';
import { type Query } from '../entity/query.js';
import { toSharedObservable } from '../engine/runs/observable.js';
import { type RowSource, rowSource } from '../engine/runs/row-source.js';
import { Watch, type WatchSettings } from '../engine/watching/watch.js';
import { printSelect } from '../query/print-select.js';
import { type SelectNode, selectNode } from '../query/select-node.js';
import { type Repository } from './repository.js';

/** What queries and repositories say to this library alone. */
interface Watchable<Entity extends object> {
  readonly [selectNode]: SelectNode<Entity>;
  readonly [rowSource]: RowSource;
}

const OPTIONS: readonly string[] = ['everyMs', 'from', 'sweepEvery', 'checkpoint', 'signal'];

const DEFAULT_SWEEP = 20;

/** Node's timers fire at once beyond it. */
const LONGEST_MS = 2 ** 31 - 1;

function isWatchable<Entity extends object>(given: unknown): given is Watchable<Entity> {
  return typeof given === 'object' && given !== null && selectNode in given && rowSource in given;
}

/** @throws {InvalidValueError} for a query whose rows are no whole entities, or not all that fulfil a condition. */
function checkQuery<Entity extends object>(given: unknown): Watchable<Entity> {
  if (!isWatchable<Entity>(given)) {
    throw new InvalidValueError(`watch() takes a query or a repository, not ${showValue(given)}.`);
  }
  const node = given[selectNode];
  const { metadata, order, skip, limit, selection, include } = node;
  const refused = [
    ...(selection === null ? [] : ['select or pluck']),
    ...(include.length === 0 ? [] : ['include']),
    ...(order.length === 0 ? [] : ['orderBy']),
    ...(skip === 0 ? [] : ['skip']),
    ...(limit === null ? [] : ['take']),
  ];
  if (refused.length > 0) {
    throw new InvalidValueError(
      `watch() compares all rows that fulfil a condition, as whole entities: ${printSelect(node)} must do without ${refused.join(', ')}.`,
    );
  }
  if (metadata.idField !== null) return given;
  throw new ActionNotAvailableError(
    `${metadata.name} has no id, so its rows cannot be told apart and not be watched.`,
  );
}

function checkNumber(name: string, value: unknown, highest: number): number {
  const isNumber = typeof value === 'number' && Number.isSafeInteger(value);
  if (isNumber && value >= 1 && value <= highest) return value;
  throw new InvalidValueError(
    `watch(): ${name} must be a whole number from 1 to ${highest}, not ${showValue(value)}.`,
  );
}

/** @throws for options that make no sense. */
function checkOptions(given: WatchOptions): WatchSettings {
  const options = checkCall(given);
  const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `watch() has no option ${unknown.join(', ')}. There are: ${OPTIONS.join(', ')}.`,
      unknown,
    );
  }
  const { everyMs, sweepEvery = DEFAULT_SWEEP, checkpoint } = options;
  if (checkpoint !== undefined && typeof checkpoint !== 'function') {
    throw new InvalidValueError('watch(): checkpoint must be a function that takes a cursor.');
  }
  return {
    everyMs: checkNumber('everyMs', everyMs, LONGEST_MS),
    sweepEvery: checkNumber('sweepEvery', sweepEvery, Number.MAX_SAFE_INTEGER),
    checkpoint,
  };
}

/**
 * What changes in the rows of a query, found by polling: rows that come to fulfil it, change, or cease to. It compares
 * with what it remembers, a checksum of each field, so each change comes once; what happened between two polls comes
 * as one change. While the activity of a row lies ahead of the help desk's clock, changes of others come with sweeps only.
 *
 * Tickets: most polls are one small request for what was active lately (§6.1.1), which tells of new tickets and replies.
 * What leaves `lastActivity` as it was (§6.1.3: an edit, a new status or owner) and what was deleted comes with the next
 * sweep: every `sweepEvery`th poll reads all rows of the query. Other entities are read whole each time. Of a class with
 * custom fields of its own, each poll reads those of every ticket that was active lately, one request each.
 *
 * The first poll emits nothing; `checkpoint` is called after it, and after each other. Polls go on while somebody has
 * subscribed, and keep the program alive; all subscribers share them. With the last of them they end. Who then
 * subscribes to the same Observable gets what has changed since, and so does who gives `from` a cursor that was kept.
 * An error ends the feed; subscribing again resumes it, so that `retry` of rxjs loses nothing.
 *
 * @param query every row of it is remembered, with four bytes for each field.
 * @throws {InvalidValueError} for a query with order, skip, take, include or a selection, for options that make no
 * sense, and for a cursor that is damaged or of another query.
 * @throws {ActionNotAvailableError} for an entity without an id.
 * @example
 * ```ts
 * watch(kayako.repository(Ticket).where({ departmentId: 1 }), { everyMs: 30_000 }).subscribe((change) => {
 *   if (change.kind === 'changed') console.log(String(change.entity), change.fields);
 * });
 * ```
 */
export function watch<Entity extends object>(
  query: Query<Entity> | Repository<Entity>,
  options: WatchOptions,
): Observable<Change<Entity>> {
  const { [selectNode]: node, [rowSource]: source } = checkQuery<Entity>(query);
  const settings = checkOptions(options);
  const watched = new Watch(node, source.live, options.from, settings);
  return toSharedObservable(
    (signal) => watched.poll(signal),
    (pending) => watched.deliver(pending),
    options.signal,
  );
}

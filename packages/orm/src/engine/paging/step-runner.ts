import {
  type ApiClient,
  type ApiRequest,
  type EntityMetadata,
  KayakoResponseError,
  type MeteredOptions,
} from '@kayako-orm/core';
import { type Persister } from '../../entity/persister.js';
import {
  type FilteredStep,
  type KeysetStep,
  type LeadingStep,
  type ListStep,
  type OffsetStep,
  type RecordStep,
  type SearchStep,
  type SelectStep,
} from '../../plan/select-plan.js';
import { compareValues } from '../../query/compare-values.js';
import { compileCondition } from '../../query/evaluate-condition.js';
import { EntityFactory } from '../hydration/hydrator.js';
import { KeysetCursor } from './keyset-cursor.js';
import { mayBeCut, OffsetCursor } from './offset-cursor.js';
import { type PageCursor } from './page-cursor.js';
import { PageReader, type PageReading } from './page-reader.js';
import { DistinctRows, idIn } from '../hydration/row-id.js';

/** What stands for an offset step's filters once the look-ups are read; null when one of them has no rows. */
export type ResolvedFilters = readonly string[] | null;

/** What rows are decoded into: entities, or plain objects with some of their fields. */
export interface RowTarget<Row extends object> {
  readonly metadata: EntityMetadata<Row>;
  readonly selection: ReadonlySet<string> | undefined;
}

/**
 * "Not there" is 404 for tickets, 400 for a child of another ticket and for one of an article or a step that is not
 * there (§8.4, §9.4), and an empty list elsewhere (§4.1, §4.2).
 */
export function isMissing({ code, body }: KayakoResponseError): boolean {
  // A page of HTML says that the address is wrong, not the id (§4.1).
  if (code === 'NOT_FOUND') return !body.trimStart().startsWith('<');
  return code === 'BAD_REQUEST' && /does not belong|not found/i.test(body);
}

/** A help desk older than a search answers it with one of these. */
const SEARCH_LACKING = ['NOT_FOUND', 'BAD_REQUEST', 'NOT_XML', 'EMPTY_BODY', 'UNEXPECTED_ROOT'];

/** Whether a page has all rows wanted, and all that are equal to the last of them. */
function holdsLeading(
  rows: readonly object[],
  { field, wanted }: LeadingStep,
  pageSize: number,
): boolean {
  if (rows.length < pageSize && !mayBeCut(rows.length)) return true;
  const valueAt = (index: number): unknown => (rows[index] as Record<string, unknown>)[field];
  if (wanted instanceof Date) return compareValues(valueAt(rows.length - 1), wanted) < 0;
  return rows.length > wanted && compareValues(valueAt(wanted - 1), valueAt(rows.length - 1)) !== 0;
}

/** Sends the requests of one step and gives their rows, each once, as the network delivers them. */
export class StepRunner {
  readonly #client: ApiClient;
  readonly #persister: Persister;

  constructor(client: ApiClient, persister: Persister) {
    this.#client = client;
    this.#persister = persister;
  }

  /** The records of one reply, finished and ready for use. */
  async *read<Row extends object>(
    request: ApiRequest,
    { metadata, selection }: RowTarget<Row>,
    options: MeteredOptions,
    scope: Readonly<Record<string, unknown>> = {},
  ): AsyncGenerator<Row[]> {
    const factory = new EntityFactory(this.#persister, scope, selection);
    for await (const batch of this.#client.read(request, metadata, factory, options)) {
      for (const row of batch) factory.finish(row);
      yield batch;
    }
  }

  /**
   * @param resolve reads the look-ups of an offset step.
   * @param reading of a list that comes in pages.
   */
  run<Row extends object>(
    step: SelectStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    resolve: (step: FilteredStep) => Promise<ResolvedFilters>,
    reading: PageReading,
  ): AsyncIterable<Row[]> {
    switch (step.kind) {
      case 'record':
        return this.#record(step, target, options);
      case 'list':
        return this.#list(step, target, options);
      case 'keyset':
        return this.#keyset(step, target, options, reading);
      case 'offset':
        return this.#offset(step, target, options, resolve, reading);
      case 'leading':
        return this.#leading(step, target, options, resolve, reading);
      case 'search':
        return this.#search(step, target, options, resolve, reading);
    }
  }

  async *#list<Row extends object>(
    { route, scope }: ListStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
  ): AsyncGenerator<Row[]> {
    const distinct = new DistinctRows(target.metadata);
    for await (const batch of this.read({ method: 'GET', route }, target, options, scope)) {
      const fresh = distinct.take(batch);
      if (fresh.length > 0) yield fresh;
    }
  }

  async *#record<Row extends object>(
    { route, field, value }: Omit<RecordStep, 'kind'>,
    target: RowTarget<Row>,
    options: MeteredOptions,
  ): AsyncGenerator<Row[]> {
    try {
      let asked: Row | undefined;
      // To its end, so that the connection can be used again.
      for await (const batch of this.read({ method: 'GET', route }, target, options)) {
        asked ??= batch.find((row) => Reflect.get(row, field) === value);
      }
      if (asked !== undefined) yield [asked];
    } catch (error) {
      // What a caller aborts with says nothing of the record, even where it looks like an answer.
      if (options.signal?.aborted === true) throw error;
      if (!(error instanceof KayakoResponseError && isMissing(error))) throw error;
    }
  }

  #keyset<Row extends object>(
    step: KeysetStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    reading: PageReading,
  ): AsyncGenerator<Row[]> {
    return this.#pages(new KeysetCursor(step), { method: 'GET' }, target, options, reading);
  }

  async *#offset<Row extends object>(
    step: OffsetStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    resolve: (step: FilteredStep) => Promise<ResolvedFilters>,
    reading: PageReading,
  ): AsyncGenerator<Row[]> {
    const filters = await resolve(step);
    if (filters === null) return;
    const { parameters } = step;
    const request = { method: parameters.length > 0 ? 'POST' : 'GET', parameters } as const;
    yield* this.#pages(new OffsetCursor(step, filters), request, target, options, reading);
  }

  #pages<Row extends object>(
    cursor: PageCursor,
    request: Omit<ApiRequest, 'route'>,
    target: RowTarget<Row>,
    { signal, meter }: MeteredOptions,
    reading: PageReading,
  ): AsyncGenerator<Row[]> {
    const read = (route: string, page: AbortSignal): AsyncGenerator<Row[]> =>
      this.read({ ...request, route }, target, { signal: page, meter });
    const idOf = (row: Row): number => idIn(row, target.metadata);
    return new PageReader(cursor, read, idOf, reading, signal).rows();
  }

  async *#leading<Row extends object>(
    step: LeadingStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    resolve: (step: FilteredStep) => Promise<ResolvedFilters>,
    reading: PageReading,
  ): AsyncGenerator<Row[]> {
    const filters = await resolve(step);
    if (filters === null) return;
    for (const pageSize of step.pageSizes) {
      const route = [step.route, ...filters, pageSize, 0, ...step.sort].join('/');
      const rows: Row[] = [];
      for await (const batch of this.read({ method: 'GET', route }, target, options)) {
        for (const row of batch) rows.push(row);
      }
      if (!holdsLeading(rows, step, pageSize)) continue;
      yield new DistinctRows(target.metadata).take(rows);
      return;
    }
    yield* this.#offset(step.fallback, target, options, resolve, reading);
  }

  /** What a search answers is partly that of another table (§5.5), so each row found is read for itself. */
  async *#search<Row extends object>(
    step: SearchStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    resolve: (step: FilteredStep) => Promise<ResolvedFilters>,
    reading: PageReading,
  ): AsyncGenerator<Row[]> {
    const found = await this.#found(step, target, options);
    if (found === null) {
      for (const other of step.fallback) yield* this.run(other, target, options, resolve, reading);
      return;
    }
    const { route, idField } = target.metadata;
    for (const id of found) {
      const record = { route: `${route}/${id}`, field: idField ?? 'id', value: id };
      yield* this.#record(record, target, options);
    }
  }

  /** Ascending ids of what the searches find; null where there are none or they find too much. */
  async #found(
    { route, searches, wanted, most }: SearchStep,
    target: RowTarget<object>,
    options: MeteredOptions,
  ): Promise<number[] | null> {
    const ids = new Set<number>();
    const isWanted = compileCondition(wanted);
    try {
      for (const parameters of searches) {
        const request = { method: 'POST', route, parameters } as const;
        for await (const batch of this.read(request, target, options)) {
          for (const row of batch) if (isWanted(row)) ids.add(idIn(row, target.metadata));
          if (ids.size > most) return null;
        }
      }
    } catch (error) {
      const lacking = error instanceof KayakoResponseError && SEARCH_LACKING.includes(error.code);
      if (!lacking || options.signal?.aborted === true) throw error;
      return null;
    }
    return [...ids].sort((left, right) => left - right);
  }
}

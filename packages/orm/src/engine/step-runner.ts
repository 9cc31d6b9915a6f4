import {
  type ApiClient,
  type ApiRequest,
  type EntityMetadata,
  KayakoResponseError,
  type MeteredOptions,
} from '@kayako-orm/core';
import { type Persister } from '../entity/persister.js';
import {
  type KeysetStep,
  type OffsetStep,
  type RecordStep,
  type SearchStep,
  type SelectStep,
} from '../plan/select-plan.js';
import { compileCondition } from '../query/evaluate-condition.js';
import { EntityFactory } from './hydrator.js';
import { KeysetCursor } from './keyset-cursor.js';
import { OffsetCursor } from './offset-cursor.js';

/** What stands for an offset step's filters once the look-ups are read; null when one of them has no rows. */
export type ResolvedFilters = readonly string[] | null;

/** What rows are decoded into: entities, or plain objects with some of their fields. */
export interface RowTarget<Row extends object> {
  readonly metadata: EntityMetadata<Row>;
  readonly selection: ReadonlySet<string> | undefined;
}

export function idIn(entity: object, metadata: EntityMetadata): number {
  return metadata.idField === null
    ? 0
    : ((entity as Record<string, number>)[metadata.idField] ?? 0);
}

/** "Not there" is 404 for tickets, 400 for a child of another ticket, and an empty list elsewhere (§4.1, §4.2). */
function isMissing({ code, body }: KayakoResponseError): boolean {
  // A page of HTML says that the address is wrong, not the id (§4.1).
  if (code === 'NOT_FOUND') return !body.trimStart().startsWith('<');
  return code === 'BAD_REQUEST' && body.includes('does not belong');
}

/** A help desk older than a search answers it with one of these. */
const SEARCH_LACKING = ['NOT_FOUND', 'BAD_REQUEST', 'NOT_XML'];

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

  /** @param resolve reads the look-ups of an offset step. */
  run<Row extends object>(
    step: SelectStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    resolve: (step: OffsetStep) => Promise<ResolvedFilters>,
  ): AsyncIterable<Row[]> {
    switch (step.kind) {
      case 'record':
        return this.#record(step, target, options);
      case 'list':
        return this.read({ method: 'GET', route: step.route }, target, options, step.scope);
      case 'keyset':
        return this.#keyset(step, target, options);
      case 'offset':
        return this.#offset(step, target, options, resolve);
      case 'search':
        return this.#search(step, target, options, resolve);
    }
  }

  async *#record<Row extends object>(
    { route, field, value }: Omit<RecordStep, 'kind'>,
    target: RowTarget<Row>,
    options: MeteredOptions,
  ): AsyncGenerator<Row[]> {
    try {
      for await (const batch of this.read({ method: 'GET', route }, target, options)) {
        const asked = batch.filter((row) => Reflect.get(row, field) === value);
        if (asked.length > 0) yield asked.slice(0, 1);
      }
    } catch (error) {
      if (!(error instanceof KayakoResponseError && isMissing(error))) throw error;
    }
  }

  async *#keyset<Row extends object>(
    step: KeysetStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
  ): AsyncGenerator<Row[]> {
    const cursor = new KeysetCursor(step);
    do {
      const request = { method: 'GET', route: cursor.route } as const;
      for await (const batch of this.read(request, target, options)) {
        const fresh = batch.filter((row) => cursor.accept(idIn(row, target.metadata)));
        if (fresh.length > 0) yield fresh;
      }
    } while (cursor.next());
  }

  async *#offset<Row extends object>(
    step: OffsetStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    resolve: (step: OffsetStep) => Promise<ResolvedFilters>,
  ): AsyncGenerator<Row[]> {
    const filters = await resolve(step);
    if (filters === null) return;
    const { parameters } = step;
    const method = parameters.length > 0 ? 'POST' : 'GET';
    const cursor = new OffsetCursor(step, filters);
    do {
      const request = { method, route: cursor.route, parameters } as const;
      for await (const batch of this.read(request, target, options)) {
        const fresh = batch.filter((row) => cursor.accept(idIn(row, target.metadata)));
        if (cursor.hasGap) break;
        if (fresh.length > 0) yield fresh;
      }
    } while (cursor.next());
  }

  /** What a search answers is partly that of another table (§5.5), so each row found is read for itself. */
  async *#search<Row extends object>(
    step: SearchStep,
    target: RowTarget<Row>,
    options: MeteredOptions,
    resolve: (step: OffsetStep) => Promise<ResolvedFilters>,
  ): AsyncGenerator<Row[]> {
    const found = await this.#found(step, target, options);
    if (found === null) {
      for (const other of step.fallback) yield* this.run(other, target, options, resolve);
      return;
    }
    const { route, idField } = target.metadata;
    for (const id of found) {
      const record = { route: `${route}/${id}`, field: idField ?? 'id', value: id };
      yield* this.#record(record, target, options);
    }
  }

  /** Ascending ids of what a search finds; null where there is no such search or it finds too much. */
  async #found(
    { route, parameters, wanted, most }: SearchStep,
    target: RowTarget<object>,
    options: MeteredOptions,
  ): Promise<number[] | null> {
    const ids = new Set<number>();
    const isWanted = compileCondition(wanted);
    try {
      for await (const batch of this.read({ method: 'POST', route, parameters }, target, options)) {
        for (const row of batch) if (isWanted(row)) ids.add(idIn(row, target.metadata));
        if (ids.size > most) return null;
      }
    } catch (error) {
      const lacking = error instanceof KayakoResponseError && SEARCH_LACKING.includes(error.code);
      if (!lacking) throw error;
      return null;
    }
    return [...ids].sort((left, right) => left - right);
  }
}

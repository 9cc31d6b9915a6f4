import {
  type ApiClient,
  type ApiRequest,
  type CallOptions,
  type EntityMetadata,
  KayakoResponseError,
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

/** What stands for an offset step's filters once the look-ups are read; null when one of them has no rows. */
export type ResolvedFilters = readonly string[] | null;

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

/** Where few rows were wanted but the first page did not hold them, pages grow. */
const PAGE_GROWTH = 10;

interface RepeatFilter {
  /** Remembers a row; false when it was given before. */
  add(id: number): boolean;
  /** Whether a page that begins with this row may lack some before it. */
  isGap(id: number): boolean;
  endPage(): void;
}

/** Which rows were given before, where nothing is known of their order. */
class Repeats implements RepeatFilter {
  readonly #seen = new Set<number>();

  add(id: number): boolean {
    return !this.#seen.has(id) && this.#seen.add(id).has(id);
  }

  isGap(): boolean {
    return false;
  }

  endPage(): void {
    // What was seen stays seen.
  }
}

/** The same for pages by ascending or descending id, where the end of the page before tells. */
class RepeatsById implements RepeatFilter {
  readonly #ascending: boolean;
  readonly #page = new Set<number>();
  #last: number | undefined;

  constructor(direction: 'ASC' | 'DESC') {
    this.#ascending = direction === 'ASC';
  }

  add(id: number): boolean {
    return this.isGap(id) && !this.#page.has(id) && this.#page.add(id).has(id);
  }

  isGap(id: number): boolean {
    if (this.#last === undefined) return true;
    return this.#ascending ? id > this.#last : id < this.#last;
  }

  endPage(): void {
    for (const id of this.#page) if (this.isGap(id)) this.#last = id;
    this.#page.clear();
  }
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
  async *read<Entity extends object>(
    request: ApiRequest,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
    scope: Readonly<Record<string, unknown>> = {},
  ): AsyncGenerator<Entity[]> {
    const factory = new EntityFactory(this.#persister, scope);
    for await (const batch of this.#client.read(request, metadata, factory, options)) {
      for (const entity of batch) factory.finish(entity);
      yield batch;
    }
  }

  /** @param resolve reads the look-ups of an offset step. */
  run<Entity extends object>(
    step: SelectStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
    resolve: (step: OffsetStep) => Promise<ResolvedFilters>,
  ): AsyncIterable<Entity[]> {
    switch (step.kind) {
      case 'record':
        return this.#record(step, metadata, options);
      case 'list':
        return this.read({ method: 'GET', route: step.route }, metadata, options, step.scope);
      case 'keyset':
        return this.#keyset(step, metadata, options);
      case 'offset':
        return this.#offset(step, metadata, options, resolve);
      case 'search':
        return this.#search(step, metadata, options);
    }
  }

  async *#record<Entity extends object>(
    { route, field, value }: Omit<RecordStep, 'kind'>,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    try {
      for await (const batch of this.read({ method: 'GET', route }, metadata, options)) {
        const asked = batch.filter((entity) => Reflect.get(entity, field) === value);
        if (asked.length > 0) yield asked.slice(0, 1);
      }
    } catch (error) {
      if (!(error instanceof KayakoResponseError && isMissing(error))) throw error;
    }
  }

  /**
   * Once a page was as long as asked, a shorter one is the last; until then a short page may also mean that the server
   * sends fewer than asked, so pages are asked for until one is empty. An empty page after a full one is asked twice.
   */
  async *#keyset<Entity extends object>(
    step: KeysetStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    let wasFull = false;
    for (let marker = step.marker, doubt = false; ;) {
      const page = new Set<number>();
      let received = 0;
      let last = marker - 1;
      const route = `${step.route}/${marker}/${step.pageSize}`;
      for await (const batch of this.read({ method: 'GET', route }, metadata, options)) {
        received += batch.length;
        const fresh = batch.filter((entity) => {
          const id = idIn(entity, metadata);
          if (id < marker || page.has(id)) return false;
          page.add(id);
          last = Math.max(last, id);
          return step.last === null || id <= step.last;
        });
        if (fresh.length > 0) yield fresh;
      }
      if (step.single || (step.last !== null && last >= step.last)) return;
      doubt = page.size === 0 && !doubt && wasFull;
      if (!doubt && (page.size === 0 || (wasFull && received < step.pageSize))) return;
      wasFull ||= received >= step.pageSize;
      marker = last + 1;
    }
  }

  /** Keyset pages as arrays, each complete, until a short one; a last page without rows is left out. */
  async *pages<Entity extends object>(
    step: KeysetStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    let page: Entity[] = [];
    for await (const batch of this.#keyset(step, metadata, options)) {
      for (const entity of batch) {
        page.push(entity);
        if (page.length < step.pageSize) continue;
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  }

  /**
   * Pages by offset move when rows leave or join the list meanwhile, which a loop that changes what it reads does
   * itself. By id, each page begins with the last row of the one before; where it does not, rows have left, and the
   * page before is read again.
   */
  async *#offset<Entity extends object>(
    step: OffsetStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
    resolve: (step: OffsetStep) => Promise<ResolvedFilters>,
  ): AsyncGenerator<Entity[]> {
    const filters = await resolve(step);
    if (filters === null) return;
    const method = step.parameters.length > 0 ? 'POST' : 'GET';
    const repeats: RepeatFilter = step.byId ? new RepeatsById(step.sort[1]) : new Repeats();
    let { start, pageSize } = step;
    let steppedBackFrom: number | null = null;
    let previous: number | undefined;
    for (;;) {
      let rows = 0;
      let fresh = 0;
      let gap = false;
      let firstId: number | undefined;
      const route = [step.route, ...filters, pageSize, start, ...step.sort].join('/');
      const request = { method, route, parameters: step.parameters } as const;
      // Not twice without anything new between: a server whose pages never meet would be asked for ever.
      const mayStepBack = step.byId && start > step.start && steppedBackFrom !== start;
      for await (const batch of this.read(request, metadata, options)) {
        const [first] = batch;
        if (first !== undefined) firstId ??= idIn(first, metadata);
        gap = mayStepBack && rows === 0 && firstId !== undefined && repeats.isGap(firstId);
        if (gap) break;
        rows += batch.length;
        const unseen = batch.filter((entity) => repeats.add(idIn(entity, metadata)));
        fresh += unseen.length;
        if (unseen.length > 0) yield unseen;
      }
      if (gap || (mayStepBack && rows === 0)) {
        steppedBackFrom = start;
        start = Math.max(step.start, start - pageSize);
        continue;
      }
      repeats.endPage();
      // A server that gives the same page again and again would never end.
      const isSamePage = fresh === 0 && firstId === previous;
      if (rows === 0 || rows < pageSize || isSamePage) return;
      previous = firstId;
      if (fresh > 0) steppedBackFrom = null;
      start += step.byId && rows > 1 ? rows - 1 : rows;
      pageSize = Math.min(step.maxPageSize, pageSize * PAGE_GROWTH);
    }
  }

  async *#search<Entity extends object>(
    step: SearchStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    const ids: number[] = [];
    const { route, parameters } = step;
    const isWanted = compileCondition(step.wanted);
    for await (const batch of this.read({ method: 'POST', route, parameters }, metadata, options)) {
      for (const entity of batch) if (isWanted(entity)) ids.push(idIn(entity, metadata));
    }
    // What a search answers is partly that of another table (§5.5), so each row is read for itself.
    for (const id of [...new Set(ids)].sort((left, right) => left - right)) {
      const route = `${metadata.route}/${id}`;
      yield* this.#record({ route, field: metadata.idField ?? 'id', value: id }, metadata, options);
    }
  }
}

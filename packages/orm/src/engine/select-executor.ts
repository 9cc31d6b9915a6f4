import {
  type ApiClient,
  type ApiRequest,
  type CallOptions,
  type EntityMetadata,
  KayakoResponseError,
  metadataOf,
} from '@kayako-orm/core';
import { type Persister } from '../entity/persister.js';
import { planSelect } from '../plan/plan-select.js';
import {
  type KeysetStep,
  type OffsetStep,
  type RouteSegment,
  type SelectPlan,
  type SelectStep,
} from '../plan/select-plan.js';
import { compileCondition } from '../query/evaluate-condition.js';
import { parseCondition } from '../query/parse-condition.js';
import { type SelectNode } from '../query/select-node.js';
import { EntityFactory } from './hydrator.js';
import { type RowSource } from './row-source.js';

/** Runs plans against one help desk: batches of rows, at the pace of their reader. */
export class SelectExecutor implements RowSource {
  readonly #client: ApiClient;
  readonly #persister: Persister;

  constructor(client: ApiClient, persister: Persister) {
    this.#client = client;
    this.#persister = persister;
  }

  async *open<Entity extends object>(
    node: SelectNode<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    options.signal?.throwIfAborted();
    yield* this.execute(planSelect(node), node.metadata, options);
  }

  /** The rows of a plan, filtered and cut to its limit. Nothing is read beyond the last row needed. */
  async *execute<Entity extends object>(
    plan: SelectPlan,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    let wanted = plan.limit ?? Infinity;
    if (wanted <= 0) return;
    const fulfils = plan.residual === null ? null : compileCondition(plan.residual);
    for (const step of plan.steps) {
      for await (const batch of this.#run(step, metadata, options)) {
        const rows = fulfils === null ? batch : batch.filter(fulfils);
        if (rows.length === 0) continue;
        if (rows.length >= wanted) {
          yield rows.slice(0, wanted);
          return;
        }
        wanted -= rows.length;
        yield rows;
      }
    }
  }

  #run<Entity extends object>(
    step: SelectStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncIterable<Entity[]> {
    switch (step.kind) {
      case 'record':
        return this.#record(step.route, metadata, options);
      case 'list':
        return this.#list(step.route, metadata, options, step.scope);
      case 'keyset':
        return this.#keyset(step, metadata, options);
      case 'offset':
        return this.#offset(step, metadata, options);
    }
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

  #list<Entity extends object>(
    route: string,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
    scope?: Readonly<Record<string, unknown>>,
  ): AsyncGenerator<Entity[]> {
    return this.read({ method: 'GET', route }, metadata, options, scope);
  }

  async *#record<Entity extends object>(
    route: string,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    try {
      yield* this.#list(route, metadata, options);
    } catch (error) {
      // "Not there" is 404 for tickets and an empty list elsewhere (§4.2).
      if (!(error instanceof KayakoResponseError && error.code === 'NOT_FOUND')) throw error;
    }
  }

  async *#keyset<Entity extends object>(
    step: KeysetStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    for (let marker = step.marker; ;) {
      let rows = 0;
      let last = marker - 1;
      const route = `${step.route}/${marker}/${step.pageSize}`;
      for await (const batch of this.#list(route, metadata, options)) {
        rows += batch.length;
        for (const entity of batch) last = Math.max(last, idIn(entity, metadata));
        yield batch;
      }
      // A short page is the last one. A page that leads nowhere would come again for ever.
      if (step.single || rows < step.pageSize || last < marker) return;
      marker = last + 1;
    }
  }

  /** Keyset pages as arrays, each complete, until a short one; a last page without rows is left out. */
  async *pages<Entity extends object>(
    step: KeysetStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    for (let marker = step.marker; ;) {
      const page: Entity[] = [];
      const single: KeysetStep = { ...step, marker, single: true };
      for await (const batch of this.#keyset(single, metadata, options)) page.push(...batch);
      if (page.length > 0) yield page;
      const last = page.reduce((highest, entity) => Math.max(highest, idIn(entity, metadata)), 0);
      if (page.length < step.pageSize || last < marker) return;
      marker = last + 1;
    }
  }

  async *#offset<Entity extends object>(
    step: OffsetStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    const filters: string[] = [];
    for (const segment of step.filters) {
      const text = await this.#resolve(segment, options);
      // A look-up without rows leaves nothing to ask for; an empty filter would select something else.
      if (text === '') return;
      filters.push(text);
    }
    let previous: number | undefined;
    for (let start = 0; ; start += step.pageSize) {
      let rows = 0;
      const route = [step.route, ...filters, step.pageSize, start, ...step.sort].join('/');
      for await (const batch of this.#list(route, metadata, options)) {
        const [first] = batch;
        if (rows === 0 && first !== undefined) {
          const firstId = idIn(first, metadata);
          // A server that repeats its last page would never end.
          if (firstId === previous) return;
          previous = firstId;
        }
        rows += batch.length;
        yield batch;
      }
      if (rows < step.pageSize) return;
    }
  }

  async #resolve(segment: RouteSegment, options: CallOptions): Promise<string> {
    if (typeof segment === 'string') return segment;
    const metadata = metadataOf(segment.entity);
    const condition = parseCondition(metadata, segment.where);
    const ids: number[] = [];
    for await (const batch of this.open({ metadata, condition, limit: null }, options)) {
      for (const entity of batch) ids.push(idIn(entity, metadata));
    }
    return ids.join(',');
  }
}

function idIn(entity: object, metadata: EntityMetadata): number {
  return metadata.idField === null
    ? 0
    : ((entity as Record<string, number>)[metadata.idField] ?? 0);
}

import {
  type ApiClient,
  type CallOptions,
  type EntityMetadata,
  KayakoResponseError,
  metadataOf,
} from '@kayako-orm/core';
import { type Persister } from '../entity/persister.js';
import { type Explanation } from '../entity/explanation.js';
import { explainPlan } from '../plan/explain-plan.js';
import { planSelect } from '../plan/plan-select.js';
import {
  type LookupSegment,
  type OffsetStep,
  type SelectPlan,
  type SelectStep,
} from '../plan/select-plan.js';
import {
  and,
  type ConditionNode,
  EVERYTHING,
  isEverything,
  isNothing,
  NOTHING,
} from '../query/condition-node.js';
import { simplifyCondition } from '../query/simplify-condition.js';
import { compileCondition } from '../query/evaluate-condition.js';
import { parseCondition } from '../query/parse-condition.js';
import { type SelectNode, selectAll } from '../query/select-node.js';
import { countRows } from './count-rows.js';
import { LookupCache, type LookupRow } from './lookup-cache.js';
import { orderRows } from './order-rows.js';
import { type RowSource } from './row-source.js';
import { idIn, type ResolvedFilters, StepRunner } from './step-runner.js';

/** Runs plans against one help desk: batches of rows, at the pace of their reader. */
export class SelectExecutor implements RowSource {
  readonly runner: StepRunner;
  readonly lookups: LookupCache;
  readonly #client: ApiClient;

  constructor(client: ApiClient, persister: Persister, now: () => Date) {
    this.#client = client;
    this.runner = new StepRunner(client, persister);
    this.lookups = new LookupCache(now);
  }

  async *open<Entity extends object>(
    node: SelectNode<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    options.signal?.throwIfAborted();
    const plan = planSelect(await this.#withoutRelations(node, options));
    yield* this.execute(plan, node, options);
  }

  async explain(node: SelectNode, options: CallOptions): Promise<Explanation> {
    options.signal?.throwIfAborted();
    const resolved = await this.#withoutRelations(node, options);
    return explainPlan(planSelect(resolved), resolved);
  }

  /** How many rows `open` would give; asks the server to count where it can. */
  async count(node: SelectNode, options: CallOptions): Promise<number> {
    options.signal?.throwIfAborted();
    const plan = planSelect(await this.#withoutRelations({ ...node, order: [] }, options));
    const [step] = plan.steps;
    const counted =
      step?.kind === 'offset' && plan.residual === null && node.filters.length === 0
        ? await this.#countOf(step, options)
        : null;
    if (counted !== null) return Math.max(0, Math.min(counted - node.skip, node.limit ?? Infinity));
    let rows = 0;
    for await (const batch of this.execute(plan, node, options)) rows += batch.length;
    return rows;
  }

  /** What the server counts, or null where that would not be what is asked for. */
  async #countOf(step: OffsetStep, options: CallOptions): Promise<number | null> {
    for (const segment of step.filters) {
      if (typeof segment === 'string' || segment.kind === 'lookup') continue;
      const existing = await this.#lookup(segment.existing, options);
      // Perhaps they are new; the rows themselves will tell.
      if (!existing.some(({ id }) => segment.ids.includes(id))) return null;
    }
    const { filters, wider } = await this.#resolveAll(step, options);
    if (filters === null) return 0;
    return wider ? null : countRows(this.#client, step, filters, options);
  }

  /** The rows of a plan, filtered, in order and cut. Nothing is read beyond the last row needed. */
  async *execute<Entity extends object>(
    plan: SelectPlan,
    { metadata, filters }: Pick<SelectNode<Entity>, 'metadata' | 'filters'>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    let wanted = plan.limit ?? Infinity;
    let passing = plan.skip;
    const rows = this.#filtered(plan, metadata, filters, options);
    for await (const batch of orderRows(rows, plan.order)) {
      options.signal?.throwIfAborted();
      const kept = passing > 0 ? batch.slice(passing) : batch;
      passing -= batch.length - kept.length;
      if (kept.length === 0) continue;
      if (kept.length >= wanted) {
        yield kept.slice(0, wanted);
        return;
      }
      wanted -= kept.length;
      yield kept;
    }
  }

  async *#filtered<Entity extends object>(
    plan: SelectPlan,
    metadata: EntityMetadata<Entity>,
    filters: SelectNode<Entity>['filters'],
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    const residual = await this.#replaceRelations(plan.residual ?? EVERYTHING, options);
    const local = and(...plan.checked, residual);
    const fulfils = isEverything(local) ? null : compileCondition(local);
    for (const step of plan.steps) {
      for await (const batch of this.#rows(step, metadata, options)) {
        let rows = fulfils === null ? batch : batch.filter(fulfils);
        for (const filter of filters) rows = rows.filter(filter);
        if (rows.length > 0) yield rows;
      }
    }
  }

  async *#rows<Entity extends object>(
    step: SelectStep,
    metadata: EntityMetadata<Entity>,
    options: CallOptions,
  ): AsyncGenerator<Entity[]> {
    const resolve = (offset: OffsetStep): Promise<ResolvedFilters> =>
      this.#resolve(offset, options);
    try {
      yield* this.runner.run(step, metadata, options, resolve);
    } catch (error) {
      const lacking =
        step.kind === 'search' &&
        error instanceof KayakoResponseError &&
        error.route === step.route &&
        ['NOT_FOUND', 'BAD_REQUEST', 'NOT_XML'].includes(error.code);
      if (!lacking) throw error;
      for (const other of step.fallback) {
        yield* this.runner.run(other, metadata, options, resolve);
      }
    }
  }

  async #resolve(step: OffsetStep, options: CallOptions): Promise<ResolvedFilters> {
    return (await this.#resolveAll(step, options)).filters;
  }

  /**
   * The path filters as text: null where a look-up has no rows, because an empty filter would select something else;
   * `wider` where a filter had to name more than the condition does.
   */
  async #resolveAll(
    step: OffsetStep,
    options: CallOptions,
  ): Promise<{ filters: ResolvedFilters; wider: boolean }> {
    let wider = false;
    const filters: (string | Set<number>)[] = step.filters.map((segment) =>
      typeof segment === 'string' ? segment : new Set(segment.kind === 'ids' ? segment.ids : []),
    );
    for (const [index, segment] of step.filters.entries()) {
      const own = filters[index];
      if (typeof segment === 'string' || segment.kind === 'ids' || !(own instanceof Set)) continue;
      for (const row of await this.#lookup(segment, options)) {
        own.add(row.id);
        const tied = filters[segment.tiedTo?.filter ?? -1];
        if (row.tiedTo === null || !(tied instanceof Set) || tied.has(row.tiedTo)) continue;
        tied.add(row.tiedTo);
        wider = true;
      }
    }
    const texts = filters.map((filter) =>
      typeof filter === 'string' ? filter : [...filter].join(','),
    );
    return { filters: texts.includes('') ? null : texts, wider };
  }

  async #lookup(segment: LookupSegment, options: CallOptions): Promise<readonly LookupRow[]> {
    const { entity, where } = segment;
    const metadata = metadataOf(entity);
    const node = { ...selectAll(metadata), condition: parseCondition(metadata, where) };
    const read = async (): Promise<LookupRow[]> => {
      const found: LookupRow[] = [];
      for await (const batch of this.open(node, {})) {
        for (const row of batch) {
          const tie = (row as Record<string, unknown>)[segment.tiedTo?.field ?? ''];
          found.push({ id: idIn(row, metadata), tiedTo: typeof tie === 'number' ? tie : null });
        }
      }
      return found;
    };
    const rows = this.lookups.rows(entity, JSON.stringify([where, segment.tiedTo]), read);
    // The reading is shared with others, so a caller who gives up leaves it running.
    return options.signal === undefined ? rows : abortable(rows, options.signal);
  }

  async #ids(node: SelectNode, options: CallOptions): Promise<number[]> {
    const ids: number[] = [];
    for await (const batch of this.open(node, options)) {
      for (const entity of batch) ids.push(idIn(entity, node.metadata));
    }
    return ids;
  }

  /**
   * The query, simplified, with each relation in its condition replaced by the ids of the rows that it asks for. Nothing
   * is read where no row can match anyway.
   */
  async #withoutRelations<Entity extends object>(
    node: SelectNode<Entity>,
    options: CallOptions,
  ): Promise<SelectNode<Entity>> {
    const condition = node.limit === 0 ? NOTHING : simplifyCondition(node.condition);
    return { ...node, condition: await this.#replaceRelations(condition, options) };
  }

  async #replaceRelations(node: ConditionNode, options: CallOptions): Promise<ConditionNode> {
    switch (node.kind) {
      case 'relation': {
        const values = await this.#ids(node.select, options);
        return { kind: 'in', field: node.field, values, ignoreCase: false };
      }
      case 'and':
      case 'or': {
        const conditions: ConditionNode[] = [];
        for (const each of node.conditions) {
          const replaced = simplifyCondition(await this.#replaceRelations(each, options));
          if (node.kind === 'and' && isNothing(replaced)) return NOTHING;
          conditions.push(replaced);
        }
        return { ...node, conditions };
      }
      case 'not':
        return { ...node, condition: await this.#replaceRelations(node.condition, options) };
      case 'in':
      case 'compare':
      case 'text':
      case 'match':
      case 'some':
        return node;
    }
  }
}

function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

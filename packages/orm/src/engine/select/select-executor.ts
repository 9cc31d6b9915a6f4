import {
  type ApiClient,
  type CallOptions,
  type EntityMetadata,
  type Meter,
} from '@kayako-orm/core';
import { type Explanation } from '../../entity/explanation.js';
import { type Persister } from '../../entity/persister.js';
import { explainPlan } from '../../plan/explain-plan.js';
import { planSelect } from '../../plan/plan-select.js';
import { type OffsetStep, type SelectPlan } from '../../plan/select-plan.js';
import { EVERYTHING, isEverything, isNothing } from '../../query/condition-node.js';
import { NO_FIELDS, type SelectNode, selectAll } from '../../query/select-node.js';
import { growingBatches } from '../runs/growing-batches.js';
import { type IncludeNode } from '../../query/include-node.js';
import { countRows } from '../paging/count-rows.js';
import { EntityCustomFieldReader } from '../custom-fields/entity-custom-field-reader.js';
import { EntityReader } from '../loading/entity-reader.js';
import { IncludeLoader } from '../loading/include-loader.js';
import { PathFilters } from '../loading/path-filters.js';
import { type Intake } from '../hydration/intake.js';
import { RelationResolver } from '../loading/relation-resolver.js';
import { type LiveRows, type RowSource } from '../runs/row-source.js';
import { Run, type RunOptions } from '../runs/run.js';
import { PlanRunner } from './plan-runner.js';
import { StepRunner } from '../paging/step-runner.js';
import { TableCache } from '../loading/table-cache.js';

/** Rows whose references are read together. */
const MOST_TOGETHER = 500;

/** Runs plans against one help desk: batches of rows, at the pace of their reader. */
export class SelectExecutor implements RowSource, LiveRows {
  readonly runner: StepRunner;
  readonly intake: Intake;
  readonly tables: TableCache;
  readonly customFields: EntityCustomFieldReader;
  readonly #plans: PlanRunner;
  readonly #filters: PathFilters;
  readonly #relations: RelationResolver;
  readonly connection: Meter;
  readonly #client: ApiClient;
  readonly #persister: Persister;
  readonly #reader: EntityReader;

  /** @param tables those of another executor for the same help desk; null for new ones. */
  constructor(
    client: ApiClient,
    persister: Persister,
    intake: Intake,
    now: () => Date,
    tables: TableCache | null,
  ) {
    this.#client = client;
    this.#persister = persister;
    this.intake = intake;
    this.runner = new StepRunner(client, persister);
    this.connection = client.meter;
    this.tables = tables ?? new TableCache((node, run) => this.#rows(node, run), now);
    this.#reader = new EntityReader(this.tables, persister, intake, (node, run) =>
      this.#rows(node, run),
    );
    this.customFields = new EntityCustomFieldReader(this.runner, this.tables);
    this.#filters = new PathFilters(this.tables);
    this.#plans = new PlanRunner(this.runner, this.#filters, this.customFields);
    this.#relations = new RelationResolver(
      this.connection,
      this.tables,
      (node, run) => this.#newRun(node, run),
      (plan, node, run) => this.#plans.rows(plan, node, run),
    );
  }

  get live(): LiveRows {
    return this;
  }

  open<Entity extends object>(
    node: SelectNode<Entity>,
    options: RunOptions,
  ): AsyncGenerator<Entity[]> {
    return this.#run(node, options, (run) => this.#plan(node, run));
  }

  /** The rows of a plan that was made elsewhere; relations in its residual are read first. */
  openPlan<Entity extends object>(
    plan: SelectPlan,
    node: SelectNode<Entity>,
    options: RunOptions,
  ): AsyncGenerator<Entity[]> {
    return this.#run(node, options, async (run) => {
      const condition = plan.residual ?? EVERYTHING;
      const { select, relations } = await this.#relations.resolve({ ...node, condition }, run);
      const residual = isEverything(select.condition) ? null : select.condition;
      const steps = isNothing(select.condition) ? [] : plan.steps;
      const resolved = { ...plan, steps, residual };
      run.planned(() => explainPlan(resolved, node, relations));
      return resolved;
    });
  }

  async settle<Entity extends object>(
    node: SelectNode<Entity>,
    list: OffsetStep,
    options: RunOptions,
  ): Promise<{ select: SelectNode<Entity>; filters: readonly string[] | null }> {
    options.signal?.throwIfAborted();
    const run = this.#newRun(node, options);
    try {
      const { select } = await this.#relations.resolve(node, run);
      const { filters } = await this.#filters.resolve(list, run);
      return { select, filters };
    } finally {
      run.release();
    }
  }

  async explain(node: SelectNode, options: CallOptions): Promise<Explanation> {
    options.signal?.throwIfAborted();
    const run = this.#newRun(node, options);
    try {
      const { select, relations } = await this.#relations.resolve(node, run);
      return explainPlan(planSelect(select), select, relations);
    } finally {
      run.release();
    }
  }

  /** How many rows `open` would give; asks the server to count where it can. */
  async count(node: SelectNode, options: CallOptions): Promise<number> {
    const unordered = { ...node, order: [], selection: NO_FIELDS };
    let total = 0;
    const counting = (run: Run): AsyncGenerator<object[]> =>
      this.#counting(unordered, run, (rows) => {
        total += rows;
      });
    for await (const batch of this.#observed(node, options, counting)) total += batch.length;
    return total;
  }

  /** Entities by their ids, for references that are loaded together. */
  async entities(
    metadata: EntityMetadata,
    ids: readonly number[],
    options: CallOptions,
  ): Promise<Map<number, object>> {
    const run = this.#newRun(selectAll(metadata), { ...options, keeps: true });
    try {
      return await this.#reader.read(metadata, ids, run, false);
    } finally {
      run.release();
    }
  }

  #newRun({ metadata, budget }: SelectNode, options: RunOptions): Run {
    return new Run(metadata.name, options.meter ?? this.connection, budget, options);
  }

  #run<Entity extends object>(
    node: SelectNode<Entity>,
    options: RunOptions,
    planning: (run: Run) => Promise<SelectPlan>,
  ): AsyncGenerator<Entity[]> {
    return this.#observed(node, options, (run) => this.#planned(node, run, planning));
  }

  /** One run from its beginning to its end, however that comes. */
  async *#observed<Entity extends object>(
    node: SelectNode<Entity>,
    options: RunOptions,
    read: (run: Run) => AsyncGenerator<Entity[]>,
  ): AsyncGenerator<Entity[]> {
    options.signal?.throwIfAborted();
    const run = this.#newRun(node, options);
    options.begun?.(() => {
      run.abandon();
    });
    try {
      for await (const batch of read(run)) {
        run.kept(batch.length);
        yield batch;
      }
      run.complete();
    } catch (error) {
      run.fail(error);
      throw error;
    } finally {
      if (options.isPart === true) run.release();
      else run.end();
    }
    if (options.completed !== undefined) options.completed(run.report());
  }

  async *#planned<Entity extends object>(
    node: SelectNode<Entity>,
    run: Run,
    planning: (run: Run) => Promise<SelectPlan>,
  ): AsyncGenerator<Entity[]> {
    const rows = this.#plans.rows(await planning(run), node, run);
    // Objects with some of the fields are no entities.
    const taken = node.selection === null ? this.#taken(rows, run) : rows;
    yield* node.include.length === 0 ? taken : this.#withRelations(taken, node, run);
  }

  async *#taken<Entity extends object>(
    batches: AsyncIterable<Entity[]>,
    run: Run,
  ): AsyncGenerator<Entity[]> {
    for await (const batch of batches) yield await this.intake.take(batch, run);
  }

  /** Loads what is included while the rows stream: a batch is handed out when all of its relations are here. */
  async *#withRelations<Entity extends object>(
    batches: AsyncIterable<Entity[]>,
    { include }: SelectNode<Entity>,
    run: Run,
  ): AsyncGenerator<Entity[]> {
    const loader = new IncludeLoader(this.#reader, this.#persister, run);
    const groups = areReferences(include) ? growingBatches(batches, MOST_TOGETHER) : batches;
    for await (const batch of groups) {
      try {
        await loader.load(batch, include);
      } catch (error) {
        // The other relations of the batch are of no use any more.
        run.abandon();
        throw error;
      }
      yield batch;
    }
  }

  /** The rows to be counted, or none and what the server counts. */
  async *#counting<Entity extends object>(
    node: SelectNode<Entity>,
    run: Run,
    counted: (rows: number) => void,
  ): AsyncGenerator<Entity[]> {
    const plan = await this.#plan(node, run);
    const rows = await this.#countedByServer(plan, node, run);
    if (rows === null) yield* this.#plans.rows(plan, node, run);
    else counted(Math.max(0, Math.min(rows - node.skip, node.limit ?? Infinity)));
  }

  /** The rows of a query that is part of another one's run. */
  async *#rows<Entity extends object>(
    node: SelectNode<Entity>,
    run: Run,
  ): AsyncGenerator<Entity[]> {
    yield* this.#plans.rows(await this.#plan(node, run), node, run);
  }

  async #plan(node: SelectNode, run: Run): Promise<SelectPlan> {
    const { select, relations } = await this.#relations.resolve(node, run);
    const plan = planSelect(select);
    run.planned(() => explainPlan(plan, select, relations));
    return plan;
  }

  /** What the server counts, or null where that would not be what is asked for. */
  async #countedByServer(plan: SelectPlan, node: SelectNode, run: Run): Promise<number | null> {
    const [step] = plan.steps;
    if (step?.kind !== 'offset' || plan.residual !== null || node.filters.length > 0) return null;
    // Perhaps they are new; the rows themselves will tell.
    if (!(await this.#filters.areValid(step, run))) return null;
    const { filters, wider } = await this.#filters.resolve(step, run);
    if (filters === null) return 0;
    return wider ? null : countRows(this.#client, node.metadata, step, filters, run);
  }
}

/** Whether what is included is read for many rows together; children are read for each. */
function areReferences(include: readonly IncludeNode[]): boolean {
  return include.every(
    ({ relation, include: inner }) => relation.kind !== 'hasMany' && areReferences(inner),
  );
}

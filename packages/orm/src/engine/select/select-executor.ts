import {
  type ApiClient,
  type CallOptions,
  type EntityMetadata,
  type Meter,
} from '@kayako-orm/core';
import { type Explanation } from '../../entity/explanation.js';
import { type Persister } from '../../entity/persister.js';
import { type ApartFields, apartFieldsOf } from '../../plan/apart-fields.js';
import { decodedFields } from '../../plan/decoded-fields.js';
import { explainPlan } from '../../plan/explain-plan.js';
import { planSelect } from '../../plan/plan-select.js';
import {
  type FilteredStep,
  type OffsetStep,
  type RecordStep,
  type SelectPlan,
} from '../../plan/select-plan.js';
import { compileCondition } from '../../query/evaluate-condition.js';
import { EVERYTHING, isEverything, isNothing } from '../../query/condition-node.js';
import { NO_FIELDS, type SelectNode, selectAll } from '../../query/select-node.js';
import { inOrder } from '../runs/at-most.js';
import { countRows } from '../paging/count-rows.js';
import { EntityCustomFieldReader } from '../custom-fields/entity-custom-field-reader.js';
import { EntityReader } from '../loading/entity-reader.js';
import { IncludeLoader } from '../loading/include-loader.js';
import { orderRows } from '../rows/order-rows.js';
import { PathFilters } from '../loading/path-filters.js';
import { readAhead } from '../runs/read-ahead.js';
import { type Intake } from '../hydration/intake.js';
import { keeps } from '../rows/keeps.js';
import { RelationResolver } from '../loading/relation-resolver.js';
import { type LiveRows, type RowSource } from '../runs/row-source.js';
import { Run, type RunOptions } from '../runs/run.js';
import { StepRunner } from '../paging/step-runner.js';
import { TableCache } from '../loading/table-cache.js';

/** Records read at the same time, for one query; the connection has a limit of its own. */
const CONCURRENCY = 4;

/** Runs plans against one help desk: batches of rows, at the pace of their reader. */
export class SelectExecutor implements RowSource, LiveRows {
  readonly runner: StepRunner;
  readonly intake: Intake;
  readonly tables: TableCache;
  readonly customFields: EntityCustomFieldReader;
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
    this.#relations = new RelationResolver(
      this.connection,
      this.tables,
      (node, run) => this.#newRun(node, run),
      (plan, node, run) => this.#execute(plan, node, run),
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
    const rows = this.#execute(await planning(run), node, run);
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
    for await (const batch of batches) {
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
    if (rows === null) yield* this.#execute(plan, node, run);
    else counted(Math.max(0, Math.min(rows - node.skip, node.limit ?? Infinity)));
  }

  /** The rows of a query that is part of another one's run. */
  async *#rows<Entity extends object>(
    node: SelectNode<Entity>,
    run: Run,
  ): AsyncGenerator<Entity[]> {
    yield* this.#execute(await this.#plan(node, run), node, run);
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

  /** The rows of a plan, filtered, in order and cut. Nothing is read beyond the last row needed. */
  async *#execute<Entity extends object>(
    plan: SelectPlan,
    node: SelectNode<Entity>,
    run: Run,
  ): AsyncGenerator<Entity[]> {
    let wanted = plan.limit ?? Infinity;
    let passing = plan.skip;
    let last: Entity[] | null = null;
    const apart = apartFieldsOf(plan, node);
    if (apart.names.size > 0) await this.customFields.bind(node.metadata, run);
    const complete = async (rows: Entity[]): Promise<Entity[]> => {
      if (!apart.decide) await this.customFields.read(rows, node.metadata, apart.names, run);
      return rows;
    };
    for await (const batch of orderRows(this.#filtered(plan, node, run, apart), plan.order)) {
      run.signal.throwIfAborted();
      const kept = passing > 0 ? batch.slice(passing) : batch;
      passing -= batch.length - kept.length;
      if (kept.length >= wanted) {
        last = kept.slice(0, wanted);
        break;
      }
      wanted -= kept.length;
      if (kept.length > 0) yield await complete(kept);
    }
    if (last === null) return;
    await complete(last);
    // The transfer has ended by now; whoever wants no more need not ask for the end.
    run.complete();
    yield last;
  }

  async *#filtered<Entity extends object>(
    plan: SelectPlan,
    node: SelectNode<Entity>,
    run: Run,
    apart: ApartFields,
  ): AsyncGenerator<Entity[]> {
    const fulfils = isEverything(apart.before) ? null : compileCondition(apart.before);
    const read = this.#read(plan, node, run);
    // Where only some rows are wanted, the next request might be one too many.
    const batches =
      plan.limit === null
        ? readAhead(read, () => {
            run.abandon();
          })
        : read;
    for await (const batch of batches) {
      const rows = fulfils === null ? batch : batch.filter(fulfils);
      yield* apart.decide ? this.#decided(rows, node, run, apart) : filtered(rows, node);
    }
  }

  /** Rows of which some fields are read first, a few at a time: the next ones may not be wanted any more. */
  async *#decided<Entity extends object>(
    rows: readonly Entity[],
    node: SelectNode<Entity>,
    run: Run,
    { names, after }: ApartFields,
  ): AsyncGenerator<Entity[]> {
    const fulfils = compileCondition(after);
    for (let start = 0; start < rows.length; start += CONCURRENCY) {
      const some = rows.slice(start, start + CONCURRENCY);
      await this.customFields.read(some, node.metadata, names, run);
      yield* filtered(some.filter(fulfils), node);
    }
  }

  async *#read<Entity extends object>(
    plan: SelectPlan,
    node: SelectNode<Entity>,
    run: Run,
  ): AsyncGenerator<Entity[]> {
    const target = { metadata: node.metadata, selection: decodedFields(plan, node) };
    const reading = { ...node.pace, wanted: rowsWanted(plan, node) };
    const resolve = async (step: FilteredStep): Promise<readonly string[] | null> =>
      (await this.#filters.resolve(step, run)).filters;
    const records = plan.steps.filter((step) => step.kind === 'record');
    if (plan.limit !== null || records.length < plan.steps.length) {
      for (const step of plan.steps) yield* this.runner.run(step, target, run, resolve, reading);
      return;
    }
    const readOne = async (step: RecordStep): Promise<Entity[]> => {
      for await (const rows of this.runner.run(step, target, run, resolve, reading)) return rows;
      return [];
    };
    for await (const rows of inOrder(records, CONCURRENCY, readOne)) {
      if (rows.length > 0) yield rows;
    }
  }
}

/** The rows that functions of the user's keep. */
function* filtered<Entity extends object>(
  rows: Entity[],
  { filters }: SelectNode<Entity>,
): Generator<Entity[]> {
  const kept = filters.reduce((left, filter) => left.filter((row) => keeps(filter, row)), rows);
  if (kept.length > 0) yield kept;
}

/** How many rows the steps need to bring; null where what is filtered or sorted here decides. */
function rowsWanted({ limit, skip, residual, order }: SelectPlan, node: SelectNode): number | null {
  const isSettled = residual === null && node.filters.length === 0 && order.kind === 'natural';
  return isSettled && limit !== null ? skip + limit : null;
}

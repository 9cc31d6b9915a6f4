import { type ApartFields, apartFieldsOf } from '../../plan/apart-fields.js';
import { decodedFields } from '../../plan/decoded-fields.js';
import { type FilteredStep, type RecordStep, type SelectPlan } from '../../plan/select-plan.js';
import { isEverything } from '../../query/condition-node.js';
import { compileCondition } from '../../query/evaluate-condition.js';
import { type SelectNode } from '../../query/select-node.js';
import { type EntityCustomFieldReader } from '../custom-fields/entity-custom-field-reader.js';
import { type PathFilters } from '../loading/path-filters.js';
import { type StepRunner } from '../paging/step-runner.js';
import { keeps } from '../rows/keeps.js';
import { orderRows } from '../rows/order-rows.js';
import { inOrder } from '../runs/at-most.js';
import { readAhead } from '../runs/read-ahead.js';
import { type Run } from '../runs/run.js';

/** Records read at the same time, for one query; the connection has a limit of its own. */
const CONCURRENCY = 4;

/** Turns a plan into its rows: reads its steps, filters what the server does not, orders and cuts. */
export class PlanRunner {
  readonly #runner: StepRunner;
  readonly #filters: PathFilters;
  readonly #customFields: EntityCustomFieldReader;

  constructor(runner: StepRunner, filters: PathFilters, customFields: EntityCustomFieldReader) {
    this.#runner = runner;
    this.#filters = filters;
    this.#customFields = customFields;
  }

  /** The rows of a plan, filtered, in order and cut. Nothing is read beyond the last row needed. */
  async *rows<Entity extends object>(
    plan: SelectPlan,
    node: SelectNode<Entity>,
    run: Run,
  ): AsyncGenerator<Entity[]> {
    let wanted = plan.limit ?? Infinity;
    let passing = plan.skip;
    let last: Entity[] | null = null;
    const apart = apartFieldsOf(plan, node);
    if (apart.names.size > 0) await this.#customFields.bind(node.metadata, run);
    const complete = async (rows: Entity[]): Promise<Entity[]> =>
      apart.decide ? rows : this.#customFields.read(rows, node.metadata, apart.names, run);
    for await (const batch of orderRows(this.#filtered(plan, node, run, apart), plan.order)) {
      run.signal.throwIfAborted();
      const kept = passing > 0 ? batch.slice(passing) : batch;
      passing -= batch.length - kept.length;
      if (kept.length >= wanted) {
        last = kept.slice(0, wanted);
        break;
      }
      wanted -= kept.length;
      const completed = await complete(kept);
      if (completed.length > 0) yield completed;
    }
    if (last === null) return;
    const completed = await complete(last);
    // The transfer has ended by now; whoever wants no more need not ask for the end.
    run.complete();
    yield completed;
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
      const next = rows.slice(start, start + CONCURRENCY);
      const some = await this.#customFields.read(next, node.metadata, names, run);
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
      for (const step of plan.steps) yield* this.#runner.run(step, target, run, resolve, reading);
      return;
    }
    const readOne = async (step: RecordStep): Promise<Entity[]> => {
      for await (const rows of this.#runner.run(step, target, run, resolve, reading)) return rows;
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

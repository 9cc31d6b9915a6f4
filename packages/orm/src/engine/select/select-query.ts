import { inspect } from 'node:util';
import {
  type Budget,
  budgetProblems,
  type CallOptions,
  checkCall,
  InvalidValueError,
  NotFoundError,
} from '@kayako-orm/core';
import { type Observable } from 'rxjs';
import { type BulkOptions, type BulkReport } from '../../entity/bulk.js';
import { type CreateInput } from '../../entity/create-input.js';
import { type Direction } from '../../entity/direction.js';
import { type Explanation } from '../../entity/explanation.js';
import { type FieldOf, type OrderableFieldOf } from '../../entity/fields.js';
import { type LoadedQuery, type RowQuery, type ScanOptions } from '../../entity/query.js';
import { type IncludePath, type IncludeTree, type TreePath } from '../../entity/include.js';
import { type QueryRun } from '../../entity/query-cost.js';
import { type SelectedValue } from '../../entity/selected.js';
import { type CheckedWhere } from '../../entity/checked-where.js';
import { type Where } from '../../entity/where.js';
import { and } from '../../query/condition-node.js';
import { conditionField, parseCondition } from '../../query/parse-condition.js';
import { printSelect } from '../../query/print-select.js';
import { parseInclude } from '../../query/parse-include.js';
import { parseScan } from '../../query/parse-scan.js';
import { parseSelection } from '../../query/parse-selection.js';
import { NO_FIELDS, type SelectNode, selectNode } from '../../query/select-node.js';
import { abandonable } from '../runs/abandonable.js';
import { bulkDelete, bulkUpdate } from '../writing/bulk-writer.js';
import { toObservable } from '../runs/observable.js';
import { projection } from '../rows/project-rows.js';
import { type RowSource, rowSource } from '../runs/row-source.js';
import { type RunOptions, type RunReport } from '../runs/run.js';

function checkCount(method: string, count: unknown): number {
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw new InvalidValueError(`${method}() takes a whole number from 0.`);
}

/** A query over one source of rows: one frozen node, and nothing else. */
export class SelectQuery<Entity extends object, Row = Entity> implements RowQuery<Entity, Row> {
  readonly [selectNode]: SelectNode<Entity>;
  readonly #source: RowSource;

  constructor(node: SelectNode<Entity>, source: RowSource) {
    this[selectNode] = node;
    this.#source = source;
  }

  get [rowSource](): RowSource {
    return this.#source;
  }

  where<const Given = Where<Entity>>(condition: CheckedWhere<Given, Entity>): this {
    const { metadata, condition: present } = this[selectNode];
    return this.#with({ condition: and([present, parseCondition(metadata, condition)]) });
  }

  filter(predicate: (entity: Entity) => boolean): this {
    if (typeof predicate !== 'function') throw new InvalidValueError('filter() takes a function.');
    return this.#with({ filters: Object.freeze([...this[selectNode].filters, predicate]) });
  }

  orderBy(field: OrderableFieldOf<Entity>, direction: Direction = 'asc'): this {
    const { metadata, order } = this[selectNode];
    const { name, codec } = conditionField(metadata, field);
    if (Array.isArray(codec?.absent())) {
      throw new InvalidValueError(
        `orderBy(): ${metadata.name}.${name} is a list and has no order.`,
      );
    }
    if (!['asc', 'desc'].includes(direction)) {
      throw new InvalidValueError("orderBy(): the direction is 'asc' or 'desc'.");
    }
    return this.#with({
      order: Object.freeze([...order, Object.freeze({ field: name, direction })]),
    });
  }

  skip(count: number): this {
    return this.#with({ skip: checkCount('skip', count) });
  }

  take(count: number): this {
    return this.#with({ limit: checkCount('take', count) });
  }

  select<const Name extends FieldOf<Entity>>(
    ...fields: readonly [Name, ...Name[]]
  ): SelectQuery<Entity, { readonly [Key in Name]: SelectedValue<Entity[Key]> }> {
    const selection = parseSelection(this[selectNode].metadata, 'select', fields);
    return new SelectQuery({ ...this[selectNode], include: [], selection }, this.#source);
  }

  pluck<const Name extends FieldOf<Entity>>(
    field: Name,
  ): SelectQuery<Entity, SelectedValue<Entity[Name]>> {
    const selection = parseSelection(this[selectNode].metadata, 'pluck', [field]);
    return new SelectQuery({ ...this[selectNode], include: [], selection }, this.#source);
  }

  include<const Path extends IncludePath<Entity>>(
    ...paths: readonly [Path, ...Path[]]
  ): LoadedQuery<Entity, Path>;
  include<const Tree extends IncludeTree<Entity> & object>(
    tree: Tree,
  ): LoadedQuery<Entity, TreePath<Tree>>;
  include(...given: readonly unknown[]): LoadedQuery<Entity, never> {
    const { metadata, include } = this[selectNode];
    const nodes = Object.freeze(parseInclude(metadata, include, given));
    return new SelectQuery<Entity>({ ...this[selectNode], include: nodes }, this.#source);
  }

  budget(budget: Budget): this {
    const problems = budgetProblems(budget);
    if (problems.length > 0) throw new InvalidValueError(`budget(): ${problems.join('; ')}.`);
    return this.#with({ budget: Object.freeze({ ...this[selectNode].budget, ...budget }) });
  }

  stable(): this {
    return this.#with({ stable: true });
  }

  async first(options: CallOptions = {}): Promise<Row | null> {
    const [row = null] = await this.#leading(options);
    return row;
  }

  async firstOrFail(options: CallOptions = {}): Promise<Row> {
    for (const row of await this.#leading(options)) return row;
    const { route } = this[selectNode].metadata;
    throw new NotFoundError(`no row fulfils ${printSelect(this[selectNode])}.`, {
      method: 'GET',
      route,
      status: 200,
      body: '',
    });
  }

  async all(options: CallOptions = {}): Promise<Row[]> {
    const rows: Row[] = [];
    const { signal } = checkCall(options);
    const batches = this.#open({ signal, keeps: true }, this[selectNode].limit);
    for await (const batch of batches) for (const row of batch) rows.push(row);
    return rows;
  }

  async run(options: CallOptions = {}): Promise<QueryRun<Row>> {
    const { signal } = checkCall(options);
    const rows: Row[] = [];
    let report: RunReport | undefined;
    const completed = (ended: RunReport): void => {
      report = ended;
    };
    const batches = this.#open({ signal, completed, keeps: true }, this[selectNode].limit);
    for await (const batch of batches) for (const row of batch) rows.push(row);
    if (report === undefined) throw new TypeError('a source ended without a report');
    const { cost, explanation } = report;
    return { rows, cost, explanation };
  }

  async count(options: CallOptions = {}): Promise<number> {
    return this.#source.count(this[selectNode], checkCall(options));
  }

  async exists(options: CallOptions = {}): Promise<boolean> {
    const ids = this.#with({ order: [], include: [], selection: NO_FIELDS });
    return (await ids.#leading(options)).length > 0;
  }

  stream(options: CallOptions = {}): Observable<Row> {
    return toObservable((signal) => this.batches({ signal }), checkCall(options).signal);
  }

  async explain(options: CallOptions = {}): Promise<Explanation> {
    return this.#source.explain(this[selectNode], checkCall(options));
  }

  batches(options: CallOptions = {}): AsyncIterable<Row[]> {
    const { signal } = checkCall(options);
    return abandonable((begun) => this.#open({ signal, begun }, this[selectNode].limit));
  }

  scan(options: ScanOptions = {}): AsyncIterable<Row> {
    const scanned = this.#with({ pace: parseScan(this[selectNode], options) });
    return abandonable((begun) => scanned.#rows({ signal: options.signal, begun }));
  }

  async update(
    changes: CreateInput<Entity>,
    options: BulkOptions = {},
  ): Promise<BulkReport<Entity>> {
    return bulkUpdate(this[selectNode], this.#source, changes, options);
  }

  async delete(options: BulkOptions = {}): Promise<BulkReport<Entity>> {
    return bulkDelete(this[selectNode], this.#source, options);
  }

  [Symbol.asyncIterator](): AsyncIterator<Row> {
    const rows = abandonable((begun) => this.#rows({ begun }));
    return rows[Symbol.asyncIterator]();
  }

  toString(): string {
    return `<Query ${printSelect(this[selectNode])}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #with(changes: Partial<SelectNode<Entity>>): this {
    const node = Object.freeze({ ...this[selectNode], ...changes });
    // No class extends this one.
    return new SelectQuery<Entity, Row>(node, this.#source) as this;
  }

  async *#rows(options: RunOptions): AsyncGenerator<Row> {
    for await (const batch of this.#open(options, this[selectNode].limit)) yield* batch;
  }

  /** The first row, in an array, or none. */
  async #leading(options: CallOptions): Promise<Row[]> {
    const { limit } = this[selectNode];
    const { signal } = checkCall(options);
    const batches = this.#open({ signal, keeps: true }, Math.min(limit ?? 1, 1));
    for await (const rows of batches) return rows;
    return [];
  }

  async *#open(options: RunOptions, limit: number | null): AsyncGenerator<Row[]> {
    const node = { ...this[selectNode], limit };
    const project = projection(node.selection);
    for await (const batch of this.#source.open(node, options)) {
      yield (node.selection === null ? batch : batch.map(project)) as Row[];
    }
  }
}

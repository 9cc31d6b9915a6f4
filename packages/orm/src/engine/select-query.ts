import { type CallOptions, InvalidValueError, NotFoundError } from '@kayako-orm/core';
import { type Observable } from 'rxjs';
import { type Explanation } from '../entity/explanation.js';
import { type OrderableFieldOf } from '../entity/fields.js';
import { type Query } from '../entity/query.js';
import { type CheckedWhere, type Where } from '../entity/where.js';
import { and } from '../query/condition-node.js';
import { conditionField, parseCondition } from '../query/parse-condition.js';
import { type Direction, type SelectNode, selectNode } from '../query/select-node.js';
import { toObservable } from './observable.js';
import { type RowSource } from './row-source.js';

function checkCount(method: string, count: unknown): number {
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw new InvalidValueError(`${method}() takes a whole number from 0.`);
}

/** A query over one source of rows: one frozen node, and nothing else. */
export class SelectQuery<Entity extends object> implements Query<Entity> {
  readonly [selectNode]: SelectNode<Entity>;
  readonly #source: RowSource;

  constructor(node: SelectNode<Entity>, source: RowSource) {
    this[selectNode] = node;
    this.#source = source;
  }

  where<const Given extends Where<Entity>>(
    condition: Given & CheckedWhere<Given, Where<Entity>>,
  ): Query<Entity> {
    const { metadata, condition: present } = this[selectNode];
    return this.#with({ condition: and(present, parseCondition(metadata, condition)) });
  }

  filter(predicate: (entity: Entity) => boolean): Query<Entity> {
    if (typeof predicate !== 'function') throw new InvalidValueError('filter() takes a function.');
    return this.#with({ filters: Object.freeze([...this[selectNode].filters, predicate]) });
  }

  orderBy(field: OrderableFieldOf<Entity>, direction: Direction = 'asc'): Query<Entity> {
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

  skip(count: number): Query<Entity> {
    return this.#with({ skip: checkCount('skip', count) });
  }

  take(count: number): Query<Entity> {
    return this.#with({ limit: checkCount('take', count) });
  }

  async first(options: CallOptions = {}): Promise<Entity | null> {
    const { limit } = this[selectNode];
    for await (const [row] of this.#open(options, Math.min(limit ?? 1, 1))) {
      if (row !== undefined) return row;
    }
    return null;
  }

  async firstOrFail(options: CallOptions = {}): Promise<Entity> {
    const row = await this.first(options);
    if (row !== null) return row;
    const { name, route } = this[selectNode].metadata;
    throw new NotFoundError(`no ${name} fulfils the condition.`, {
      method: 'GET',
      route,
      status: 200,
      body: '',
    });
  }

  async all(options: CallOptions = {}): Promise<Entity[]> {
    const rows: Entity[] = [];
    for await (const batch of this.batches(options)) for (const row of batch) rows.push(row);
    return rows;
  }

  async count(options: CallOptions = {}): Promise<number> {
    return this.#source.count(this[selectNode], options);
  }

  async exists(options: CallOptions = {}): Promise<boolean> {
    return (await this.#with({ order: Object.freeze([]) }).first(options)) !== null;
  }

  stream(options: CallOptions = {}): Observable<Entity> {
    return toObservable((signal) => this.batches({ signal }), options.signal);
  }

  async explain(options: CallOptions = {}): Promise<Explanation> {
    return this.#source.explain(this[selectNode], options);
  }

  batches(options: CallOptions = {}): AsyncIterable<Entity[]> {
    return this.#open(options, this[selectNode].limit);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Entity> {
    for await (const batch of this.batches()) yield* batch;
  }

  #with(changes: Partial<SelectNode<Entity>>): SelectQuery<Entity> {
    return new SelectQuery(Object.freeze({ ...this[selectNode], ...changes }), this.#source);
  }

  #open(options: CallOptions, limit: number | null): AsyncIterable<Entity[]> {
    return this.#source.open({ ...this[selectNode], limit }, options);
  }
}

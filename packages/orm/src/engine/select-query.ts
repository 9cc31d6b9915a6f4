import { type CallOptions, NotFoundError } from '@kayako-orm/core';
import { type Observable } from 'rxjs';
import { type Query } from '../entity/query.js';
import { type Where } from '../entity/where.js';
import { and } from '../query/condition-node.js';
import { parseCondition } from '../query/parse-condition.js';
import { type SelectNode } from '../query/select-node.js';
import { toObservable } from './observable.js';
import { type RowSource } from './row-source.js';

/** A query over one source of rows: one frozen node, and nothing else. */
export class SelectQuery<Entity extends object> implements Query<Entity> {
  readonly #node: SelectNode<Entity>;
  readonly #source: RowSource;

  constructor(node: SelectNode<Entity>, source: RowSource) {
    this.#node = node;
    this.#source = source;
  }

  where(condition: Where<Entity>): Query<Entity> {
    const added = parseCondition(this.#node.metadata, condition);
    return new SelectQuery(
      Object.freeze({ ...this.#node, condition: and(this.#node.condition, added) }),
      this.#source,
    );
  }

  async first(options: CallOptions = {}): Promise<Entity | null> {
    for await (const [row] of this.#open(options, 1)) if (row !== undefined) return row;
    return null;
  }

  async firstOrFail(options: CallOptions = {}): Promise<Entity> {
    const row = await this.first(options);
    if (row !== null) return row;
    const { name, route } = this.#node.metadata;
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
    let rows = 0;
    for await (const batch of this.batches(options)) rows += batch.length;
    return rows;
  }

  async exists(options: CallOptions = {}): Promise<boolean> {
    return (await this.first(options)) !== null;
  }

  stream(options: CallOptions = {}): Observable<Entity> {
    return toObservable((signal) => this.batches({ signal }), options.signal);
  }

  batches(options: CallOptions = {}): AsyncIterable<Entity[]> {
    return this.#open(options, this.#node.limit);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Entity> {
    for await (const batch of this.batches()) yield* batch;
  }

  #open(options: CallOptions, limit: number | null): AsyncIterable<Entity[]> {
    return this.#source.open({ ...this.#node, limit }, options);
  }
}

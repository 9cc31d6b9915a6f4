import { inspect } from 'node:util';
import {
  type CallOptions,
  type EntityClass,
  metadataOf,
  plainForm,
  type RelationMetadata,
  toPlain,
} from '@kayako-orm/core';
import { type CheckedWhere } from '../entity/checked-where.js';
import { idOf } from '../entity/entity.js';
import { type Query } from '../entity/query.js';
import { RefList } from '../entity/ref-list.js';
import { type Where } from '../entity/where.js';
import {
  isLoaded,
  type LoadableRefs,
  putLoaded,
  showLoaded,
} from '../engine/hydration/loaded-relation.js';
import { type RowSource } from '../engine/runs/row-source.js';
import { SelectQuery } from '../engine/select/select-query.js';
import { parseCondition } from '../query/parse-condition.js';
import { selectAll } from '../query/select-node.js';

/** References by a list of ids, whose entities are read when they are asked for. */
export class LazyRefList<Entity extends object> extends RefList<Entity> implements LoadableRefs {
  readonly #owner: Record<string, unknown>;
  readonly #relation: RelationMetadata;
  readonly #source: RowSource;
  #items: readonly Entity[] | undefined;

  constructor(owner: object, relation: RelationMetadata, source: RowSource) {
    super();
    this.#owner = owner as Record<string, unknown>;
    this.#relation = relation;
    this.#source = source;
  }

  override get ids(): readonly number[] {
    return [...((this.#owner[this.#relation.field] ?? []) as number[])];
  }

  /** What was loaded along with the owner, as far as it is still referred to; undefined where nothing was. */
  get items(): readonly Entity[] | undefined {
    const items = this.#items;
    if (items === undefined) return undefined;
    const { ids } = this;
    const isReferred = (item: Entity): boolean => ids.includes(idOf(item) ?? 0);
    return items.every(isReferred) ? items : Object.freeze(items.filter(isReferred));
  }

  get [isLoaded](): boolean {
    return this.#items !== undefined;
  }

  [putLoaded](entities: readonly object[]): void {
    this.#items = Object.freeze([...entities]) as readonly Entity[];
    showLoaded(this.#owner, this.#relation.name, this);
  }

  [plainForm](): unknown {
    return this.items?.map((item) => toPlain(item));
  }

  override async *[Symbol.asyncIterator](): AsyncIterator<Entity> {
    yield* this.#query();
  }

  override where<const Given = Where<Entity>>(
    condition: CheckedWhere<Given, Entity>,
  ): Query<Entity> {
    return this.#query().where(condition as never);
  }

  override async all(options?: CallOptions): Promise<Entity[]> {
    return this.#query().all(options);
  }

  override async first(options?: CallOptions): Promise<Entity | null> {
    return this.#query().first(options);
  }

  override async count(options?: CallOptions): Promise<number> {
    return this.#query().count(options);
  }

  [inspect.custom](): string {
    return this.toString();
  }

  override toString(): string {
    return `<RefList ${this.#relation.target().name} (${this.ids.join(', ') || 'none'})>`;
  }

  #query(): SelectQuery<Entity> {
    const metadata = metadataOf(this.#relation.target() as EntityClass<Entity>);
    const condition = parseCondition(metadata, { [metadata.idField ?? 'id']: this.ids });
    return new SelectQuery(Object.freeze({ ...selectAll(metadata), condition }), this.#source);
  }
}

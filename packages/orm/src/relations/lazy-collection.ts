import { inspect } from 'node:util';
import {
  type CallOptions,
  type EntityClass,
  type EntityMetadata,
  metadataOf,
  type Meter,
  plainForm,
  RequiredFieldsError,
  type RelationMetadata,
  toPlain,
} from '@kayako-orm/core';
import { Collection } from '../entity/collection.js';
import { type CreateInput } from '../entity/create-input.js';
import { idOf, metadataOfEntity } from '../entity/entity.js';
import { extrasOf, knownExtrasOf, watchOf } from '../entity/entity-state.js';
import { type Explanation } from '../entity/explanation.js';
import { type Deferrals, type Persister } from '../entity/persister.js';
import { type Query } from '../entity/query.js';
import { type CheckedWhere } from '../entity/checked-where.js';
import { type Where } from '../entity/where.js';
import { createEntity } from '../engine/hydration/create-entity.js';
import { EmbeddedRows } from '../engine/select/embedded-rows.js';
import {
  isLoaded,
  type LoadableCollection,
  openChildren,
  putLoaded,
  showLoaded,
} from '../engine/hydration/loaded-relation.js';
import { type LiveRows, type RowSource } from '../engine/runs/row-source.js';
import { type RunOptions } from '../engine/runs/run.js';
import { SelectQuery } from '../engine/select/select-query.js';
import { and } from '../query/condition-node.js';
import { type IncludeNode } from '../query/include-node.js';
import { parseCondition } from '../query/parse-condition.js';
import { type SelectNode, selectAll } from '../query/select-node.js';

/** The children of an entity: its embedded rows while they are true, else the help desk's. */
export class LazyCollection<Entity extends object>
  extends Collection<Entity>
  implements LoadableCollection
{
  readonly #parent: object;
  readonly #relation: RelationMetadata;
  readonly #source: RowSource;
  readonly #persister: Persister;
  #items: readonly Entity[] | undefined;

  constructor(parent: object, relation: RelationMetadata, source: RowSource, persister: Persister) {
    super();
    this.#parent = parent;
    this.#relation = relation;
    this.#source = source;
    this.#persister = persister;
  }

  /** What was loaded along with the parent; undefined where nothing was. */
  get items(): readonly Entity[] | undefined {
    return this.#items;
  }

  get [isLoaded](): boolean {
    return this.#items !== undefined;
  }

  [putLoaded](items: readonly object[], areAll: boolean): void {
    this.#items = Object.freeze([...items]) as readonly Entity[];
    showLoaded(this.#parent, this.#relation.name, this);
    if (!areAll) return;
    const extras = extrasOf(this.#parent);
    extras.embedded.set(this.#relation.name, [...items]);
    extras.stale.delete(this.#relation.name);
  }

  [plainForm](): unknown {
    return this.#items?.map((item) => toPlain(item));
  }

  [openChildren](
    { condition, order, limit }: IncludeNode,
    options: RunOptions,
  ): AsyncIterable<object[]> {
    const node = this.#node();
    const both = and([node.condition, condition]);
    return this.#rows().open({ ...node, condition: both, order, limit }, options);
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

  override create(fields?: CreateInput<Entity>): Entity {
    const type = this.#relation.target() as EntityClass<Entity>;
    const { deferrals } = this.#persister;
    const isDeferred = deferrals !== null && idOf(this.#parent) === undefined;
    const link = isDeferred ? {} : this.#link();
    const child = createEntity(
      type,
      { ...fields, ...joined(fields, link, metadataOf(type)) } as CreateInput<Entity>,
      this.#persister,
    );
    if (isDeferred) this.#defer(deferrals, child);
    extrasOf(child).parent = { parent: this.#parent, relation: this.#relation.name };
    return child;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  override toString(): string {
    const { name } = this.#parent.constructor;
    return `<Collection ${this.#relation.target().name} of ${name} ${idOf(this.#parent) ?? '??'}>`;
  }

  /** Ties a child to a parent that has no id yet. */
  #defer(deferrals: Deferrals, child: object): void {
    const { field, shared } = this.#relation;
    const { idField } = metadataOfEntity(this.#parent);
    const target = this.#parent;
    deferrals.set(child, field, { target, source: idField ?? 'id' });
    for (const each of shared) deferrals.set(child, each, { target, source: each });
  }

  /** What ties a child to the parent. */
  #link(): Record<string, unknown> {
    const id = idOf(this.#parent);
    if (id === undefined) {
      const parent = this.#parent.constructor.name;
      throw new RequiredFieldsError(
        `${parent}.${this.#relation.name}: the ${parent} has no id yet. Add it first.`,
        ['id'],
      );
    }
    const values = this.#parent as Record<string, unknown>;
    const shared = this.#relation.shared.map((field) => [field, values[field]] as const);
    return { [this.#relation.field]: id, ...Object.fromEntries(shared) };
  }

  #query(): SelectQuery<Entity> {
    return new SelectQuery(this.#node(), this.#rows());
  }

  #node(): SelectNode<Entity> {
    const metadata = metadataOf(this.#relation.target() as EntityClass<Entity>);
    const condition = parseCondition(metadata, this.#link());
    return Object.freeze({ ...selectAll(metadata), condition });
  }

  #rows(): RowSource {
    const remote = new LinkedRows(this.#source, this.#parent, this.#relation.name);
    return new EmbeddedRows(() => this.#embedded(), remote);
  }

  #embedded(): readonly object[] | undefined {
    const { name, presence } = this.#relation;
    const extras = knownExtrasOf(this.#parent);
    const rows = extras?.embedded.get(name);
    if (rows !== undefined) return rows;
    const absent =
      presence !== null && (this.#parent as Record<string, unknown>)[presence] === false;
    return absent && extras?.stale.has(name) !== true ? [] : undefined;
  }
}

/** What ties a child to its parent, beside what was given: where the child has several parents, they are all kept. */
function joined(
  fields: object | undefined,
  link: Readonly<Record<string, unknown>>,
  metadata: EntityMetadata,
): Record<string, unknown> {
  const given = (fields ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(link).map(([name, id]) => {
      const isList = metadata.fields.get(name)?.list === true;
      return [name, isList ? [...new Set([given[name] ?? [], id].flat())] : id];
    }),
  );
}

/** Remembers of each row which collection it came from, so that deleting it there is noticed. */
class LinkedRows implements RowSource {
  readonly #source: RowSource;
  readonly #parent: object;
  readonly #relation: string;

  constructor(source: RowSource, parent: object, relation: string) {
    this.#source = source;
    this.#parent = parent;
    this.#relation = relation;
  }

  get connection(): Meter {
    return this.#source.connection;
  }

  get live(): LiveRows {
    return this.#source.live;
  }

  async explain(node: SelectNode, options: CallOptions): Promise<Explanation> {
    return this.#source.explain(node, options);
  }

  async count(node: SelectNode, options: CallOptions): Promise<number> {
    const ended = this.#watch(options);
    try {
      return await this.#source.count(node, options);
    } finally {
      ended?.();
    }
  }

  async *open<Entity extends object>(
    node: SelectNode<Entity>,
    options: RunOptions,
  ): AsyncGenerator<Entity[]> {
    if (node.selection !== null) {
      yield* this.#source.open(node, options);
      return;
    }
    const ended = this.#watch(options);
    try {
      for await (const batch of this.#source.open(node, options)) {
        for (const row of batch)
          extrasOf(row).parent = { parent: this.#parent, relation: this.#relation };
        yield batch;
      }
    } finally {
      ended?.();
    }
  }

  /** What is included is loaded together; only the program's own loops are watched. */
  #watch({ isPart = false }: RunOptions): (() => void) | undefined {
    if (isPart) return undefined;
    return watchOf(this.#parent)?.begin(this.#parent, this.#relation);
  }
}

import { inspect } from 'node:util';
import {
  ActionNotAvailableError,
  type Budget,
  type CallOptions,
  type EntityClass,
  type EntityMetadata,
  InvalidValueError,
  metadataOf,
  showValue,
} from '@kayako-orm/core';
import { type Observable } from 'rxjs';
import { accessPathsOf } from '../entity/access-path.js';
import { type CreateInput } from '../entity/create-input.js';
import {
  type Addable,
  type Deletable,
  type RecordIds,
  type Reloadable,
  type Savable,
} from '../entity/availability.js';
import {
  type LifecycleEventName,
  type LifecycleEvents,
  type LifecycleListener,
} from '../entity/lifecycle.js';
import { idOf } from '../entity/entity.js';
import { persisterOf } from '../entity/entity-state.js';
import { type Persister } from '../entity/persister.js';
import { type MarkerPaged } from '../entity/markers.js';
import { type LoadedQuery, type Query, type RowQuery, type ScanOptions } from '../entity/query.js';
import { type IncludePath, type IncludeTree, type TreePath } from '../entity/include.js';
import { type Direction } from '../entity/direction.js';
import { type Explanation } from '../entity/explanation.js';
import { type FieldOf, type OrderableFieldOf } from '../entity/fields.js';
import { type QueryRun } from '../entity/query-cost.js';
import { type SelectedValue } from '../entity/selected.js';
import { type CheckedWhere } from '../entity/checked-where.js';
import { type Where } from '../entity/where.js';
import { createEntity, refuseForeign } from '../engine/hydration/create-entity.js';
import { adopt } from '../engine/hydration/hydrator.js';
import { inPages } from '../engine/rows/in-pages.js';
import { toObservable } from '../engine/runs/observable.js';
import { addressFieldsOf } from '../engine/hydration/record-route.js';
import { type RowSource, rowSource } from '../engine/runs/row-source.js';
import { SelectQuery } from '../engine/select/select-query.js';
import { type PagingOptions, planKeyset } from '../plan/plan-list.js';
import { planOf } from '../plan/plan-select.js';
import { type KeysetStep } from '../plan/select-plan.js';
import { EVERYTHING } from '../query/condition-node.js';
import { parseId } from '../query/field-parser.js';
import { parseCondition } from '../query/parse-condition.js';
import { type SelectNode, selectAll, selectNode } from '../query/select-node.js';
import { type Connected, Connection, connectionOf } from './connection.js';

/** Options of `stream()`: users can also be read from a marker on, with a page size. */
export type StreamOptions<Entity> = Entity extends MarkerPaged
  ? CallOptions & PagingOptions
  : CallOptions;

/**
 * All objects of one class in one help desk: makes them, finds them, writes them. It holds no state; make as many as
 * you like. For reading it is a query without a condition. Extend it for methods of your own.
 *
 * @example
 * ```ts
 * class TicketRepository extends Repository<Ticket> {
 *   constructor(kayako: Connected) { super(Ticket, kayako); } // a Kayako, or a session
 *   stale(since: Date) { return this.where({ lastActivity: { lt: since } }).orderBy('lastActivity'); }
 * }
 * ```
 */
export class Repository<Entity extends object> implements AsyncIterable<Entity> {
  readonly #metadata: EntityMetadata<Entity>;
  readonly #connection: Connection;

  /** @throws {MetadataError} when the class is no entity or its decorators make no sense. */
  constructor(type: EntityClass<Entity>, kayako: Connected) {
    this.#metadata = metadataOf(type);
    const connection = (kayako as Connected | undefined)?.[connectionOf];
    if (!(connection instanceof Connection)) {
      throw new InvalidValueError(
        `a repository of ${this.#metadata.name} is made for a Kayako, not for ${showValue(kayako)}.`,
      );
    }
    this.#connection = connection;
  }

  /**
   * A new object from plain input; strings are converted to the declared types. Nothing is sent before `add()`.
   *
   * @throws {UnknownFieldError} naming every key that is no field or that the help desk sets itself.
   * @throws {InvalidValueError} for a value that cannot be converted.
   * @example departments.create({ title: 'Sales', type: 'public', module: 'tickets' })
   */
  create(fields?: CreateInput<Entity>): Entity {
    return createEntity(this.#metadata.type, fields ?? {}, this.#connection.persister);
  }

  /**
   * Creates the object in the help desk, sets its id and refreshes all fields from the reply.
   * @throws {RequiredFieldsError} naming all missing fields, before anything is sent.
   */
  async add(entity: Addable<Entity>, options?: CallOptions): Promise<Entity> {
    await this.#owner(entity).add(entity, options);
    return entity as Entity;
  }

  /**
   * The one object that a key names: found, or added with the key and `fields`. Calls in this process at the same time
   * share one outcome; where another process adds it first, theirs is found. An `email` is compared without its case.
   *
   * @throws {RequiredFieldsError} when it must be added and fields are missing.
   * @throws {BadRequestError} when the help desk refuses to add it and it is not there either.
   * @example const user = await users.ensure({ email }, { fullName, password, userGroupId: 2 });
   */
  async ensure(
    key: CreateInput<Entity>,
    fields: CreateInput<Entity> = {},
    options: CallOptions = {},
  ): Promise<Entity> {
    const { ensuring, persister } = this.#connection;
    const entity = await ensuring.ensure(this, this.#metadata, key, fields, options);
    if (persisterOf(entity) === persister) return entity;
    // Somebody else has found it for a session, or outside of this one, and has that object.
    const id = idOf(entity);
    return this.where({ [this.#metadata.idField ?? 'id']: id } as never).firstOrFail(options);
  }

  /** Sends changes. Errors as those of the entity's own `save()`. */
  async save(entity: Savable<Entity>, options?: CallOptions): Promise<Entity> {
    await this.#owner(entity).save(entity, options);
    return entity as Entity;
  }

  /** Deletes the object from the help desk; its id becomes undefined. */
  async delete(entity: Deletable<Entity>, options?: CallOptions): Promise<Entity> {
    await this.#owner(entity).delete(entity, options);
    return entity as Entity;
  }

  /** Reads the object again and overwrites all its fields. @throws {NotFoundError} when it is gone. */
  async reload(entity: Reloadable<Entity>, options?: CallOptions): Promise<Entity> {
    await this.#owner(entity).reload(entity, options);
    return entity as Entity;
  }

  /**
   * One object by its id, with one request; for children of a ticket `get(ticketId, id)`.
   * @returns null when the help desk has no such object.
   * @throws {InvalidValueError} for an id that is no whole number from 1.
   */
  async get(
    ...ids: [...RecordIds<Entity>, options?: CallOptions | undefined]
  ): Promise<Entity | null> {
    const { name, actions, idField } = this.#metadata;
    if (!actions.has('get') || idField === null) {
      throw new ActionNotAvailableError(
        `${name} has no get action. It offers: ${[...actions].join(', ')}.`,
      );
    }
    const fields = addressFieldsOf(this.#metadata);
    const options = ids[fields.length] as CallOptions | undefined;
    const condition = Object.fromEntries(
      fields.map((field, index) => [field, parseId(name, field, ids[index])]),
    );
    const parsed = parseCondition(this.#metadata, condition);
    const select = { ...selectAll(this.#metadata), condition: parsed };
    return new SelectQuery(select, this.#connection.executor).first(options);
  }

  /**
   * Calls a function of yours at each event in the life of this class's entities, and of classes that extend it, over
   * this connection, whichever way it comes about. It is awaited: the call that it is part of goes on when it has
   * ended. What it throws rejects that call; from `before…` nothing is sent, from `after…` the write has been made.
   *
   * `beforeAdd` and `beforeSave` come before the fields are checked, so a listener may set them. `loaded` comes for
   * every entity that a query, `get`, a relation or `reload` hands out, children inside its record included; not for
   * rows of `select`.
   *
   * @returns the function that removes the listener.
   * @throws {InvalidValueError} for an event that there is not.
   * @example const off = tickets.on('afterAdd', async ({ entity }) => audit(`added ${entity}`));
   */
  on<Name extends LifecycleEventName<Entity>>(
    event: Name,
    listener: LifecycleListener<LifecycleEvents<Entity>[Name]>,
  ): () => void {
    return this.#connection.lifecycle.on(this.#metadata.type, event, listener);
  }

  /** What this repository says as a query: every row. */
  get [selectNode](): SelectNode<Entity> {
    return selectAll(this.#metadata, this.#connection.client.meter);
  }

  /** Where its rows come from. */
  get [rowSource](): RowSource {
    return this.#connection.executor;
  }

  /** Keeps the rows that fulfil the condition. See {@link Query.where}. */
  where<const Given = Where<Entity>>(condition: CheckedWhere<Given, Entity>): Query<Entity> {
    return this.#query().where(condition as never);
  }

  /** Keeps the rows for which a function of yours returns true. See {@link Query.filter}. */
  filter(predicate: (entity: Entity) => boolean): Query<Entity> {
    return this.#query().filter(predicate);
  }

  /** Orders the rows. See {@link Query.orderBy}. */
  orderBy(field: OrderableFieldOf<Entity>, direction?: Direction): Query<Entity> {
    return this.#query().orderBy(field, direction);
  }

  /** Passes over that many rows. */
  skip(count: number): Query<Entity> {
    return this.#query().skip(count);
  }

  /** At most that many rows. */
  take(count: number): Query<Entity> {
    return this.#query().take(count);
  }

  /** Reads these fields alone, as plain objects. See {@link Query.select}. */
  select<const Name extends FieldOf<Entity>>(
    ...fields: readonly [Name, ...Name[]]
  ): RowQuery<Entity, { readonly [Key in Name]: SelectedValue<Entity[Key]> }> {
    return this.#query().select(...fields);
  }

  /** Reads one field alone. See {@link Query.pluck}. */
  pluck<const Name extends FieldOf<Entity>>(
    field: Name,
  ): RowQuery<Entity, SelectedValue<Entity[Name]>> {
    return this.#query().pluck(field);
  }

  /** Loads relations along with each row. See {@link Query.include}. */
  include<const Path extends IncludePath<Entity>>(
    ...paths: readonly [Path, ...Path[]]
  ): LoadedQuery<Entity, Path>;
  include<const Tree extends IncludeTree<Entity> & object>(
    tree: Tree,
  ): LoadedQuery<Entity, TreePath<Tree>>;
  include(...given: readonly unknown[]): LoadedQuery<Entity, never> {
    return this.#query().include(...(given as [never]));
  }

  /** Limits what one run may cost. See {@link Query.budget}. */
  budget(budget: Budget): Query<Entity> {
    return this.#query().budget(budget);
  }

  /** Reads by id, whatever order is asked for. See {@link Query.stable}. */
  stable(): Query<Entity> {
    return this.#query().stable();
  }

  /** The first row, or null. */
  async first(options?: CallOptions): Promise<Entity | null> {
    return this.#query().first(options);
  }

  /** The first row. @throws {NotFoundError} when there is none. */
  async firstOrFail(options?: CallOptions): Promise<Entity> {
    return this.#query().firstOrFail(options);
  }

  /** All rows in an array. */
  async all(options?: CallOptions): Promise<Entity[]> {
    return this.#query().all(options);
  }

  /** All rows, with what was done and what it has cost. See {@link Query.run}. */
  async run(options?: CallOptions): Promise<QueryRun<Entity>> {
    return this.#query().run(options);
  }

  /** How many rows there are. */
  async count(options?: CallOptions): Promise<number> {
    return this.#query().count(options);
  }

  /** Whether there is a row. */
  async exists(options?: CallOptions): Promise<boolean> {
    return this.#query().exists(options);
  }

  /** What reading all rows would do. See {@link Query.explain}. */
  async explain(options?: CallOptions): Promise<Explanation> {
    return this.#query().explain(options);
  }

  /** The rows in batches as the network delivers them. */
  batches(options?: CallOptions): AsyncIterable<Entity[]> {
    return this.#query().batches(options);
  }

  /** The rows, with several pages read at the same time. See {@link Query.scan}. */
  scan(options?: ScanOptions): AsyncIterable<Entity> {
    return this.#query().scan(options);
  }

  [Symbol.asyncIterator](): AsyncIterator<Entity> {
    return this.#query()[Symbol.asyncIterator]();
  }

  /**
   * The rows as a cold Observable, to the end; unsubscribing aborts the request. Users can be read from a marker on.
   *
   * @example users.stream({ marker: 1, maxItems: 1000 }).subscribe((user) => console.log(String(user)));
   */
  stream(options?: StreamOptions<Entity>): Observable<Entity> {
    const { marker, maxItems, signal } = (options ?? {}) as CallOptions & PagingOptions;
    if (marker === undefined && maxItems === undefined) return this.#query().stream({ signal });
    const step = this.#keyset({ marker, maxItems });
    return toObservable((abort) => this.#paged(step, { signal: abort }), signal);
  }

  /**
   * The users in pages of `maxItems`, each a complete array, from `marker` to the end.
   *
   * @example for await (const page of users.pages({ maxItems: 500 })) await saveAll(page);
   */
  pages(
    ...[options]: Entity extends MarkerPaged ? [options?: StreamOptions<Entity>] : [never]
  ): AsyncIterable<Entity[]> {
    const { signal, ...paging } = options ?? {};
    const step = this.#keyset(paging);
    return inPages(this.#paged(step, { signal }), step.pageSize);
  }

  #paged(step: KeysetStep, options: CallOptions): AsyncIterable<Entity[]> {
    const plan = planOf([step], EVERYTHING);
    return this.#connection.executor.openPlan(plan, selectAll(this.#metadata), options);
  }

  /** `<Repository Ticket>` */
  toString(): string {
    return `<Repository ${this.#metadata.name}>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #keyset(paging: { marker?: number | undefined; maxItems?: number | undefined }): KeysetStep {
    const path = accessPathsOf(this.#metadata).find((each) => each.kind === 'keyset');
    if (path === undefined) {
      throw new InvalidValueError(`${this.#metadata.name} is not paged by marker and maxItems.`);
    }
    const { marker = 1, maxItems = path.maxItems } = paging;
    return planKeyset(this.#metadata, path, { marker, maxItems });
  }

  #query(): SelectQuery<Entity> {
    return new SelectQuery(this[selectNode], this.#connection.executor);
  }

  /** Who writes an entity: its session, or this connection, which an object of the program's then belongs to. */
  #owner(entity: unknown): Persister {
    const { persister } = this.#connection;
    refuseForeign(this.#metadata, entity, persister);
    const owner = persisterOf(entity);
    if (owner !== undefined) return owner;
    adopt(entity, persister);
    return persister;
  }
}

import { type Budget, type CallOptions } from '@kayako-orm/core';
import { type Observable } from 'rxjs';
import { type Available, type Deletable, type Savable } from './availability.js';
import { type BulkOptions, type BulkReport } from './bulk.js';
import { type CreateInput } from './create-input.js';
import { type IncludePath, type IncludeTree, type Loaded, type TreePath } from './include.js';
import { type Explanation } from './explanation.js';
import { type FieldOf, type OrderableFieldOf } from './fields.js';
import { type QueryRun } from './query-cost.js';
import { type SelectedValue } from './selected.js';
import { type CheckedWhere } from './checked-where.js';
import { type Where } from './where.js';

/** Options of {@link RowQuery.scan}. */
export interface ScanOptions extends CallOptions {
  /** How many pages of a list are read at the same time, 1 to 16. Default 1. */
  readonly concurrency?: number;
  /**
   * Rows come in the order of the query. Default true. With false they come as they arrive, for a query without
   * `orderBy`, `skip` and `take`.
   */
  readonly ordered?: boolean;
}

/**
 * A question to the help desk about entities; `Row` is what comes back for each of them. Immutable: each method returns
 * a new query. Nothing is sent before one of the terminal methods is called, and a query can be asked any number of
 * times. It is not a promise.
 */
export interface RowQuery<Entity extends object, Row> extends AsyncIterable<Row> {
  /**
   * Keeps the rows that fulfil the condition. Keys are ANDed, repeated calls too.
   *
   * A value means equal, an array means one of these, null means none; otherwise an object of operators. An empty array
   * yields nothing and sends nothing.
   * @throws {UndefinedConditionError} when a value is undefined: it never means "any".
   * @example tickets.where({ departmentId: 1, replies: { gte: 3 }, or: [{ ownerStaffId: null }, { tags: 'urgent' }] })
   */
  where<const Given = Where<Entity>>(condition: CheckedWhere<Given, Entity>): this;

  /** Keeps the rows for which a function of yours returns true. Always evaluated here, after the condition; it answers at once, not with a promise. */
  filter(predicate: (entity: Entity) => boolean): this;

  /**
   * Orders the rows; repeated calls decide among rows that are equal so far. Text orders by code point, null comes
   * first. Without an order rows come by id, and rows that are equal always do.
   */
  orderBy(field: OrderableFieldOf<Entity>, direction?: 'asc' | 'desc'): this;

  /** Passes over that many rows. The last call counts. */
  skip(count: number): this;

  /** At most that many rows, whatever else is said before or after. The last call counts. */
  take(count: number): this;

  /**
   * Limits what one run may cost: a request too many is not sent, a row or byte too many ends it with
   * {@link BudgetExceededError}. A key replaces that of an earlier call; the connection's own budget holds as well.
   * @example await tickets.where({ subject: 'x' }).budget({ requests: 20 }).all();
   */
  budget(budget: Budget): this;

  /**
   * Reads all that the condition lets through by id, whatever order is asked for, and brings the rows in order here, so
   * that nothing depends on what a page of another order held at its moment. Costs what `explain()` says: mostly the
   * whole list.
   */
  stable(): this;

  /** The first row, or null. Reads no further than that row and aborts the transfer. */
  first(options?: CallOptions): Promise<Row | null>;

  /** The first row. @throws {NotFoundError} when there is none. */
  firstOrFail(options?: CallOptions): Promise<Row>;

  /** All rows in an array. For many rows prefer `for await`, which holds one batch at a time. */
  all(options?: CallOptions): Promise<Row[]>;

  /**
   * All rows, with what was done and what it has cost.
   * @example const { rows, cost } = await query.run(); // cost.requests, cost.bytes, cost.firstRowMs, …
   */
  run(options?: CallOptions): Promise<QueryRun<Row>>;

  /** How many rows there are. */
  count(options?: CallOptions): Promise<number>;

  /** Whether there is a row. */
  exists(options?: CallOptions): Promise<boolean>;

  /** The rows as a cold Observable; unsubscribing aborts the request. */
  stream(options?: CallOptions): Observable<Row>;

  /**
   * What the query would do: requests, what the server filters, what is filtered here, order, warnings. Sends nothing,
   * unless a relation in the condition must be read first.
   * @example console.log(String(await query.explain()));
   */
  explain(options?: CallOptions): Promise<Explanation>;

  /**
   * The rows in batches as the network delivers them. The reader sets the pace; leaving the loop aborts the request. The
   * way to loop with a signal.
   * @example for await (const batch of users.batches({ signal })) for (const user of batch) console.log(String(user));
   */
  batches(options?: CallOptions): AsyncIterable<Row[]>;

  /**
   * The rows, with several pages of users or tickets read at the same time; other lists are read as `for await` reads
   * them. The reader sets the pace: at most `concurrency` pages are in memory, and leaving the loop aborts all requests.
   *
   * The rows are those of `for await`, each once, also where rows leave the list meanwhile. It sends at most an eighth
   * more requests than that, and up to four for each page that is read at the same time. The connection's
   * `maxConcurrency` holds as well.
   * @throws {InvalidValueError} for a concurrency that is no whole number from 1 to 16, and for `ordered: false` on a
   * query that has an order, `skip` or `take`.
   * @example for await (const user of users.scan({ concurrency: 4 })) await crm.upsert(user.email, user.fullName);
   */
  scan(options?: ScanOptions): AsyncIterable<Row>;

  /** `<Query Ticket where replies > 3 take 5>` */
  toString(): string;
}

/** A question about entities whose relations are loaded along with them. */
export interface LoadedQuery<Entity extends object, Path extends string> extends RowQuery<
  Entity,
  Loaded<Entity, Path>
> {
  /** Loads more relations along with each row. See {@link Query.include}. */
  include<const More extends IncludePath<Entity>>(
    ...paths: readonly [More, ...More[]]
  ): LoadedQuery<Entity, Path | More>;
  include<const Tree extends IncludeTree<Entity> & object>(
    tree: Tree,
  ): LoadedQuery<Entity, Path | TreePath<Tree>>;
}

/** A question to the help desk about whole entities. */
export interface Query<Entity extends object> extends RowQuery<Entity, Entity> {
  /**
   * Loads relations along with each row, while the query streams: a small table is read whole, once; other references
   * once for each entity that is referred to; children once for each parent, unless they came along. What was loaded
   * stands in `ticket.department.value` and `ticket.posts.items`; rows that refer to the same entity share it.
   *
   * Names go three levels deep (`'posts.attachments'`). An object says which children: `{ posts: { where: { creator:
   * 'staff' }, orderBy: { dateline: 'desc' }, take: 3, include: { attachments: true } } }`.
   * @throws {UnknownFieldError} for a name that is no relation.
   * @example for await (const ticket of tickets.include('department', 'posts')) print(ticket.department.value?.title);
   */
  include<const Path extends IncludePath<Entity>>(
    ...paths: readonly [Path, ...Path[]]
  ): LoadedQuery<Entity, Path>;
  include<const Tree extends IncludeTree<Entity> & object>(
    tree: Tree,
  ): LoadedQuery<Entity, TreePath<Tree>>;

  /**
   * Reads these fields alone: each row is a frozen plain object, not an entity.
   * @throws {UnknownFieldError} for a name that is no field that comes back.
   * @example const rows = await users.where({ isEnabled: true }).select('id', 'email').all();
   */
  select<const Name extends FieldOf<Entity>>(
    ...fields: readonly [Name, ...Name[]]
  ): RowQuery<Entity, { readonly [Key in Name]: SelectedValue<Entity[Key]> }>;

  /**
   * Reads one field alone: each row is its value.
   * @example for await (const email of users.pluck('email')) console.log(email);
   */
  pluck<const Name extends FieldOf<Entity>>(
    field: Name,
  ): RowQuery<Entity, SelectedValue<Entity[Name]>>;

  /**
   * Changes all rows. They are read before the first is changed, then saved one by one; a row that fails does not stop
   * the others, unless it fails for a reason that concerns all (no connection, no budget, no access).
   *
   * @returns what became of each row.
   * @throws {ScopeRequiredError} when the query has no condition, or one that every row fulfils.
   * @throws {BudgetExceededError} when there are more rows than `max`; nothing was changed then.
   * @example await tickets.where({ statusId: 4 }).update({ ownerStaffId: null }, { max: 100, dryRun: true });
   */
  update(
    this: Available<Savable<Entity>>,
    changes: CreateInput<Entity>,
    options?: BulkOptions,
  ): Promise<BulkReport<Entity>>;

  /** Deletes all rows; otherwise as {@link update}. */
  delete(this: Available<Deletable<Entity>>, options?: BulkOptions): Promise<BulkReport<Entity>>;
}

import { type CallOptions } from '@kayako-orm/core';
import { type Observable } from 'rxjs';
import { type Explanation } from './explanation.js';
import { type OrderableFieldOf } from './fields.js';
import { type CheckedWhere, type Where } from './where.js';

/**
 * A question to the help desk. Immutable: each method returns a new query. Nothing is sent before one of the terminal
 * methods is called, and a query can be asked any number of times. It is not a promise.
 */
export interface Query<Entity extends object> extends AsyncIterable<Entity> {
  /**
   * Keeps the rows that fulfil the condition. Keys are ANDed, repeated calls too.
   *
   * A value means equal, an array means one of these, null means none; otherwise an object of operators. An empty array
   * yields nothing and sends nothing.
   * @throws {UndefinedConditionError} when a value is undefined: it never means "any".
   * @example tickets.where({ departmentId: 1, replies: { gte: 3 }, or: [{ ownerStaffId: null }, { tags: 'urgent' }] })
   */
  where<const Given extends Where<Entity>>(
    condition: Given & CheckedWhere<Given, Where<Entity>>,
  ): Query<Entity>;

  /** Keeps the rows for which a function of yours returns true. Always evaluated here, after the condition. */
  filter(predicate: (entity: Entity) => boolean): Query<Entity>;

  /**
   * Orders the rows; repeated calls decide among rows that are equal so far. Text orders by code point, null comes
   * first. Without an order rows come by id, and rows that are equal always do.
   */
  orderBy(field: OrderableFieldOf<Entity>, direction?: 'asc' | 'desc'): Query<Entity>;

  /** Passes over that many rows. The last call counts. */
  skip(count: number): Query<Entity>;

  /** At most that many rows, whatever else is said before or after. The last call counts. */
  take(count: number): Query<Entity>;

  /** The first row, or null. Reads no further than that row and aborts the transfer. */
  first(options?: CallOptions): Promise<Entity | null>;

  /** The first row. @throws {NotFoundError} when there is none. */
  firstOrFail(options?: CallOptions): Promise<Entity>;

  /** All rows in an array. For many rows prefer `for await`, which holds one batch at a time. */
  all(options?: CallOptions): Promise<Entity[]>;

  /** How many rows there are. */
  count(options?: CallOptions): Promise<number>;

  /** Whether there is a row. */
  exists(options?: CallOptions): Promise<boolean>;

  /** The rows as a cold Observable; unsubscribing aborts the request. */
  stream(options?: CallOptions): Observable<Entity>;

  /**
   * What the query would do: requests, what the server filters, what is filtered here, order, warnings. Sends nothing,
   * unless a relation in the condition must be read first.
   * @example console.log(String(await query.explain()));
   */
  explain(options?: CallOptions): Promise<Explanation>;

  /** The rows in batches as the network delivers them. The reader sets the pace; leaving the loop aborts the request. */
  batches(options?: CallOptions): AsyncIterable<Entity[]>;
}

import { type relationValue } from './markers.js';
import { type CallOptions } from '@kayako-orm/core';
import { type CreateInput } from './create-input.js';
import { type Query } from './query.js';
import { type CheckedWhere } from './checked-where.js';
import { type Where } from './where.js';

/**
 * The children of one entity. Looking at it costs nothing. Rows that came inside the parent's own reply are reused
 * without a request, until a child is added or deleted through the parent, or the parent is reloaded.
 *
 * @example for await (const post of ticket.posts) console.log(String(post));
 */
export abstract class Collection<Entity extends object> implements AsyncIterable<Entity> {
  declare readonly [relationValue]: true;

  abstract [Symbol.asyncIterator](): AsyncIterator<Entity>;

  /** The children that fulfil a condition. */
  abstract where<const Given = Where<Entity>>(
    condition: CheckedWhere<Given, Entity>,
  ): Query<Entity>;

  abstract all(options?: CallOptions): Promise<Entity[]>;

  /** The first child, or null. */
  abstract first(options?: CallOptions): Promise<Entity | null>;

  abstract count(options?: CallOptions): Promise<number>;

  /** A new child that points to the parent. Nothing is sent before its `add()`. */
  abstract create(fields?: CreateInput<Entity>): Entity;

  /** `<Collection TicketPost of Ticket 592>` */
  abstract toString(): string;
}

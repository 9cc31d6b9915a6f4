import { type CallOptions } from '@kayako-orm/core';
import { type CheckedWhere } from './checked-where.js';
import { type relationValue } from './markers.js';
import { type Query } from './query.js';
import { type Where } from './where.js';

/**
 * References to several other entities, by a list of their ids. Looking at it costs nothing. To refer to others, set the
 * field that holds the ids.
 *
 * @example for await (const category of article.categories) console.log(category.title);
 */
export abstract class RefList<Entity extends object> implements AsyncIterable<Entity> {
  declare readonly [relationValue]: true;

  /** The referenced ids, known without a request. */
  abstract readonly ids: readonly number[];

  abstract [Symbol.asyncIterator](): AsyncIterator<Entity>;

  /** The referenced entities that fulfil a condition. */
  abstract where<const Given = Where<Entity>>(
    condition: CheckedWhere<Given, Entity>,
  ): Query<Entity>;

  /** The referenced entities that the help desk has, by ascending id. */
  abstract all(options?: CallOptions): Promise<Entity[]>;

  /** The one with the lowest id, or null. */
  abstract first(options?: CallOptions): Promise<Entity | null>;

  /** How many of them the help desk has. */
  abstract count(options?: CallOptions): Promise<number>;

  /** `<RefList KnowledgebaseCategory (3, 5)>` */
  abstract toString(): string;
}

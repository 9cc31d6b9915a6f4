import { type relationValue } from './markers.js';
import { type CallOptions } from '@kayako-orm/core';

/**
 * A reference to one other entity. Looking at it costs nothing; only {@link load} makes a request.
 *
 * @example const department = await ticket.department.load();
 */
export abstract class Ref<Entity extends object> {
  declare readonly [relationValue]: true;

  /** The referenced id, known without a request; null when there is none. */
  abstract readonly id: number | null;

  /**
   * The referenced entity, read once by its id and then kept as long as the id stays the same.
   * @returns null when there is no reference or the help desk no longer has the entity.
   */
  abstract load(options?: CallOptions): Promise<Entity | null>;

  /** Points to another entity, or to none. Sent by the owner's next `add()` or `save()`. */
  abstract set(entity: Entity | null): void;

  /** `<Ref Department (84)>` */
  abstract toString(): string;
}

import { type CallOptions } from '@kayako-orm/core';
import { type FieldOf } from './fields.js';
import { type ChildOf } from './markers.js';

/**
 * Where a watch stands: what it knows of each row. Opaque; as JSON or with `String(cursor)` it is a text that can be
 * kept and given to `watch` as `from`, in another process too. The text is made when it is asked for.
 */
export interface WatchCursor {
  toString(): string;
  toJSON(): string;
}

/** What is known of a row that is gone: its id, for children of a ticket the ticket's too. Prints as `<Ticket (5)>`. */
export type RemovedRow<Entity> = Readonly<
  Pick<Entity, keyof Entity & (Entity extends ChildOf<infer Field> ? 'id' | Field : 'id')>
> & { toString(): string };

/** A row that fulfils the query and did not before. */
export interface RowAdded<Entity> {
  readonly kind: 'added';
  /** As it is now. */
  readonly entity: Entity;
  readonly fields: readonly [];
  /** Everything up to and including this change was seen. */
  readonly cursor: WatchCursor;
}

/** A row that fulfils the query as before, with other values. */
export interface RowChanged<Entity> {
  readonly kind: 'changed';
  /** As it is now. */
  readonly entity: Entity;
  /** The fields with other values, at least one, in the order of their declaration. */
  readonly fields: readonly FieldOf<Entity>[];
  /** Everything up to and including this change was seen. */
  readonly cursor: WatchCursor;
}

/** A row that fulfilled the query and does not any more: it was deleted, or it has changed. */
export interface RowRemoved<Entity> {
  readonly kind: 'removed';
  readonly entity: RemovedRow<Entity>;
  readonly fields: readonly [];
  /** Everything up to and including this change was seen. */
  readonly cursor: WatchCursor;
}

/** What `watch` emits. */
export type Change<Entity> = RowAdded<Entity> | RowChanged<Entity> | RowRemoved<Entity>;

export interface WatchOptions extends CallOptions {
  /** Milliseconds from the end of one poll to the beginning of the next: a whole number from 1. */
  readonly everyMs: number;
  /** A cursor, or its text: what has changed since is emitted first. Default, and null: what changes from now on. */
  readonly from?: WatchCursor | string | null | undefined;
  /**
   * Every how many polls all rows of the query are read and compared, where the others look only at what was active
   * since (tickets). Default 20; 1 for every poll. Without effect on other entities, whose rows are always all read.
   */
  readonly sweepEvery?: number | undefined;
  /**
   * Called at the end of each poll, the first one included, with the cursor that stands for all changes so far. The next
   * poll waits for the promise that it returns; what it throws ends the feed.
   */
  readonly checkpoint?: ((cursor: WatchCursor) => unknown) | undefined;
}

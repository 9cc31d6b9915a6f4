import { inspect } from 'node:util';
import {
  ActionNotAvailableError,
  type EntityClass,
  InvalidValueError,
  showValue,
} from '@kayako-orm/core';
import { metadataOfEntity } from '../entity/entity.js';
import { type Addable, type Deletable } from '../entity/availability.js';
import { type CreateInput } from '../entity/create-input.js';
import { refuseForeign } from '../engine/hydration/create-entity.js';
import { type Connected, Connection, connectionOf } from '../repository/connection.js';
import { Repository } from '../repository/repository.js';
import { flush, type FlushOptions } from './flush.js';
import { type FlushReport } from './flush-report.js';
import { UnitOfWork } from './unit-of-work.js';

/**
 * A piece of work on several entities: each is one object however often it is read, and changes are written together,
 * in an order that works, when {@link flush} is called. It is no transaction: the API has none.
 *
 * `all`, `first`, `get`, `run`, relations and includes give the session's own objects; reading one again brings it up
 * to date, except for what the program has changed. Streams (`for await`, `stream`, `batches`, `pages`) give objects
 * that the session does not know. Objects that nobody holds are forgotten, unless they were changed.
 *
 * @example
 * ```ts
 * const session = kayako.session();
 * const ticket = await session.repository(Ticket).where({ id: 42 }).firstOrFail();
 * ticket.subject = 'Printer on fire';
 * const user = session.add(session.create(User, { fullName, email, password, userGroupId: 2 }));
 * ticket.user.set(user);
 * console.log(String(await session.flush({ dryRun: true })));
 * await session.flush();
 * ```
 */
export class Session implements Connected {
  readonly #connection: Connection;
  readonly #unit = new UnitOfWork();
  #isFlushing = false;

  constructor(kayako: Connected) {
    const connection = kayako[connectionOf];
    if (!(connection instanceof Connection)) {
      throw new InvalidValueError('A session is made by kayako.session().');
    }
    const unit = this.#unit;
    this.#connection = connection.withMemory({
      identities: unit.identities,
      deferrals: unit.references,
      known: (metadata, id) => unit.known(metadata, id),
      done: (entity, action, id) => {
        unit.done(entity, action, id);
      },
    });
  }

  get [connectionOf](): object {
    return this.#connection;
  }

  /** The objects of one class, as the session has them. What its own methods write is written at once. */
  repository<Entity extends object>(type: EntityClass<Entity>): Repository<Entity> {
    return new Repository(type, this);
  }

  /** A new object that may refer to others without an id. It is added at the next flush after {@link add}. */
  create<Entity extends object>(type: EntityClass<Entity>, fields?: CreateInput<Entity>): Entity {
    return this.repository(type).create(fields);
  }

  /**
   * The object will be added at the next flush, and the new ones that it refers to before it. A row of a stream is
   * taken into the session; what was to be removed stays.
   *
   * @throws {ActionNotAvailableError} for an object of another help desk, or one that was read outside of the session.
   */
  add<Entity extends object>(entity: Addable<Entity> & Entity): Entity {
    this.#refuseForeign(entity);
    this.#unit.add(entity, this.#connection.persister);
    return entity;
  }

  /**
   * The object will be deleted at the next flush. A new one will not be added, and fields that wait for its id keep
   * what they hold.
   * @throws {ActionNotAvailableError} for an object of another help desk, or one that was never added.
   */
  remove<Entity extends object>(entity: Deletable<Entity> & Entity): void {
    this.#refuseForeign(entity);
    this.#unit.remove(entity, this.#connection.persister);
  }

  /**
   * Writes what is new, changed and removed: first what is added, each after what it refers to, then what was changed,
   * then what is deleted, each before what it refers to. One request at a time; a saved object sends what was changed,
   * what is required and what the help desk would otherwise reset (§13.6).
   *
   * All is checked before anything is sent, except for required fields of classes that have a `before…` listener, which
   * may set them. What fails later ends the flush; what was not written is written by the next. A write that was sent is
   * waited for, also when the signal aborts; whether one was made whose reply was lost (TIMEOUT, UNREACHABLE) is not
   * known: look before you flush again.
   *
   * @returns what became of each step; an empty report when there was nothing to write.
   * @throws {FlushError} when a step failed; its `report` says what became of the others, its `cause` why.
   * @throws {InvalidValueError} when new objects refer to one another in a circle.
   * @throws {ActionNotAvailableError} while another flush of the session is under way.
   */
  async flush(options: FlushOptions = {}): Promise<FlushReport> {
    if (this.#isFlushing) {
      throw new ActionNotAvailableError(
        'flush(): another flush of the session is under way. Await it first.',
      );
    }
    this.#isFlushing = true;
    try {
      return await flush(this.#unit, this.#connection, options);
    } finally {
      this.#isFlushing = false;
    }
  }

  /** Forgets all objects and all that was to be written. */
  clear(): void {
    this.#unit.clear();
  }

  /** `<Session: 2 to add, 1 to remove, 3 perhaps changed>` */
  toString(): string {
    const { added, removed, touched } = this.#unit.size;
    return `<Session: ${added} to add, ${removed} to remove, ${touched} perhaps changed>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #refuseForeign(entity: unknown): asserts entity is object {
    if (typeof entity !== 'object' || entity === null) {
      throw new InvalidValueError(`A session takes entities, not ${showValue(entity)}.`);
    }
    refuseForeign(metadataOfEntity(entity), entity, this.#connection.persister);
  }
}

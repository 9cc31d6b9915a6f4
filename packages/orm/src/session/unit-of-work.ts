import {
  ActionNotAvailableError,
  type EntityMetadata,
  type RelationMetadata,
} from '@kayako-orm/core';
import { idOf, metadataOfEntity, showEntity } from '../entity/entity.js';
import {
  attach,
  extrasOf,
  knownExtrasOf,
  persisterOf,
  setSnapshot,
  snapshotOf,
} from '../entity/entity-state.js';
import { type Persister } from '../entity/persister.js';
import { type Identities } from '../engine/hydration/intake.js';
import { referredIds } from '../engine/hydration/referred-ids.js';
import { changesOf, writableFieldsOf } from '../engine/hydration/snapshot.js';
import { nextMoment } from '../engine/runs/moment.js';
import { type DoneAction } from '../engine/writing/entity-persister.js';
import { takeOverReading } from '../engine/writing/take-over.js';
import { IdentityMap } from './identity-map.js';
import { PendingReferences } from './pending-references.js';
import { inOrderOf } from './topological-order.js';
import { definePlain, unwatchWrites, watchWrites } from './write-watch.js';

type Values = Record<string, unknown>;

/** What is to be written, in the order in which it can be. */
export interface PendingWrites {
  readonly adds: readonly object[];
  readonly saves: readonly object[];
  readonly deletes: readonly object[];
}

/** Stands for an id that the help desk will give; no entity has it. */
const UNKNOWN_ID = Number.MAX_SAFE_INTEGER;

/** The entities of one session: which there are, and what the program has done to them since the last flush. */
export class UnitOfWork {
  readonly #identities = new IdentityMap();
  readonly #new = new Set<object>();
  readonly #removed = new Set<object>();
  /** Perhaps changed: held, so that no change is lost. */
  readonly #touched = new Set<object>();
  /** Whose lists or dates the program has in its hands: they may change at any time. */
  readonly #lent = new WeakSet<object>();
  /** When they were last written; a reading that began before tells less than is known. */
  readonly #written = new WeakMap<object, number>();
  /** New entities that were taken back while a flush was under way. */
  #withdrawn = new WeakSet<object>();
  #generation = 0;

  readonly references = new PendingReferences((owner, target) => {
    this.#beginWaiting(owner, target);
  });

  readonly identities: Identities = {
    resolve: (fresh, began) => this.#resolve(fresh, began) as typeof fresh,
  };

  get size(): { readonly added: number; readonly removed: number; readonly touched: number } {
    return { added: this.#new.size, removed: this.#removed.size, touched: this.#touched.size };
  }

  /** Goes up when everything is forgotten. */
  get generation(): number {
    return this.#generation;
  }

  known(metadata: EntityMetadata, id: number): object | undefined {
    return this.#identities.get(metadata.type, id);
  }

  /** An entity was written or read by itself. @param id the one that it has, or had. */
  done(entity: object, action: DoneAction, id: number): void {
    const moment = nextMoment();
    this.#written.set(entity, moment);
    // Its children are part of what the parent's record tells.
    const parent = knownExtrasOf(entity)?.parent?.parent;
    if (parent !== undefined) this.#written.set(parent, moment);
    const other = this.#identities.of(entity, id);
    if (action === 'delete') {
      this.#forget(entity);
      if (other !== undefined) this.#forget(other);
      return;
    }
    if (action === 'add') {
      this.#new.delete(entity);
      this.#identities.put(entity);
    } else if (other !== undefined && other !== entity) {
      this.#bringUpToDate(other, entity);
      return;
    }
    this.#release(entity);
  }

  /** When the entity was last written or reloaded; undefined when it never was. */
  writtenAt(entity: object): number | undefined {
    return this.#written.get(entity);
  }

  add(entity: object, persister: Persister): void {
    const isNew = idOf(entity) === undefined;
    if (this.#removed.delete(entity) && !isNew) return;
    if (isNew) {
      refuseWithout(metadataOfEntity(entity), 'add', 'add');
      this.#own(entity, persister);
      this.#new.add(entity);
      return;
    }
    if (this.#isOwn(entity, 'add', persister)) return;
    // A row of a stream: from here on it is watched like any other.
    this.#identities.put(entity);
    this.#touched.add(entity);
  }

  remove(entity: object, persister: Persister): void {
    if (idOf(entity) === undefined) {
      const waiting = [...this.#new, ...this.#touched].filter((owner) =>
        this.references.newTargets(owner).includes(entity),
      );
      for (const owner of waiting) this.references.dropTarget(owner, entity);
      if (!this.#new.delete(entity) && waiting.length === 0) {
        throw new ActionNotAvailableError(
          `session.remove(): ${showEntity(entity)} is not in the help desk and was not to be added.`,
        );
      }
      this.#withdrawn.add(entity);
      return;
    }
    refuseWithout(metadataOfEntity(entity), 'delete', 'remove');
    this.#isOwn(entity, 'remove', persister);
    this.#removed.add(entity);
  }

  clear(): void {
    this.#generation += 1;
    for (const entity of this.#identities.clear()) unwatchWrites(entity);
    this.references.clear();
    this.#new.clear();
    this.#removed.clear();
    this.#touched.clear();
  }

  /** @throws {InvalidValueError} when new entities refer to one another in a circle. */
  pending(): PendingWrites {
    const hasId = (entity: object): boolean => idOf(entity) !== undefined;
    // What the program has added or deleted by itself is done.
    const removed = [...this.#removed].filter(hasId);
    const saves = [...this.#touched].filter((each) => hasId(each) && !this.#removed.has(each));
    const added = [...this.#new].filter((each) => !hasId(each));
    const referred = saves.flatMap((entity) => this.references.newTargets(entity));
    const referrers = referrersAmong(removed);
    return {
      adds: inOrderOf([...added, ...referred], (entity) => this.references.newTargets(entity)),
      saves,
      deletes: inOrderOf(removed, (entity) => referrers.get(entity) ?? []),
    };
  }

  /** A flush begins: what is taken back from now on is taken out of it. */
  beginFlush(): void {
    this.#withdrawn = new WeakSet();
  }

  /** Whether a step of the flush that is under way is still wanted. */
  isWanted(action: 'add' | 'save' | 'delete', entity: object): boolean {
    if (action === 'delete') return this.#removed.has(entity);
    return action === 'save' || !this.#withdrawn.has(entity);
  }

  /** Lets go of what has no changes. */
  release(): void {
    for (const entity of [...this.#touched]) {
      if (idOf(entity) === undefined) this.#touched.delete(entity);
      else this.#release(entity);
    }
  }

  /** Whether it is to be added by itself, not only because others refer to it. */
  isToBeAdded(entity: object): boolean {
    return this.#new.has(entity);
  }

  /** The entity was added and deleted again. @param isToBeAdded what {@link isToBeAdded} said before. */
  undone(entity: object, isToBeAdded: boolean): void {
    if (isToBeAdded) this.#new.add(entity);
  }

  /** The entity's values as they will be; where an id is not known yet, one stands that no entity has. */
  upcoming(entity: object): Values {
    const values = Object.create(entity) as Values;
    for (const [field, { target, source }] of this.references.of(entity)) {
      definePlain(values, field, (target as Values)[source] ?? UNKNOWN_ID);
    }
    return values;
  }

  /** Whether the entity is already the session's. @throws {ActionNotAvailableError} when it cannot be. */
  #isOwn(entity: object, method: 'add' | 'remove', persister: Persister): boolean {
    const known = this.#identities.of(entity);
    if (known === entity) return true;
    if (persisterOf(entity) === persister && known === undefined) return false;
    throw new ActionNotAvailableError(
      `session.${method}(): ${showEntity(entity)} is in the help desk, ` +
        (known === undefined
          ? 'but was not read through the session. Read it with session.repository(…).get(…).'
          : 'and the session has another object for it. Read it with session.repository(…).get(…), which gives that one.'),
    );
  }

  /** A new entity is written by the session from now on. */
  #own(entity: object, persister: Persister): void {
    if (persisterOf(entity) === persister) return;
    attach(entity, persister);
    extrasOf(entity).relations.clear();
  }

  #beginWaiting(owner: object, target: object): void {
    const persister = persisterOf(owner);
    if (persister !== undefined) this.#own(target, persister);
    if (idOf(owner) !== undefined) this.#touch(owner);
  }

  #touch(entity: object): void {
    unwatchWrites(entity);
    this.#touched.add(entity);
  }

  /** Held while it has changes or may get some unseen, else watched. */
  #release(entity: object): void {
    const metadata = metadataOfEntity(entity);
    if (!metadata.actions.has('save') || this.#identities.of(entity) !== entity) return;
    const isChanged = changesOf(entity, metadata).length > 0;
    if (isChanged || this.references.of(entity).size > 0 || this.#lent.has(entity)) {
      this.#touch(entity);
      return;
    }
    this.#touched.delete(entity);
    this.#watch(entity, metadata);
  }

  #watch(entity: object, metadata: EntityMetadata): void {
    if (!metadata.actions.has('save')) return;
    watchWrites(entity, metadata, {
      written: () => {
        this.#touch(entity);
      },
      lent: () => {
        this.#lent.add(entity);
        this.#touch(entity);
      },
    });
  }

  /** @param began when the reading began; null for what may be old. */
  #resolve(fresh: object, began: number | null): object {
    if (idOf(fresh) === undefined) return fresh;
    const present = this.#identities.of(fresh);
    const entity = present ?? fresh;
    for (const [relation, children] of knownExtrasOf(fresh)?.embedded ?? []) {
      for (const [index, child] of children.entries()) {
        const resolved = this.#resolve(child, began);
        children[index] = resolved;
        extrasOf(resolved).parent = { parent: entity, relation };
      }
    }
    if (present === undefined) {
      this.#identities.put(fresh);
      this.#watch(fresh, metadataOfEntity(fresh));
      return fresh;
    }
    const isNewer = began !== null && began > (this.#written.get(present) ?? 0);
    if (isNewer && present !== fresh) this.#bringUpToDate(present, fresh);
    return present;
  }

  #bringUpToDate(present: object, fresh: object): void {
    // What is being written is brought up to date by the reply.
    if (extrasOf(present).busy || Object.isFrozen(present)) return;
    const metadata = metadataOfEntity(present);
    unwatchWrites(present);
    takeOverReading(present, fresh, metadata, this.references.of(present));
    if (!this.#touched.has(present)) this.#watch(present, metadata);
  }

  /** The entity is not in the help desk any more. */
  #forget(entity: object): void {
    const { idField } = metadataOfEntity(entity);
    unwatchWrites(entity);
    this.#removed.delete(entity);
    this.#touched.delete(entity);
    setSnapshot(entity, undefined);
    if (idField !== null && !Object.isFrozen(entity)) (entity as Values)[idField] = undefined;
  }
}

function refuseWithout(
  metadata: EntityMetadata,
  action: 'add' | 'delete',
  method: 'add' | 'remove',
): void {
  if (metadata.actions.has(action)) return;
  throw new ActionNotAvailableError(
    `${metadata.name} has no ${action} action, so session.${method}() is not available. It offers: ${[...metadata.actions].join(', ')}.`,
  );
}

/** A field as the help desk has it, whatever the program has made of it. */
function storedValue(entity: object, name: string): unknown {
  const index = writableFieldsOf(metadataOfEntity(entity)).findIndex((each) => each.name === name);
  const snapshot = snapshotOf(entity);
  return snapshot === undefined || index === -1 ? (entity as Values)[name] : snapshot[index];
}

/** Whether the ids in the field of a relation have that of the target among them. */
function refersTo(owner: object, relation: RelationMetadata, target: object): boolean {
  const id = idOf(target);
  return (
    id !== undefined && referredIds(relation, (field) => storedValue(owner, field)).includes(id)
  );
}

/** Who refers to whom: deleted first, the target would take them along or leave them a reference to nothing. */
function referrersAmong(entities: readonly object[]): ReadonlyMap<object, object[]> {
  const byType = new Map<unknown, object[]>();
  for (const entity of entities) {
    byType.set(entity.constructor, [...(byType.get(entity.constructor) ?? []), entity]);
  }
  const referrers = new Map<object, Set<object>>();
  const refer = (owner: object, target: object): void => {
    if (owner === target) return;
    referrers.set(target, (referrers.get(target) ?? new Set()).add(owner));
  };
  for (const entity of entities) {
    for (const relation of metadataOfEntity(entity).relations.values()) {
      for (const other of byType.get(relation.target()) ?? []) {
        // The field of a hasMany is the child's.
        const [owner, target] = relation.kind === 'hasMany' ? [other, entity] : [entity, other];
        if (refersTo(owner, relation, target)) refer(owner, target);
      }
    }
  }
  return new Map([...referrers].map(([target, owners]) => [target, [...owners]]));
}

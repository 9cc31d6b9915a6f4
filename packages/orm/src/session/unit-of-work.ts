import {
  ActionNotAvailableError,
  type EntityClass,
  type EntityMetadata,
  metadataOf,
} from '@kayako-orm/core';
import { idOf, showEntity } from '../entity/entity.js';
import { attach, extrasOf, knownExtrasOf, persisterOf } from '../entity/entity-state.js';
import { type Deferral, type Deferrals, type Persister } from '../entity/persister.js';
import { type Identities } from '../engine/hydration/intake.js';
import { changesOf, sameValue } from '../engine/hydration/snapshot.js';
import { takeOverReading } from '../engine/writing/take-over.js';
import { IdentityMap } from './identity-map.js';
import { inOrderOf } from './topological-order.js';
import { definePlain, unwatchWrites, watchWrites } from './write-watch.js';

type Values = Record<string, unknown>;

interface Deferred {
  readonly deferral: Deferral;
  /** What the field held; a value assigned later counts more than the deferral. */
  readonly was: unknown;
}

/** A field that was filled in, and what was there before. */
export interface Filled extends Deferred {
  readonly owner: object;
  readonly field: string;
}

/** What is to be written, in the order in which it can be. */
export interface PendingWrites {
  readonly adds: readonly object[];
  readonly saves: readonly object[];
  readonly deletes: readonly object[];
}

/** Stands for an id that the help desk will give; no entity has it. */
const UNKNOWN_ID = Number.MAX_SAFE_INTEGER;

export function metadataOfEntity(entity: object): EntityMetadata {
  return metadataOf(entity.constructor as EntityClass);
}

/** The entities of one session: which there are, and what the program has done to them since the last flush. */
export class UnitOfWork {
  readonly #identities = new IdentityMap();
  readonly #new = new Set<object>();
  readonly #removed = new Set<object>();
  /** Perhaps changed: held, so that no change is lost. */
  readonly #touched = new Set<object>();
  readonly #deferred = new WeakMap<object, Map<string, Deferred>>();

  readonly identities: Identities = {
    resolve: (fresh) => this.#resolve(fresh) as typeof fresh,
  };

  readonly deferrals: Deferrals = {
    get: (owner, field) => this.#deferral(owner, field),
    set: (owner, field, deferral) => {
      this.#defer(owner, field, deferral);
    },
  };

  get size(): { readonly added: number; readonly removed: number; readonly touched: number } {
    return { added: this.#new.size, removed: this.#removed.size, touched: this.#touched.size };
  }

  known(metadata: EntityMetadata, id: number): object | undefined {
    return this.#identities.get(metadata.type, id);
  }

  /** An entity has got its id. */
  added(entity: object): void {
    this.#new.delete(entity);
    this.#identities.put(entity);
    this.#watch(entity);
  }

  add(entity: object, persister: Persister): void {
    const metadata = metadataOfEntity(entity);
    const id = idOf(entity);
    if (this.#removed.delete(entity)) return;
    if (id === undefined) {
      refuseWithout(metadata, 'add', 'add');
      if (persisterOf(entity) !== persister) {
        attach(entity, persister);
        extrasOf(entity).relations.clear();
      }
      this.#new.add(entity);
      return;
    }
    const known = this.#identities.of(entity);
    if (known === entity) return;
    if (persisterOf(entity) !== persister || known !== undefined) {
      throw new ActionNotAvailableError(
        `session.add(): ${showEntity(entity)} is in the help desk, ` +
          (known === undefined
            ? 'but was not read through this session. Read it with session.repository(…).get(…).'
            : 'and this session has another object for it. Read it with session.repository(…).get(…), which gives that one.'),
      );
    }
    // A row of a stream: from here on it is watched like any other.
    this.#identities.put(entity);
    this.#touched.add(entity);
  }

  remove(entity: object): void {
    const metadata = metadataOfEntity(entity);
    if (this.#new.delete(entity)) return;
    if (idOf(entity) === undefined) {
      throw new ActionNotAvailableError(
        `session.remove(): ${showEntity(entity)} is not in the help desk and was not to be added.`,
      );
    }
    refuseWithout(metadata, 'delete', 'remove');
    this.#removed.add(entity);
  }

  clear(): void {
    for (const entity of this.#touched) unwatchWrites(entity);
    this.#identities.clear();
    this.#new.clear();
    this.#removed.clear();
    this.#touched.clear();
  }

  /** @throws {InvalidValueError} when new entities refer to one another in a circle. */
  pending(): PendingWrites {
    for (const entities of [this.#removed, this.#touched]) {
      // Those that the program deleted by itself.
      for (const each of entities) if (idOf(each) === undefined) entities.delete(each);
    }
    const saves = [...this.#touched].filter((entity) => !this.#removed.has(entity));
    const referred = saves.flatMap((entity) => this.#newTargets(entity));
    const referrers = referrersAmong(this.#removed);
    return {
      adds: inOrderOf([...this.#new, ...referred], (entity) => this.#newTargets(entity)),
      saves,
      deletes: inOrderOf([...this.#removed], (entity) => referrers.get(entity) ?? []),
    };
  }

  /** The entity was written. What has been changed in it meanwhile is left for the next flush. */
  settled(entity: object): void {
    this.#new.delete(entity);
    this.#removed.delete(entity);
    if (!this.#touched.has(entity)) return;
    const isChanged = changesOf(entity, metadataOfEntity(entity)).length > 0;
    if (isChanged || this.deferredOf(entity).size > 0) return;
    this.#touched.delete(entity);
    if (idOf(entity) !== undefined) this.#watch(entity);
  }

  /** Whether it is to be added by itself, not only because others refer to it. */
  isToBeAdded(entity: object): boolean {
    return this.#new.has(entity);
  }

  /** The entity was added and deleted again. @param isToBeAdded what {@link isToBeAdded} said before. */
  undone(entity: object, isToBeAdded: boolean): void {
    unwatchWrites(entity);
    this.#touched.delete(entity);
    if (isToBeAdded) this.#new.add(entity);
  }

  /** The fields that wait, and for what. */
  deferredOf(entity: object): ReadonlyMap<string, Deferral> {
    const fields = [...(this.#deferred.get(entity)?.keys() ?? [])];
    return new Map(
      fields.flatMap((field) => {
        const deferral = this.#deferral(entity, field);
        return deferral === undefined ? [] : [[field, deferral]];
      }),
    );
  }

  /** The entity's values as they will be; where an id is not known yet, one stands that no entity has. */
  upcoming(entity: object): Values {
    const values = Object.create(entity) as Values;
    for (const [field, { target, source }] of this.deferredOf(entity)) {
      definePlain(values, field, (target as Values)[source] ?? UNKNOWN_ID);
    }
    return values;
  }

  /** Fills in what has become known. */
  fill(entity: object): Filled[] {
    return [...this.deferredOf(entity)].flatMap(([field, deferral]) => {
      const value = (deferral.target as Values)[deferral.source];
      if (value === undefined) return [];
      const was = (entity as Values)[field];
      this.#deferred.get(entity)?.delete(field);
      (entity as Values)[field] = value;
      return [{ owner: entity, field, deferral, was }];
    });
  }

  /** Takes back what {@link fill} did. */
  empty({ owner, field, deferral, was }: Filled): void {
    (owner as Values)[field] = was;
    this.#defer(owner, field, deferral);
  }

  #newTargets(entity: object): object[] {
    return [...this.deferredOf(entity).values()]
      .map(({ target }) => target)
      .filter((target) => idOf(target) === undefined);
  }

  #deferral(owner: object, field: string): Deferral | undefined {
    const deferred = this.#deferred.get(owner)?.get(field);
    if (deferred === undefined) return undefined;
    return sameValue((owner as Values)[field], deferred.was) ? deferred.deferral : undefined;
  }

  #defer(owner: object, field: string, deferral: Deferral | undefined): void {
    const fields = this.#deferred.get(owner) ?? new Map<string, Deferred>();
    this.#deferred.set(owner, fields);
    if (deferral === undefined) {
      fields.delete(field);
      return;
    }
    fields.set(field, { deferral, was: (owner as Values)[field] });
    if (idOf(owner) !== undefined) this.#touch(owner);
  }

  #touch(entity: object): void {
    unwatchWrites(entity);
    this.#touched.add(entity);
  }

  #watch(entity: object): void {
    const metadata = metadataOfEntity(entity);
    if (!metadata.actions.has('save') || Object.isFrozen(entity)) return;
    watchWrites(entity, metadata, () => {
      this.#touch(entity);
    });
  }

  #resolve(fresh: object): object {
    if (idOf(fresh) === undefined) return fresh;
    for (const children of knownExtrasOf(fresh)?.embedded.values() ?? []) {
      for (const [index, child] of children.entries()) children[index] = this.#resolve(child);
    }
    const present = this.#identities.of(fresh);
    if (present === undefined) {
      this.#identities.put(fresh);
      this.#watch(fresh);
      return fresh;
    }
    // What is being written is brought up to date by the reply.
    if (present === fresh || extrasOf(present).busy) return present;
    unwatchWrites(present);
    takeOverReading(present, fresh, metadataOfEntity(fresh));
    if (!this.#touched.has(present)) this.#watch(present);
    return present;
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

/** Who refers to whom: deleted first, the target would take them along or leave them a reference to nothing. */
function referrersAmong(entities: ReadonlySet<object>): ReadonlyMap<object, object[]> {
  const byId = new Map<unknown, Map<unknown, object>>();
  for (const entity of entities) {
    const ofType = byId.get(entity.constructor) ?? new Map<unknown, object>();
    byId.set(entity.constructor, ofType.set(idOf(entity), entity));
  }
  const referrers = new Map<object, object[]>();
  for (const entity of entities) {
    const parent = knownExtrasOf(entity)?.parent?.parent;
    const targets = new Set(parent === undefined || !entities.has(parent) ? [] : [parent]);
    for (const { kind, field, target } of metadataOfEntity(entity).relations.values()) {
      const referred = byId.get(target())?.get((entity as Values)[field]);
      if (kind === 'belongsTo' && referred !== undefined) targets.add(referred);
    }
    targets.delete(entity);
    for (const target of targets) {
      referrers.set(target, [...(referrers.get(target) ?? []), entity]);
    }
  }
  return referrers;
}

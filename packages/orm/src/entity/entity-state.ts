import { type LoadWatch } from './load-watch.js';
import { type Persister } from './persister.js';

/** What an entity remembers of its last exchange with the server. Field order is that of its metadata. */
export type Snapshot = readonly unknown[];

/** The list that an entity was read from or created for. */
export interface ParentLink {
  readonly parent: object;
  readonly relation: string;
}

/** What a field was given before `add()`, and what the reply made of it. */
export interface GivenValue {
  readonly given: unknown;
  readonly reply: unknown;
}

/** The rarely needed part of an entity's state. */
export interface EntityExtras {
  /** Values given to the last `add()` that the server's reply replaced, by field: adding again repeats them. */
  given: ReadonlyMap<string, GivenValue> | undefined;
  /** Children that came inside the entity's own record, by relation. */
  readonly embedded: Map<string, object[]>;
  /** Values of the relations that were looked at, by relation. */
  readonly relations: Map<string, unknown>;
  /** Relations whose embedded rows no longer tell the truth. */
  readonly stale: Set<string>;
  parent: ParentLink | undefined;
  /** How often children were added or deleted through this entity. */
  childWrites: number;
  /** A write is under way. */
  busy: boolean;
}

// A constructor that returns its argument lets a subclass put private fields on any object. They cost one slot each,
// survive class-field semantics, and no serializer or comparison ever sees them; a WeakMap of 100,000 entities is
// several times as large and slows every collection.
const Given = function (target: object) {
  return target;
} as unknown as new (target: object) => object;

class EntityState extends Given {
  #persister: Persister | undefined;
  #snapshot: Snapshot | undefined;
  #extras: EntityExtras | undefined;
  #watch: LoadWatch | undefined;

  static attach(entity: object, persister: Persister): void {
    if (!(#persister in entity)) new EntityState(entity);
    (entity as EntityState).#persister = persister;
  }

  static persister(entity: object): Persister | undefined {
    return #persister in entity ? entity.#persister : undefined;
  }

  static snapshot(entity: object): Snapshot | undefined {
    return #snapshot in entity ? entity.#snapshot : undefined;
  }

  static setSnapshot(entity: object, snapshot: Snapshot | undefined): void {
    if (!(#snapshot in entity)) new EntityState(entity);
    (entity as EntityState).#snapshot = snapshot;
  }

  static watch(entity: object): LoadWatch | undefined {
    return #watch in entity ? entity.#watch : undefined;
  }

  static setWatch(entity: object, watch: LoadWatch): void {
    if (!(#watch in entity)) new EntityState(entity);
    (entity as EntityState).#watch = watch;
  }

  static extras(entity: object): EntityExtras {
    if (!(#extras in entity)) new EntityState(entity);
    return ((entity as EntityState).#extras ??= {
      given: undefined,
      embedded: new Map(),
      relations: new Map(),
      stale: new Set(),
      parent: undefined,
      childWrites: 0,
      busy: false,
    });
  }

  static knownExtras(entity: object): EntityExtras | undefined {
    return #extras in entity ? entity.#extras : undefined;
  }
}

/** Ties an entity to the connection that persists it. */
export function attach(entity: object, persister: Persister): void {
  EntityState.attach(entity, persister);
}

/** The connection's persister, or undefined for an object that belongs to none. */
export function persisterOf(entity: object): Persister | undefined {
  return EntityState.persister(entity);
}

export function snapshotOf(entity: object): Snapshot | undefined {
  return EntityState.snapshot(entity);
}

export function setSnapshot(entity: object, snapshot: Snapshot | undefined): void {
  EntityState.setSnapshot(entity, snapshot);
}

/** The rest of an entity's state, made at first use. */
export function extrasOf(entity: object): EntityExtras {
  return EntityState.extras(entity);
}

/** The rest of an entity's state if there is any: for readers that must not make it. */
export function knownExtrasOf(entity: object): EntityExtras | undefined {
  return EntityState.knownExtras(entity);
}

/** Who watches the relations of the rows that the entity came with. */
export function watchOf(entity: object): LoadWatch | undefined {
  return EntityState.watch(entity);
}

export function setWatch(entity: object, watch: LoadWatch): void {
  EntityState.setWatch(entity, watch);
}

import { type EntityClass } from '@kayako-orm/core';
import { idOf, metadataOfEntity } from '../entity/entity.js';
import { addressFieldsOf } from '../engine/hydration/record-route.js';

/** What tells an entity from others of its class: its id, for children of a ticket the ticket's too. */
type Identity = string;

interface Place {
  readonly ofType: Map<Identity, WeakRef<object>>;
  readonly identity: Identity;
  readonly entity: WeakRef<object>;
}

/** Undefined for an entity without an id. @param id the one that it has, or had. */
function identityOf(entity: object, id: unknown = idOf(entity)): Identity | undefined {
  const metadata = metadataOfEntity(entity);
  if (metadata.idField === null) return undefined;
  const ids = addressFieldsOf(metadata).map((field) =>
    field === metadata.idField ? id : (entity as Record<string, unknown>)[field],
  );
  return ids.every((id) => typeof id === 'number') ? ids.join('/') : undefined;
}

/** One instance for each class and identity, as long as anybody else holds it. */
export class IdentityMap {
  readonly #entities = new Map<object, Map<Identity, WeakRef<object>>>();
  readonly #collected = new FinalizationRegistry<Place>(({ ofType, identity, entity }) => {
    if (ofType.get(identity) === entity) ofType.delete(identity);
  });

  /** The entity that is here of the same record. @param id the one that it has, or had before it was deleted. */
  of(entity: object, id: unknown = idOf(entity)): object | undefined {
    const identity = identityOf(entity, id);
    return identity === undefined ? undefined : this.#get(entity.constructor, identity);
  }

  /** The entity of an id, of a class whose ids are enough. */
  get(type: EntityClass, id: number): object | undefined {
    return this.#get(type, String(id));
  }

  put(entity: object): void {
    const identity = identityOf(entity);
    if (identity === undefined) return;
    const type = entity.constructor;
    const ofType = this.#entities.get(type) ?? new Map<Identity, WeakRef<object>>();
    this.#entities.set(type, ofType);
    const reference = new WeakRef(entity);
    ofType.set(identity, reference);
    this.#collected.register(entity, { ofType, identity, entity: reference });
  }

  /** Forgets all entities, and gives those that are still there. */
  clear(): object[] {
    const entities = [...this.#entities.values()].flatMap((ofType) =>
      [...ofType.values()].flatMap((reference) => reference.deref() ?? []),
    );
    this.#entities.clear();
    return entities;
  }

  #get(type: object, identity: Identity): object | undefined {
    const entity = this.#entities.get(type)?.get(identity)?.deref();
    // One that was deleted has lost its id.
    return entity === undefined || identityOf(entity) !== identity ? undefined : entity;
  }
}

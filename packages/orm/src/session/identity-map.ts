import { type EntityClass } from '@kayako-orm/core';
import { idOf } from '../entity/entity.js';

interface Place {
  readonly ofType: Map<number, WeakRef<object>>;
  readonly id: number;
  readonly entity: WeakRef<object>;
}

/** One instance for each class and id, as long as anybody else holds it. */
export class IdentityMap {
  readonly #entities = new Map<object, Map<number, WeakRef<object>>>();
  readonly #collected = new FinalizationRegistry<Place>(({ ofType, id, entity }) => {
    if (ofType.get(id) === entity) ofType.delete(id);
  });

  get(type: EntityClass, id: number): object | undefined {
    const entity = this.#entities.get(type)?.get(id)?.deref();
    // One that was deleted has lost its id.
    return entity === undefined || idOf(entity) !== id ? undefined : entity;
  }

  put(entity: object): void {
    const id = idOf(entity);
    if (id === undefined) return;
    const ofType = this.#entities.get(entity.constructor) ?? new Map<number, WeakRef<object>>();
    this.#entities.set(entity.constructor, ofType);
    const reference = new WeakRef(entity);
    ofType.set(id, reference);
    this.#collected.register(entity, { ofType, id, entity: reference });
  }

  clear(): void {
    this.#entities.clear();
  }
}

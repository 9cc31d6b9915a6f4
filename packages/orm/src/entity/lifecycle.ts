import { type CallOptions, type EntityClass, InvalidValueError } from '@kayako-orm/core';
import {
  type ActionNotAvailable,
  type Addable,
  type Deletable,
  type Savable,
} from './availability.js';
import { type FieldDifference } from './field-difference.js';

/** What a listener is told: the entity, and the signal of the call that it is part of. */
export interface LifecycleEvent<Entity> {
  readonly entity: Entity;
  readonly signal: AbortSignal | undefined;
}

export interface SaveEvent<Entity> extends LifecycleEvent<Entity> {
  /** What the program changed since the entity was read; a listener of `beforeSave` may change more. */
  readonly changes: readonly FieldDifference[];
}

export interface DeleteEvent<Entity> extends LifecycleEvent<Entity> {
  /** The id that is deleted; after that the entity has none. */
  readonly id: number;
}

/** The events in the life of an entity, by name. */
export interface LifecycleEvents<Entity> {
  readonly beforeAdd: LifecycleEvent<Entity>;
  readonly afterAdd: LifecycleEvent<Entity>;
  readonly beforeSave: SaveEvent<Entity>;
  readonly afterSave: SaveEvent<Entity>;
  readonly beforeDelete: DeleteEvent<Entity>;
  readonly afterDelete: DeleteEvent<Entity>;
  readonly loaded: LifecycleEvent<Entity>;
}

type IfAvailable<Action, Names> = Action extends ActionNotAvailable<string> ? never : Names;

/** The events that an entity can have: those of its actions, and `loaded`. */
export type LifecycleEventName<Entity> =
  | 'loaded'
  | IfAvailable<Addable<Entity>, 'beforeAdd' | 'afterAdd'>
  | IfAvailable<Savable<Entity>, 'beforeSave' | 'afterSave'>
  | IfAvailable<Deletable<Entity>, 'beforeDelete' | 'afterDelete'>;

/** Awaited before the call goes on; what it throws ends the call. */
export type LifecycleListener<Event> = (event: Event) => void | Promise<void>;

type AnyName = keyof LifecycleEvents<object>;
type AnyListener = LifecycleListener<LifecycleEvents<object>[AnyName]>;

const NAMES: readonly string[] = [
  'beforeAdd',
  'afterAdd',
  'beforeSave',
  'afterSave',
  'beforeDelete',
  'afterDelete',
  'loaded',
] satisfies AnyName[];

/** Those of a class and of the classes that it extends, which come first. */
function listenersOf(ofName: ReadonlyMap<object, AnyListener[]>, type: unknown): AnyListener[] {
  const listeners: AnyListener[] = [];
  while (typeof type === 'function') {
    listeners.unshift(...(ofName.get(type) ?? []));
    type = Object.getPrototypeOf(type);
  }
  return listeners;
}

/** The listeners of one connection. */
export class Lifecycle {
  readonly #listeners = new Map<string, Map<object, AnyListener[]>>();

  /** @returns the function that removes the listener again. */
  on(type: EntityClass, name: string, listener: unknown): () => void {
    if (!NAMES.includes(name)) {
      throw new InvalidValueError(
        `on(): there is no event ${name}. There are: ${NAMES.join(', ')}.`,
      );
    }
    if (typeof listener !== 'function') throw new InvalidValueError('on() takes a function.');
    const ofName = this.#listeners.get(name) ?? new Map<object, AnyListener[]>();
    this.#listeners.set(name, ofName);
    const own: AnyListener = (event) => (listener as AnyListener)(event);
    ofName.set(type, [...(ofName.get(type) ?? []), own]);
    return () => {
      const left = (ofName.get(type) ?? []).filter((each) => each !== own);
      if (left.length > 0) ofName.set(type, left);
      else ofName.delete(type);
      if (ofName.size === 0) this.#listeners.delete(name);
    };
  }

  /** Whether anybody listens, so that nothing is prepared for nobody. @param type to what happens to its entities. */
  hears(name: AnyName, type?: EntityClass): boolean {
    const ofName = this.#listeners.get(name);
    return ofName !== undefined && (type === undefined || listenersOf(ofName, type).length > 0);
  }

  /** Tells the listeners of the entity's class and of those that it extends, one after the other. */
  async tell<Name extends AnyName>(
    name: Name,
    event: LifecycleEvents<object>[Name],
  ): Promise<void> {
    const ofName = this.#listeners.get(name);
    if (ofName === undefined) return;
    for (const listener of listenersOf(ofName, event.entity.constructor)) await listener(event);
  }

  /** Tells of an entity that was read. */
  async loaded(entity: object, { signal }: CallOptions): Promise<void> {
    await this.tell('loaded', { entity, signal });
  }
}

import { type EntityMetadata } from '@kayako-orm/core';
import { writableFieldsOf } from '../engine/hydration/snapshot.js';

type Values = Record<string, unknown>;

/** Who wants to know what is done with the fields of an entity. */
export interface WriteWatcher {
  /** A field is being assigned. */
  written(): void;
  /** A list or a Date was handed out, which can be changed without anything being assigned. */
  lent(): void;
}

interface Watched {
  readonly values: Values;
  watcher: WriteWatcher;
}

// An entity that nobody else holds may be collected, but not one that was changed: its changes are to be flushed. So
// the fields of an entity of a session are accessors until the first of them is written; then they are plain again.
const watched = new WeakMap<object, Watched>();
const descriptors = new WeakMap<object, PropertyDescriptorMap>();

const NOBODY: WriteWatcher = { written: () => undefined, lent: () => undefined };

/** The watched entity that an accessor was found on: an object made from it has it as its prototype. */
function watchedBehind(object: object): object | null {
  let each: object | null = object;
  while (each !== null && !watched.has(each)) each = Object.getPrototypeOf(each) as object | null;
  return each;
}

/** Sets a field whatever stands there or in the prototype. */
export function definePlain(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: true,
    writable: true,
    value,
  });
}

function accessor(name: string): PropertyDescriptor {
  return {
    configurable: true,
    enumerable: true,
    get(this: object): unknown {
      const entity = watchedBehind(this);
      const watch = entity === null ? undefined : watched.get(entity);
      const value = watch?.values[name];
      if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
        watch?.watcher.lent();
      }
      return value;
    },
    set(this: object, value: unknown): void {
      const watch = watched.get(this);
      if (watch !== undefined && Object.isFrozen(this)) {
        throw new TypeError(`Cannot assign to ${name}: this object is frozen.`);
      }
      watch?.watcher.written();
      // What was sealed while it was watched keeps its accessors.
      if (watch !== undefined && Object.isSealed(this)) watch.values[name] = value;
      else definePlain(this, name, value);
    },
  };
}

/** Tells the watcher as soon as a field that can be saved is written, or may be. */
export function watchWrites(entity: object, metadata: EntityMetadata, watcher: WriteWatcher): void {
  unwatchWrites(entity);
  const present = watched.get(entity);
  if (present !== undefined) present.watcher = watcher;
  if (!Object.isExtensible(entity)) return;
  let accessors = descriptors.get(metadata.type);
  if (accessors === undefined) {
    const names = writableFieldsOf(metadata).map(({ name }) => name);
    accessors = Object.fromEntries(names.map((name) => [name, accessor(name)]));
    descriptors.set(metadata.type, accessors);
  }
  const values: Values = {};
  for (const name of Object.keys(accessors)) {
    if (Object.hasOwn(entity, name)) values[name] = (entity as Values)[name];
  }
  watched.set(entity, { values, watcher });
  for (const [name, descriptor] of Object.entries(accessors)) {
    // What is sent but never read, such as a password, stays out of sight until it is set.
    const isShown = Object.hasOwn(values, name);
    Object.defineProperty(
      entity,
      name,
      isShown ? descriptor : { ...descriptor, enumerable: false },
    );
  }
}

/** Makes the fields plain again. */
export function unwatchWrites(entity: object): void {
  const watch = watched.get(entity);
  if (watch === undefined) return;
  watch.watcher = NOBODY;
  if (Object.isSealed(entity)) return;
  watched.delete(entity);
  const { values } = watch;
  for (const name of Object.keys(descriptors.get(entity.constructor) ?? {})) {
    if (Object.hasOwn(values, name)) definePlain(entity, name, values[name]);
    else Reflect.deleteProperty(entity, name);
  }
}

import { type EntityMetadata } from '@kayako-orm/core';
import { writableFieldsOf } from '../engine/hydration/snapshot.js';

type Values = Record<string, unknown>;

interface Watched {
  readonly values: Values;
  readonly touched: () => void;
}

// An entity that nobody else holds may be collected, but not one that was changed: its changes are to be flushed. So
// the fields of an entity of a session are accessors until the first of them is written; then they are plain again.
const watched = new WeakMap<object, Watched>();
const descriptors = new WeakMap<object, PropertyDescriptorMap>();

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
      // A list or a Date can be changed without being assigned.
      if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) watch?.touched();
      return value;
    },
    set(this: object, value: unknown): void {
      watched.get(this)?.touched();
      definePlain(this, name, value);
    },
  };
}

/** Calls `touched` as soon as a field that can be saved is written, or may be. */
export function watchWrites(entity: object, metadata: EntityMetadata, touched: () => void): void {
  let accessors = descriptors.get(metadata.type);
  if (accessors === undefined) {
    const names = writableFieldsOf(metadata).map(({ name }) => name);
    accessors = Object.fromEntries(names.map((name) => [name, accessor(name)]));
    descriptors.set(metadata.type, accessors);
  }
  const values: Values = {};
  watched.set(entity, { values, touched });
  for (const [name, descriptor] of Object.entries(accessors)) {
    const isOwn = Object.hasOwn(entity, name);
    if (isOwn) values[name] = (entity as Values)[name];
    // What is sent but never read, such as a password, stays out of sight until it is set.
    Object.defineProperty(entity, name, isOwn ? descriptor : { ...descriptor, enumerable: false });
  }
}

/** Makes the fields plain again. */
export function unwatchWrites(entity: object): void {
  const watch = watched.get(entity);
  if (watch === undefined) return;
  watched.delete(entity);
  const { values } = watch;
  for (const name of Object.keys(descriptors.get(entity.constructor) ?? {})) {
    if (Object.hasOwn(values, name)) definePlain(entity, name, values[name]);
    else Reflect.deleteProperty(entity, name);
  }
}

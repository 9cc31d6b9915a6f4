import { type IncludeNode } from '../../query/include-node.js';
import { type RunOptions } from '../runs/run.js';

// Keys that users do not see: what is loaded along with an entity reaches its relations by them.
export const isLoaded: unique symbol = Symbol('kayako-orm.is-loaded');
export const putLoaded: unique symbol = Symbol('kayako-orm.put-loaded');
export const openChildren: unique symbol = Symbol('kayako-orm.open-children');

/** A reference, or several, whose entities can be loaded along with their owner. */
export interface LoadableRefs {
  readonly [isLoaded]: boolean;
  /** @param entities those that the help desk has, by ascending id. */
  [putLoaded](entities: readonly object[]): void;
}

/** Children that can be loaded along with their parent. */
export interface LoadableCollection {
  readonly [isLoaded]: boolean;
  /** @param areAll whether they are all children there are, so that nothing need be read again. */
  [putLoaded](items: readonly object[], areAll: boolean): void;
  /** The children that are asked for; those that came along need no request. */
  [openChildren](node: IncludeNode, options: RunOptions): AsyncIterable<object[]>;
}

/** Makes a relation that was loaded an own property of its entity, which its plain form then shows. */
export function showLoaded(entity: object, name: string, relation: object): void {
  Object.defineProperty(entity, name, { configurable: true, enumerable: true, value: relation });
}

/** Takes back what {@link showLoaded} did. */
export function hideLoaded(entity: object, names: Iterable<string>): void {
  for (const name of names) if (Object.hasOwn(entity, name)) Reflect.deleteProperty(entity, name);
}

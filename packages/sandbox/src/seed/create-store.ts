import { Store } from '../store/store.js';
import { addBuiltInData } from './built-in-data.js';
import { addDefaultData } from './default-data.js';

/** What a store begins with. */
export interface DataOptions {
  readonly data: 'fresh' | 'empty';
  readonly users: number;
  readonly tickets: number;
  readonly seed: number;
}

/** A store with its first rows; equal options give equal rows. */
export function createStore(options: DataOptions): Store {
  const store = new Store(options.seed);
  addBuiltInData(store);
  if (options.data === 'fresh') addDefaultData(store);
  return store;
}

import { type Store } from './store.js';
import { type Identified, Table } from './table.js';

/**
 * Rows that one resource alone knows, so that they are declared in its file and not in the store.
 *
 * @example const subscribers = new ResourceTable<NewsSubscriber>(); … subscribers.of(call.store).insert(…)
 */
export class ResourceTable<Row extends Identified> {
  readonly #tables = new WeakMap<Store, Table<Row>>();

  /** The rows that a store holds. */
  of(store: Store): Table<Row> {
    let table = this.#tables.get(store);
    if (table === undefined) {
      table = new Table<Row>();
      this.#tables.set(store, table);
    }
    return table;
  }
}

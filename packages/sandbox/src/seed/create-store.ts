import { type CustomFieldGroupOptions } from '../custom-field-options.js';
import { Store } from '../store/store.js';
import { addBuiltInData } from './built-in-data.js';
import { addDeclaredFields } from './declared-fields.js';
import { addDefaultData } from './default-data.js';
import { addGeneratedDesk } from './generated-desk.js';
import { addGeneratedOrganizations } from './generated-organizations.js';
import { addGeneratedTickets } from './generated-tickets.js';
import { GeneratedUsers } from './generated-users.js';

/** What a store begins with. */
export interface DataOptions {
  readonly data: 'fresh' | 'empty';
  readonly users: number;
  readonly tickets: number;
  readonly seed: number;
  readonly customFields: readonly CustomFieldGroupOptions[];
}

/** A store with its first rows; equal options give equal rows. */
export function createStore(options: DataOptions): Store {
  const store = new Store(options.seed);
  addBuiltInData(store);
  if (options.data === 'fresh') addDefaultData(store);
  if (options.users > 0) addGeneratedUsers(store, options.users, options.seed);
  if (options.tickets > 0) {
    addGeneratedDesk(store);
    addGeneratedTickets(store, options.tickets, options.seed);
  }
  addDeclaredFields(store, options.customFields);
  return store;
}

/** Organizations first, as users refer to them; the generated ids follow those of the default data. */
function addGeneratedUsers(store: Store, count: number, seed: number): void {
  const firstOrganizationId = store.organizations.nextId;
  addGeneratedOrganizations(store, count, seed);
  store.users.extend(
    new GeneratedUsers(store.users.nextId, count, seed, {
      userGroupId: 2,
      firstOrganizationId,
      lastOrganizationId: store.organizations.nextId - 1,
      slaPlanId: store.slaPlans.has(1) ? 1 : 0,
    }),
  );
}

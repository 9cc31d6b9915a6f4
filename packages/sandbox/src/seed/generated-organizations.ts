import { Random } from '../store/random.js';
import { type Store } from '../store/store.js';
import { EPOCH } from './epoch.js';
import { CITIES, COMPANY_KINDS, COMPANY_WORDS } from './names.js';

const USERS_PER_ORGANIZATION = 50;
const MAX_ORGANIZATIONS = 2000;
const DAY = 86_400;

/** One organization for every 50 generated users, at most 2,000. */
export function addGeneratedOrganizations(store: Store, users: number, seed: number): void {
  const count = Math.min(Math.ceil(users / USERS_PER_ORGANIZATION), MAX_ORGANIZATIONS);
  for (let index = 0; index < count; index += 1) {
    store.organizations.insert((id) => {
      const random = new Random(seed, id, 1);
      const [city, country] = random.pick(CITIES);
      const dateline = EPOCH - random.between(1, 1400) * DAY;
      return {
        id,
        name: `${random.pick(COMPANY_WORDS)} ${random.pick(COMPANY_KINDS)} ${id}`,
        organizationType: random.oneIn(3) ? 'shared' : 'restricted',
        address: random.oneIn(3) ? '' : `${random.between(1, 250)} Main Street`,
        city,
        state: '',
        postalCode: String(random.between(10_000, 99_999)),
        country,
        phone: random.oneIn(2)
          ? ''
          : `+1 ${random.between(201, 989)} 555 01${random.between(10, 99)}`,
        fax: '',
        website: random.oneIn(2) ? `https://www.example.com/${id}` : '',
        dateline,
        lastUpdate: random.between(dateline, EPOCH),
        slaPlanId: 0,
        slaPlanExpiry: 0,
      };
    });
  }
}

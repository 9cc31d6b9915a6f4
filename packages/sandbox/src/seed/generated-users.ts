import { type User } from '../store/base-rows.js';
import { Random } from '../store/random.js';
import { type UserSource } from '../store/user-table.js';
import { EPOCH } from './epoch.js';
import { DESIGNATIONS, DOMAINS, FIRST_NAMES, LAST_NAMES, TIMEZONES } from './names.js';

const DAY = 86_400;
const YEARS_OF_HISTORY = 4 * 365 * DAY;

/** What generated users refer to. */
export interface UserSurroundings {
  readonly userGroupId: number;
  readonly firstOrganizationId: number;
  /** Below the first id if there are no organizations. */
  readonly lastOrganizationId: number;
  /** 0 if there is no plan. */
  readonly slaPlanId: number;
}

/**
 * Users made from the seed and their id whenever they are read, so that a hundred thousand of them take no memory. Every
 * address contains its user's id, which is how an address leads back to the user.
 */
export class GeneratedUsers implements UserSource {
  readonly firstId: number;
  readonly lastId: number;
  readonly #seed: number;
  readonly #surroundings: UserSurroundings;

  constructor(firstId: number, count: number, seed: number, surroundings: UserSurroundings) {
    this.firstId = firstId;
    this.lastId = firstId + count - 1;
    this.#seed = seed;
    this.#surroundings = surroundings;
  }

  idOf(email: string): number | undefined {
    const digits = /\.(\d{1,15})(?:\.[a-z]+)?@/.exec(email)?.[1];
    const id = digits === undefined ? undefined : Number(digits);
    return id !== undefined && id >= this.firstId && id <= this.lastId ? id : undefined;
  }

  create(id: number): User {
    const random = new Random(this.#seed, id);
    const { userGroupId, firstOrganizationId, lastOrganizationId } = this.#surroundings;
    const [firstName, firstAscii] = random.pick(FIRST_NAMES);
    const [lastName, lastAscii] = random.pick(LAST_NAMES);
    const dateline = EPOCH - random.between(DAY, YEARS_OF_HISTORY);
    const hasOrganization = lastOrganizationId >= firstOrganizationId && !random.oneIn(4);
    const slaPlanId = random.oneIn(10) ? this.#surroundings.slaPlanId : 0;
    return {
      id,
      userGroupId,
      role: random.oneIn(15) ? 'manager' : 'user',
      organizationId: hasOrganization ? random.between(firstOrganizationId, lastOrganizationId) : 0,
      salutation: random.pick(['', '', 'Mr.', 'Ms.', 'Mrs.', 'Dr.']),
      expiry: random.oneIn(20) ? EPOCH + random.between(1, 1000) * DAY : 0,
      fullName: `${firstName} ${lastName}`,
      emails: addressesOf(random, `${firstAscii}.${lastAscii}.${id}`),
      designation: random.oneIn(3) ? random.pick(DESIGNATIONS) : '',
      phone: random.oneIn(3) ? '' : phoneOf(random),
      dateline,
      lastVisit: random.oneIn(3) ? 0 : random.between(dateline, EPOCH),
      isEnabled: !random.oneIn(12),
      timezone: random.oneIn(2) ? random.pick(TIMEZONES) : '',
      enableDst: random.oneIn(4),
      slaPlanId,
      slaPlanExpiry: slaPlanId !== 0 && random.oneIn(2) ? EPOCH + random.between(1, 365) * DAY : 0,
    };
  }
}

/** One address for most, two or three for some. */
function addressesOf(random: Random, local: string): string[] {
  const addresses = [`${local}@${random.pick(DOMAINS)}`];
  if (random.oneIn(6)) addresses.push(`${local}.work@${random.pick(DOMAINS)}`);
  if (random.oneIn(25)) addresses.push(`${local}.old@${random.pick(DOMAINS)}`);
  return addresses;
}

/** A number of the range kept free for fiction. */
function phoneOf(random: Random): string {
  return `+1 ${random.between(201, 989)} 555 01${random.between(10, 99)}`;
}

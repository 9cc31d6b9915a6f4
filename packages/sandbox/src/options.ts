import { checkCustomFields, type CustomFieldGroupOptions } from './custom-field-options.js';
import { type FormName } from './xml/node.js';

/** How a sandbox is started; everything has a default. */
export interface SandboxOptions {
  /** TCP port; 0, the default, takes a free one. */
  readonly port?: number;
  /** Address to listen on, `127.0.0.1` by default: nobody outside this machine gets in unless told so. */
  readonly host?: string;
  readonly apiKey?: string;
  readonly secretKey?: string;
  /** How many users are generated on top of the default data; 0 by default. */
  readonly users?: number;
  /** How many tickets are generated, with posts and all the rest; 0 by default. */
  readonly tickets?: number;
  /** Seed of everything that is generated; 1 by default. The same seed gives the same bytes. */
  readonly seed?: number;
  /** `fresh`, the default, has the rows of 14.1; `empty` only what a desk cannot be without. */
  readonly data?: 'fresh' | 'empty';
  /** `live`, the default, is what the server sends; `docs` what its public pages print. */
  readonly form?: FormName;
  /** The time of rows made by requests; the real time by default. */
  readonly clock?: () => Date;
  /** Reproduce what the specification marks as bugs, and 200 for uncaught exceptions; off by default. */
  readonly strictQuirks?: boolean;
  /** Accept a ticket whose e-mail is none of its user's, as old builds do; off by default. */
  readonly lenientCreator?: boolean;
  /** Groups of custom fields on top of the other data; none by default. */
  readonly customFields?: readonly CustomFieldGroupOptions[];
  /** Empty the custom fields of a ticket that a POST does not send, as the public pages say (15.10); off by default. */
  readonly replaceCustomFields?: boolean;
  /** Put notices before the XML and illegal characters into it, the same on every run; off by default. */
  readonly pollute?: boolean;
}

export type ResolvedOptions = Required<SandboxOptions>;

const DEFAULTS: ResolvedOptions = {
  port: 0,
  host: '127.0.0.1',
  apiKey: '5da7fd33-0f1e-4f6c-8b7a-sandbox00001',
  secretKey: 'c2FuZGJveC1zZWNyZXQta2V5LWZvci10ZXN0cy1vbmx5',
  users: 0,
  tickets: 0,
  seed: 1,
  data: 'fresh',
  form: 'live',
  clock: () => new Date(),
  strictQuirks: false,
  lenientCreator: false,
  customFields: [],
  replaceCustomFields: false,
  pollute: false,
};

const MAX_PORT = 65_535;
const MAX_USERS = 10_000_000;
const MAX_TICKETS = 1_000_000;

/** Fills in the defaults. @throws {RangeError} naming the option whose value cannot be used */
export function resolveOptions(options: SandboxOptions): ResolvedOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const unknown = given.find(([name]) => !Object.hasOwn(DEFAULTS, name));
  if (unknown !== undefined) throw new RangeError(`Unknown option: ${unknown[0]}`);
  const resolved: ResolvedOptions = { ...DEFAULTS, ...Object.fromEntries(given) };
  demandInteger('port', resolved.port, MAX_PORT);
  demandInteger('users', resolved.users, MAX_USERS);
  demandInteger('tickets', resolved.tickets, MAX_TICKETS);
  demandInteger('seed', resolved.seed, 0xffff_ffff);
  demandWord('data', resolved.data, ['fresh', 'empty']);
  demandWord('form', resolved.form, ['live', 'docs']);
  for (const name of ['host', 'apiKey', 'secretKey'] as const) {
    if (resolved[name].trim() === '') throw new RangeError(`${name} must not be empty`);
  }
  checkCustomFields(resolved.customFields);
  return resolved;
}

function demandInteger(name: string, value: number, highest: number): void {
  if (!Number.isInteger(value) || value < 0 || value > highest) {
    throw new RangeError(`${name} must be a whole number from 0 to ${highest}`);
  }
}

function demandWord(name: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) throw new RangeError(`${name} must be one of: ${words.join(', ')}`);
}

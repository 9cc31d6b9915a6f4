import { inspect } from 'node:util';
import {
  type CallOptions,
  checkCall,
  ConfigurationError,
  type EntityClass,
  entityClasses,
  metadataOf,
  type Usage,
} from '@kayako-orm/core';
import { accessPathsOf } from './entity/access-path.js';
import { describe, type EntityDescription } from './entity/describe.js';
import { type RecordIds } from './entity/availability.js';
import { type CreateInput } from './entity/create-input.js';
import { type MarkerPaged, type Singleton } from './entity/markers.js';
import { type CheckedWhere } from './entity/checked-where.js';
import { type Where } from './entity/where.js';
import { type CustomFieldInput } from './entities/custom-field-content.js';
import { type Ticket } from './entities/ticket.js';
import { type User } from './entities/user.js';
import { type TicketCustomField } from './entities/ticket-custom-field.js';
import { type PagingOptions, planKeyset, planRawFilters } from './plan/plan-list.js';
import { planOf } from './plan/plan-select.js';
import { type SelectPlan } from './plan/select-plan.js';
import { compareText } from './query/compare-values.js';
import { parseCondition, refuseNonConditions } from './query/parse-condition.js';
import { selectAll } from './query/select-node.js';
import {
  type Connected,
  Connection,
  connectionOf,
  type KayakoOptions,
} from './repository/connection.js';
import { ping, type Ping } from './repository/ping.js';
import { Repository } from './repository/repository.js';
import { Session } from './session/session.js';
import { setCustomFields } from './repository/ticket-custom-fields.js';
import { ALL_AREAS, type SearchOptions, searchTickets } from './repository/ticket-search.js';
import { searchUsers, type UserSearchOptions } from './repository/user-search.js';

/** The path arguments of the ticket list, as on the wire: `-1` is the server's wildcard, which for statuses means "unresolved". */
export interface TicketListArguments {
  /** Default: all departments. */
  readonly departmentId?: number | readonly number[];
  /** Default -1: all statuses that are not resolved. */
  readonly statusId?: number | readonly number[];
  /** Default -1: any; 0: unassigned. */
  readonly ownerStaffId?: number | readonly number[];
  /** Default -1: any. */
  readonly userId?: number | readonly number[];
}

/** What `getAll` takes: a condition, for users marker and maxItems, for tickets the list's own arguments. */
export type ListArguments<Entity> = Entity extends MarkerPaged
  ? Where<Entity> & PagingOptions
  : Entity extends Ticket
    ? Omit<Where<Entity>, keyof TicketListArguments> & TicketListArguments
    : Where<Entity>;

/** What `getAll` gives: an array, or the one object where there is only one. */
export type ListResult<Entity> = Entity extends Singleton ? Entity : Entity[];

/** The environment variables that {@link Kayako.fromEnv} reads. */
const ENVIRONMENT = {
  url: 'KAYAKO_URL',
  apiKey: 'KAYAKO_API_KEY',
  secretKey: 'KAYAKO_SECRET_KEY',
} as const;

/**
 * One help desk. Give it to whatever needs repositories, and close it at the end.
 *
 * @example
 * ```ts
 * const kayako = new Kayako({ url: 'https://support.example.com/api/index.php', apiKey, secretKey });
 * const open = await kayako.repository(TicketStatus).where({ title: 'Open' }).firstOrFail();
 * await kayako.close();
 * ```
 */
export class Kayako implements AsyncDisposable, Connected {
  readonly #connection: Connection;

  /**
   * Connects lazily: nothing is sent before the first call.
   * @throws {ConfigurationError} naming every missing or unusable option.
   */
  constructor(options: KayakoOptions) {
    this.#connection = Connection.open(options);
  }

  /**
   * A connection with the url and the keys of KAYAKO_URL, KAYAKO_API_KEY and KAYAKO_SECRET_KEY.
   * @throws {ConfigurationError} naming every variable that is not set.
   */
  static fromEnv(
    options: Partial<KayakoOptions> = {},
    environment: Readonly<Record<string, string | undefined>> = process.env,
  ): Kayako {
    const names = Object.keys(ENVIRONMENT) as (keyof typeof ENVIRONMENT)[];
    const missing = names.filter(
      (name) => options[name] === undefined && (environment[ENVIRONMENT[name]] ?? '') === '',
    );
    if (missing.length > 0) {
      const variables = missing.map((name) => ENVIRONMENT[name]).join(', ');
      throw new ConfigurationError(
        `The connection cannot be set up: not set in the environment: ${variables}.`,
      );
    }
    const found = Object.fromEntries(names.map((name) => [name, environment[ENVIRONMENT[name]]]));
    return new Kayako({ ...found, ...options } as KayakoOptions);
  }

  /** The objects of one class: makes them, finds them, writes them. */
  repository<Entity extends object>(type: EntityClass<Entity>): Repository<Entity> {
    return new Repository(type, this);
  }

  /** A piece of work on several entities, written together. See {@link Session}. */
  session(): Session {
    return new Session(this);
  }

  get [connectionOf](): object {
    return this.#connection;
  }

  /**
   * The one object that a key names, added if there is none. See {@link Repository.ensure}.
   * @example const user = await kayako.ensure(User, { email }, { fullName, password, userGroupId: 2 });
   */
  async ensure<Entity extends object>(
    type: EntityClass<Entity>,
    key: CreateInput<Entity>,
    fields?: CreateInput<Entity>,
    options?: CallOptions,
  ): Promise<Entity> {
    return this.repository(type).ensure(key, fields, options);
  }

  /**
   * Checks the address and the keys: asks the help desk for an echo (§10), then for its departments. Two requests, three
   * at a help desk so old that its echo has another name. Fails with what is wrong and what to do about it:
   *
   * - `UNREACHABLE`, `TIMEOUT`: nobody answers there, or not in time;
   * - `REDIRECTED`: the API has moved; the message names the new address;
   * - `NOT_FOUND`, `NOT_XML`, `EMPTY_BODY`, `UNEXPECTED_ROOT`: something other than the API answers;
   * - `FORBIDDEN`: the REST interface is switched off;
   * - `UNAUTHORIZED`: one of the keys is wrong, or the parameters got lost on the way;
   * - `RECORD_INVALID`: the echo of another request, out of a cache, or one without the salt that was sent.
   *
   * @example
   * ```ts
   * const { roundTripMs } = await kayako.ping({ signal: AbortSignal.timeout(2000) });
   * ```
   */
  async ping(options: CallOptions = {}): Promise<Ping> {
    return ping(this.#connection, options);
  }

  /**
   * Every entity class there is, as plain data: the built-in ones, and own classes declared with `@Entity`, or that add
   * fields or relations to such a class. In the order of routes, then of names. Nothing is sent. For one class see
   * {@link describe}.
   *
   * @throws {MetadataError} when the decorators of an own class make no sense.
   * @example kayako.describe().filter(({ actions }) => actions.includes('add')).map(({ name }) => name)
   */
  describe(): EntityDescription[] {
    return entityClasses()
      .map((type) => describe(type))
      .sort(
        (one, other) => compareText(one.route, other.route) || compareText(one.name, other.name),
      );
  }

  /** Requests sent, rows read and bytes handed to the decoder since this object was made. */
  get usage(): Usage {
    return this.#connection.client.usage;
  }

  /** A new object; nothing is sent before its `add()`. The same as `repository(type).create(fields)`. */
  create<Entity extends object>(type: EntityClass<Entity>, fields?: CreateInput<Entity>): Entity {
    return this.repository(type).create(fields);
  }

  /**
   * All objects of a class that fulfil a condition.
   *
   * Users: with `maxItems` one request, without it all from `marker` on. Tickets: the arguments are those of the wire,
   * so without `statusId` only unresolved tickets come; `repository(Ticket)` without a condition means all. Children of
   * a ticket need `{ ticketId }`. TicketCount is one object, not an array.
   *
   * @example const first = await kayako.getAll(User, { marker: 1, maxItems: 100 });
   */
  async getAll<Entity extends object>(
    type: EntityClass<Entity>,
    condition?: ListArguments<Entity>,
    options: CallOptions = {},
  ): Promise<ListResult<Entity>> {
    const metadata = metadataOf(type);
    const paths = accessPathsOf(metadata);
    const filtered = paths.find((path) => path.kind === 'filtered');
    const keyset = paths.find((path) => path.kind === 'keyset');
    checkCall(options).signal?.throwIfAborted();
    // Checked as it came: a copy of a Map or a promise would be an empty condition, which means everything.
    if (condition !== undefined) refuseNonConditions(metadata, condition);
    const given = { ...condition } as Record<string, unknown>;
    if (filtered !== undefined) {
      return (await this.#execute(
        type,
        planRawFilters(metadata, filtered, given),
        options,
      )) as ListResult<Entity>;
    }
    if (keyset !== undefined && ('marker' in given || 'maxItems' in given)) {
      const { marker, maxItems, ...rest } = given as PagingOptions;
      const step = planKeyset(metadata, keyset, {
        ...(marker !== undefined && { marker }),
        ...(maxItems !== undefined && { maxItems }),
      });
      const residual = parseCondition(metadata, rest);
      const plan = planOf([{ ...step, single: maxItems !== undefined }], residual);
      return (await this.#execute(type, plan, options)) as ListResult<Entity>;
    }
    const select = { ...selectAll(metadata), condition: parseCondition(metadata, given) };
    const rows: Entity[] = [];
    for await (const batch of this.#connection.executor.open(select, options)) rows.push(...batch);
    return (metadata.element === metadata.root ? rows[0] : rows) as ListResult<Entity>;
  }

  /**
   * One object by its id, for children of a ticket `get(type, ticketId, id)`.
   * @returns null when the help desk has no such object.
   */
  async get<Entity extends object>(
    type: EntityClass<Entity>,
    ...ids: [...RecordIds<Entity>, options?: CallOptions | undefined]
  ): Promise<Entity | null> {
    return this.repository(type).get(...ids);
  }

  /** All objects that fulfil a condition, in an array. */
  async filter<Entity extends object, const Given = Where<Entity>>(
    type: EntityClass<Entity>,
    condition: CheckedWhere<Given, Entity>,
    options?: CallOptions,
  ): Promise<Entity[]> {
    return this.repository(type)
      .where(condition as never)
      .all(options);
  }

  /** The first object that fulfils a condition, or null. */
  async first<Entity extends object, const Given = Where<Entity>>(
    type: EntityClass<Entity>,
    condition: CheckedWhere<Given, Entity>,
    options?: CallOptions,
  ): Promise<Entity | null> {
    return this.repository(type)
      .where(condition as never)
      .first(options);
  }

  /**
   * Searches tickets on the server, in the areas that are true.
   * @throws {NoSearchAreaError} when none is.
   * @example await kayako.ticketSearch('VBQ-173-79628', { ticketId: true });
   */
  async ticketSearch(query: string, options: SearchOptions): Promise<Ticket[]> {
    return searchTickets(this.#connection, query, options);
  }

  /** Searches tickets in all areas. */
  async ticketSearchFull(
    query: string,
    options: CallOptions & { readonly phrase?: boolean } = {},
  ): Promise<Ticket[]> {
    return searchTickets(this.#connection, query, { ...ALL_AREAS, ...options });
  }

  /**
   * Searches users on the server (§5.5): by a part of an e-mail address, full name, phone number, name of the
   * organization or title of the user group, without regard to case. Finds all there are, by ascending id.
   *
   * The query is split into words at blanks. A user is found when any word occurs; with `phrase` all of them, in the same
   * field. `"two words"` in quotes are looked for as they are, `-word` must not occur, `+word` is the same as `word`.
   *
   * What a search answers is partly that of the organization, so the users found are read again.
   *
   * @throws {InvalidValueError} when the query is empty, which `0` is to the help desk.
   * @throws {ActionNotAvailableError} when the help desk has no user search.
   * @example const users = await kayako.userSearch('"Ann Gary" @example.com');
   */
  async userSearch(query: string, options: UserSearchOptions = {}): Promise<User[]> {
    return searchUsers(this.#connection, query, options);
  }

  /**
   * Sets custom fields of a ticket by their titles, or by their opaque names where a title is that of several fields
   * (§6.6). The others keep their values. Options are given as texts, or as numbers: their ids. null clears.
   *
   * Required fields that are not given are sent along as they are. A help desk that replaces the whole set, as old builds
   * do, gets what was there a second time. Once the values are being sent, aborting only ends the waiting.
   *
   * @example
   * ```ts
   * await kayako.setCustomFields(ticket, { 'Order Number': '42', Platform: 'Mobile' });
   * ```
   * @returns the groups as they are afterwards; those of the ticket as it is when nothing is given.
   * @throws {NotFoundError} when there is no such ticket.
   * @throws {UnknownFieldError} naming the fields that the ticket does not show. This and the next three before anything
   *   is sent.
   * @throws {InvalidValueError} naming every value that does not fit, and every title of several fields.
   * @throws {FieldNotClearableError} when a file is to be removed: it can be replaced only.
   * @throws {RequiredFieldsError} naming the required fields that would be empty.
   * @throws {BadRequestError} when the help desk refuses a value, for example by the field's pattern.
   * @throws {ChangeIgnoredError} when its answer shows that a field was not set, or that others lost their values.
   */
  async setCustomFields(
    ticket: number | Ticket,
    values: Readonly<Record<string, CustomFieldInput>>,
    options?: CallOptions,
  ): Promise<TicketCustomField[]> {
    return setCustomFields(this.#connection, ticket, values, options);
  }

  /**
   * Forgets the look-up tables that plans rely on for some seconds (all departments, all statuses). Writes through this
   * object do so by themselves; call it when somebody else changed them.
   */
  invalidateLookups(): void {
    this.#connection.executor.tables.invalidate();
  }

  /** Ends what is still running and closes all connections. */
  async close(): Promise<void> {
    await this.#connection.client.close();
  }

  /** `<Kayako: 12 requests, 340 rows, 98765 bytes>` */
  toString(): string {
    const { requests, rows, bytes } = this.usage;
    return `<Kayako: ${requests} requests, ${rows} rows, ${bytes} bytes>`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #execute<Entity extends object>(
    type: EntityClass<Entity>,
    plan: SelectPlan,
    options: CallOptions,
  ): Promise<Entity[]> {
    const rows: Entity[] = [];
    const node = selectAll(metadataOf(type));
    for await (const batch of this.#connection.executor.openPlan(plan, node, options)) {
      for (const row of batch) rows.push(row);
    }
    return rows;
  }
}

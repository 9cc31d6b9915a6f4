import { type Readable } from 'node:stream';
import {
  ActionNotAvailableError,
  type ApiClient,
  type ApiRequest,
  apartName,
  type Action,
  ChangeIgnoredError,
  checkCall,
  type ContentsReply,
  type DateFormat,
  type EntityClass,
  type EntityMetadata,
  EmptyBodyError,
  encodeAdded,
  encodeFields,
  type FieldMetadata,
  isReadable,
  type MeteredOptions,
  NotFoundError,
  RecordInvalidError,
  type RelationMetadata,
  RequiredFieldsError,
} from '@kayako-orm/core';
import { extrasOf, setSnapshot } from '../../entity/entity-state.js';
import { type Lifecycle, type SaveEvent } from '../../entity/lifecycle.js';
import {
  type AddOptions,
  type Deferrals,
  type Persister,
  type WriteOptions,
} from '../../entity/persister.js';
import { type CustomFieldInput } from '../../entities/custom-field-content.js';
import { TicketCustomField } from '../../entities/ticket-custom-field.js';
import { EntityFactory } from '../hydration/hydrator.js';
import { type Intake } from '../hydration/intake.js';
import { idIn } from '../hydration/row-id.js';
import { nextMoment } from '../runs/moment.js';
import { metadataOfEntity, showEntity } from '../../entity/entity.js';
import { hideLoaded } from '../hydration/loaded-relation.js';
import { recordRoute } from '../hydration/record-route.js';
import { changesOf, type FieldChange, sameValue } from '../hydration/snapshot.js';
import { apartFieldsIn } from '../custom-fields/entity-custom-field-reader.js';
import {
  type ApartValues,
  type EntityCustomFields,
} from '../custom-fields/entity-custom-fields.js';
import { fieldDifferences } from './field-differences.js';
import {
  fileContents,
  fileFieldOf,
  refuseIncomplete,
  refuseOtherSize,
} from '../loading/file-contents.js';
import { lazyReadable } from '../runs/lazy-readable.js';
import {
  type Departure,
  departureOf,
  invalidateChildren,
  invalidateParent,
  rememberGiven,
  takeOver,
  takeOverFields,
} from './take-over.js';
import {
  addValues,
  effectiveChanges,
  isEmptyValue,
  saveValues,
  sendsSame,
} from './write-values.js';

type Values = Record<string, unknown>;

/** Makes the value of a relation; the relations' own layer knows how. */
export type RelationFactory = (entity: object, relation: RelationMetadata) => unknown;

function allow(metadata: EntityMetadata, action: Action, method: string): void {
  if (metadata.actions.has(action)) return;
  throw new ActionNotAvailableError(
    `${metadata.name} has no ${action} action, so ${method}() is not available. It offers: ${[...metadata.actions].join(', ')}.`,
  );
}

/** What can be done with an entity by itself. */
export type DoneAction = 'add' | 'save' | 'delete' | 'get';

export interface PersisterOptions {
  readonly client: ApiClient;
  readonly relate: RelationFactory;
  readonly lifecycle: Lifecycle;
  readonly intake: Intake;
  /** Told of each class that was written to, also when the write's outcome is unknown. */
  readonly written: (type: EntityClass) => void;
  /** Told of each entity when what was asked for is done, before any listener is. */
  readonly done: (entity: object, action: DoneAction, id: number) => void;
  readonly deferrals: Deferrals | null;
  readonly dateFormat: DateFormat;
  readonly customFields: () => EntityCustomFields;
}

/** Writes entities to one help desk and keeps them in step with its replies. */
export class EntityPersister implements Persister {
  readonly deferrals: Deferrals | null;
  readonly dateFormat: DateFormat;
  readonly #client: ApiClient;
  readonly #customFields: () => EntityCustomFields;
  readonly #relate: RelationFactory;
  readonly #lifecycle: Lifecycle;
  readonly #written: PersisterOptions['written'];
  readonly #intake: Intake;
  readonly #done: PersisterOptions['done'];

  constructor(options: PersisterOptions) {
    const { client, relate, lifecycle, intake, written, done, deferrals, dateFormat } = options;
    this.deferrals = deferrals;
    this.dateFormat = dateFormat;
    this.#customFields = options.customFields;
    this.#client = client;
    this.#relate = relate;
    this.#lifecycle = lifecycle;
    this.#written = written;
    this.#intake = intake;
    this.#done = done;
  }

  get connection(): object {
    return this.#client;
  }

  relation(entity: object, relation: RelationMetadata): unknown {
    const { relations } = extrasOf(entity);
    let value = relations.get(relation.name);
    if (value === undefined) {
      value = this.#relate(entity, relation);
      relations.set(relation.name, value);
    }
    return value;
  }

  async add(entity: object, given: AddOptions = {}): Promise<void> {
    const { file, ...options } = checkCall(given);
    const event = { entity, signal: options.signal };
    await this.#exclusively(entity, 'add', 'add', async (metadata) => {
      const id = idValue(entity, metadata);
      if (id !== undefined) {
        throw new ActionNotAvailableError(
          `${metadata.name}.add(): it was added already and has the id ${id}. Change it with save().`,
        );
      }
      const contents = file === undefined ? null : fileFieldOf(metadata);
      await this.#lifecycle.tell('beforeAdd', event);
      this.#fillReferences(entity, metadata, 'add');
      const values = addValues(entity, metadata, entity as Values, contents?.name);
      const apart = apartValues(metadata, values);
      // What is changed from now on is not part of this.
      const departure = departureOf(entity, metadata);
      await this.#customFields().checkNew(metadata, apart, values.departmentId, options);
      const sent = contents === null ? values : { ...values, [contents.name]: file };
      const encoded = encodeAdded(fieldsNamed(metadata, sent), sent, this);
      const request = { method: 'POST', route: metadata.route, ...encoded } as const;
      const exchange = this.#exchange(request, metadata, sending(options), null, contents);
      const fresh = await exchange.finally(() => file?.close());
      takeOver(entity, fresh, metadata, departure);
      if (contents !== null) (entity as Values)[contents.name] = null;
      rememberGiven(entity, fresh, metadata, values);
      invalidateParent(entity);
      this.#done(entity, 'add', idIn(entity, metadata));
      if (file !== undefined) refuseOtherSize(metadata, fresh, file);
      await this.#exchangeApart(entity, metadata, apart, departure, options);
      // Readings that began before are older than this.
      if (apart.size > 0) this.#done(entity, 'save', idIn(entity, metadata));
    });
    await this.#intake.tellOfChildren(entity, options);
    await this.#lifecycle.tell('afterAdd', event);
  }

  async save(entity: object, options: WriteOptions = {}): Promise<void> {
    const { signal } = checkCall(options);
    let changes: readonly FieldChange[] = [];
    const event = (): SaveEvent<object> => ({ entity, signal, changes: fieldDifferences(changes) });
    await this.#exclusively(entity, 'save', 'save', async (metadata) => {
      const id = this.#requireId(entity, metadata, 'save');
      const look = (): FieldChange[] => effectiveChanges(metadata, changesOf(entity, metadata));
      changes = look();
      if (this.#lifecycle.hears('beforeSave')) {
        await this.#lifecycle.tell('beforeSave', event());
      }
      this.#fillReferences(entity, metadata, 'save');
      changes = look();
      const values = saveValues(entity, metadata, changes);
      const apart = apartChanges(changes);
      // What is changed from now on is not part of this.
      const departure = departureOf(entity, metadata);
      await this.#customFields().check(metadata, apart, options);
      let ignored: ChangeIgnoredError | null = null;
      if (apart.size === 0 || apart.size < changes.length) {
        const parameters = encodeFields(fieldsNamed(metadata, values), values, 'save', this);
        const route = recordRoute(entity, metadata);
        const request = { method: 'PUT', route, parameters } as const;
        const fresh = await this.#exchange(request, metadata, sending(options), id);
        takeOver(entity, fresh, metadata, departure);
        ignored = ignoredChanges(entity, fresh, changes, route);
        this.#done(entity, 'save', id);
      }
      if (apart.size > 0) {
        await this.#exchangeApart(entity, metadata, apart, departure, options);
        this.#done(entity, 'save', id);
      }
      if (ignored !== null) throw ignored;
    });
    await this.#intake.tellOfChildren(entity, options);
    if (this.#lifecycle.hears('afterSave')) await this.#lifecycle.tell('afterSave', event());
  }

  async delete(entity: object, options: WriteOptions = {}): Promise<void> {
    const { signal } = checkCall(options);
    let id = 0;
    await this.#exclusively(entity, 'delete', 'delete', async (metadata) => {
      id = this.#requireId(entity, metadata, 'delete');
      await this.#lifecycle.tell('beforeDelete', { entity, id, signal });
      const request = { method: 'DELETE', route: recordRoute(entity, metadata) } as const;
      await this.#client.execute(request, sending(options));
      if (metadata.idField !== null) (entity as Values)[metadata.idField] = undefined;
      setSnapshot(entity, undefined);
      const extras = extrasOf(entity);
      extras.embedded.clear();
      extras.relations.clear();
      hideLoaded(entity, metadata.relations.keys());
      invalidateParent(entity);
      this.#done(entity, 'delete', id);
    });
    await this.#lifecycle.tell('afterDelete', { entity, id, signal });
  }

  async reload(entity: object, options: MeteredOptions = {}): Promise<void> {
    await this.#refresh(entity, 'reload', options);
  }

  async loadContents(entity: object, options: MeteredOptions = {}): Promise<void> {
    await this.#refresh(entity, 'loadContents', options, (fresh, metadata, { method, route }) => {
      const contents = (fresh as Values)[fileFieldOf(metadata).name];
      const size = contents instanceof Uint8Array ? contents.byteLength : null;
      refuseIncomplete(metadata, fresh, size, { method, route, status: 200, body: '' });
    });
  }

  /** @param check refuses what came before it is taken over. */
  async #refresh(
    entity: object,
    method: string,
    options: MeteredOptions,
    check?: (fresh: object, metadata: EntityMetadata, request: ApiRequest) => void,
  ): Promise<void> {
    await this.#exclusively(entity, 'get', method, async (metadata) => {
      const id = this.#requireId(entity, metadata, method);
      const departure = departureOf(entity, metadata);
      const request = { method: 'GET', route: recordRoute(entity, metadata) } as const;
      const fresh = await this.#exchange(request, metadata, options, id);
      check?.(fresh, metadata, request);
      await this.#customFields().readInto(fresh, metadata, options);
      takeOver(entity, fresh, metadata, departure);
      this.#done(entity, 'get', id);
    });
    await this.#lifecycle.loaded(entity, options);
    await this.#intake.tellOfChildren(entity, options);
  }

  download(entity: object, options: MeteredOptions = {}): Readable {
    const contents = (signal: AbortSignal): AsyncIterable<Uint8Array> => {
      const metadata = metadataOfEntity(entity);
      allow(metadata, 'get', 'download');
      const id = this.#requireId(entity, metadata, 'download');
      const request = { method: 'GET', route: recordRoute(entity, metadata) } as const;
      const factory = new EntityFactory(this);
      return fileContents(this.#client, request, metadata, id, factory, { ...options, signal });
    };
    return lazyReadable(contents, options.signal);
  }

  /** One exchange at a time per entity: two parallel `add()` would make two objects. */
  async #exclusively(
    entity: object,
    action: Action,
    method: string,
    exchange: (metadata: EntityMetadata) => Promise<void>,
  ): Promise<void> {
    const metadata = metadataOfEntity(entity);
    allow(metadata, action, method);
    if (Object.isFrozen(entity)) {
      throw new ActionNotAvailableError(`${metadata.name}.${method}(): this object is frozen.`);
    }
    const extras = extrasOf(entity);
    if (extras.busy) {
      throw new ActionNotAvailableError(
        `${metadata.name}.${method}(): another call for the same object is still under way. Await it first.`,
      );
    }
    extras.busy = true;
    try {
      await exchange(metadata);
    } finally {
      extras.busy = false;
      if (action !== 'get') this.#written(metadata.type);
    }
  }

  #requireId(entity: object, metadata: EntityMetadata, method: string): number {
    const id = idValue(entity, metadata);
    if (id !== undefined) return id;
    throw new RequiredFieldsError(
      `${metadata.name}.${method}(): it has no id, because it was not added yet or was deleted. Call add() first.`,
      [metadata.idField ?? 'id'],
    );
  }

  /**
   * @param id which record the reply must be; null for a new one.
   * @param unread a file field of the reply that is not kept.
   */
  async #exchange(
    request: ApiRequest,
    metadata: EntityMetadata,
    options: MeteredOptions,
    id: number | null,
    unread: FieldMetadata | null = null,
  ): Promise<object> {
    const { method, route } = request;
    const began = nextMoment();
    const reply = { method, route, status: 200, body: '' };
    const factory = new EntityFactory(this);
    const fresh =
      unread === null
        ? await this.#client.readOne(request, metadata, factory, options)
        : await recordOf(this.#client.readContents(request, metadata, unread, factory, options));
    if (fresh === null && id === null) {
      throw new EmptyBodyError(
        `the reply does not hold the new ${metadata.name}; whether it was made is unknown.`,
        reply,
      );
    }
    if (fresh === null) {
      throw new NotFoundError(`the help desk does not have this ${metadata.name} any more.`, reply);
    }
    const answered = idValue(fresh, metadata);
    if (typeof answered !== 'number' || (id !== null && answered !== id)) {
      throw new RecordInvalidError(
        `the reply holds ${metadata.name} ${String(answered)}${id === null ? '' : ` instead of ${id}`}.`,
        reply,
      );
    }
    factory.finish(fresh);
    this.#intake.identifyChildren(fresh, { ...options, keeps: true, began });
    return fresh;
  }

  /** Writes fields that are kept apart from the record, or reads them where nothing is to be written. */
  async #exchangeApart(
    entity: object,
    metadata: EntityMetadata,
    values: ApartValues,
    departure: Departure,
    options: WriteOptions,
  ): Promise<void> {
    // Not even an abort matters then, nor may a session think that its lists and dates were handed out.
    if (apartFieldsIn(metadata).length === 0) return;
    const id = this.#requireId(entity, metadata, 'save');
    const answered = await this.#customFields().exchange(metadata, id, values, sending(options));
    takeOverFields(entity, answered, metadata, departure);
    // Those that came along are no longer true.
    for (const { name, target } of metadata.relations.values()) {
      if (values.size > 0 && target() === TicketCustomField) invalidateChildren(entity, name);
    }
  }

  /** @throws {ActionNotAvailableError} when it refers to an entity that has no id yet. */
  #fillReferences(entity: object, { name }: EntityMetadata, method: 'add' | 'save'): void {
    const [target] = this.deferrals?.fill(entity) ?? [];
    if (target === undefined) return;
    throw new ActionNotAvailableError(
      `${name}.${method}(): it refers to ${showEntity(target)}, which has no id yet. Add that first, or flush the session.`,
    );
  }
}

/** What is to be set of the fields that are kept apart; a new record has nothing that could be emptied. */
function apartValues(metadata: EntityMetadata, values: Values): ApartValues {
  return new Map(
    fieldsNamed(metadata, values)
      .filter((field) => apartName(field) !== null)
      .map((field) => [field, values[field.name] as CustomFieldInput] as const)
      .filter(([{ codec }, value]) => value !== null && codec?.isEmpty(value) !== true),
  );
}

function apartChanges(changes: readonly FieldChange[]): ApartValues {
  return new Map(
    changes
      .filter(({ field }) => apartName(field) !== null)
      .map(({ field, after }) => [field, after as CustomFieldInput]),
  );
}

/** The server ignores some values (§6.1.3) or makes nothing of them (§7.1) and answers 200; its reply tells. */
function ignoredChanges(
  entity: object,
  fresh: object,
  changes: readonly FieldChange[],
  route: string,
): ChangeIgnoredError | null {
  const ignored = changes.filter(({ field, before, after }) => {
    if (!isReadable(field) || apartName(field) !== null) return false;
    const answered = (fresh as Values)[field.name];
    const isLost = isEmptyValue(field, answered) && !isEmptyValue(field, after);
    return isLost || sendsSame(field, before, answered);
  });
  if (ignored.length === 0) return null;
  // What was asked for stays in the entity, so nothing is lost and it can be corrected.
  const values = entity as Values;
  for (const { field, after } of ignored) {
    const answered = (fresh as Values)[field.name];
    if (sameValue(values[field.name], answered)) values[field.name] = after;
  }
  const names = ignored.map(({ field }) => field.name);
  return new ChangeIgnoredError(
    `the help desk answered 200 but did not take over ${names.join(', ')}. The value may not exist there, not be allowed, or have been shortened to what was there; what else was changed was saved.`,
    { method: 'PUT', route, status: 200, body: '' },
    names,
  );
}

/** The record around contents that nobody wants. */
async function recordOf(
  contents: AsyncGenerator<Uint8Array, ContentsReply<object>>,
): Promise<object | null> {
  let next = await contents.next();
  while (next.done !== true) next = await contents.next();
  return next.value.record;
}

/** The options of a request that is about to be sent. */
function sending({ waits = false, ...options }: WriteOptions): MeteredOptions {
  options.signal?.throwIfAborted();
  return waits ? { ...options, signal: undefined } : options;
}

function idValue(entity: object, metadata: EntityMetadata): number | undefined {
  return metadata.idField === null
    ? undefined
    : (entity as Record<string, number | undefined>)[metadata.idField];
}

function fieldsNamed(metadata: EntityMetadata, values: Values): FieldMetadata[] {
  return Object.keys(values).flatMap((name) => metadata.fields.get(name) ?? []);
}

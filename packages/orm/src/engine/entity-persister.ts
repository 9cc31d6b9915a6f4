import {
  ActionNotAvailableError,
  type ApiClient,
  type Action,
  type CallOptions,
  ChangeIgnoredError,
  type EntityClass,
  type EntityMetadata,
  encodeFields,
  type FieldMetadata,
  isReadable,
  metadataOf,
  NotFoundError,
  type RelationMetadata,
  RequiredFieldsError,
} from '@kayako-orm/core';
import { extrasOf, knownExtrasOf, setSnapshot } from '../entity/entity-state.js';
import { type Persister } from '../entity/persister.js';
import { EntityFactory } from './hydrator.js';
import { recordRoute } from './record-route.js';
import { changesOf, type FieldChange, isUnchanged, takeSnapshot } from './snapshot.js';
import { addValues, saveValues } from './write-values.js';

type Values = Record<string, unknown>;

/** Makes the value of a relation; the relations' own layer knows how. */
export type RelationFactory = (entity: object, relation: RelationMetadata) => unknown;

function allow(metadata: EntityMetadata, action: Action, method: string): void {
  if (metadata.actions.has(action)) return;
  throw new ActionNotAvailableError(
    `${metadata.name} has no ${action} action, so ${method}() is not available. It offers: ${[...metadata.actions].join(', ')}.`,
  );
}

/** Writes entities to one help desk and keeps them in step with its replies. */
export class EntityPersister implements Persister {
  readonly #client: ApiClient;
  readonly #relate: RelationFactory;

  constructor(client: ApiClient, relate: RelationFactory) {
    this.#client = client;
    this.#relate = relate;
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

  async add(entity: object, options: CallOptions = {}): Promise<void> {
    await this.#exclusively(entity, 'add', async (metadata) => {
      const id = idValue(entity, metadata);
      if (id !== undefined) {
        throw new ActionNotAvailableError(
          `${metadata.name}.add(): it was added already and has the id ${id}. Change it with save().`,
        );
      }
      const values = addValues(entity, metadata);
      const before: Values = { ...values };
      const request = {
        method: 'POST' as const,
        route: metadata.route,
        parameters: encodeFields(fieldsNamed(metadata, Object.keys(values)), values, 'add'),
      };
      const fresh = await this.#exchange(request, metadata, options);
      this.#refresh(entity, fresh, metadata);
      this.#rememberGiven(entity, metadata, before);
      this.#invalidateParent(entity);
    });
  }

  async save(entity: object, options: CallOptions = {}): Promise<void> {
    await this.#exclusively(entity, 'save', async (metadata) => {
      this.#requireId(entity, metadata, 'save');
      const changes = changesOf(entity, metadata);
      const values = saveValues(entity, metadata, changes);
      const request = {
        method: 'PUT' as const,
        route: recordRoute(entity, metadata),
        parameters: encodeFields(fieldsNamed(metadata, Object.keys(values)), values, 'save'),
      };
      const fresh = await this.#exchange(request, metadata, options);
      this.#refresh(entity, fresh, metadata);
      this.#refuseIgnored(entity, fresh, changes, request.route);
    });
  }

  async delete(entity: object, options: CallOptions = {}): Promise<void> {
    await this.#exclusively(entity, 'delete', async (metadata) => {
      this.#requireId(entity, metadata, 'delete');
      await this.#client.execute(
        { method: 'DELETE', route: recordRoute(entity, metadata) },
        options,
      );
      if (metadata.idField !== null) (entity as Values)[metadata.idField] = undefined;
      setSnapshot(entity, undefined);
      const extras = extrasOf(entity);
      extras.embedded.clear();
      extras.relations.clear();
      this.#invalidateParent(entity);
    });
  }

  async reload(entity: object, options: CallOptions = {}): Promise<void> {
    const metadata = metadataOf(entity.constructor as EntityClass);
    allow(metadata, 'get', 'reload');
    this.#requireId(entity, metadata, 'reload');
    const request = { method: 'GET' as const, route: recordRoute(entity, metadata) };
    this.#refresh(entity, await this.#exchange(request, metadata, options), metadata);
  }

  /** One write at a time per entity: two parallel `add()` would make two objects. */
  async #exclusively(
    entity: object,
    action: Action,
    write: (metadata: EntityMetadata) => Promise<void>,
  ): Promise<void> {
    const metadata = metadataOf(entity.constructor as EntityClass);
    allow(metadata, action, action);
    const extras = extrasOf(entity);
    if (extras.busy) {
      throw new ActionNotAvailableError(
        `${metadata.name}.${action}(): another write of the same object is still under way. Await it first.`,
      );
    }
    extras.busy = true;
    try {
      await write(metadata);
    } finally {
      extras.busy = false;
    }
  }

  #requireId(entity: object, metadata: EntityMetadata, method: string): void {
    if (idValue(entity, metadata) !== undefined) return;
    throw new RequiredFieldsError(
      `${metadata.name}.${method}(): it has no id, because it was not added yet or was deleted. Call add() first.`,
      [metadata.idField ?? 'id'],
    );
  }

  async #exchange(
    request: Parameters<ApiClient['readOne']>[0],
    metadata: EntityMetadata,
    options: CallOptions,
  ): Promise<object> {
    const factory = new EntityFactory(this);
    const fresh = await this.#client.readOne(request, metadata, factory, options);
    if (fresh !== null) {
      factory.finish(fresh);
      return fresh;
    }
    throw new NotFoundError(
      `the reply holds no ${metadata.name}: the help desk does not have it (any more).`,
      {
        method: request.method,
        route: request.route,
        status: 200,
        body: '',
      },
    );
  }

  /** Takes over what the server says: all readable fields and the children that came along. */
  #refresh(entity: object, fresh: object, metadata: EntityMetadata): void {
    const values = entity as Values;
    for (const field of metadata.fields.values()) {
      if (isReadable(field)) values[field.name] = (fresh as Values)[field.name];
    }
    takeSnapshot(entity, metadata);
    const extras = extrasOf(entity);
    extras.relations.clear();
    extras.stale.clear();
    extras.embedded.clear();
    for (const [relation, children] of knownExtrasOf(fresh)?.embedded ?? []) {
      extras.embedded.set(relation, children);
      for (const child of children) extrasOf(child).parent = { parent: entity, relation };
    }
  }

  #rememberGiven(entity: object, metadata: EntityMetadata, before: Values): void {
    const given = new Map<string, { given: unknown; reply: unknown }>();
    for (const field of metadata.fields.values()) {
      if (field.write.add === null || !isReadable(field)) continue;
      given.set(field.name, { given: before[field.name], reply: (entity as Values)[field.name] });
    }
    extrasOf(entity).given = given;
  }

  /** The parent's embedded rows no longer tell the truth. */
  #invalidateParent(entity: object): void {
    const link = knownExtrasOf(entity)?.parent;
    if (link === undefined) return;
    const extras = extrasOf(link.parent);
    extras.embedded.delete(link.relation);
    extras.stale.add(link.relation);
  }

  /** The server ignores some invalid values and answers 200 (§6.1.3); its reply tells. */
  #refuseIgnored(
    entity: object,
    fresh: object,
    changes: readonly FieldChange[],
    route: string,
  ): void {
    const ignored = changes.filter(
      ({ field, before }) =>
        isReadable(field) && isUnchanged(before, (fresh as Values)[field.name]),
    );
    if (ignored.length === 0) return;
    // What was asked for stays in the entity, so nothing is lost and it can be corrected.
    for (const { field, after } of ignored) (entity as Values)[field.name] = after;
    const names = ignored.map(({ field }) => field.name);
    throw new ChangeIgnoredError(
      `the help desk answered 200 but did not change ${names.join(', ')}. The value may not exist there or not be allowed; other changes were made.`,
      { method: 'PUT', route, status: 200, body: '' },
      names,
    );
  }
}

function idValue(entity: object, metadata: EntityMetadata): number | undefined {
  return metadata.idField === null
    ? undefined
    : (entity as Record<string, number | undefined>)[metadata.idField];
}

function fieldsNamed(metadata: EntityMetadata, names: readonly string[]): FieldMetadata[] {
  return names.flatMap((name) => metadata.fields.get(name) ?? []);
}

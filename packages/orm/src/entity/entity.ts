import { inspect } from 'node:util';
import {
  ActionNotAvailableError,
  type Action,
  type CallOptions,
  type EntityClass,
  type EntityMetadata,
  isReadable,
  metadataOf,
  toPlain,
} from '@kayako-orm/core';
import { type Persister } from './persister.js';
import { persisterOf } from './entity-state.js';

type Method = 'add' | 'save' | 'delete' | 'reload';

/** What persists an entity. @throws {ActionNotAvailableError} when it belongs to no connection. */
export function persister(
  entity: object,
  method: Method | 'upload' | 'download' | 'loadContents',
): Persister {
  const { name } = entity.constructor;
  const found = persisterOf(entity);
  if (found !== undefined) return found;
  throw new ActionNotAvailableError(
    `${name}.${method}(): this object belongs to no connection. Make it with kayako.create(${name}, …), ` +
      `or give it to kayako.repository(${name}).add(…).`,
  );
}

function needed(method: Method): Action {
  return method === 'reload' ? 'get' : method;
}

export function metadataOfEntity(entity: object): EntityMetadata {
  return metadataOf(entity.constructor as EntityClass);
}

/** The id of an entity, or undefined before `add()` and after `delete()`. */
export function idOf(entity: object): number | undefined {
  const { idField } = metadataOfEntity(entity);
  return idField === null ? undefined : (entity as Record<string, number | undefined>)[idField];
}

/** How entities are printed: `<Department (84): Sales/tickets>`, with `??` where there is no id. */
export function printEntity(entity: object, label: string): string {
  const id = idOf(entity);
  return `<${entity.constructor.name} (${id ?? '??'})${label === '' ? '' : `: ${label}`}>`;
}

/** An entity in messages, also one whose class says nothing of how to print it. */
export function showEntity(entity: object): string {
  const text = (entity as { toString(): string }).toString();
  return text === '[object Object]' ? printEntity(entity, '') : text;
}

/** What every entity of this library has in common: it prints itself and knows whether it is new. */
export abstract class BaseEntity {
  /** True before `add()` and after `delete()`. */
  get isNew(): boolean {
    return idOf(this) === undefined;
  }

  toString(): string {
    return printEntity(this, '');
  }

  /** The readable fields under their own names, dates in ISO form. No relation is loaded, no secret shown. */
  toJSON(): Record<string, unknown> {
    return toPlain(this);
  }

  [inspect.custom](_depth: number, options: object): string {
    const shown: Record<string, unknown> = {};
    for (const field of metadataOfEntity(this).fields.values()) {
      const value = (this as unknown as Record<string, unknown>)[field.name];
      if (isReadable(field) && !field.secret && value !== undefined) shown[field.name] = value;
    }
    return `${this.constructor.name} ${inspect(shown, options)}`;
  }
}

// Plain JavaScript can call what the types do not offer; it gets an error that says so.
for (const method of ['add', 'save', 'delete', 'reload'] as const) {
  Object.defineProperty(BaseEntity.prototype, method, {
    configurable: true,
    writable: true,
    value: function (this: BaseEntity): Promise<never> {
      return Promise.reject(
        new ActionNotAvailableError(
          `${this.constructor.name} has no ${needed(method)} action, so ${method}() is not available.`,
        ),
      );
    },
  });
}

/** An entity that can be read one by one. */
export abstract class ReadableEntity extends BaseEntity {
  /**
   * Reads the entity again and overwrites all its fields.
   * @throws {NotFoundError} when the help desk no longer has it.
   */
  async reload(options?: CallOptions): Promise<this> {
    await persister(this, 'reload').reload(this, options);
    return this;
  }
}

/** An entity that can be added and deleted, but not changed. */
export abstract class AddableEntity extends ReadableEntity {
  /**
   * Creates the object in the help desk, sets its id and refreshes all fields from the reply.
   * @throws {RequiredFieldsError} naming all missing fields, before anything is sent.
   * @throws {ActionNotAvailableError} when it already has an id.
   */
  async add(options?: CallOptions): Promise<this> {
    await persister(this, 'add').add(this, options);
    return this;
  }

  /** Deletes the object from the help desk; afterwards its id is undefined and it can be added again. */
  async delete(options?: CallOptions): Promise<this> {
    await persister(this, 'delete').delete(this, options);
    return this;
  }
}

/** An entity that can be added, changed and deleted. */
export abstract class EditableEntity extends AddableEntity {
  /**
   * Sends the changed fields, those the server requires, and those it would otherwise reset; then refreshes all fields
   * from the reply.
   * @throws {RequiredFieldsError} naming all missing fields, before anything is sent.
   * @throws {FieldNotClearableError} when a field was emptied that the server cannot empty, before anything is sent.
   * @throws {ChangeIgnoredError} when the reply shows that the server left a changed field as it was.
   */
  async save(options?: CallOptions): Promise<this> {
    await persister(this, 'save').save(this, options);
    return this;
  }
}

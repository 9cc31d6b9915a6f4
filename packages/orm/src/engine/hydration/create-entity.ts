import {
  ActionNotAvailableError,
  coerceField,
  type EntityClass,
  type EntityMetadata,
  InvalidValueError,
  metadataOf,
  showValue,
  UnknownFieldError,
} from '@kayako-orm/core';
import { type CreateInput } from '../../entity/create-input.js';
import { persisterOf } from '../../entity/entity-state.js';
import { type Persister } from '../../entity/persister.js';
import { instantiate } from './hydrator.js';

function refuse(metadata: EntityMetadata, names: readonly string[]): void {
  // Without an add action every field is read-only and nothing can get lost on the way to the server.
  const fixed = metadata.actions.has('add')
    ? (name: string): boolean => metadata.fields.get(name)?.write.add === null
    : (): boolean => false;
  const unknown = names.filter((name) => !metadata.fields.has(name));
  const refused = names.filter((name) => metadata.fields.has(name) && fixed(name));
  if (unknown.length === 0 && refused.length === 0) return;
  const isSaved = (name: string): boolean => metadata.fields.get(name)?.write.save !== null;
  const saved = refused.filter(isSaved);
  const readOnly = refused.filter((name) => !isSaved(name));
  const writable = [...metadata.fields.keys()].filter((name) => !fixed(name));
  const problems = [
    ...(unknown.length > 0 ? [`there is no field ${unknown.join(', ')}`] : []),
    ...(readOnly.length > 0 ? [`${readOnly.join(', ')} is set by the help desk`] : []),
    ...(saved.length > 0 ? [`${saved.join(', ')} can only be saved, once it was added`] : []),
  ];
  throw new UnknownFieldError(
    `${metadata.name}: ${problems.join('; ')}. What can be given: ${writable.join(', ')}.`,
    [...unknown, ...refused],
  );
}

/**
 * A new entity from plain input, for example a parsed JSON body: values are converted to the declared types, keys whose
 * value is undefined count as not given. Nothing is sent.
 *
 * @throws {UnknownFieldError} naming every key that is no field or not to be given.
 * @throws {InvalidValueError} naming every value that cannot be converted.
 */
export function createEntity<Entity extends object>(
  type: EntityClass<Entity>,
  fields: CreateInput<Entity>,
  persister: Persister,
): Entity {
  const metadata = metadataOf(type);
  const input: unknown = fields;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InvalidValueError(`${metadata.name}: create() takes an object of fields.`);
  }
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  refuse(
    metadata,
    given.map(([name]) => name),
  );
  const entity = instantiate(metadata, persister);
  const problems: string[] = [];
  for (const [name, value] of given) {
    const field = metadata.fields.get(name);
    if (field === undefined) continue;
    try {
      Reflect.set(entity, name, coerceField(metadata.name, field, value));
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new InvalidValueError(problems.join('\n'));
  return entity;
}

/**
 * Refuses what is no instance of the repository's class, and what belongs to another connection: it would be written
 * over whatever has the same id there.
 * @throws {ActionNotAvailableError}
 */
export function refuseForeign(
  metadata: EntityMetadata,
  entity: unknown,
  persister: Persister,
): asserts entity is object {
  if (!(entity instanceof metadata.type)) {
    throw new ActionNotAvailableError(
      `this repository manages ${metadata.name}; it was given ${showValue(entity)}.`,
    );
  }
  const owner = persisterOf(entity);
  if (owner !== undefined && owner.connection !== persister.connection) {
    throw new ActionNotAvailableError(
      `this ${metadata.name} belongs to another connection. Make a new one with create() and copy its fields.`,
    );
  }
}

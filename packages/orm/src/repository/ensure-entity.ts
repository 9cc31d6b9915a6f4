import {
  ActionNotAvailableError,
  BadRequestError,
  type CallOptions,
  checkCall,
  type EntityMetadata,
  InvalidValueError,
  isPlainObject,
} from '@kayako-orm/core';
import { type CreateInput } from '../entity/create-input.js';
import { type Query } from '../entity/query.js';
import { abortable } from '../engine/abortable.js';

interface Finder<Entity extends object> {
  where(condition: never): Query<Entity>;
  create(fields?: CreateInput<Entity>): Entity;
  add(entity: never): Promise<Entity>;
}

/** A condition for the values of a key. */
function conditionOf(metadata: EntityMetadata, key: Readonly<Record<string, unknown>>): unknown {
  return {
    and: Object.entries(key).map(([name, value]) => {
      const isList = Array.isArray(metadata.fields.get(name)?.codec?.absent());
      const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
      if (name !== 'email' || typeof only !== 'string') return { [name]: value };
      // Addresses are unique whatever their case (§5.4).
      const same = { eq: only.toLowerCase(), ignoreCase: true };
      return { email: isList ? { some: same } : same };
    }),
  };
}

function checkKey(metadata: EntityMetadata, key: unknown): void {
  if (!metadata.actions.has('add')) {
    throw new ActionNotAvailableError(
      `${metadata.name} has no add action, so ensure() is not available. It offers: ${[...metadata.actions].join(', ')}.`,
    );
  }
  if (isPlainObject(key) && Object.keys(key).length > 0) return;
  throw new InvalidValueError(
    `${metadata.name}.ensure() takes a key such as { email: 'a@example.com' }.`,
  );
}

/** Finds the object that a key names, or adds it. @param running what is under way for all callers. */
export async function ensureEntity<Entity extends object>(
  repository: Finder<Entity>,
  metadata: EntityMetadata,
  running: Map<string, Promise<object>>,
  key: CreateInput<Entity>,
  fields: CreateInput<Entity>,
  options: CallOptions,
): Promise<Entity> {
  const { signal } = checkCall(options);
  signal?.throwIfAborted();
  checkKey(metadata, key);
  const condition = conditionOf(metadata, key);
  const find = (): Promise<Entity | null> => repository.where(condition as never).first();
  const work = async (): Promise<Entity> => {
    const found = await find();
    if (found !== null) return found;
    const entity = repository.create({ ...fields, ...key });
    try {
      return await repository.add(entity as never);
    } catch (error) {
      // Somebody else may have been faster.
      const theirs = error instanceof BadRequestError ? await find() : null;
      if (theirs === null) throw error;
      return theirs;
    }
  };
  const name = `${metadata.name} ${JSON.stringify(condition)}`;
  const shared = (running.get(name) as Promise<Entity> | undefined) ?? work();
  running.set(name, shared);
  const forget = (): void => {
    if (running.get(name) === shared) running.delete(name);
  };
  shared.then(forget, forget);
  return signal === undefined ? shared : abortable(shared, signal);
}

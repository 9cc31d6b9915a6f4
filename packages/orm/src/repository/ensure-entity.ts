import {
  abortable,
  ActionNotAvailableError,
  BadRequestError,
  type CallOptions,
  checkCall,
  type EntityMetadata,
  InvalidValueError,
  isPlainObject,
} from '@kayako-orm/core';
import { type CreateInput } from '../entity/create-input.js';
import { idOf } from '../entity/entity.js';
import { type Query } from '../entity/query.js';

/** What `ensure` does its work with: a repository. */
interface Finder<Entity extends object> {
  where(condition: never): Query<Entity>;
  create(fields?: CreateInput<Entity>): Entity;
  add(entity: never): Promise<Entity>;
}

/** One object that is being found or added, for all who want it. */
interface Shared {
  readonly outcome: Promise<object>;
  readonly abort: AbortController;
  /** Callers who have not given up. */
  waiting: number;
}

/** The condition that a key stands for, its fields in one order whatever order they were given in. */
function conditionOf(metadata: EntityMetadata, key: unknown): object {
  if (!isPlainObject(key) || Object.keys(key).length === 0) {
    throw new InvalidValueError(
      `${metadata.name}.ensure() takes a key such as { email: 'a@example.com' }.`,
    );
  }
  const names = Object.keys(key).sort();
  return { and: names.map((name) => fieldCondition(metadata, name, key[name])) };
}

function fieldCondition(metadata: EntityMetadata, name: string, given: unknown): object {
  const [only, ...others] = Array.isArray(given) ? (given as unknown[]) : [given];
  if (others.length > 0 || (Array.isArray(given) && given.length === 0)) {
    throw new InvalidValueError(
      `${metadata.name}.ensure(): ${name} names one value in a key. Give the others as fields.`,
    );
  }
  if (name !== 'email' || typeof only !== 'string') return { [name]: only };
  // Addresses are unique whatever their case (§5.4).
  const same = { eq: only.toLowerCase(), ignoreCase: true };
  const isList = Array.isArray(metadata.fields.get(name)?.codec?.absent());
  return { email: isList ? { some: same } : same };
}

/** Finds objects by a key, or adds them; calls for the same key at the same time share one outcome. */
export class Ensuring {
  readonly #running = new Map<object, Map<string, Shared>>();

  async ensure<Entity extends object>(
    repository: Finder<Entity>,
    metadata: EntityMetadata,
    key: CreateInput<Entity>,
    fields: CreateInput<Entity>,
    options: CallOptions,
  ): Promise<Entity> {
    const { signal } = checkCall(options);
    signal?.throwIfAborted();
    if (!metadata.actions.has('add')) {
      throw new ActionNotAvailableError(
        `${metadata.name} has no add action, so ensure() is not available. It offers: ${[...metadata.actions].join(', ')}.`,
      );
    }
    const condition = conditionOf(metadata, key);
    const shared = this.#shared(metadata.type, JSON.stringify(condition), (abort) =>
      findOrAdd(repository, condition, { ...fields, ...key }, abort),
    );
    shared.waiting += 1;
    try {
      const outcome = shared.outcome as Promise<Entity>;
      return await abortable(outcome, signal);
    } finally {
      shared.waiting -= 1;
      // What nobody waits for any more is not added.
      if (shared.waiting === 0) shared.abort.abort();
    }
  }

  #shared(type: object, name: string, work: (abort: AbortSignal) => Promise<object>): Shared {
    const ofType = this.#running.get(type) ?? new Map<string, Shared>();
    this.#running.set(type, ofType);
    const present = ofType.get(name);
    if (present !== undefined && !present.abort.signal.aborted) return present;
    const abort = new AbortController();
    const shared: Shared = { outcome: work(abort.signal), abort, waiting: 0 };
    ofType.set(name, shared);
    const forget = (): void => {
      if (ofType.get(name) === shared) ofType.delete(name);
    };
    shared.outcome.then(forget, forget);
    return shared;
  }
}

async function findOrAdd<Entity extends object>(
  repository: Finder<Entity>,
  condition: object,
  fields: CreateInput<Entity>,
  signal: AbortSignal,
): Promise<Entity> {
  const found = await repository.where(condition as never).first({ signal });
  if (found !== null) return found;
  signal.throwIfAborted();
  const entity = repository.create(fields);
  try {
    // Once sent, it is not given up: whether it was added would be unknown.
    return await repository.add(entity as never);
  } catch (error) {
    // Somebody else may have been faster; what was added here was not, whatever failed afterwards.
    if (!(error instanceof BadRequestError) || idOf(entity) !== undefined) throw error;
    const theirs = await repository.where(condition as never).first();
    if (theirs === null) throw error;
    return theirs;
  }
}

import {
  type EntityMetadata,
  InvalidValueError,
  isReadable,
  UnknownFieldError,
} from '@kayako-orm/core';
import { type Selection } from './select-node.js';

/**
 * Checks what a user gave to `select` or `pluck`.
 *
 * @throws {UnknownFieldError} naming every name that is no field that comes back.
 * @throws {InvalidValueError} when no field is named.
 */
export function parseSelection(
  metadata: EntityMetadata,
  method: 'select' | 'pluck',
  names: readonly string[],
): Selection {
  if (names.length === 0) throw new InvalidValueError(`${method}() takes the names of fields.`);
  if (names.some((name) => Array.isArray(name))) {
    throw new InvalidValueError(`${method}() takes names one by one, such as ${method}('id').`);
  }
  const readable = [...metadata.fields.values()].filter(isReadable).map(({ name }) => name);
  const unknown = names.filter((name) => !readable.includes(name));
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `${metadata.name}.${method}(): no fields that come back: ${unknown.map(String).join(', ')}. Its fields: ${readable.join(', ')}.`,
      unknown,
    );
  }
  return Object.freeze({
    fields: Object.freeze([...new Set(names)]),
    plucked: method === 'pluck',
  });
}

import '../reflect.js';
import { inspect } from 'node:util';
import { Exclude, instanceToPlain, Transform } from 'class-transformer';
import { CodecError } from '../codec/codec.js';
import { InvalidValueError } from '../errors/request-errors.js';
import { type Constructor } from './constructor.js';
import { apartName, type FieldMetadata } from './entity-metadata.js';

function toPlainValue(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null && 'toJSON' in value && Object.isFrozen(value)) {
    return (value as { toJSON(): unknown }).toJSON();
  }
  return value;
}

/** A field's value in the plain form. Files, and what is kept apart, are part of it only where they are here. */
function plainOf(field: FieldMetadata, value: unknown): unknown {
  if (value === undefined && apartName(field) !== null) return undefined;
  return toPlainValue(value) ?? (field.codec?.comparison === 'none' ? undefined : null);
}

/** Under this key a relation that is an own property of its entity says what the plain form shows for it. */
export const plainForm: unique symbol = Symbol.for('kayako-orm.plain-form.1') as never;

const LONGEST_SHOWN = 100;

/** A value as messages show it: never long, whatever it is. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(
      value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value,
    );
  }
  const text = inspect(value, { depth: 0, maxArrayLength: 5, breakLength: Infinity });
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** Converts one value of plain input to its field's type. @throws {InvalidValueError} */
export function coerceField(owner: string, field: FieldMetadata, value: unknown): unknown {
  if (field.codec === null || (value === null && field.codec.nullable)) return value;
  try {
    return field.codec.coerce(value);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const shown = field.secret ? 'the value given' : showValue(value);
    throw new InvalidValueError(
      `${owner}.${field.name}: ${shown} is not of type ${field.codec.name}.`,
    );
  }
}

/** {@link coerceField} for a value that is about to be sent. @throws {InvalidValueError} */
export function sendableField(owner: string, field: FieldMetadata, value: unknown): unknown {
  const coerced = coerceField(owner, field, value);
  if (coerced === null || field.codec?.checkSent === undefined) return coerced;
  try {
    field.codec.checkSent(coerced);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new InvalidValueError(
      `${owner}.${field.name}: ${showValue(coerced)} cannot be sent: ${error.message}.`,
    );
  }
  return coerced;
}

/**
 * Tells class-transformer about the fields in its own metadata, so that its users get the same plain form
 * everywhere (a serializer interceptor calls `instanceToPlain`, which ignores `toJSON`): ISO dates, no secrets.
 */
export function definePlainForm(
  type: Constructor,
  fields: readonly FieldMetadata[],
  relations: Iterable<string> = [],
): void {
  hideSecrets(type, fields);
  const prototype = type.prototype as object;
  for (const name of relations) {
    Transform(({ value }) => (value as { [plainForm]?(): unknown })[plainForm]?.(), {
      toPlainOnly: true,
    })(prototype, name);
  }
  for (const field of fields) {
    if (field.secret || field.sources.length === 0) {
      Exclude({ toPlainOnly: true })(prototype, field.name);
    } else if (field.nested === null) {
      Transform(({ value }) => plainOf(field, value), { toPlainOnly: true })(prototype, field.name);
    }
    // `obj` still has what was given; `value` is class-transformer's deep copy of it.
    Transform(({ obj, key }) => coerceField(type.name, field, Reflect.get(obj as object, key)), {
      toClassOnly: true,
    })(prototype, field.name);
  }
}

/** Gives a class without a base class of ours the plain form where it would otherwise print its secrets. */
function hideSecrets(type: Constructor, fields: readonly FieldMetadata[]): void {
  const prototype = type.prototype as object;
  if (!fields.some(({ secret }) => secret) || 'toJSON' in prototype) return;
  const hidden = { configurable: true, writable: true, enumerable: false };
  Object.defineProperty(prototype, 'toJSON', {
    ...hidden,
    value(this: object) {
      return toPlain(this);
    },
  });
  Object.defineProperty(prototype, inspect.custom, {
    ...hidden,
    value(this: object, _depth: number, options: object) {
      return `${type.name} ${inspect(toPlain(this), options)}`;
    },
  });
}

/** The plain form of an entity: what `JSON.stringify` prints. */
export function toPlain(entity: object): Record<string, unknown> {
  return instanceToPlain(entity, { exposeUnsetFields: false });
}

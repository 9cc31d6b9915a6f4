import '../reflect.js';
import { inspect } from 'node:util';
import { Exclude, instanceToPlain, plainToInstance, Transform } from 'class-transformer';
import { CodecError } from '../codec/codec.js';
import { InvalidValueError } from '../errors/request-errors.js';
import { type Constructor, type EntityClass } from './constructor.js';
import { type FieldMetadata } from './entity-metadata.js';

function toPlainValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null && 'toJSON' in value && Object.isFrozen(value)) {
    return (value as { toJSON(): unknown }).toJSON();
  }
  return value;
}

const LONGEST_SHOWN = 100;

/** A value for a message. JSON knows no bigint and no circle. */
function shownValue(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Shown as inspect does.
  }
  text ??= inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** Converts one value of plain input to its field's type. @throws {InvalidValueError} */
export function coerceField(owner: string, field: FieldMetadata, value: unknown): unknown {
  if (value === null || field.codec === null) return value;
  try {
    return field.codec.coerce(value);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const shown = field.secret ? 'the value given' : shownValue(value);
    throw new InvalidValueError(
      `${owner}.${field.name}: ${shown} is not of type ${field.codec.name}.`,
    );
  }
}

/**
 * Tells class-transformer about the fields in its own metadata, so that its users get the same plain form
 * everywhere (a serializer interceptor calls `instanceToPlain`, which ignores `toJSON`): ISO dates, no secrets.
 */
export function definePlainForm(type: Constructor, fields: Iterable<FieldMetadata>): void {
  const prototype = type.prototype as object;
  for (const field of fields) {
    if (field.secret || field.sources.length === 0) {
      Exclude({ toPlainOnly: true })(prototype, field.name);
    } else if (field.nested === null) {
      Transform(({ value }) => toPlainValue(value), { toPlainOnly: true })(prototype, field.name);
    }
    // `obj` still has what was given; `value` is class-transformer's deep copy of it.
    Transform(({ obj, key }) => coerceField(type.name, field, Reflect.get(obj as object, key)), {
      toClassOnly: true,
    })(prototype, field.name);
  }
}

/** The plain form of an entity: what `JSON.stringify` prints. */
export function toPlain(entity: object): Record<string, unknown> {
  return instanceToPlain(entity, { exposeUnsetFields: false });
}

/** A new instance from plain input whose keys were checked before; values are converted to their types. */
export function fromPlain<Entity extends object>(
  type: EntityClass<Entity>,
  plain: Readonly<Record<string, unknown>>,
): Entity {
  return plainToInstance(type, plain);
}

import { bytes } from '../codec/bytes.js';
import { calendarDate, calendarExpiry } from '../codec/calendar-date.js';
import { type Codec } from '../codec/codec.js';
import { date, expiry } from '../codec/date.js';
import { boolean, decimal, id, integer, optionalInteger } from '../codec/number.js';
import { optionalText, text } from '../codec/text.js';
import { MetadataError } from '../errors/request-errors.js';
import { type Constructor } from './constructor.js';

type NamedType =
  | 'text'
  | 'optionalText'
  | 'integer'
  | 'optionalInteger'
  | 'decimal'
  | 'id'
  | 'boolean'
  | 'date'
  | 'expiry'
  | 'calendarDate'
  | 'calendarExpiry'
  | 'bytes';

const NAMED: Readonly<Record<NamedType, Codec<unknown>>> = {
  text,
  optionalText,
  integer,
  optionalInteger,
  decimal,
  id,
  boolean,
  date,
  expiry,
  calendarDate,
  calendarExpiry,
  bytes,
};

const CONSTRUCTED = new Map<unknown, Codec<unknown>>([
  [String, text],
  [Number, integer],
  [Boolean, boolean],
  [Date, date],
  [Buffer, bytes],
]);

type ScalarType =
  | NamedType
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | DateConstructor
  | Codec<unknown>;

/**
 * The type of a field: a name (`'text'`, `'integer'`, `'id'`, `'boolean'`, `'date'`, `'expiry'`, `'calendarDate'`,
 * `'calendarExpiry'`, `'bytes'`, `'optionalText'`, `'optionalInteger'`, `'decimal'`), `String`, `Number`, `Boolean` or
 * `Date`, a codec of your own, or a class with `@Field`s for a nested element. In brackets, `['id']`: a list, that is, a
 * repeated element.
 */
export type FieldType = SingleType | ListType;
type SingleType = ScalarType | Constructor;
type ListType = readonly [SingleType];

/** What a field type comes down to: a codec for text, or the class of a nested element. */
export type ResolvedType =
  | { readonly kind: 'value'; readonly codec: Codec<unknown> }
  | { readonly kind: 'nested'; readonly type: Constructor };

function isCodec(type: object): type is Codec<unknown> {
  return 'decode' in type && 'encode' in type;
}

export function isListType(type: FieldType): type is ListType {
  return Array.isArray(type);
}

export function resolveFieldType(type: SingleType, where: string): ResolvedType {
  const codec =
    typeof type === 'string'
      ? (NAMED as Readonly<Record<string, Codec<unknown> | undefined>>)[type]
      : (CONSTRUCTED.get(type) ?? (isCodec(type) ? type : undefined));
  if (codec !== undefined) return { kind: 'value', codec };
  if (
    typeof type === 'function' &&
    (type as unknown) !== Object &&
    (type as unknown) !== Function
  ) {
    return { kind: 'nested', type };
  }
  throw new MetadataError(
    `${where}: ${JSON.stringify(type)} is no field type. Use one of ${Object.keys(NAMED).join(', ')}.`,
  );
}

/**
 * The type that the compiler recorded for a property (`emitDecoratorMetadata`), for fields that state none.
 * Unions and arrays leave nothing usable behind, and esbuild records nothing at all.
 */
export function designType(target: object, property: string): ScalarType | undefined {
  const type: unknown = Reflect.getMetadata('design:type', target, property);
  return CONSTRUCTED.has(type) ? (type as ScalarType) : undefined;
}

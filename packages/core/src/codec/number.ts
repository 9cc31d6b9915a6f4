import { type Codec, CodecError } from './codec.js';

/** Empty numeric elements are 0 on the wire (§3.1, integer-zero trap). */
export function decodeInteger(wire: string): number {
  const value = Number(wire);
  if (!Number.isSafeInteger(value)) throw new CodecError('whole number');
  return value;
}

export function coerceInteger(input: unknown, name: string): number {
  const value = typeof input === 'string' && /^\s*-?\d+\s*$/.test(input) ? Number(input) : input;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new CodecError(name);
  return value;
}

/** A whole number. */
export const integer: Codec<number> = {
  name: 'whole number',
  comparison: 'order',
  nullable: true,
  absent: () => 0,
  decode: decodeInteger,
  encode: (value) => String((value as number | null) ?? 0),
  coerce: (input) => coerceInteger(input, 'whole number'),
  isEmpty: () => false,
};

/** A whole number that the server leaves out where it does not apply; missing reads as null. */
export const optionalInteger: Codec<number | null> = {
  ...(integer as Codec<number | null>),
  absent: () => null,
  decode: (wire) => (wire === '' ? null : decodeInteger(wire)),
  isEmpty: (value) => value === null,
};

/** A number that may have decimals, such as an average. */
export const decimal: Codec<number> = {
  ...integer,
  name: 'number',
  decode(wire) {
    const value = Number(wire);
    if (!Number.isFinite(value)) throw new CodecError('number');
    return value;
  },
  coerce(input) {
    const value = typeof input === 'string' && input.trim() !== '' ? Number(input) : input;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new CodecError('number');
    return value;
  },
};

/** A reference to another record. 0 means none and reads as null; null is sent as 0 (§3.3). */
export const id: Codec<number | null> = {
  name: 'id (a positive whole number)',
  comparison: 'order',
  nullable: true,
  absent: () => null,
  decode(wire) {
    const value = decodeInteger(wire);
    return value === 0 ? null : value;
  },
  encode: (value) => String(value ?? 0),
  coerce(input) {
    if (input === null) return null;
    const value = coerceInteger(input, id.name);
    if (value <= 0) throw new CodecError(id.name);
    return value;
  },
  isEmpty: (value) => value === null,
};

/** `1` or `0`; old documentation samples also have `true` and `false` (§3.3). */
export const boolean: Codec<boolean> = {
  name: 'boolean',
  comparison: 'equality',
  nullable: false,
  absent: () => false,
  decode(wire) {
    switch (wire.trim()) {
      case '1':
      case 'true':
        return true;
      case '0':
      case 'false':
      case '':
        return false;
      default:
        throw new CodecError('boolean');
    }
  },
  encode: (value) => (value ? '1' : '0'),
  coerce(input) {
    if (typeof input === 'boolean') return input;
    if (input === 1 || input === '1' || input === 'true') return true;
    if (input === 0 || input === '0' || input === 'false') return false;
    throw new CodecError('boolean');
  },
  isEmpty: () => false,
};

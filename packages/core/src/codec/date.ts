import { inspect } from 'node:util';
import { type Codec, CodecError } from './codec.js';
import { calendarDay } from './day.js';
import { decodeInteger } from './number.js';

/** The type of {@link FOREVER}: an expiry that never comes. */
export interface Forever {
  /** Later than every Date, so that comparisons work. */
  valueOf(): number;
  toString(): 'forever';
  toJSON(): 'forever';
}

const FOREVER_KEY = Symbol.for('kayako-orm.forever.1');
const globals = globalThis as unknown as { [FOREVER_KEY]: Forever | undefined };

/**
 * "Never expires": `0` on the wire, `"forever"` in JSON, later than every Date in a comparison.
 * The same object in every copy of this package.
 */
export const FOREVER: Forever = (globals[FOREVER_KEY] ??= Object.freeze({
  valueOf: () => Infinity,
  toString: () => 'forever' as const,
  toJSON: () => 'forever' as const,
  [inspect.custom]: () => 'FOREVER',
}));

function encodeDate(value: Date): string {
  return String(Math.floor(value.getTime() / 1000));
}

/** A day, or an instant with its offset: other forms mean something else in each place and engine. */
const ISO_DATE = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function isIsoDate(text: string): boolean {
  const day = ISO_DATE.exec(text)?.[1];
  return day !== undefined && calendarDay(day) !== null;
}

function coerceDate(input: unknown, name: string): Date {
  const value =
    input instanceof Date
      ? new Date(input)
      : typeof input === 'string' && isIsoDate(input)
        ? new Date(input)
        : undefined;
  if (value === undefined || Number.isNaN(value.getTime())) throw new CodecError(name);
  // The first second of 1970 would be sent as 0, which means never.
  if (Math.floor(value.getTime() / 1000) === 0)
    throw new CodecError(`${name} other than 1970-01-01T00:00:00Z`);
  return value;
}

/** The last second of a Date, in both directions. */
const MAX_SECONDS = 8.64e12;

function decodeDate(wire: string): Date | null {
  const seconds = decodeInteger(wire);
  if (Math.abs(seconds) > MAX_SECONDS) throw new CodecError('Date');
  return seconds === 0 ? null : new Date(seconds * 1000);
}

/** Unix seconds; 0 means never and reads as null (§3.3). */
export const date: Codec<Date | null> = {
  name: 'Date',
  comparison: 'order',
  nullable: true,
  absent: () => null,
  decode: decodeDate,
  encode: (value) => (value === null ? '0' : encodeDate(value)),
  coerce: (input) => (input === null ? null : coerceDate(input, 'Date')),
  isEmpty: (value) => value === null,
};

/** Unix seconds of an expiry; 0 means it never comes and reads as {@link FOREVER}. */
export const expiry: Codec<Date | Forever> = {
  name: 'Date or FOREVER',
  comparison: 'order',
  nullable: true,
  absent: () => FOREVER,
  decode: (wire) => decodeDate(wire) ?? FOREVER,
  encode: (value) => (value instanceof Date ? encodeDate(value) : '0'),
  coerce(input) {
    if (input === FOREVER || input === 'forever' || input === null) return FOREVER;
    return coerceDate(input, 'Date or FOREVER');
  },
  isEmpty: (value) => !(value instanceof Date),
};

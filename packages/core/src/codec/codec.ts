import { type DateFormat } from './date-format.js';

/** A value as it travels in a form: text, a list (`name[]`) or a map (`name[key]`). */
export type FormValue = string | readonly FormValue[] | { readonly [key: string]: FormValue };

/** Thrown by a codec for a text or value that is not of its type; callers add where it stood. */
export class CodecError extends Error {}

/** Which operators a type has in conditions: none, equality alone, order as well, or those of text too. */
export type Comparison = 'none' | 'equality' | 'order' | 'text';

/** What sending depends on besides the value. */
export interface SendingSettings {
  /** How the help desk writes days. */
  readonly dateFormat: DateFormat;
}

/** Converts between the text on the wire and the value in a field. */
export interface Codec<Value> {
  /** For messages: what a value of this type is called. */
  readonly name: string;
  /** Of a value, or of one element of a list. */
  readonly comparison: Comparison;
  /** Whether plain input may say null: it is sent as '' or 0. */
  readonly nullable: boolean;
  /** The value of a missing or empty element. Called for each record, so lists are never shared. */
  absent(): Value;
  /** @throws {CodecError} when the text is not of this type. */
  decode(text: string): Value;
  /** The value as it is sent; `''` or `'0'` for null. Two values are the same when this is. */
  encode(value: Value): FormValue;
  /** For a value that is sent in another form than it is read, or as several parameters. Default: `encode` as one. */
  parameters?(
    name: string,
    value: Value,
    settings: SendingSettings,
  ): readonly (readonly [string, FormValue])[];
  /** Refuses a value of the type that cannot be sent all the same. @throws {CodecError} saying why. */
  checkSent?(value: Value): void;
  /** Takes a value from plain input (JSON, a form) and converts it. @throws {CodecError} */
  coerce(input: unknown): Value;
  /** Whether the server would take the value for "nothing". */
  isEmpty(value: Value): boolean;
}

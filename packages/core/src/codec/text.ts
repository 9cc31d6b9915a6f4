import { type Codec, CodecError } from './codec.js';

/**
 * Strings cut out of a chunk keep the whole chunk alive (V8 slices from 13 characters on point into
 * their parent): one kept entity would hold 64 KiB. Flattening a concatenation makes a small parent.
 */
export function detach(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** Text; null is sent as `''`. */
export const text: Codec<string> = {
  name: 'text',
  comparison: 'text',
  nullable: true,
  absent: () => '',
  decode: detach,
  encode: (value: string | null) => value ?? '',
  coerce(input) {
    if (typeof input === 'string') return input;
    if (typeof input === 'number' || typeof input === 'bigint') return String(input);
    throw new CodecError('text');
  },
  isEmpty: (value) => value.trim() === '',
};

/** Text that some builds leave out; missing reads as null. */
export const optionalText: Codec<string | null> = {
  ...(text as Codec<string | null>),
  absent: () => null,
  isEmpty: (value) => value === null || value.trim() === '',
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#039': "'",
};

/** Text that the server escapes for HTML before it writes XML, such as the names of files in an article (§8.1). */
export const escapedText: Codec<string> = {
  ...text,
  decode: (wire) =>
    detach(
      wire.replace(/&(amp|lt|gt|quot|#0?39);/g, (entity, name: string) => ENTITIES[name] ?? entity),
    ),
};

/** One of a few fixed words that the wire spells out. Unknown words of newer builds are kept as they are. */
export function keyword<const Word extends string>(...words: readonly Word[]): Codec<Word> {
  return {
    ...(text as unknown as Codec<Word>),
    comparison: 'equality',
    nullable: true,
    name: words.map((word) => `'${word}'`).join(' | '),
    decode: (wire) => (words.find((word) => word === wire) ?? detach(wire)) as Word,
    coerce(input) {
      const word = words.find((candidate) => candidate === input);
      if (word === undefined) throw new CodecError(words.map((each) => `'${each}'`).join(' | '));
      return word;
    },
  };
}

/** Words separated by blanks, such as the tags of a ticket (§6.1.4). */
export const blankSeparated: Codec<string[]> = {
  name: 'list of text',
  comparison: 'text',
  nullable: true,
  absent: () => [],
  decode: (wire) =>
    wire
      .split(' ')
      .filter((word) => word !== '')
      .map(detach),
  encode: (value) => value.join(' '),
  coerce(input) {
    if (
      Array.isArray(input) &&
      input.every((each) => typeof each === 'string' && !each.includes(' '))
    ) {
      return [...(input as string[])];
    }
    if (typeof input === 'string') return blankSeparated.decode(input);
    throw new CodecError('list of text');
  },
  isEmpty: (value) => value.length === 0,
};

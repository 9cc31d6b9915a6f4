import { type Codec, CodecError } from './codec.js';
import { decodeInteger } from './number.js';

/** A number that the tables of §3.4 do not know, kept readable: `code:42`. */
export type UnknownCode = `code:${number}`;

function wordList(words: Iterable<string>): string {
  return [...words].map((word) => `'${word}'`).join(' | ');
}

/**
 * A code number as a typed word (§3.4). An unknown number n reads as `code:n` and writes back as n.
 *
 * @example words({ 1: 'pending', 2: 'approved', 3: 'spam' })
 */
export function words<const Word extends string>(
  table: Readonly<Record<number, Word>>,
): Codec<Word | UnknownCode | null> {
  const wordOf = new Map<string, Word>();
  const codeOf = new Map<string, string>();
  for (const [code, word] of Object.entries<Word>(table)) {
    wordOf.set(code, word);
    codeOf.set(word, code);
  }
  const name = wordList(codeOf.keys());
  const unknown = /^code:(-?\d+)$/;
  return {
    name,
    comparison: 'equality',
    nullable: true,
    absent: () => wordOf.get('0') ?? null,
    decode(wire) {
      const word = wordOf.get(wire);
      if (word !== undefined) return word;
      if (wire.trim() === '') return wordOf.get('0') ?? null;
      const code = decodeInteger(wire);
      return wordOf.get(String(code)) ?? `code:${code}`;
    },
    encode: (value) =>
      value === null ? '0' : (codeOf.get(value) ?? unknown.exec(value)?.[1] ?? ''),
    coerce(input) {
      if (input === null) return null;
      if (typeof input === 'string') {
        const word = wordOf.get(unknown.exec(input)?.[1] ?? '');
        if (word !== undefined) return word;
        if (codeOf.has(input) || unknown.test(input)) return input as Word | UnknownCode;
      }
      throw new CodecError(name);
    },
    isEmpty: (value) => value === null,
  };
}

/** A code number on reading, but the word itself on writing (a ticket's `type`, §6.1.2). */
export function writtenAsWord<Value extends string | null>(codec: Codec<Value>): Codec<Value> {
  return {
    ...codec,
    encode: (value) => (value?.startsWith('code:') === true ? codec.encode(value) : (value ?? '')),
  };
}

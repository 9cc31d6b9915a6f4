import { type FormValue } from '../codec/codec.js';

/** Named parameters in order; a name may repeat. */
export type Parameters = readonly (readonly [name: string, value: FormValue])[];

function encode(text: string): string {
  // A lone surrogate has no UTF-8 form and makes encodeURIComponent throw.
  return encodeURIComponent(text.toWellFormed());
}

/** Writes a text as a kind of body needs it. */
type Spelling = (text: string) => string;

function* pairsOf(name: string, value: FormValue, spell: Spelling): Generator<[string, string]> {
  if (typeof value === 'string') {
    yield [name, spell(value)];
  } else if (Array.isArray(value)) {
    // An empty list is sent as one empty member, which the server takes as "no members" (§1.3).
    if (value.length === 0) yield [`${name}[]`, ''];
    const items = value as readonly FormValue[];
    // `name[][a]=1&name[][b]=2` would be two members: those that have members themselves are numbered.
    const nested = items.some((item) => typeof item !== 'string');
    for (const [index, item] of items.entries())
      yield* pairsOf(nested ? `${name}[${index}]` : `${name}[]`, item, spell);
  } else {
    for (const [key, item] of Object.entries(value))
      yield* pairsOf(`${name}[${spell(key)}]`, item, spell);
  }
}

/**
 * The names and texts that parameters are sent as, with PHP's notation for lists and maps (§1.3): `name[]`, `name[key]`.
 * @param spell writes names, keys and texts.
 */
export function* formPairs(
  parameters: Parameters,
  spell: Spelling,
): Generator<readonly [name: string, text: string]> {
  for (const [name, value] of parameters) yield* pairsOf(spell(name), value, spell);
}

/**
 * Parameters as `application/x-www-form-urlencoded` text with PHP's notation for lists and maps (§1.3):
 * `name[]=a&name[]=b`, `name[key]=v`. The same encoder serves queries and bodies.
 */
export function encodeForm(parameters: Parameters): string {
  return Array.from(formPairs(parameters, encode), ([name, text]) => `${name}=${text}`).join('&');
}

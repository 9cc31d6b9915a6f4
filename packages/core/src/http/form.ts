import { type FormValue } from '../codec/codec.js';

/** Named parameters in order; a name may repeat. */
export type Parameters = readonly (readonly [name: string, value: FormValue])[];

function encode(text: string): string {
  // A lone surrogate has no UTF-8 form and makes encodeURIComponent throw.
  return encodeURIComponent(text.toWellFormed());
}

function append(pairs: string[], name: string, value: FormValue): void {
  if (typeof value === 'string') {
    pairs.push(`${name}=${encode(value)}`);
  } else if (Array.isArray(value)) {
    // An empty list is sent as one empty member, which the server takes as "no members" (§1.3).
    if (value.length === 0) pairs.push(`${name}[]=`);
    const items = value as readonly FormValue[];
    // `name[][a]=1&name[][b]=2` would be two members: those that have members themselves are numbered.
    const nested = items.some((item) => typeof item !== 'string');
    for (const [index, item] of items.entries())
      append(pairs, nested ? `${name}[${index}]` : `${name}[]`, item);
  } else {
    for (const [key, item] of Object.entries(value)) append(pairs, `${name}[${encode(key)}]`, item);
  }
}

/**
 * Parameters as `application/x-www-form-urlencoded` text with PHP's notation for lists and maps (§1.3):
 * `name[]=a&name[]=b`, `name[key]=v`. The same encoder serves queries and bodies.
 */
export function encodeForm(parameters: Parameters): string {
  const pairs: string[] = [];
  for (const [name, value] of parameters) append(pairs, encode(name), value);
  return pairs.join('&');
}

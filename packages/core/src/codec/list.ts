import { type Codec, CodecError, type FormValue } from './codec.js';

/** A list of values: a repeated element on the wire, `name[]` in a form. One value counts as a list of one. */
export function listOf<Item>(item: Codec<Item>): Codec<Item[]> {
  return {
    name: `list of ${item.name}`,
    comparison: item.comparison,
    nullable: true,
    absent: () => [],
    decode() {
      throw new CodecError('a list is read item by item');
    },
    // Empty members are left out; an empty list is sent as `name[]=` (§11).
    encode: (value) =>
      (value as Item[] | null)
        ?.map((each): FormValue => item.encode(each))
        .filter((each) => each !== '') ?? [],
    coerce: (input) =>
      (Array.isArray(input) ? (input as unknown[]) : [input]).map((each) => {
        if (each === null) throw new CodecError(item.name);
        return item.coerce(each);
      }),
    isEmpty: (value) => value.length === 0,
  };
}

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

/**
 * A list that a form holds as one text, with a separator between the values (`usergroupidlist=1,2`, §3.3).
 *
 * @param none stands for an empty list.
 */
export function joinedBy<Item>(separator: string, list: Codec<Item[]>, none = ''): Codec<Item[]> {
  const members = (value: Item[]): string[] =>
    [list.encode(value)].flat().filter((each): each is string => typeof each === 'string');
  return {
    ...list,
    encode: (value) => members(value).join(separator) || none,
    coerce(input) {
      const value = list.coerce(input);
      if (members(value).some((each) => each.includes(separator)))
        throw new CodecError(`${list.name} without "${separator}" in it`);
      return value;
    },
  };
}

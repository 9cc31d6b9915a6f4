import { InvalidValueError, showValue, UnknownFieldError } from '@kayako-orm/core';

/** What a custom field is called. */
export interface NamedField {
  readonly title: string;
  /** The opaque name of requests, which no two fields share. */
  readonly name: string;
  /** Where it is, for messages. */
  readonly place: string;
}

/**
 * The field that a name or a title means; a name goes first.
 * @throws {UnknownFieldError} naming the titles that there are.
 * @throws {InvalidValueError} for a title of several fields.
 */
export function fieldNamed<Field extends NamedField>(
  fields: readonly Field[],
  given: string,
  owner: string,
): Field {
  const named = fields.find(({ name }) => name === given);
  if (named !== undefined) return named;
  const [titled, ...others] = fields.filter(({ title }) => title === given);
  if (titled === undefined) throw unknownFields(fields, [given], owner);
  if (others.length === 0) return titled;
  const names = [titled, ...others].map(({ name, place }) => `${name} (${place})`).join(', ');
  throw new InvalidValueError(
    `${owner}: several custom fields have the title ${showValue(given)}. Use the name of the one that you mean: ${names}.`,
  );
}

/** Fields that there are not, all at once. */
export function unknownFields(
  fields: readonly NamedField[],
  given: readonly string[],
  owner: string,
): UnknownFieldError {
  const titles = [...new Set(fields.map(({ title }) => title))].join(', ');
  return new UnknownFieldError(
    `${owner}: there is no custom field ${given.map((each) => showValue(each)).join(', ')}. ${titles === '' ? 'It shows none' : `There are: ${titles}`}.`,
    given,
  );
}

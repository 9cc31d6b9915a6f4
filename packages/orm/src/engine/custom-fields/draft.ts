import {
  type DateFormat,
  FieldNotClearableError,
  InvalidValueError,
  RequiredFieldsError,
} from '@kayako-orm/core';
import { type CustomFieldInput } from '../../entities/custom-field-content.js';
import { type CustomFieldOption } from '../../entities/custom-field-option.js';
import {
  encodeCustomField,
  type EncodedCustomField,
  encodePresent,
} from './encode-custom-field.js';
import { isDemanded, type TicketField } from './ticket-field.js';

/** A field with what is sent for it. */
export interface Sending {
  readonly field: TicketField;
  readonly encoded: EncodedCustomField;
}

/** What one call sends. */
export interface Draft {
  readonly changes: readonly Sending[];
  /** What the server requires besides, as it is. */
  readonly required: readonly Sending[];
}

/** What fields are encoded with. */
export interface Encoding {
  readonly options: ReadonlyMap<TicketField, readonly CustomFieldOption[]>;
  readonly dateFormat: DateFormat;
}

function isEmpty({ content }: EncodedCustomField): boolean {
  return content === null || (Array.isArray(content) && content.length === 0);
}

/** A field as it is, or null where an option that it holds is none any more. */
export function presentSending(
  field: TicketField,
  { options, dateFormat }: Encoding,
): Sending | null {
  const { definition, value } = field;
  try {
    const encoded = encodePresent(definition, options.get(field) ?? [], value, dateFormat);
    return { field, encoded };
  } catch (error) {
    if (error instanceof InvalidValueError) return null;
    throw error;
  }
}

/** Nothing is sent to remove a file that is not there. */
function isAbsentFile({ definition, value }: TicketField): boolean {
  return definition.fieldType === 'file' && value.value === null;
}

function changesOf(
  chosen: ReadonlyMap<TicketField, CustomFieldInput>,
  { options, dateFormat }: Encoding,
): Sending[] {
  const changes: Sending[] = [];
  const invalid: string[] = [];
  const stuck: FieldNotClearableError[] = [];
  for (const [field, input] of chosen) {
    if (input === null && isAbsentFile(field)) continue;
    try {
      const known = options.get(field) ?? [];
      const encoded = encodeCustomField(field.definition, known, input, dateFormat);
      changes.push({ field, encoded });
    } catch (error) {
      if (error instanceof InvalidValueError) invalid.push(error.message);
      else if (error instanceof FieldNotClearableError) stuck.push(error);
      else throw error;
    }
  }
  if (invalid.length > 0) throw new InvalidValueError(invalid.join('\n'));
  if (stuck.length === 0) return changes;
  throw new FieldNotClearableError(
    stuck.map(({ message }) => message).join('\n'),
    stuck.flatMap(({ fields }) => fields),
  );
}

/**
 * Encodes what was given, and what the server requires besides.
 * @param fields all that the ticket shows.
 * @throws {InvalidValueError} naming every value that does not fit its field.
 * @throws {FieldNotClearableError} naming every file that is to be removed.
 * @throws {RequiredFieldsError} naming every required field that would be empty, or could not be sent as it is.
 */
export function draftOf(
  fields: readonly TicketField[],
  chosen: ReadonlyMap<TicketField, CustomFieldInput>,
  encoding: Encoding,
  owner: string,
): Draft {
  const changes = changesOf(chosen, encoding);
  const changed = new Set(changes.map(({ field }) => field));
  const others = fields.filter((field) => isDemanded(field) && !changed.has(field));
  const held = others.filter(({ value }) => value.text !== '');
  const required = held.flatMap((field) => presentSending(field, encoding) ?? []);
  const sent = new Set(required.map(({ field }) => field));
  const missing = [
    ...changes.filter(({ field, encoded }) => isDemanded(field) && isEmpty(encoded)),
    ...others.filter((field) => !sent.has(field)).map((field) => ({ field })),
  ].map(({ field }) => field.title);
  if (missing.length === 0) return { changes, required };
  throw new RequiredFieldsError(
    `${owner}: the help desk accepts no custom fields without those that it requires. Set: ${missing.join(', ')}.`,
    missing,
  );
}

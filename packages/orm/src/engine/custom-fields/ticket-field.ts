import { InvalidValueError, UnknownFieldError } from '@kayako-orm/core';
import { type CustomFieldInput } from '../../entities/custom-field-content.js';
import { type CustomFieldDefinition } from '../../entities/custom-field-definition.js';
import {
  type CustomFieldValue,
  type TicketCustomField,
} from '../../entities/ticket-custom-field.js';
import { fieldNamed, type NamedField, unknownFields } from './field-named.js';

/** A custom field that a ticket shows, with what the help desk says of it. */
export interface TicketField extends NamedField {
  readonly value: CustomFieldValue;
  readonly definition: CustomFieldDefinition;
}

/** A field of a ticket in a reply; undefined where the reply does not show it. */
export function valueIn(
  groups: readonly TicketCustomField[],
  name: string,
): CustomFieldValue | undefined {
  return groups.flatMap(({ fields }) => fields).find((value) => value.name === name);
}

/** Whether the server accepts no writing without a value of the field (§6.6). */
export function isDemanded({ definition }: TicketField): boolean {
  return definition.isRequired && definition.userEditable;
}

/**
 * The fields to set, by title or name.
 * @throws {UnknownFieldError} naming every field that there is not.
 * @throws {InvalidValueError} naming every title of several fields, and every field given twice.
 */
export function chosenFields(
  fields: readonly TicketField[],
  given: Readonly<Record<string, CustomFieldInput>>,
  owner: string,
): Map<TicketField, CustomFieldInput> {
  const chosen = new Map<TicketField, CustomFieldInput>();
  const unknown: string[] = [];
  const problems: string[] = [];
  for (const [name, input] of Object.entries(given)) {
    try {
      const field = fieldNamed(fields, name, owner);
      if (chosen.has(field)) problems.push(`${owner}: ${field.title} is given twice.`);
      chosen.set(field, input);
    } catch (error) {
      if (error instanceof UnknownFieldError) unknown.push(name);
      else if (error instanceof InvalidValueError) problems.push(error.message);
      else throw error;
    }
  }
  if (unknown.length > 0) throw unknownFields(fields, unknown, owner);
  if (problems.length > 0) throw new InvalidValueError(problems.join('\n'));
  return chosen;
}

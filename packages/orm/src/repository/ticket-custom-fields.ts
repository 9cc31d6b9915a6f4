import {
  type CallOptions,
  InvalidValueError,
  metadataOf,
  RequiredFieldsError,
  showValue,
} from '@kayako-orm/core';
import { type CustomFieldInput } from '../entities/custom-field-content.js';
import { Ticket } from '../entities/ticket.js';
import { type TicketCustomField } from '../entities/ticket-custom-field.js';
import { refuseForeign } from '../engine/hydration/create-entity.js';
import { invalidateChildren } from '../engine/writing/take-over.js';
import { type Connection } from './connection.js';

/** Sets custom fields of a ticket, given itself or by its id. Those that came along with it are read anew. */
export async function setCustomFields(
  { customFields, persister }: Connection,
  ticket: number | Ticket,
  values: Readonly<Record<string, CustomFieldInput>>,
  options: CallOptions = {},
): Promise<TicketCustomField[]> {
  if (typeof ticket === 'number') return customFields.write(ticket, values, options);
  if (!((ticket as unknown) instanceof Ticket)) {
    throw new InvalidValueError(
      `setCustomFields takes a Ticket or the id of one, not ${showValue(ticket)}.`,
    );
  }
  refuseForeign(metadataOf(Ticket), ticket, persister);
  if (ticket.isNew) {
    throw new RequiredFieldsError(
      'setCustomFields: the ticket has no id, because it was not added yet or was deleted. Call add() first.',
      ['id'],
    );
  }
  try {
    return await customFields.write(ticket.id, values, options);
  } finally {
    invalidateChildren(ticket, 'customFields');
  }
}

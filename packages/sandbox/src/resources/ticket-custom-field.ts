import { type Reply } from '../http/reply.js';
import { type Ticket } from '../store/ticket-rows.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { fieldsOf, groupsOf } from './custom-field-groups-of-ticket.js';
import { receiveFieldValues } from './custom-field-input.js';
import { toFieldText } from './custom-field-text.js';
import { refuse, rowsReply } from './documents.js';
import { notFound } from './refusal.js';
import { ticketInPath } from './ticket-lookup.js';

/** /Tickets/TicketCustomField (6.6). */
export const ticketCustomField: Controller = {
  app: 'Tickets',
  names: ['TicketCustomField'],
  list: refuse('Not Implemented, Call GET /Tickets/TicketCustomField/$ticketid$ instead.'),
  get: (call) => groupsReply(call, ticketInPath(call)),
  create: (call) => {
    if (call.args.text(0) === '') throw notFound('Ticket not Found');
    const ticket = ticketInPath(call);
    receiveFieldValues(call, ticket);
    return groupsReply(call, ticket);
  },
};

function groupsReply(call: Call, ticket: Ticket): Reply {
  return rowsReply('customfields', groupsOf(call.store, ticket), (group) =>
    container(
      'group',
      fieldsOf(call.store, group).map((field) => fieldToXml(call, ticket, field.id)),
      { id: group.id, title: group.title, displayorder: group.displayOrder },
    ),
  );
}

function fieldToXml(call: Call, ticket: Ticket, fieldId: number): XmlNode {
  const field = call.store.fields.get(fieldId);
  const value = call.store.fieldValues.get(ticket.id)?.get(fieldId);
  return leaf('field', value === undefined ? '' : toFieldText(call.store, fieldId, value), {
    id: fieldId,
    title: field?.title ?? '',
    type: field?.fieldType ?? 0,
    name: field?.fieldName ?? '',
    ...(value?.kind === 'file' ? { filename: value.name } : {}),
  });
}

import { type TicketType } from '../store/ticket-rows.js';
import { container, leaf, leaves, type XmlNode } from '../xml/node.js';
import { type Controller } from './call.js';
import { rowsById, rowsReply } from './documents.js';

/** /Tickets/TicketType (6.11). */
export const ticketType: Controller = {
  app: 'Tickets',
  names: ['TicketType'],
  list: (call) => rowsReply('tickettypes', call.store.types, toXml),
  get: (call) => rowsReply('tickettypes', rowsById(call, call.store.types), toXml),
};

function toXml(row: TicketType): XmlNode {
  return container('tickettype', [
    leaf('id', row.id),
    leaf('title', row.title),
    leaf('displayorder', row.displayOrder),
    leaf('departmentid', row.departmentId),
    leaf('displayicon', row.displayIcon),
    leaf('type', row.type),
    leaf('uservisibilitycustom', row.userVisibilityCustom),
    ...leaves('usergroupid', row.userGroupIds),
  ]);
}

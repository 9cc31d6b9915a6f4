import { type TicketPriority } from '../store/ticket-rows.js';
import { container, leaf, leaves, onlyIn, type XmlNode } from '../xml/node.js';
import { type Controller } from './call.js';
import { rowsById, rowsReply } from './documents.js';

/** /Tickets/TicketPriority (6.9). */
export const ticketPriority: Controller = {
  app: 'Tickets',
  names: ['TicketPriority'],
  list: (call) => rowsReply('ticketpriorities', call.store.priorities, toXml),
  get: (call) => rowsReply('ticketpriorities', rowsById(call, call.store.priorities), toXml),
};

function toXml(row: TicketPriority): XmlNode {
  return container('ticketpriority', [
    leaf('id', row.id),
    leaf('title', row.title),
    leaf('displayorder', row.displayOrder),
    leaf('frcolorcode', row.frColorCode),
    leaf('bgcolorcode', row.bgColorCode),
    // The pages show older builds.
    onlyIn('docs', leaf('displayicon', '{$themepath}icon_priority.gif')),
    leaf('type', row.type),
    leaf('uservisibilitycustom', row.userVisibilityCustom),
    ...leaves('usergroupid', row.userGroupIds),
  ]);
}

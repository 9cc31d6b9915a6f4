import { type TicketStatus } from '../store/ticket-rows.js';
import { container, leaf, leaves, type XmlNode } from '../xml/node.js';
import { type Controller } from './call.js';
import { rowsById, rowsReply } from './documents.js';

/** /Tickets/TicketStatus (6.10). */
export const ticketStatus: Controller = {
  app: 'Tickets',
  names: ['TicketStatus'],
  list: (call) => rowsReply('ticketstatuses', call.store.statuses, toXml),
  get: (call) => rowsReply('ticketstatuses', rowsById(call, call.store.statuses), toXml),
};

function toXml(row: TicketStatus): XmlNode {
  return container('ticketstatus', [
    leaf('id', row.id),
    leaf('title', row.title),
    leaf('displayorder', row.displayOrder),
    leaf('departmentid', row.departmentId),
    leaf('displayicon', row.displayIcon),
    leaf('type', row.type),
    leaf('displayinmainlist', row.displayInMainList),
    leaf('markasresolved', row.markAsResolved),
    leaf('displaycount', row.displayCount),
    leaf('statuscolor', row.statusColor),
    leaf('statusbgcolor', row.statusBgColor),
    leaf('resetduetime', row.resetDueTime),
    leaf('triggersurvey', row.triggerSurvey),
    leaf('staffvisibilitycustom', row.staffVisibilityCustom),
    ...leaves('staffgroupid', row.staffGroupIds),
  ]);
}

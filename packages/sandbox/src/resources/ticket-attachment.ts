import { type Reply } from '../http/reply.js';
import { deleteAttachment } from '../store/cascades.js';
import { type TicketAttachment } from '../store/ticket-rows.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { addAttachment, fileInBody, fileToXml } from './attachment-contents.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, refuse, rowsReply } from './documents.js';
import { demand, notFound } from './refusal.js';
import { childInPath, filteredById, ticketInBody, ticketInPath } from './ticket-lookup.js';

const TEXTS = {
  missing: 'Attachment not Found',
  foreign: 'Attachment does not belong to the specified ticket',
};

/** /Tickets/TicketAttachment (6.3). */
export const ticketAttachment: Controller = {
  app: 'Tickets',
  names: ['TicketAttachment'],
  list: refuse('Not Implemented, Call /Tickets/TicketAttachment/ListAll instead.'),
  get: (call) => {
    const row = childInPath(call, call.store.attachments, TEXTS);
    return rowsReply('attachments', [row], (attachment) => toXml(attachment, true));
  },
  create: (call) => attachmentsReply([createAttachment(call)]),
  delete: (call) => {
    deleteAttachment(call.store, childInPath(call, call.store.attachments, TEXTS).id);
    return deletedReply();
  },
  actions: new Map([
    [
      'listall',
      (call) => {
        const ticket = ticketInPath(call);
        return attachmentsReply(filteredById(call, call.store.attachments.of(ticket.id)));
      },
    ],
  ]),
};

function attachmentsReply(rows: readonly TicketAttachment[]): Reply {
  return rowsReply('attachments', rows, (row) => toXml(row, false));
}

function createAttachment(call: Call): TicketAttachment {
  const { fields, store } = call;
  demand(fields.isFilled('ticketid'), 'No Ticket ID Specified');
  demand(fields.isFilled('ticketpostid'), 'No Ticket Post ID Specified');
  const ticket = ticketInBody(call);
  const post = store.posts.get(fields.integer('ticketpostid'));
  // A post of another ticket is as good as none.
  if (post?.ticketId !== ticket.id) throw notFound('Ticket Post not found');
  const attachment = addAttachment(call, post, fileInBody(call));
  store.posts.replace({ ...post, hasAttachments: true });
  return attachment;
}

function toXml(row: TicketAttachment, withContents: boolean): XmlNode {
  return container('attachment', [
    leaf('id', row.id),
    leaf('ticketid', row.ticketId),
    leaf('ticketpostid', row.postId),
    ...fileToXml(row),
    ...(withContents ? [leaf('contents', row.contents)] : []),
  ]);
}

import { xmlReply } from '../http/reply.js';
import { deleteTicket } from '../store/cascades.js';
import { leaf } from '../xml/node.js';
import { type Controller } from './call.js';
import { deletedReply, refuse } from './documents.js';
import { wholeNumber } from './numbers.js';
import { createTicket } from './ticket-create.js';
import { listTickets, ticketsMatching } from './ticket-list.js';
import { ticketByAnyId, ticketInPath } from './ticket-lookup.js';
import { updateTicket } from './ticket-update.js';
import { ticketsReply } from './ticket-view.js';

/** /Tickets/Ticket (6.1). */
export const ticket: Controller = {
  app: 'Tickets',
  names: ['Ticket'],
  list: refuse('Not Implemented, Call /Tickets/Ticket/ListAll instead.'),
  get: (call) => ticketsReply(call.store, [ticketByAnyId(call)], { posts: true }),
  create: (call) => ticketsReply(call.store, [createTicket(call)], { posts: true }),
  update: (call) => ticketsReply(call.store, [updateTicket(call)], { posts: true }),
  delete: (call) => {
    // A display id is accepted and deletes nothing, but only where bugs are reproduced.
    const isDisplayId = wholeNumber(call.args.text(0)) === undefined;
    if (call.behaviour.strictQuirks && isDisplayId) ticketByAnyId(call);
    else deleteTicket(call.store, ticketInPath(call).id);
    return deletedReply();
  },
  actions: new Map([
    ['listall', (call) => ticketsReply(call.store, listTickets(call), { posts: false })],
    [
      'getticketcount',
      (call) =>
        xmlReply({ root: 'tickets', items: [leaf('totalcount', ticketsMatching(call).length)] }),
    ],
  ]),
};

import { fullNameOf } from '../store/base-rows.js';
import { type TicketNote } from '../store/ticket-rows.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, refuse, rowsReply } from './documents.js';
import { demand } from './refusal.js';
import { childInPath, filteredById, ticketInBody, ticketInPath } from './ticket-lookup.js';
import { noteToXml } from './ticket-note-view.js';

const TEXTS = {
  missing: 'Ticket note not Found',
  foreign: 'Ticket note does not belong to the specified ticket',
};

/** /Tickets/TicketNote (6.4). */
export const ticketNote: Controller = {
  app: 'Tickets',
  names: ['TicketNote'],
  list: refuse('Not Implemented, Call /Tickets/TicketNote/ListAll instead.'),
  get: (call) => rowsReply('notes', [childInPath(call, call.store.notes, TEXTS)], noteToXml),
  create: (call) => rowsReply('notes', [createNote(call)], noteToXml),
  delete: (call) => {
    call.store.notes.delete(childInPath(call, call.store.notes, TEXTS).id);
    return deletedReply();
  },
  actions: new Map([
    [
      'listall',
      (call) => {
        const ticket = ticketInPath(call);
        return rowsReply('notes', filteredById(call, call.store.notes.of(ticket.id)), noteToXml);
      },
    ],
  ]),
};

function createNote(call: Call): TicketNote {
  const { fields, store } = call;
  demand(fields.isFilled('ticketid'), 'No Ticket ID Specified');
  const ticket = ticketInBody(call);
  const staff = store.staff.get(fields.integer('staffid'));
  const creatorStaffName = staff === undefined ? fields.filled('fullname') : fullNameOf(staff);
  demand(creatorStaffName !== undefined, 'No fullname or staff id specified');
  const contents = fields.text('contents');
  demand(contents !== undefined, 'No contents specified');
  return store.notes.insert((id) => ({
    id,
    ticketId: ticket.id,
    noteColor: noteColorOf(call),
    creatorStaffId: staff?.id ?? 0,
    forStaffId: store.staff.get(fields.integer('forstaffid'))?.id ?? 0,
    creatorStaffName,
    creationDate: call.now,
    contents,
  }));
}

/** Yellow unless another number is sent; numbers are not checked. */
export function noteColorOf(call: Call): number {
  return call.fields.integer('notecolor') || 1;
}

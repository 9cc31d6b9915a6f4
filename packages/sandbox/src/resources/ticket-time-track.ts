import { fullNameOf } from '../store/base-rows.js';
import { type TicketTimeTrack } from '../store/ticket-rows.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, refuse, rowsReply } from './documents.js';
import { demand } from './refusal.js';
import { childInPath, filteredById, ticketInBody, ticketInPath } from './ticket-lookup.js';
import { timeTrackToXml } from './ticket-note-view.js';
import { noteColorOf } from './ticket-note.js';

const TEXTS = {
  missing: 'Ticket time tracking note not Found',
  foreign: 'Ticket time tracking note does not belong to the specified ticket',
};

/** /Tickets/TicketTimeTrack (6.5). */
export const ticketTimeTrack: Controller = {
  app: 'Tickets',
  names: ['TicketTimeTrack'],
  list: refuse('Not Implemented, Call /Tickets/TicketTimeTrack/ListAll instead.'),
  get: (call) =>
    rowsReply('timetracks', [childInPath(call, call.store.timeTracks, TEXTS)], timeTrackToXml),
  create: (call) => rowsReply('timetracks', [createTimeTrack(call)], timeTrackToXml),
  delete: (call) => {
    call.store.timeTracks.delete(childInPath(call, call.store.timeTracks, TEXTS).id);
    return deletedReply();
  },
  actions: new Map([
    [
      'listall',
      (call) => {
        const ticket = ticketInPath(call);
        const rows = filteredById(call, call.store.timeTracks.of(ticket.id));
        return rowsReply('timetracks', rows, timeTrackToXml);
      },
    ],
  ]),
};

function createTimeTrack(call: Call): TicketTimeTrack {
  const { fields, store } = call;
  demand(fields.isFilled('ticketid'), 'No Ticket ID Specified');
  const ticket = ticketInBody(call);
  const creator = store.staff.get(fields.integer('staffid'));
  demand(creator !== undefined, 'No staff id specified');
  const contents = fields.text('contents');
  demand(contents !== undefined, 'No contents specified');
  demand(fields.isFilled('worktimeline'), 'No work timeline specified');
  demand(fields.isFilled('billtimeline'), 'No bill timeline specified');
  demand(fields.isPresent('timespent'), 'No time spent specified');
  demand(fields.isPresent('timebillable'), 'No time billable specified');
  const worker = fields.isPresent('workerstaffid')
    ? store.staff.get(fields.integer('workerstaffid'))
    : creator;
  demand(worker !== undefined, 'Invalid worker staff id specified');
  return store.timeTracks.insert((id) => ({
    id,
    ticketId: ticket.id,
    timeWorked: fields.integer('timespent'),
    timeBillable: fields.integer('timebillable'),
    billDate: fields.integer('billtimeline'),
    workDate: fields.integer('worktimeline'),
    workerStaffId: worker.id,
    workerStaffName: fullNameOf(worker),
    creatorStaffId: creator.id,
    creatorStaffName: fullNameOf(creator),
    noteColor: noteColorOf(call),
    contents,
  }));
}

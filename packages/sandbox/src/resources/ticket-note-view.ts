import { type OwnerNote } from '../store/base-rows.js';
import { type Store } from '../store/store.js';
import { type Ticket, type TicketNote, type TicketTimeTrack } from '../store/ticket-rows.js';
import { type Attributes, type Leaf, leaf } from '../xml/node.js';

/** The four kinds of `<note>` inside a ticket, in date order inside each kind (6.1.4). */
export function ticketNotesToXml(
  store: Store,
  ticket: Ticket,
  organizationId: number | undefined,
): Leaf[] {
  return [
    ...sorted(store.notes.of(ticket.id), (row) => row.creationDate).map(noteToXml),
    ...ownerNotes(store.userNotes.of(ticket.userId), 'user', 'userid'),
    ...ownerNotes(
      organizationId === undefined ? [] : store.organizationNotes.of(organizationId),
      'userorganization',
      'userorganizationid',
    ),
    ...sorted(store.timeTracks.of(ticket.id), (row) => row.workDate).map((row) =>
      leaf('note', row.contents, {
        type: 'timetrack',
        id: row.id,
        ticketid: row.ticketId,
        timeworked: row.timeWorked,
        timebillable: row.timeBillable,
        billdate: row.billDate,
        workdate: row.workDate,
        workerstaffid: row.workerStaffId,
        workerstaffname: row.workerStaffName,
        creatorstaffid: row.creatorStaffId,
        creatorstaffname: row.creatorStaffName,
        notecolor: row.noteColor,
      }),
    ),
  ];
}

/** A note of kind `ticket`, as the TicketNote resource sends it too (6.4). */
export function noteToXml(row: TicketNote): Leaf {
  return leaf('note', row.contents, {
    type: 'ticket',
    id: row.id,
    ticketid: row.ticketId,
    notecolor: row.noteColor,
    creatorstaffid: row.creatorStaffId,
    forstaffid: row.forStaffId,
    creatorstaffname: row.creatorStaffName,
    creationdate: row.creationDate,
  });
}

/** `<timetrack>` of the TicketTimeTrack resource (6.5). */
export function timeTrackToXml(row: TicketTimeTrack): Leaf {
  return leaf('timetrack', row.contents, {
    id: row.id,
    ticketid: row.ticketId,
    timeworked: row.timeWorked,
    timebillable: row.timeBillable,
    billdate: row.billDate,
    workdate: row.workDate,
    workerstaffid: row.workerStaffId,
    workerstaffname: row.workerStaffName,
    creatorstaffid: row.creatorStaffId,
    creatorstaffname: row.creatorStaffName,
    notecolor: row.noteColor,
  });
}

function ownerNotes(
  rows: readonly OwnerNote[],
  type: 'user' | 'userorganization',
  ownerAttribute: string,
): Leaf[] {
  return sorted(rows, (row) => row.dateline).map((row) => {
    const attributes: Attributes = {
      type,
      id: row.id,
      [ownerAttribute]: row.ownerId,
      notecolor: row.noteColor,
      creatorstaffid: row.creatorStaffId,
      forstaffid: 0,
      creatorstaffname: row.creatorStaffName,
      creationdate: row.dateline,
    };
    return leaf('note', row.contents, attributes);
  });
}

function sorted<Row>(rows: readonly Row[], dateOf: (row: Row) => number): Row[] {
  return [...rows].sort((one, other) => dateOf(one) - dateOf(other));
}

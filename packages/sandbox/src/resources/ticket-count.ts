import { xmlReply } from '../http/reply.js';
import { type Store } from '../store/store.js';
import { type Ticket } from '../store/ticket-rows.js';
import { type Attributes, comment, container, leaf, type XmlNode } from '../xml/node.js';
import { type Controller } from './call.js';

/** /Tickets/TicketCount (6.7); only combinations with at least one ticket appear. */
export const ticketCount: Controller = {
  app: 'Tickets',
  names: ['TicketCount'],
  list: (call) => xmlReply({ root: 'ticketcount', items: countsOf(call.store) }),
};

interface Count {
  readonly id: number;
  readonly total: number;
  readonly unresolved: number;
  readonly lastActivity: number;
  readonly tickets: readonly Ticket[];
}

function countsOf(store: Store): XmlNode[] {
  const tickets = [...store.tickets];
  const count = (rows: readonly Ticket[], keyOf: (row: Ticket) => number): Count[] =>
    groupedBy(store, rows, keyOf);
  const unassigned = tickets.filter((row) => row.ownerStaffId === 0);
  return [
    container(
      'departments',
      count(tickets, (row) => row.departmentId).map((department) =>
        container(
          'department',
          [
            leaf('totalitems', department.total),
            leaf('lastactivity', department.lastActivity),
            leaf('totalunresolveditems', department.unresolved),
            ...count(department.tickets, (row) => row.statusId).map(toStatus),
            ...count(department.tickets, (row) => row.typeId).map(toElement('tickettype')),
            ...count(department.tickets, (row) => row.ownerStaffId).map(toElement('ownerstaff')),
          ],
          { id: department.id },
        ),
      ),
    ),
    comment('Ticket Count grouped by Status'),
    container('statuses', count(tickets, (row) => row.statusId).map(toStatus)),
    comment('Ticket Count grouped by Owner Staff'),
    container('owners', count(tickets, (row) => row.ownerStaffId).map(toElement('ownerstaff'))),
    comment('Unassigned Ticket Count grouped by Department'),
    container(
      'unassigned',
      count(unassigned, (row) => row.departmentId).map(toElement('department')),
    ),
  ];
}

function groupedBy(
  store: Store,
  tickets: readonly Ticket[],
  keyOf: (row: Ticket) => number,
): Count[] {
  const groups = new Map<number, Ticket[]>();
  for (const row of tickets) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([id, rows]) => ({
      id,
      total: rows.length,
      unresolved: rows.filter((row) => store.statuses.get(row.statusId)?.markAsResolved !== true)
        .length,
      lastActivity: rows.reduce((latest, row) => Math.max(latest, row.lastActivity), 0),
      tickets: rows,
    }));
}

/** Statuses have no count of unresolved tickets. */
function toStatus(count: Count): XmlNode {
  return leaf('ticketstatus', '', attributesOf(count));
}

function toElement(name: string): (count: Count) => XmlNode {
  return (count) =>
    leaf(name, '', { ...attributesOf(count), totalunresolveditems: count.unresolved });
}

function attributesOf(count: Count): Attributes {
  return { id: count.id, lastactivity: count.lastActivity, totalitems: count.total };
}

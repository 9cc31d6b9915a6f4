import { type Ticket } from '../store/ticket-rows.js';
import { type Call } from './call.js';
import { pageOf } from './row-order.js';
import { sortedTickets } from './ticket-order.js';

/** The tickets of ListAll, sorted and cut to the page (6.1.1). */
export function listTickets(call: Call): readonly Ticket[] {
  const { args } = call;
  const matching = ticketsMatching(call);
  const rows = sortedTickets(call.store, matching, args.text(6), args.text(7));
  return pageOf(rows, args.integer(4, -1), args.integer(5, 0));
}

/** The tickets the first four arguments and the `email` of a body select, by id. */
export function ticketsMatching(call: Call): Ticket[] {
  const departmentIds = departmentsOf(call);
  const statusIds = statusesOf(call, departmentIds);
  const ownerIds = anyOf(call.args.ids(2));
  const userIds = anyOf(call.args.ids(3));
  const isBody = call.method === 'POST' || call.method === 'PUT';
  const email = isBody ? call.fields.filled('email') : undefined;
  return [...call.store.tickets].filter(
    (row) =>
      departmentIds.has(row.departmentId) &&
      statusIds.has(row.statusId) &&
      (ownerIds?.has(row.ownerStaffId) ?? true) &&
      (userIds?.has(row.userId) ?? true) &&
      (email === undefined || row.email.toLowerCase() === email.toLowerCase()),
  );
}

/** Known departments of the list; there is no wildcard, and without a known one it is the trash. */
function departmentsOf(call: Call): Set<number> {
  call.args.required(0);
  const known = call.args.ids(0).filter((id) => call.store.departments.has(id));
  return new Set(known.length > 0 ? known : [0]);
}

/**
 * The statuses listed, or every unresolved one; a status tied to a department counts only if that is in the list.
 * The real server compares the status's own id with the departments when it expands "unresolved".
 */
function statusesOf(call: Call, departmentIds: ReadonlySet<number>): Set<number> {
  const listed = call.args.ids(1);
  const statuses = [...call.store.statuses];
  const named = statuses.filter((row) => listed.includes(row.id));
  const isExpanded = named.length === 0;
  const considered = isExpanded ? statuses.filter((row) => !row.markAsResolved) : named;
  const place = isExpanded && call.behaviour.strictQuirks ? 'id' : 'departmentId';
  return new Set(
    considered
      .filter((row) => row.departmentId === 0 || departmentIds.has(row[place]))
      .map((row) => row.id),
  );
}

/** `-1` and an empty list mean any. */
function anyOf(ids: readonly number[]): ReadonlySet<number> | undefined {
  return ids.length === 0 || ids.includes(-1) ? undefined : new Set(ids);
}

import { type Store } from '../store/store.js';
import { type Ticket } from '../store/ticket-rows.js';
import { sortedBy } from './row-order.js';

type SortKey = (ticket: Ticket, store: Store) => number | string;

/** The internal column names ListAll sorts by (6.1.1). */
const SORT_KEYS: ReadonlyMap<string, SortKey> = new Map<string, SortKey>([
  ['ticketstatustitle', (row, store) => titleOf(store.statuses.get(row.statusId))],
  ['departmenttitle', (row, store) => titleOf(store.departments.get(row.departmentId))],
  ['userid', (row) => row.userId],
  ['ownerstaffid', (row) => row.ownerStaffId],
  ['dateline', (row) => row.creationTime],
  ['totalreplies', (row) => row.replies],
  ['hasattachments', (row, store) => Number(store.attachments.of(row.id).length > 0)],
  ['hasnotes', (row, store) => Number(store.notes.of(row.id).length > 0)],
  ['lastactivity', (row) => row.lastActivity],
  ['duetime', (row) => row.nextReplyDue],
  ['creator', (row) => row.creator],
  ['isphonecall', (row) => Number(row.creationType === 2)],
  ['isescalated', (row) => Number(row.isEscalated)],
  // Follow-ups, ratings and links between tickets do not exist here.
  ['hasfollowup', () => 0],
  ['hasratings', () => 0],
  ['islinked', () => 0],
  ['tickettype', (row, store) => titleOf(store.types.get(row.typeId))],
  ['tickettypetitle', (row, store) => titleOf(store.types.get(row.typeId))],
  ['tickettypeid', (row) => row.typeId],
  ['creationmode', (row) => row.creationMode],
  ['resolutiondateline', (row) => row.resolvedAt],
  ['isresolved', (row, store) => Number(store.statuses.get(row.statusId)?.markAsResolved ?? false)],
  ['iswatched', (row) => Number(row.watchers.length > 0)],
  ['prioritytitle', (row, store) => titleOf(store.priorities.get(row.priorityId))],
  ['lastreplier', (row) => row.lastReplier.toLowerCase()],
]);

/** Sorts rows that come by id; equal rows stay by ascending id, and an unknown field sorts by id. */
export function sortedTickets(
  store: Store,
  rows: readonly Ticket[],
  sortField: string,
  sortOrder: string,
): Ticket[] {
  const key = SORT_KEYS.get(sortField.toLowerCase()) ?? ((row: Ticket) => row.id);
  return sortedBy(rows, (row) => key(row, store), sortOrder);
}

function titleOf(row: { readonly title: string } | undefined): string {
  return row?.title.toLowerCase() ?? '';
}

import { fullNameOf } from '../store/base-rows.js';
import { type Store } from '../store/store.js';
import { type Ticket } from '../store/ticket-rows.js';
import { type Call } from './call.js';
import { UncaughtException } from './refusal.js';
import { templateGroupOf } from './template-group.js';
import { ticketByAnyId } from './ticket-lookup.js';

/** Changes what was sent; values that make no sense are ignored without an error (6.1.3). */
export function updateTicket(call: Call): Ticket {
  const { fields, store } = call;
  const present = ticketByAnyId(call);
  const department = store.departments.get(fields.integer('departmentid'));
  const departmentId = department?.module === 'tickets' ? department.id : present.departmentId;
  const status = store.statuses.get(fields.integer('ticketstatusid'));
  const type = store.types.get(fields.integer('tickettypeid'));
  demandSameDepartment(store, status, departmentId, 'Ticket Status');
  demandSameDepartment(store, type, departmentId, 'Ticket Type');
  const priority = store.priorities.get(fields.integer('ticketpriorityid'));
  const user = store.users.get(fields.integer('userid'));
  return store.tickets.replace({
    ...present,
    subject: fields.text('subject') ?? present.subject,
    fullName: fields.text('fullname') ?? present.fullName,
    email: fields.text('email') ?? present.email,
    departmentId,
    statusId: status?.id ?? present.statusId,
    priorityId: priority?.id ?? present.priorityId,
    typeId: type?.id ?? present.typeId,
    userId: user?.id ?? present.userId,
    templateGroupId: fields.isPresent('templategroup')
      ? templateGroupOf(call)
      : present.templateGroupId,
    ...ownerOf(call, present),
    ...(status === undefined ? {} : resolutionOf(call, present, status.markAsResolved)),
  });
}

/** A status or type tied to another department than the ticket's, or its parent, is the one value not ignored. */
function demandSameDepartment(
  store: Store,
  row: { readonly id: number; readonly departmentId: number } | undefined,
  departmentId: number,
  title: string,
): void {
  if (row === undefined || row.departmentId === 0 || row.departmentId === departmentId) return;
  if (row.departmentId === store.departments.get(departmentId)?.parentId) return;
  throw new UncaughtException(
    400,
    `${title} (${row.id}) & Department ID (${departmentId}) Mismatch`,
  );
}

function ownerOf(call: Call, present: Ticket): Pick<Ticket, 'ownerStaffId' | 'ownerStaffName'> {
  const { fields, store } = call;
  if (fields.text('ownerstaffid') === '0') return { ownerStaffId: 0, ownerStaffName: '' };
  const owner = store.staff.get(fields.integer('ownerstaffid'));
  return owner === undefined
    ? { ownerStaffId: present.ownerStaffId, ownerStaffName: present.ownerStaffName }
    : { ownerStaffId: owner.id, ownerStaffName: fullNameOf(owner) };
}

function resolutionOf(call: Call, present: Ticket, isResolved: boolean): Partial<Ticket> {
  if (!isResolved) return { resolvedAt: 0 };
  return {
    nextReplyDue: 0,
    resolutionDue: 0,
    slaPlanId: 0,
    resolvedAt: present.resolvedAt === 0 ? call.now : present.resolvedAt,
  };
}

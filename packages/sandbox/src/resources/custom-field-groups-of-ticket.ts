import { type CustomField, type CustomFieldGroup } from '../store/custom-field-rows.js';
import { type Store } from '../store/store.js';
import { type Ticket } from '../store/ticket-rows.js';
import { byDisplayOrder } from './row-order.js';

/** Group types that belong to tickets: of the staff, of users, of both (3.4). */
const TICKET_GROUP_TYPES: readonly number[] = [3, 4, 9];

/** Creation modes whose tickets show what their department is linked to: e-mail, API, mobile, staff API. */
const LINKING_MODES: readonly number[] = [3, 4, 6, 7];

/** The groups a ticket shows: those it has values in, and for most creation modes those of its department (6.6). */
export function groupsOf(store: Store, ticket: Ticket): CustomFieldGroup[] {
  const valued = new Set(
    [...(store.fieldValues.get(ticket.id)?.keys() ?? [])].map(
      (id) => store.fields.get(id)?.groupId,
    ),
  );
  const isLinking = LINKING_MODES.includes(ticket.creationMode);
  return byDisplayOrder(store.fieldGroups)
    .filter((group) => TICKET_GROUP_TYPES.includes(group.groupType))
    .filter(
      (group) =>
        valued.has(group.id) || (isLinking && group.departmentIds.includes(ticket.departmentId)),
    )
    .sort((one, other) => one.groupType - other.groupType);
}

export function fieldsOf(store: Store, group: CustomFieldGroup): CustomField[] {
  return byDisplayOrder(store.fields).filter((field) => field.groupId === group.id);
}

import { type Identified, type Table } from '../store/table.js';
import { type Ticket } from '../store/ticket-rows.js';
import { type Call } from './call.js';
import { wholeNumber } from './numbers.js';
import { demand, notFound } from './refusal.js';

const NO_TICKET = 'Ticket not Found';

/** The ticket of the first path argument by id or display id (6.1). @throws {Refusal} 404 */
export function ticketByAnyId(call: Call): Ticket {
  const text = call.args.text(0);
  const id = wholeNumber(text);
  const { tickets } = call.store;
  const ticket = id === undefined ? tickets.findByDisplayId(text) : tickets.get(id);
  if (ticket === undefined) throw notFound(NO_TICKET);
  return ticket;
}

/** The ticket of the first path argument by its number, as the sub-resources take it. @throws {Refusal} 404 */
export function ticketInPath(call: Call): Ticket {
  return existing(call, call.args.id(0));
}

/** The ticket a body names in `ticketid`. @throws {Refusal} 404 */
export function ticketInBody(call: Call): Ticket {
  return existing(call, call.fields.integer('ticketid'));
}

function existing(call: Call, id: number | undefined): Ticket {
  const ticket = id === undefined ? undefined : call.store.tickets.get(id);
  if (ticket === undefined) throw notFound(NO_TICKET);
  return ticket;
}

/** The texts of a child resource: it is not there, or it hangs on another ticket (4.1). */
export interface ChildTexts {
  readonly missing: string;
  readonly foreign: string;
}

/** The child of the second path argument. @throws {Refusal} 404 for ticket and child, 400 for another ticket's child */
export function childInPath<Row extends Identified & { readonly ticketId: number }>(
  call: Call,
  table: Table<Row>,
  texts: ChildTexts,
): Row {
  const ticketId = call.args.id(0);
  const childId = call.args.id(1);
  const ticket = existing(call, ticketId);
  const child = childId === undefined ? undefined : table.get(childId);
  if (child === undefined) throw notFound(texts.missing);
  demand(child.ticketId === ticket.id, texts.foreign);
  return child;
}

/** The second argument of `ListAll`, a filter rather than an id: what it does not match leaves an empty list (4.1). */
export function filteredById<Row extends Identified>(
  call: Call,
  rows: readonly Row[],
): readonly Row[] {
  const text = call.args.text(1);
  return text === '' ? rows : rows.filter((row) => row.id === wholeNumber(text));
}

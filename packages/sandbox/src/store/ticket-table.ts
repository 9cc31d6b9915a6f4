import { Table } from './table.js';
import { type Ticket } from './ticket-rows.js';

/** Tickets, found by id and by display id. */
export class TicketTable extends Table<Ticket> {
  readonly #idsByDisplayId = new Map<string, number>();

  findByDisplayId(displayId: string): Ticket | undefined {
    const id = this.#idsByDisplayId.get(displayId.toUpperCase());
    return id === undefined ? undefined : this.get(id);
  }

  override insert(create: (id: number) => Ticket): Ticket {
    const ticket = super.insert(create);
    this.#idsByDisplayId.set(ticket.displayId, ticket.id);
    return ticket;
  }

  override delete(id: number): boolean {
    const ticket = this.get(id);
    if (ticket !== undefined) this.#idsByDisplayId.delete(ticket.displayId);
    return super.delete(id);
  }
}

import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { BaseEntity } from '../entity/entity.js';
import { type singleton } from '../entity/markers.js';

/** How many tickets fall under one status, type, staff member or department. */
export class TicketCountRow {
  /** null: unassigned, without a type, or in the trash. */
  @Field({ type: 'id', attribute: true }) readonly id!: number | null;

  @Field({ type: 'integer', attribute: true }) readonly totalItems!: number;

  /** null where the server does not count them: for statuses. */
  @Field({ type: 'optionalInteger', attribute: true }) readonly totalUnresolvedItems!:
    number | null;

  @Field({ type: 'date', attribute: true }) readonly lastActivity!: Date | null;
}

/** The counts of one department. */
export class TicketCountDepartment {
  @Field({ type: 'id', attribute: true }) readonly id!: number | null;

  @Field({ type: 'integer' }) readonly totalItems!: number;

  @Field({ type: 'optionalInteger' }) readonly totalUnresolvedItems!: number | null;

  @Field({ type: 'date' }) readonly lastActivity!: Date | null;

  @Field({ type: [TicketCountRow], wire: 'ticketstatus' }) readonly statuses!: TicketCountRow[];

  @Field({ type: [TicketCountRow], wire: 'tickettype' }) readonly types!: TicketCountRow[];

  @Field({ type: [TicketCountRow], wire: 'ownerstaff' }) readonly owners!: TicketCountRow[];
}

/**
 * The help desk's own statistics (§6.7): one object. Only combinations with at least one ticket appear, and the server
 * keeps them in a cache, so they may lag.
 */
@Entity({
  route: '/Tickets/TicketCount',
  root: 'ticketcount',
  element: 'ticketcount',
  actions: ['list'],
})
export class TicketCount extends BaseEntity {
  declare readonly [singleton]: true;

  @Field({ type: [TicketCountDepartment], wire: 'departments/department' })
  readonly departments!: TicketCountDepartment[];

  @Field({ type: [TicketCountRow], wire: 'statuses/ticketstatus' })
  readonly statuses!: TicketCountRow[];

  @Field({ type: [TicketCountRow], wire: 'owners/ownerstaff' }) readonly owners!: TicketCountRow[];

  /** Unassigned tickets by department. */
  @Field({ type: [TicketCountRow], wire: 'unassigned/department' })
  readonly unassigned!: TicketCountRow[];

  override toString(): string {
    const total = this.departments.reduce((sum, row) => sum + row.totalItems, 0);
    return `<TicketCount: ${total} tickets in ${this.departments.length} departments>`;
  }
}

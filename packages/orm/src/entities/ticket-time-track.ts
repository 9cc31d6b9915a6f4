import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AddableEntity, printEntity } from '../entity/entity.js';
import { type childOf } from '../entity/markers.js';
import { noteColor, type NoteColor } from './code-tables.js';
import { excerpt } from '../entity/excerpt.js';

/** Time that a staff member worked on a ticket (§6.5). Durations are in seconds. */
@Entity({
  route: '/Tickets/TicketTimeTrack',
  root: 'timetracks',
  element: 'timetrack',
  actions: ['list', 'get', 'add', 'delete'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'ticketId' }],
})
export class TicketTimeTrack extends AddableEntity {
  declare readonly [childOf]: 'ticketId';

  @Id({ attribute: true }) declare readonly id: number;

  @Field({ type: 'id', attribute: true, required: 'add' }) ticketId!: number | null;

  /** In seconds. */
  @Field({
    type: 'integer',
    attribute: true,
    wire: { read: 'timeworked', write: 'timespent' },
    required: 'add',
  })
  timeWorked!: number;

  /** In seconds. */
  @Field({ type: 'integer', attribute: true, required: 'add' }) timeBillable!: number;

  @Field({
    type: 'date',
    attribute: true,
    wire: { read: 'billdate', write: 'billtimeline' },
    required: 'add',
  })
  billDate!: Date | null;

  @Field({
    type: 'date',
    attribute: true,
    wire: { read: 'workdate', write: 'worktimeline' },
    required: 'add',
  })
  workDate!: Date | null;

  /** Who did the work; default: the creator. */
  @Field({ type: 'id', attribute: true }) workerStaffId!: number | null;

  @Field({ type: 'text', attribute: true, write: false }) readonly workerStaffName!: string;

  @Field({
    type: 'id',
    attribute: true,
    wire: { read: 'creatorstaffid', write: 'staffid' },
    required: 'add',
  })
  creatorStaffId!: number | null;

  @Field({ type: 'text', attribute: true, write: false }) readonly creatorStaffName!: string;

  @Field({ type: noteColor, attribute: true }) noteColor!: NoteColor | null;

  @Field({ type: 'text', content: true, required: 'add', blankAllowed: true }) contents!: string;

  override toString(): string {
    return printEntity(this, excerpt(this.contents));
  }
}

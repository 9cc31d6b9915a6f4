import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AddableEntity, printEntity } from '../entity/entity.js';
import { type childOf } from '../entity/markers.js';
import { noteColor, type NoteColor } from './code-tables.js';
import { excerpt } from '../entity/excerpt.js';

/** A note that staff left on a ticket (§6.4). It names its author by staff account or by a free name. */
@Entity({
  route: '/Tickets/TicketNote',
  root: 'notes',
  element: 'note',
  actions: ['list', 'get', 'add', 'delete'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'ticketId' }],
  alternatives: [['creatorStaffId', 'creatorStaffName']],
})
export class TicketNote extends AddableEntity {
  declare readonly [childOf]: 'ticketId';

  @Id({ attribute: true }) declare readonly id: number;

  @Field({ type: 'id', attribute: true, required: 'add' }) ticketId!: number | null;

  @Field({ type: noteColor, attribute: true }) noteColor!: NoteColor | null;

  @Field({
    type: 'id',
    attribute: true,
    wire: { read: 'creatorstaffid', write: 'staffid' },
  })
  creatorStaffId!: number | null;

  /** The author's name, for notes without a staff account. */
  @Field({
    type: 'text',
    attribute: true,
    wire: { read: 'creatorstaffname', write: 'fullname' },
  })
  creatorStaffName!: string;

  /** Visible to this staff member only; null: to all. */
  @Field({ type: 'id', attribute: true }) forStaffId!: number | null;

  @Field({ type: 'date', attribute: true, write: false }) readonly creationDate!: Date | null;

  @Field({ type: 'text', content: true, required: 'add', blankAllowed: true }) contents!: string;

  override toString(): string {
    return printEntity(this, excerpt(this.contents));
  }
}

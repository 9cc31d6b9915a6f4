import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { BaseEntity, printEntity } from '../entity/entity.js';
import { type childOf } from '../entity/markers.js';
import { customFieldType, type CustomFieldType } from './code-tables.js';

/** One custom field of a ticket with its value as the server sends it (§6.6). */
export class CustomFieldValue {
  @Field({ type: 'id', attribute: true }) readonly id!: number;

  @Field({ type: 'text', attribute: true }) readonly title!: string;

  @Field({ type: customFieldType, attribute: true }) readonly type!: CustomFieldType | null;

  /** The opaque name under which the field is written. */
  @Field({ type: 'text', attribute: true }) readonly name!: string;

  /** Of a file field; null otherwise. */
  @Field({ type: 'optionalText', attribute: true }) readonly fileName!: string | null;

  @Field({ type: 'text', content: true }) readonly text!: string;
}

/** A group of custom fields with the values of one ticket (§6.6). */
@Entity({
  route: '/Tickets/TicketCustomField',
  root: 'customfields',
  element: 'group',
  actions: ['list'],
  access: [{ kind: 'scoped', operation: null, scope: 'ticketId' }],
})
export class TicketCustomField extends BaseEntity {
  declare readonly [childOf]: 'ticketId';

  @Id({ attribute: true }) declare readonly id: number;

  /** The ticket that was asked for; the server does not repeat it. */
  @Field({ type: 'id', attribute: true }) readonly ticketId!: number | null;

  @Field({ type: 'text', attribute: true }) readonly title!: string;

  /** null from older builds. */
  @Field({ type: 'optionalInteger', attribute: true }) readonly displayOrder!: number | null;

  @Field({ type: [CustomFieldValue], wire: 'field' }) readonly fields!: CustomFieldValue[];

  override toString(): string {
    return printEntity(this, this.title);
  }
}

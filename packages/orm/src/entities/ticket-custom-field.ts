import { CodecError, Field, Id, InvalidValueError, showValue } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { persisterOf } from '../entity/entity-state.js';
import { BaseEntity, printEntity } from '../entity/entity.js';
import { type childOf } from '../entity/markers.js';
import { customFieldType, type CustomFieldType } from './code-tables.js';
import { type CustomFieldContent, decodeCustomField } from './custom-field-content.js';

/** One custom field of a ticket with its value as the server sends it (§6.6). */
export class CustomFieldValue {
  @Field({ type: 'id', attribute: true }) readonly id!: number;

  @Field({ type: 'text', attribute: true }) readonly title!: string;

  @Field({ type: customFieldType, attribute: true }) readonly type!: CustomFieldType | null;

  /** The opaque name under which the field is written. */
  @Field({ type: 'text', attribute: true }) readonly name!: string;

  /** Of a file field; null otherwise. */
  @Field({ type: 'optionalText', attribute: true }) readonly fileName!: string | null;

  /** The value as it was sent: option texts joined, a date in the help desk's format, a file in base64. */
  @Field({ type: 'text', content: true }) readonly text!: string;

  /**
   * What the text stands for; null where nothing is set, for checkbox, multiSelect and linkedSelect an empty list. It is
   * decoded anew at each access and no part of the plain form.
   *
   * @example const due = field.type === 'date' ? field.value : null;
   * @throws {InvalidValueError} for a date that cannot be read; `text` has it.
   */
  get value(): CustomFieldContent {
    const { type, text, title, fileName } = this;
    const dateFormat = persisterOf(this)?.dateFormat ?? 'us';
    try {
      return decodeCustomField(type, text, { dateFormat, fileName });
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      throw new InvalidValueError(
        `The custom field ${title}: ${showValue(text)} is no ${error.message}. Its text is in .text; if the help desk writes days in another order, connect with the option dateFormat.`,
      );
    }
  }
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

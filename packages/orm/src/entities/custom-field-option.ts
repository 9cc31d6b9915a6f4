import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { BaseEntity, printEntity } from '../entity/entity.js';

/** One choice of a custom field (§5.8). Lists need `where({ customFieldId })`. */
@Entity({
  route: '/Base/CustomField',
  root: 'customfieldoptions',
  element: 'option',
  actions: ['list'],
  access: [{ kind: 'scoped', operation: 'ListOptions', scope: 'customFieldId' }],
})
export class CustomFieldOption extends BaseEntity {
  @Id({ attribute: true, wire: 'customfieldoptionid' }) declare readonly id: number;

  @Field({ type: 'id', attribute: true }) readonly customFieldId!: number | null;

  /** The text that people choose, and that values of tickets are read as. */
  @Field({ type: 'text', attribute: true }) readonly optionValue!: string;

  @Field({ type: 'integer', attribute: true }) readonly displayOrder!: number;

  /** Chosen where nothing else is. */
  @Field({ type: 'boolean', attribute: true }) readonly isSelected!: boolean;

  /** Of a linked select: the option that this one stands under; null at the top. */
  @Field({ type: 'id', attribute: true }) readonly parentCustomFieldOptionId!: number | null;

  override toString(): string {
    return printEntity(this, this.optionValue);
  }
}

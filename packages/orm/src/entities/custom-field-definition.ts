import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { BaseEntity, printEntity } from '../entity/entity.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import {
  customFieldGroupType,
  type CustomFieldGroupType,
  customFieldType,
  type CustomFieldType,
} from './code-tables.js';
import { CustomFieldGroup } from './custom-field-group.js';
import { CustomFieldOption } from './custom-field-option.js';

/** A field that the help desk adds to its tickets, users and other records (§5.8). */
@Entity({
  route: '/Base/CustomField',
  root: 'customfields',
  element: 'customfield',
  actions: ['list'],
  // By display order (§5.8).
  access: [{ kind: 'whole', order: 'other' }],
})
export class CustomFieldDefinition extends BaseEntity {
  @Id({ attribute: true, wire: 'customfieldid' }) declare readonly id: number;

  @Field({ type: 'id', attribute: true }) readonly customFieldGroupId!: number | null;

  @Field({ type: 'text', attribute: true }) readonly title!: string;

  @Field({ type: customFieldType, attribute: true }) readonly fieldType!: CustomFieldType | null;

  /** The opaque name under which the field is written, for example `cn4ezfbjzyoj`. */
  @Field({ type: 'text', attribute: true }) readonly fieldName!: string;

  @Field({ type: 'text', attribute: true }) readonly defaultValue!: string;

  @Field({ type: 'boolean', attribute: true }) readonly isRequired!: boolean;

  @Field({ type: 'boolean', attribute: true }) readonly userEditable!: boolean;

  @Field({ type: 'boolean', attribute: true }) readonly staffEditable!: boolean;

  /** A pattern in PHP's notation that texts must match, for example `/^[0-9]+$/`; empty for none. */
  @Field({ type: 'text', attribute: true }) readonly regexpValidate!: string;

  @Field({ type: 'integer', attribute: true }) readonly displayOrder!: number;

  @Field({ type: 'boolean', attribute: true }) readonly encryptInDb!: boolean;

  @Field({ type: 'text', attribute: true }) readonly description!: string;

  /** null from older builds. */
  @Field({ type: customFieldGroupType, attribute: true })
  readonly groupType!: CustomFieldGroupType | null;

  /** The choices; none for fields of other kinds. */
  @HasMany(() => CustomFieldOption, 'customFieldId')
  declare readonly options: Collection<CustomFieldOption>;

  @BelongsTo(() => CustomFieldGroup, 'customFieldGroupId')
  declare readonly group: Ref<CustomFieldGroup>;

  override toString(): string {
    return printEntity(this, this.title);
  }
}

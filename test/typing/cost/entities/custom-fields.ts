// The fields that a help desk adds to its own forms.
import {
  BelongsTo,
  type Collection,
  EditableEntity,
  Entity,
  Field,
  HasMany,
  Id,
  keyword,
  type Ref,
  Staff,
  type UnknownCode,
  words,
} from '@kayako-orm/orm';

/** Custom fields that are shown together. */
@Entity({
  route: '/Base/CustomFieldGroup',
  root: 'fieldgroups',
  element: 'fieldgroup',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class FieldGroup extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text' }) title!: string;

  @Field({
    type: words({
      1: 'user',
      2: 'userOrganization',
      3: 'staffTicket',
      4: 'userTicket',
      5: 'timeTrack',
      6: 'ticket',
    }),
  })
  groupType!:
    | 'user'
    | 'userOrganization'
    | 'staffTicket'
    | 'userTicket'
    | 'timeTrack'
    | 'ticket'
    | UnknownCode
    | null;

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({ type: keyword('public', 'private') }) visibilityType!: 'public' | 'private';

  @Field({ type: ['id'] }) departmentIds!: number[];

  @Field({ type: ['id'] }) staffIds!: number[];

  @Field({ type: ['id'] }) staffGroupIds!: number[];

  @Field({ type: 'integer', write: false }) readonly fieldCount!: number;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  @Field({ type: 'date', write: false }) readonly updatedOn!: Date | null;

  @HasMany(() => FieldDefinition, 'groupId') declare readonly fields: Collection<FieldDefinition>;
}

/** One custom field. */
@Entity({
  route: '/Base/CustomField',
  root: 'fielddefinitions',
  element: 'fielddefinition',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class FieldDefinition extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'id' }) groupId!: number | null;

  @Field({ type: 'text' }) title!: string;

  @Field({ type: 'text' }) fieldName!: string;

  @Field({
    type: words({
      1: 'text',
      2: 'textArea',
      3: 'password',
      4: 'checkbox',
      5: 'radio',
      6: 'select',
      7: 'multiSelect',
      8: 'custom',
      9: 'linkedSelect',
      10: 'date',
      11: 'file',
    }),
  })
  fieldType!:
    | 'text'
    | 'textArea'
    | 'password'
    | 'checkbox'
    | 'radio'
    | 'select'
    | 'multiSelect'
    | 'custom'
    | 'linkedSelect'
    | 'date'
    | 'file'
    | UnknownCode
    | null;

  @Field({ type: 'text' }) defaultValue!: string;

  @Field({ type: 'boolean' }) isRequired!: boolean;

  @Field({ type: 'boolean' }) userEditable!: boolean;

  @Field({ type: 'boolean' }) staffEditable!: boolean;

  @Field({ type: 'text' }) regexpValidate!: string;

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({ type: 'boolean' }) encryptInDb!: boolean;

  @Field({ type: 'text' }) description!: string;

  @Field({ type: 'date', write: false }) readonly createdOn!: Date | null;

  @Field({ type: 'date', write: false }) readonly updatedOn!: Date | null;

  @Field({ type: 'id', write: false }) readonly createdStaffId!: number | null;

  @Field({ type: 'integer', write: false }) readonly usageCount!: number;

  @Field({ type: ['text'] }) options!: string[];

  @Field({ type: 'optionalInteger' }) minLength!: number | null;

  @Field({ type: 'optionalInteger' }) maxLength!: number | null;

  @Field({ type: 'boolean' }) isSearchable!: boolean;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  @BelongsTo(() => FieldGroup, 'groupId') declare readonly group: Ref<FieldGroup>;

  @BelongsTo(() => Staff, 'createdStaffId') declare readonly creator: Ref<Staff>;
}

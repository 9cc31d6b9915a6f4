import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { BaseEntity, printEntity } from '../entity/entity.js';
import { HasMany } from '../entity/relation-decorators.js';
import { customFieldGroupType, type CustomFieldGroupType } from './code-tables.js';
import { CustomFieldDefinition } from './custom-field-definition.js';

/** Custom fields that are shown together (§5.9). Not every build has this list. */
@Entity({
  route: '/Base/CustomFieldGroup',
  root: 'customfieldgroups',
  element: 'customfieldgroup',
  actions: ['list'],
  access: [{ kind: 'whole', order: 'other' }],
})
export class CustomFieldGroup extends BaseEntity {
  @Id({ attribute: true, wire: 'customfieldgroupid' }) declare readonly id: number;

  @Field({ type: 'text', attribute: true }) readonly title!: string;

  /** What the fields belong to; `ticket` are those of staff and users. */
  @Field({ type: customFieldGroupType, attribute: true })
  readonly groupType!: CustomFieldGroupType | null;

  @Field({ type: keyword('public', 'private'), attribute: true })
  readonly visibilityType!: 'public' | 'private';

  @Field({ type: 'integer', attribute: true }) readonly displayOrder!: number;

  @HasMany(() => CustomFieldDefinition, 'customFieldGroupId')
  declare readonly fields: Collection<CustomFieldDefinition>;

  override toString(): string {
    return printEntity(this, this.title);
  }
}

/**
 * A group of custom fields that is linked to a department (§5.9). Lists need `where({ departmentId })`.
 *
 * @example const groups = await kayako.filter(DepartmentCustomFieldGroup, { departmentId: 1 });
 */
@Entity({
  route: '/Base/CustomFieldGroup',
  root: 'customfieldgroups',
  element: 'customfieldgroup',
  actions: ['list'],
  access: [{ kind: 'scoped', operation: null, scope: 'departmentId' }],
})
export class DepartmentCustomFieldGroup extends CustomFieldGroup {
  @Field({ type: 'id', attribute: true }) readonly departmentId!: number | null;
}

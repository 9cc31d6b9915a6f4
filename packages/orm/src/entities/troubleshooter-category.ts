import { type Codec, Field, Id, type UnknownCode, words } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type Ref } from '../entity/ref.js';
import { type RefList } from '../entity/ref-list.js';
import { BelongsTo, BelongsToMany, HasMany } from '../entity/relation-decorators.js';
import { Staff } from './staff.js';
import { StaffGroup } from './staff-group.js';
import { TroubleshooterStep } from './troubleshooter-step.js';
import { UserGroup } from './user-group.js';

/** Who sees a category of the troubleshooter: everybody, users, or staff (§3.4). */
export type TroubleshooterCategoryType = 'global' | 'public' | 'private' | UnknownCode;
const categoryType: Codec<TroubleshooterCategoryType | null> = words({
  1: 'global',
  2: 'public',
  3: 'private',
});

/** A category of the troubleshooter: a tree of steps (§9.1). */
@Entity({
  route: '/Troubleshooter/Category',
  root: 'troubleshootercategories',
  element: 'troubleshootercategory',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  // By display order.
  access: [{ kind: 'whole', order: 'other' }],
})
export class TroubleshooterCategory extends EditableEntity {
  @Id() declare readonly id: number;

  /** Who made it. Fixed once the category exists. */
  @Field({ type: 'id', write: 'add', required: 'add' }) staffId!: number | null;

  @Field({ type: 'text', write: false }) readonly staffName!: string;

  @Field({ type: 'text', required: 'add', clearable: false }) title!: string;

  @Field({ type: 'text' }) description!: string;

  @Field({ type: categoryType, required: 'add', clearable: false })
  categoryType!: TroubleshooterCategoryType | null;

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({ type: 'integer', write: false }) readonly views!: number;

  /** Whether only the groups in `userGroupIds` see the category. */
  @Field({ type: 'boolean' }) userVisibilityCustom!: boolean;

  /** Kept only with `userVisibilityCustom`. */
  @Field({
    type: ['id'],
    wire: { read: 'usergroupidlist/usergroupid', write: 'usergroupidlist' },
    separator: ',',
    onlyWith: 'userVisibilityCustom',
  })
  userGroupIds!: number[];

  /** Whether only the groups in `staffGroupIds` see the category. */
  @Field({ type: 'boolean' }) staffVisibilityCustom!: boolean;

  /** Kept only with `staffVisibilityCustom`. */
  @Field({
    type: ['id'],
    wire: { read: 'staffgroupidlist/staffgroupid', write: 'staffgroupidlist' },
    separator: ',',
    onlyWith: 'staffVisibilityCustom',
  })
  staffGroupIds!: number[];

  @BelongsTo(() => Staff, 'staffId') declare readonly staff: Ref<Staff>;

  @BelongsToMany(() => UserGroup, 'userGroupIds') declare readonly userGroups: RefList<UserGroup>;

  @BelongsToMany(() => StaffGroup, 'staffGroupIds')
  declare readonly staffGroups: RefList<StaffGroup>;

  /** All steps of the category; those at the beginning have no `parentStepIds`. */
  @HasMany(() => TroubleshooterStep, 'categoryId')
  declare readonly steps: Collection<TroubleshooterStep>;

  override toString(): string {
    return printEntity(this, this.title);
  }
}

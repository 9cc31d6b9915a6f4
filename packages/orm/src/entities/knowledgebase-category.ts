import { type Codec, Field, Id, type UnknownCode, words } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type writeOnly } from '../entity/markers.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import { KnowledgebaseArticle } from './knowledgebase-article.js';
import { Staff } from './staff.js';

export type KnowledgebaseCategoryType = 'global' | 'public' | 'private' | 'inherit' | UnknownCode;
const categoryType: Codec<KnowledgebaseCategoryType | null> = words({
  1: 'global',
  2: 'public',
  3: 'private',
  4: 'inherit',
});

export type ArticleSortOrder =
  'inherit' | 'title' | 'rating' | 'creationDate' | 'displayOrder' | UnknownCode;
const articleSortOrder: Codec<ArticleSortOrder | null> = words({
  1: 'inherit',
  2: 'title',
  3: 'rating',
  4: 'creationDate',
  5: 'displayOrder',
});

/**
 * A category of the knowledgebase (§8.2). Its flags can be switched on by saving, never off: the server takes 0 as
 * "keep".
 */
@Entity({
  route: '/Knowledgebase/Category',
  root: 'kbcategories',
  element: 'kbcategory',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  // By display order.
  access: [{ kind: 'whole', order: 'other' }],
})
export class KnowledgebaseCategory extends EditableEntity {
  declare readonly [writeOnly]: 'articleSortOrder';

  @Id() declare readonly id: number;

  /** null for a category at the top level. */
  @Field({
    type: 'id',
    wire: {
      read: 'parentkbcategoryid',
      write: { add: 'parentcategoryid', save: 'parentkbcategoryid' },
    },
  })
  parentKbCategoryId!: number | null;

  /** Who made it. Fixed once the category exists. */
  @Field({ type: 'id', write: 'add' }) staffId!: number | null;

  @Field({ type: 'text', required: 'add', clearable: false }) title!: string;

  /** Articles in it, whatever their status. */
  @Field({ type: 'integer', write: false }) readonly totalArticles!: number;

  @Field({ type: categoryType, required: 'add', clearable: false })
  categoryType!: KnowledgebaseCategoryType | null;

  @Field({ type: 'integer' }) displayOrder!: number;

  /** How the support center orders its articles: by title unless told otherwise. Never returned. */
  @Field({ type: articleSortOrder, read: false, clearable: false })
  articleSortOrder!: ArticleSortOrder | null;

  @Field({ type: 'boolean', clearable: false }) allowComments!: boolean;

  /** Whether only the groups in `userGroupIds` see the category. */
  @Field({ type: 'boolean', clearable: false }) userVisibilityCustom!: boolean;

  /** Kept only with `userVisibilityCustom`. */
  @Field({
    type: ['id'],
    wire: { read: 'usergroupidlist/usergroupid', write: 'usergroupidlist' },
    separator: ',',
    onlyWith: 'userVisibilityCustom',
  })
  userGroupIds!: number[];

  /** Whether only the groups in `staffGroupIds` see the category. */
  @Field({ type: 'boolean', clearable: false }) staffVisibilityCustom!: boolean;

  /** Kept only with `staffVisibilityCustom`. */
  @Field({
    type: ['id'],
    wire: { read: 'staffgroupidlist/staffgroupid', write: 'staffgroupidlist' },
    separator: ',',
    onlyWith: 'staffVisibilityCustom',
  })
  staffGroupIds!: number[];

  @Field({ type: 'boolean', clearable: false }) allowRating!: boolean;

  @Field({ type: 'boolean', clearable: false }) isPublished!: boolean;

  @BelongsTo(() => KnowledgebaseCategory, 'parentKbCategoryId')
  declare readonly parent: Ref<KnowledgebaseCategory>;

  @HasMany(() => KnowledgebaseCategory, 'parentKbCategoryId')
  declare readonly children: Collection<KnowledgebaseCategory>;

  @HasMany(() => KnowledgebaseArticle, 'categoryIds')
  declare readonly articles: Collection<KnowledgebaseArticle>;

  @BelongsTo(() => Staff, 'staffId') declare readonly staff: Ref<Staff>;

  override toString(): string {
    return printEntity(this, this.title);
  }
}

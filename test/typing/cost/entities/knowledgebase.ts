// The knowledge base of the help desk.
import {
  AddableEntity,
  BelongsTo,
  blankSeparated,
  type Collection,
  EditableEntity,
  Entity,
  Field,
  type Forever,
  HasMany,
  Id,
  type Ref,
  Staff,
  type UnknownCode,
  words,
  type writeOnly,
} from '@kayako-orm/orm';
import { ArticleComment } from './comments.js';

/** A folder of articles. */
@Entity({
  route: '/Knowledgebase/Category',
  root: 'articlecategories',
  element: 'articlecategory',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class ArticleCategory extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'id' }) parentCategoryId!: number | null;

  @Field({ type: 'id' }) staffId!: number | null;

  @Field({ type: 'text' }) title!: string;

  @Field({ type: 'integer', write: false }) readonly totalArticles!: number;

  @Field({ type: words({ 1: 'global', 2: 'public', 3: 'private', 4: 'inherit' }) }) categoryType!:
    'global' | 'public' | 'private' | 'inherit' | UnknownCode | null;

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({
    type: words({ 1: 'inherit', 2: 'title', 3: 'rating', 4: 'creationDate', 5: 'displayOrder' }),
  })
  articleSortOrder!:
    'inherit' | 'title' | 'rating' | 'creationDate' | 'displayOrder' | UnknownCode | null;

  @Field({ type: 'boolean' }) allowComments!: boolean;

  @Field({ type: 'boolean' }) allowRating!: boolean;

  @Field({ type: 'boolean' }) isPublished!: boolean;

  @Field({ type: 'boolean' }) userVisibilityCustom!: boolean;

  @Field({ type: ['id'] }) userGroupIds!: number[];

  @Field({ type: 'boolean' }) staffVisibilityCustom!: boolean;

  @Field({ type: ['id'] }) staffGroupIds!: number[];

  @Field({ type: 'date', write: false }) readonly createdOn!: Date | null;

  @Field({ type: 'optionalText', write: false }) readonly imageUrl!: string | null;

  @BelongsTo(() => ArticleCategory, 'parentCategoryId')
  declare readonly parent: Ref<ArticleCategory>;

  @BelongsTo(() => Staff, 'staffId') declare readonly owner: Ref<Staff>;

  @HasMany(() => Article, 'categoryId') declare readonly articles: Collection<Article>;
}

/** An article of the knowledge base. */
@Entity({
  route: '/Knowledgebase/Article',
  root: 'articles',
  element: 'article',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Article extends EditableEntity {
  declare readonly [writeOnly]: 'contents';

  @Id() declare readonly id: number;

  @Field({ type: 'id' }) categoryId!: number | null;

  @Field({ type: words({ 1: 'staff', 2: 'user' }) }) creator!:
    'staff' | 'user' | UnknownCode | null;

  @Field({ type: 'id' }) creatorId!: number | null;

  @Field({ type: 'text', write: false }) readonly author!: string;

  @Field({ type: 'text', write: false }) readonly email!: string;

  @Field({ type: 'text' }) subject!: string;

  @Field({ type: 'boolean', write: false }) readonly isEdited!: boolean;

  @Field({ type: 'date', write: false }) readonly editedDateline!: Date | null;

  @Field({ type: 'id' }) editedStaffId!: number | null;

  @Field({ type: 'integer', write: false }) readonly views!: number;

  @Field({ type: 'boolean' }) isFeatured!: boolean;

  @Field({ type: 'boolean' }) allowComments!: boolean;

  @Field({ type: 'integer', write: false }) readonly totalComments!: number;

  @Field({ type: 'boolean', write: false }) readonly hasAttachments!: boolean;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: words({ 1: 'published', 2: 'draft', 3: 'pendingApproval' }) }) articleStatus!:
    'published' | 'draft' | 'pendingApproval' | UnknownCode | null;

  @Field({ type: 'optionalInteger', write: false }) readonly articleRating!: number | null;

  @Field({ type: 'integer', write: false }) readonly ratingHits!: number;

  @Field({ type: 'integer', write: false }) readonly ratingCount!: number;

  @Field({ type: ['id'] }) categoryIds!: number[];

  @Field({ type: blankSeparated }) keywords!: string[];

  @Field({ type: 'text' }) seoSubject!: string;

  @Field({ type: 'text' }) language!: string;

  @Field({ type: 'expiry' }) expiry!: Date | Forever;

  @Field({ type: 'date' }) reviewDue!: Date | null;

  @Field({ type: 'id' }) reviewerStaffId!: number | null;

  @Field({ type: 'integer', write: false }) readonly revision!: number;

  @Field({ type: 'text', read: false, write: 'add' }) contents!: string;

  @BelongsTo(() => ArticleCategory, 'categoryId') declare readonly category: Ref<ArticleCategory>;

  @BelongsTo(() => Staff, 'creatorId') declare readonly writer: Ref<Staff>;

  @BelongsTo(() => Staff, 'editedStaffId') declare readonly editor: Ref<Staff>;

  @BelongsTo(() => Staff, 'reviewerStaffId') declare readonly reviewer: Ref<Staff>;

  @HasMany(() => ArticleAttachment, 'articleId')
  declare readonly attachments: Collection<ArticleAttachment>;

  @HasMany(() => ArticleComment, 'articleId') declare readonly comments: Collection<ArticleComment>;
}

/** A file that belongs to an article. */
@Entity({
  route: '/Knowledgebase/Attachment',
  root: 'articleattachments',
  element: 'articleattachment',
  actions: ['list', 'get', 'add', 'delete'],
})
export class ArticleAttachment extends AddableEntity {
  declare readonly [writeOnly]: 'contents';

  @Id() declare readonly id: number;

  @Field({ type: 'id' }) articleId!: number | null;

  @Field({ type: 'text' }) fileName!: string;

  @Field({ type: 'integer', write: false }) readonly fileSize!: number;

  @Field({ type: 'text', write: false }) readonly fileType!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'id', write: false }) readonly staffId!: number | null;

  @Field({ type: 'integer', write: false }) readonly downloads!: number;

  @Field({ type: 'optionalText', write: false }) readonly checksum!: string | null;

  @Field({ type: 'boolean', write: false }) readonly isInline!: boolean;

  @Field({ type: 'optionalInteger', write: false }) readonly width!: number | null;

  @Field({ type: 'optionalInteger', write: false }) readonly height!: number | null;

  @Field({ type: 'text', read: false, write: 'add' }) contents!: string;

  @BelongsTo(() => Article, 'articleId') declare readonly article: Ref<Article>;

  @BelongsTo(() => Staff, 'staffId') declare readonly uploader: Ref<Staff>;
}

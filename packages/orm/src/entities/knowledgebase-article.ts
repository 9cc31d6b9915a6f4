import { type Codec, Field, Id, type UnknownCode, words } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AttachedFile } from '../entity/attached-file.js';
import { type Collection } from '../entity/collection.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type Ref } from '../entity/ref.js';
import { type RefList } from '../entity/ref-list.js';
import { BelongsTo, BelongsToMany, HasMany } from '../entity/relation-decorators.js';
import { KnowledgebaseAttachment } from './knowledgebase-attachment.js';
import { KnowledgebaseCategory } from './knowledgebase-category.js';
import { KnowledgebaseComment } from './knowledgebase-comment.js';
import { Staff } from './staff.js';
import { User } from './user.js';

/** The numbers are the other way round than those of comments and tickets (§3.4). */
export type ArticleCreator = 'user' | 'staff' | UnknownCode;
const articleCreator: Codec<ArticleCreator | null> = words({ 1: 'user', 2: 'staff' });

export type ArticleStatus = 'published' | 'draft' | 'pendingApproval' | UnknownCode;
const articleStatus: Codec<ArticleStatus | null> = words({
  1: 'published',
  2: 'draft',
  3: 'pendingApproval',
});

/**
 * An article of the knowledgebase (§8.1).
 *
 * Every save needs `editedStaffId` and sends status, SEO subject, flags and categories: the server resets what is absent.
 */
@Entity({
  route: '/Knowledgebase/Article',
  root: 'kbarticles',
  element: 'kbarticle',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  access: [
    { kind: 'whole', isLong: true },
    {
      kind: 'scoped',
      operation: 'ListAll',
      scope: 'categoryIds',
      pages: { size: 200, count: { operation: 'GetArticleCount', element: 'totalarticles' } },
    },
  ],
})
export class KnowledgebaseArticle extends EditableEntity {
  @Id({ wire: 'kbarticleid' }) declare readonly id: number;

  /** HTML. */
  @Field({ type: 'text', required: 'add', clearable: false }) contents!: string;

  /** The contents as plain text. */
  @Field({ type: 'text', write: false }) readonly contentsText!: string;

  /** Empty for an article at the root. One that is in a category as well reads as in that alone, so saving takes it out of the root. */
  @Field({
    type: ['id'],
    wire: { read: 'categories/categoryid', write: 'categoryid' },
    separator: ',',
    resetWhenAbsent: true,
  })
  categoryIds!: number[];

  /** Articles that were added here are by staff. */
  @Field({ type: articleCreator, write: false }) readonly creator!: ArticleCreator | null;

  /** A staff member, or a user where `creator` says so. Fixed once the article exists. */
  @Field({ type: 'id', write: 'add', required: 'add' }) creatorId!: number | null;

  @Field({ type: 'text', write: false }) readonly author!: string;

  @Field({ type: 'text', write: false }) readonly email!: string;

  @Field({ type: 'text', required: 'add', clearable: false }) subject!: string;

  /**
   * What stands for the subject in addresses. Emptied, the server makes it from the subject. Older builds do not return
   * it: it is empty there, and saving another one is a ChangeIgnoredError.
   */
  @Field({ type: 'text', resetWhenAbsent: true }) seoSubject!: string;

  @Field({ type: 'boolean', write: false }) readonly isEdited!: boolean;

  @Field({ type: 'date', write: false }) readonly editedDateline!: Date | null;

  /** Who saved it last, and who saves it next. */
  @Field({ type: 'id', write: 'save', required: 'save' }) editedStaffId!: number | null;

  @Field({ type: 'integer', write: false }) readonly views!: number;

  @Field({ type: 'boolean', resetWhenAbsent: true }) isFeatured!: boolean;

  /** True for a new article; the server ignores what is given when adding. */
  @Field({ type: 'boolean', write: 'save', resetWhenAbsent: true }) allowComments!: boolean;

  @Field({ type: 'integer', write: false }) readonly totalComments!: number;

  /** False for files that were attached through the API, on servers that forget to set it. */
  @Field({ type: 'boolean', write: false }) readonly hasAttachments!: boolean;

  /** The files as the article names them, if `hasAttachments`. */
  @Field({ type: [AttachedFile], wire: 'attachments/attachment' }) readonly files!: AttachedFile[];

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  /** Pending approval unless told otherwise. A draft where the staff member may not publish. */
  @Field({ type: articleStatus, resetWhenAbsent: true, clearable: false })
  articleStatus!: ArticleStatus | null;

  @Field({ type: 'decimal', write: false }) readonly articleRating!: number;

  @Field({ type: 'integer', write: false }) readonly ratingHits!: number;

  @Field({ type: 'integer', write: false }) readonly ratingCount!: number;

  /** Who wrote it, if `creator` is staff. */
  @BelongsTo(() => Staff, 'creatorId', { when: { field: 'creator', is: 'staff' } })
  declare readonly staff: Ref<Staff>;

  /** Who wrote it, if `creator` is user. */
  @BelongsTo(() => User, 'creatorId', { when: { field: 'creator', is: 'user' } })
  declare readonly user: Ref<User>;

  @BelongsTo(() => Staff, 'editedStaffId') declare readonly editor: Ref<Staff>;

  @BelongsToMany(() => KnowledgebaseCategory, 'categoryIds')
  declare readonly categories: RefList<KnowledgebaseCategory>;

  @HasMany(() => KnowledgebaseComment, 'kbArticleId')
  declare readonly comments: Collection<KnowledgebaseComment>;

  @HasMany(() => KnowledgebaseAttachment, 'kbArticleId')
  declare readonly attachments: Collection<KnowledgebaseAttachment>;

  override toString(): string {
    return printEntity(this, this.subject);
  }
}

import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { CommentEntity } from '../entity/comment-entity.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import { KnowledgebaseArticle } from './knowledgebase-article.js';
import { Staff } from './staff.js';
import { User } from './user.js';

/** A comment on an article (§8.3). */
@Entity({
  route: '/Knowledgebase/Comment',
  root: 'kbarticlecomments',
  element: 'kbarticlecomment',
  actions: ['list', 'get', 'add', 'delete'],
  access: [
    { kind: 'whole', isLong: true },
    { kind: 'scoped', operation: 'ListAll', scope: 'kbArticleId' },
  ],
  alternatives: [['creatorId', 'fullName']],
})
export class KnowledgebaseComment extends CommentEntity {
  @Field({
    type: 'id',
    wire: { read: 'kbarticleid', write: 'knowledgebasearticleid' },
    required: 'add',
  })
  kbArticleId!: number | null;

  @BelongsTo(() => KnowledgebaseArticle, 'kbArticleId')
  declare readonly article: Ref<KnowledgebaseArticle>;

  @BelongsTo(() => KnowledgebaseComment, 'parentCommentId')
  declare readonly parentComment: Ref<KnowledgebaseComment>;

  @HasMany(() => KnowledgebaseComment, 'parentCommentId', { shared: ['kbArticleId'] })
  declare readonly replies: Collection<KnowledgebaseComment>;

  /** Who wrote it, if `creatorType` is staff. */
  @BelongsTo(() => Staff, 'creatorId', { when: { field: 'creatorType', is: 'staff' } })
  declare readonly staff: Ref<Staff>;

  /** Who wrote it, if `creatorType` is user and the user has an account. */
  @BelongsTo(() => User, 'creatorId', { when: { field: 'creatorType', is: 'user' } })
  declare readonly user: Ref<User>;
}

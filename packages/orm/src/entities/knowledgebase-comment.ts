import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import { CommentEntity } from './comment-entity.js';
import { KnowledgebaseArticle } from './knowledgebase-article.js';

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
}

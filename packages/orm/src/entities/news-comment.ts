import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import { CommentEntity } from './comment-entity.js';
import { NewsItem } from './news-item.js';

/** A comment on a piece of news (§7.3). */
@Entity({
  route: '/News/Comment',
  root: 'newsitemcomments',
  element: 'newsitemcomment',
  actions: ['list', 'get', 'add', 'delete'],
  access: [
    { kind: 'whole', isLong: true },
    { kind: 'scoped', operation: 'ListAll', scope: 'newsItemId' },
  ],
  alternatives: [['creatorId', 'fullName']],
})
export class NewsComment extends CommentEntity {
  @Field({ type: 'id', required: 'add' }) newsItemId!: number | null;

  @BelongsTo(() => NewsItem, 'newsItemId') declare readonly newsItem: Ref<NewsItem>;

  @BelongsTo(() => NewsComment, 'parentCommentId')
  declare readonly parentComment: Ref<NewsComment>;

  @HasMany(() => NewsComment, 'parentCommentId', { shared: ['newsItemId'] })
  declare readonly replies: Collection<NewsComment>;
}

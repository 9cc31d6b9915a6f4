// What readers write below articles and news.
import {
  BelongsTo,
  type Collection,
  EditableEntity,
  Entity,
  Field,
  HasMany,
  Id,
  type Ref,
  type UnknownCode,
  User,
  words,
  type writeOnly,
} from '@kayako-orm/orm';
import { Article } from './knowledgebase.js';
import { NewsItem } from './news.js';

/** A comment on an article. */
@Entity({
  route: '/Knowledgebase/Comment',
  root: 'articlecomments',
  element: 'articlecomment',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class ArticleComment extends EditableEntity {
  declare readonly [writeOnly]: 'contents';

  @Id() declare readonly id: number;

  @Field({ type: 'id' }) articleId!: number | null;

  @Field({ type: words({ 1: 'staff', 2: 'user' }) }) creatorType!:
    'staff' | 'user' | UnknownCode | null;

  @Field({ type: 'id' }) creatorId!: number | null;

  @Field({ type: 'id' }) userId!: number | null;

  @Field({ type: 'text' }) fullName!: string;

  @Field({ type: 'text' }) email!: string;

  @Field({ type: 'text', write: false }) readonly ipAddress!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'id' }) parentCommentId!: number | null;

  @Field({ type: words({ 1: 'pending', 2: 'approved', 3: 'spam' }) }) commentStatus!:
    'pending' | 'approved' | 'spam' | UnknownCode | null;

  @Field({ type: 'text', write: false }) readonly userAgent!: string;

  @Field({ type: 'text', write: false }) readonly referrer!: string;

  @Field({ type: 'text', write: false }) readonly parentUrl!: string;

  @Field({ type: 'integer', write: false }) readonly likes!: number;

  @Field({ type: 'text', read: false, write: 'add' }) contents!: string;

  @BelongsTo(() => Article, 'articleId') declare readonly article: Ref<Article>;

  @BelongsTo(() => User, 'userId') declare readonly user: Ref<User>;

  @BelongsTo(() => ArticleComment, 'parentCommentId') declare readonly parent: Ref<ArticleComment>;

  @HasMany(() => ArticleComment, 'parentCommentId')
  declare readonly replies: Collection<ArticleComment>;
}

/** A comment on a piece of news. */
@Entity({
  route: '/News/Comment',
  root: 'newscomments',
  element: 'newscomment',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class NewsComment extends EditableEntity {
  declare readonly [writeOnly]: 'contents';

  @Id() declare readonly id: number;

  @Field({ type: 'id' }) newsItemId!: number | null;

  @Field({ type: words({ 1: 'staff', 2: 'user' }) }) creatorType!:
    'staff' | 'user' | UnknownCode | null;

  @Field({ type: 'id' }) creatorId!: number | null;

  @Field({ type: 'id' }) userId!: number | null;

  @Field({ type: 'text' }) fullName!: string;

  @Field({ type: 'text' }) email!: string;

  @Field({ type: 'text', write: false }) readonly ipAddress!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'id' }) parentCommentId!: number | null;

  @Field({ type: words({ 1: 'pending', 2: 'approved', 3: 'spam' }) }) commentStatus!:
    'pending' | 'approved' | 'spam' | UnknownCode | null;

  @Field({ type: 'text', write: false }) readonly userAgent!: string;

  @Field({ type: 'text', write: false }) readonly referrer!: string;

  @Field({ type: 'text', write: false }) readonly parentUrl!: string;

  @Field({ type: 'boolean' }) isPinned!: boolean;

  @Field({ type: 'text', read: false, write: 'add' }) contents!: string;

  @BelongsTo(() => NewsItem, 'newsItemId') declare readonly item: Ref<NewsItem>;

  @BelongsTo(() => User, 'userId') declare readonly user: Ref<User>;

  @BelongsTo(() => NewsComment, 'parentCommentId') declare readonly parent: Ref<NewsComment>;
}

// The news of the help desk.
import {
  AddableEntity,
  BelongsTo,
  type Collection,
  EditableEntity,
  Entity,
  Field,
  type Forever,
  HasMany,
  Id,
  keyword,
  type Ref,
  Staff,
  type UnknownCode,
  User,
  UserGroup,
  words,
  type writeOnly,
} from '@kayako-orm/orm';
import { NewsComment } from './comments.js';

/** A heading of the news. */
@Entity({
  route: '/News/Category',
  root: 'newscategories',
  element: 'newscategory',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class NewsCategory extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text' }) title!: string;

  @Field({ type: 'integer', write: false }) readonly newsItemCount!: number;

  @Field({ type: keyword('public', 'private') }) visibilityType!: 'public' | 'private';

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({ type: 'text' }) description!: string;

  @Field({ type: 'text' }) language!: string;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  @Field({ type: 'date', write: false }) readonly createdOn!: Date | null;

  @Field({ type: 'date', write: false }) readonly updatedOn!: Date | null;

  @Field({ type: ['id'] }) userGroupIds!: number[];

  @HasMany(() => NewsItem, 'newsCategoryId') declare readonly items: Collection<NewsItem>;
}

/** A piece of news, for customers, for staff or for both. */
@Entity({
  route: '/News/NewsItem',
  root: 'newsitems',
  element: 'newsitem',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class NewsItem extends EditableEntity {
  declare readonly [writeOnly]: 'contents';

  @Id() declare readonly id: number;

  @Field({ type: 'id' }) staffId!: number | null;

  @Field({ type: 'id' }) newsCategoryId!: number | null;

  @Field({ type: words({ 1: 'global', 2: 'public', 3: 'private' }) }) newsType!:
    'global' | 'public' | 'private' | UnknownCode | null;

  @Field({ type: words({ 1: 'draft', 2: 'published' }) }) newsStatus!:
    'draft' | 'published' | UnknownCode | null;

  @Field({ type: 'text', write: false }) readonly author!: string;

  @Field({ type: 'text' }) email!: string;

  @Field({ type: 'text' }) subject!: string;

  @Field({ type: 'text' }) emailSubject!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'expiry' }) expiry!: Date | Forever;

  @Field({ type: 'boolean', write: false }) readonly isSynced!: boolean;

  @Field({ type: 'integer', write: false }) readonly totalComments!: number;

  @Field({ type: 'date', write: false }) readonly editedOn!: Date | null;

  @Field({ type: 'boolean', write: false }) readonly edited!: boolean;

  @Field({ type: 'id', write: false }) readonly editedStaffId!: number | null;

  @Field({ type: 'boolean' }) allowComments!: boolean;

  @Field({ type: 'boolean' }) userVisibilityCustom!: boolean;

  @Field({ type: ['id'] }) userGroupIds!: number[];

  @Field({ type: 'boolean' }) staffVisibilityCustom!: boolean;

  @Field({ type: ['id'] }) staffGroupIds!: number[];

  @Field({ type: 'boolean' }) sendEmail!: boolean;

  @Field({ type: 'text', write: false }) readonly uniqueHash!: string;

  @Field({ type: 'date' }) start!: Date | null;

  @Field({ type: 'text', read: false, write: 'add' }) contents!: string;

  @BelongsTo(() => Staff, 'staffId') declare readonly writer: Ref<Staff>;

  @BelongsTo(() => Staff, 'editedStaffId') declare readonly editor: Ref<Staff>;

  @BelongsTo(() => NewsCategory, 'newsCategoryId') declare readonly category: Ref<NewsCategory>;

  @HasMany(() => NewsComment, 'newsItemId') declare readonly comments: Collection<NewsComment>;
}

/** Somebody who gets the news by mail. */
@Entity({
  route: '/News/Subscriber',
  root: 'newssubscribers',
  element: 'newssubscriber',
  actions: ['list', 'get', 'add', 'delete'],
})
export class NewsSubscriber extends AddableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'id' }) tGroupId!: number | null;

  @Field({ type: 'id' }) userId!: number | null;

  @Field({ type: 'text' }) email!: string;

  @Field({ type: 'boolean', write: false }) readonly isValidated!: boolean;

  @Field({ type: 'id' }) userGroupId!: number | null;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'date', write: false }) readonly lastMail!: Date | null;

  @Field({ type: 'text' }) language!: string;

  @Field({ type: 'integer', write: false }) readonly sentCount!: number;

  @Field({ type: 'integer', write: false }) readonly bounceCount!: number;

  @BelongsTo(() => User, 'userId') declare readonly user: Ref<User>;

  @BelongsTo(() => UserGroup, 'userGroupId') declare readonly group: Ref<UserGroup>;
}

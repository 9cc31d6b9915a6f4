import { type Codec, type Forever, Field, Id, type UnknownCode, words } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type writeOnly } from '../entity/markers.js';
import { type Ref } from '../entity/ref.js';
import { type RefList } from '../entity/ref-list.js';
import { BelongsTo, BelongsToMany, HasMany } from '../entity/relation-decorators.js';
import { newsType, type NewsType } from './code-tables.js';
import { NewsCategory } from './news-category.js';
import { NewsComment } from './news-comment.js';
import { Staff } from './staff.js';

/** The numbers are the other way round than those of articles (§3.4). */
export type NewsStatus = 'draft' | 'published' | UnknownCode;
const newsStatus: Codec<NewsStatus | null> = words({ 1: 'draft', 2: 'published' });

/**
 * A piece of news, whatever its status (§7.1). What readers see of a category is a {@link PublishedNewsItem}.
 *
 * Every save needs `editedStaffId`, and sends subject and contents: the server would overwrite them with nothing.
 *
 * Servers are known to fail at two things (§7.1). Adding an item of another type than `global` makes nothing (an
 * EmptyBodyError). Saving a new `start` or `expiry` makes both 0 (a ChangeIgnoredError), and an item with a start and no
 * expiry cannot be saved at all (a BadRequestError about dates).
 */
@Entity({
  route: '/News/NewsItem',
  root: 'newsitems',
  element: 'newsitem',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  access: [{ kind: 'whole', isLong: true }],
})
export class NewsItem extends EditableEntity {
  declare readonly [writeOnly]: 'editedStaffId' | 'fromName' | 'sendEmail';

  @Id() declare readonly id: number;

  /** The author. Fixed once the item exists. */
  @Field({ type: 'id', write: 'add', required: 'add' }) staffId!: number | null;

  /** Who saves it. */
  @Field({ type: 'id', read: false, write: 'save', required: 'save' }) editedStaffId!:
    number | null;

  /** Fixed once the item exists. */
  @Field({ type: newsType, write: 'add' }) newsType!: NewsType | null;

  /** Published unless told otherwise. */
  @Field({ type: newsStatus, clearable: false }) newsStatus!: NewsStatus | null;

  /** The author's name. */
  @Field({ type: 'text', write: false }) readonly author!: string;

  /**
   * The author's address, whatever was given when adding: that is the sender of the mail only. Saving may store another
   * one.
   */
  @Field({ type: 'text', clearable: false }) email!: string;

  /** The sender's name in the mail. */
  @Field({ type: 'text', read: false }) fromName!: string;

  /**
   * True mails the item to the subscribers, with the add or the save that sends it first. To mail once more, take the
   * item anew: the same value again is no change.
   */
  @Field({ type: 'boolean', read: false }) sendEmail!: boolean;

  @Field({ type: 'text', required: true }) subject!: string;

  /** The subject of the mail, if it is another one. */
  @Field({ type: 'text', wire: { read: 'emailsubject', write: 'customemailsubject' } })
  emailSubject!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  /**
   * Not shown before this date, to the minute; null: at once. Older builds do not return it: it is null there, and saving another one
   * is a ChangeIgnoredError.
   */
  @Field({ type: 'calendarDate' }) start!: Date | null;

  /** Not shown from this date on, to the minute. */
  @Field({ type: 'calendarExpiry' }) expiry!: Date | Forever;

  @Field({ type: 'boolean', write: false }) readonly isSynced!: boolean;

  @Field({ type: 'integer', write: false }) readonly totalComments!: number;

  /** Whether only the groups in `userGroupIds` see the item. */
  @Field({ type: 'boolean' }) userVisibilityCustom!: boolean;

  /** Kept only with `userVisibilityCustom`. */
  @Field({
    type: ['id'],
    wire: { read: 'usergroupidlist/usergroupid', write: 'usergroupidlist' },
    separator: ',',
    onlyWith: 'userVisibilityCustom',
  })
  userGroupIds!: number[];

  /** Whether only the groups in `staffGroupIds` see the item. */
  @Field({ type: 'boolean' }) staffVisibilityCustom!: boolean;

  /** Kept only with `staffVisibilityCustom`. */
  @Field({
    type: ['id'],
    wire: { read: 'staffgroupidlist/staffgroupid', write: 'staffgroupidlist' },
    separator: ',',
    onlyWith: 'staffVisibilityCustom',
  })
  staffGroupIds!: number[];

  /** True unless told otherwise. */
  @Field({ type: 'boolean' }) allowComments!: boolean;

  /** HTML. */
  @Field({ type: 'text', required: true }) contents!: string;

  @Field({
    type: ['id'],
    wire: { read: 'categories/categoryid', write: 'newscategoryidlist' },
    separator: ',',
  })
  categoryIds!: number[];

  @BelongsTo(() => Staff, 'staffId') declare readonly staff: Ref<Staff>;

  @BelongsToMany(() => NewsCategory, 'categoryIds')
  declare readonly categories: RefList<NewsCategory>;

  @HasMany(() => NewsComment, 'newsItemId') declare readonly comments: Collection<NewsComment>;

  override toString(): string {
    return printEntity(this, this.subject);
  }
}

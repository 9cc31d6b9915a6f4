import { type Codec, Field, Id, type UnknownCode, words } from '@kayako-orm/core';
import { AddableEntity, printEntity } from '../entity/entity.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo } from '../entity/relation-decorators.js';
import { Staff } from './staff.js';
import { User } from './user.js';

/** Who wrote a comment (§3.4). */
export type CreatorType = 'staff' | 'user' | UnknownCode;
const creatorType: Codec<CreatorType | null> = words({ 1: 'staff', 2: 'user' });

export type CommentStatus = 'pending' | 'approved' | 'spam' | UnknownCode;
const commentStatus: Codec<CommentStatus | null> = words({
  1: 'pending',
  2: 'approved',
  3: 'spam',
});

/**
 * A comment on an article, a news item or a step (§7.3). Comments of staff are approved at once, those of others mostly
 * wait for it.
 *
 * Adding needs `creatorId`, or of users without an account `fullName`. The API cannot approve comments or mark them as
 * spam, only delete them.
 */
export abstract class CommentEntity extends AddableEntity {
  @Id() declare readonly id: number;

  @Field({ type: creatorType, required: 'add' }) creatorType!: CreatorType | null;

  /** Of the staff member or the user, as `creatorType` says; null for a user without an account. */
  @Field({ type: 'id' }) creatorId!: number | null;

  /** The account's name where there is one. */
  @Field({ type: 'text' }) fullName!: string;

  @Field({ type: 'text' }) email!: string;

  @Field({ type: 'text', write: false }) readonly ipAddress!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  /** The comment that this one replies to. */
  @Field({ type: 'id' }) parentCommentId!: number | null;

  @Field({ type: commentStatus, write: false }) readonly commentStatus!: CommentStatus | null;

  @Field({ type: 'text', write: false }) readonly userAgent!: string;

  @Field({ type: 'text', write: false }) readonly referrer!: string;

  @Field({ type: 'text', write: false }) readonly parentUrl!: string;

  @Field({ type: 'text', required: 'add' }) contents!: string;

  /** Who wrote it, if `creatorType` is staff. */
  @BelongsTo(() => Staff, 'creatorId', { when: { field: 'creatorType', is: 'staff' } })
  declare readonly staff: Ref<Staff>;

  /** Who wrote it, if `creatorType` is user and the user has an account. */
  @BelongsTo(() => User, 'creatorId', { when: { field: 'creatorType', is: 'user' } })
  declare readonly user: Ref<User>;

  override toString(): string {
    return printEntity(this, this.fullName);
  }
}

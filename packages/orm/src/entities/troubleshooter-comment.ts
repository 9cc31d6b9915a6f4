import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { CommentEntity } from '../entity/comment-entity.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import { Staff } from './staff.js';
import { TroubleshooterStep } from './troubleshooter-step.js';
import { User } from './user.js';

/** A comment on a step of a troubleshooter (§9.3). */
@Entity({
  route: '/Troubleshooter/Comment',
  root: 'troubleshooterstepcomments',
  element: 'troubleshooterstepcomment',
  actions: ['list', 'get', 'add', 'delete'],
  access: [
    { kind: 'whole', isLong: true },
    { kind: 'scoped', operation: 'ListAll', scope: 'troubleshooterStepId' },
  ],
  alternatives: [['creatorId', 'fullName']],
})
export class TroubleshooterComment extends CommentEntity {
  @Field({ type: 'id', required: 'add' }) troubleshooterStepId!: number | null;

  @BelongsTo(() => TroubleshooterStep, 'troubleshooterStepId')
  declare readonly step: Ref<TroubleshooterStep>;

  @BelongsTo(() => TroubleshooterComment, 'parentCommentId')
  declare readonly parentComment: Ref<TroubleshooterComment>;

  @HasMany(() => TroubleshooterComment, 'parentCommentId', { shared: ['troubleshooterStepId'] })
  declare readonly replies: Collection<TroubleshooterComment>;

  /** Who wrote it, if `creatorType` is staff. */
  @BelongsTo(() => Staff, 'creatorId', { when: { field: 'creatorType', is: 'staff' } })
  declare readonly staff: Ref<Staff>;

  /** Who wrote it, if `creatorType` is user and the user has an account. */
  @BelongsTo(() => User, 'creatorId', { when: { field: 'creatorType', is: 'user' } })
  declare readonly user: Ref<User>;
}

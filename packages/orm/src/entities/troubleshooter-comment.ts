import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import { CommentEntity } from './comment-entity.js';
import { TroubleshooterStep } from './troubleshooter-step.js';

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
}

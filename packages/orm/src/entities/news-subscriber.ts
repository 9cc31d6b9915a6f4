import { boolean, type Codec, Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type writeOnly } from '../entity/markers.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo } from '../entity/relation-decorators.js';
import { User } from './user.js';
import { UserGroup } from './user-group.js';

/** Older builds are said to take any value for "yes": only that is sent. */
const onlyTrue: Codec<boolean> = {
  ...boolean,
  parameters: (name, isOn) => (isOn ? [[name, '1']] : []),
};

/** An address that gets the news by mail (§7.4). Each address subscribes once. */
@Entity({
  route: '/News/Subscriber',
  root: 'newssubscribers',
  element: 'newssubscriber',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  access: [{ kind: 'whole', isLong: true }],
})
export class NewsSubscriber extends EditableEntity {
  declare readonly [writeOnly]: 'sendEmails';

  @Id() declare readonly id: number;

  /** The template group; null from older builds. */
  @Field({ type: 'id', write: false }) readonly tGroupId!: number | null;

  /** The user with this address; null without one. */
  @Field({ type: 'id', write: false }) readonly userId!: number | null;

  /** Stored in lower case. */
  @Field({ type: 'text', required: 'add', clearable: false }) email!: string;

  /** Fixed once the subscriber exists. */
  @Field({ type: onlyTrue, write: 'add' }) isValidated!: boolean;

  /** False suppresses the mail that greets the subscriber or asks for confirmation; newer builds only. */
  @Field({ type: 'boolean', read: false, write: 'add' }) sendEmails!: boolean;

  /** The group of the user with this address; null without one. */
  @Field({ type: 'id', write: false }) readonly userGroupId!: number | null;

  @BelongsTo(() => User, 'userId') declare readonly user: Ref<User>;

  @BelongsTo(() => UserGroup, 'userGroupId') declare readonly userGroup: Ref<UserGroup>;

  override toString(): string {
    return printEntity(this, this.email);
  }
}

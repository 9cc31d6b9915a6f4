import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { EditableEntity, printEntity } from '../entity/entity.js';

/** A group of users (§5.6). Built-in groups cannot be deleted; the type cannot change. */
@Entity({
  route: '/Base/UserGroup',
  root: 'usergroups',
  element: 'usergroup',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class UserGroup extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: true }) title!: string;

  @Field({ type: keyword('guest', 'registered'), write: 'add', required: 'add' })
  groupType!: 'guest' | 'registered';

  /** Built in. */
  @Field({ type: 'boolean', write: false }) readonly isMaster!: boolean;

  override toString(): string {
    return printEntity(this, this.title);
  }
}

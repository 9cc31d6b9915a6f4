import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { EditableEntity, printEntity } from '../entity/entity.js';

/** A department of the help desk, for tickets or for live chat (§5.1). */
@Entity({
  route: '/Base/Department',
  root: 'departments',
  element: 'department',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Department extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: true }) title!: string;

  @Field({ type: keyword('public', 'private'), required: 'add', clearable: false }) type!:
    'public' | 'private';

  /** The owning application. Fixed once the department exists. Newer servers call it `app`. */
  @Field({
    type: keyword('tickets', 'livechat'),
    wire: { read: ['module', 'app'], write: 'module' },
    write: 'add',
    required: 'add',
  })
  module!: 'tickets' | 'livechat';

  /** The same as `module`, as newer servers send it. */
  @Field({ type: keyword('tickets', 'livechat'), wire: { read: ['app', 'module'] }, write: false })
  readonly app!: 'tickets' | 'livechat';

  @Field({ type: 'integer' }) displayOrder!: number;

  /** null for a department at the top level. */
  @Field({ type: 'id', resetWhenAbsent: true }) parentDepartmentId!: number | null;

  /** Whether only the groups in `userGroupIds` see the department. */
  @Field({ type: 'boolean', resetWhenAbsent: true }) userVisibilityCustom!: boolean;

  @Field({
    type: ['id'],
    wire: { read: 'usergroups/id', write: 'usergroupid' },
    resetWhenAbsent: true,
    onlyWith: 'userVisibilityCustom',
  })
  userGroupIds!: number[];

  override toString(): string {
    return printEntity(this, `${this.title}/${this.module}`);
  }
}

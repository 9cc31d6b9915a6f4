import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { EditableEntity, printEntity } from '../entity/entity.js';

/** A group of staff members (§5.3). It cannot be deleted while staff belong to it. */
@Entity({
  route: '/Base/StaffGroup',
  root: 'staffgroups',
  element: 'staffgroup',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class StaffGroup extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: true }) title!: string;

  @Field({ type: 'boolean', required: 'add' }) isAdmin!: boolean;

  override toString(): string {
    return printEntity(this, this.title);
  }
}

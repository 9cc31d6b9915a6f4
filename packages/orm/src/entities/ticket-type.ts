import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { printEntity, ReadableEntity } from '../entity/entity.js';

/** A type that tickets can have (§6.11). */
@Entity({
  route: '/Tickets/TicketType',
  root: 'tickettypes',
  element: 'tickettype',
  actions: ['list', 'get'],
})
export class TicketType extends ReadableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text' }) readonly title!: string;

  @Field({ type: 'integer' }) readonly displayOrder!: number;

  /** null: usable in all departments. */
  @Field({ type: 'id' }) readonly departmentId!: number | null;

  /** May hold the literal placeholder `{$themepath}`. */
  @Field({ type: 'text' }) readonly displayIcon!: string;

  @Field({ type: keyword('public', 'private') }) readonly type!: 'public' | 'private';

  @Field({ type: 'boolean' }) readonly userVisibilityCustom!: boolean;

  @Field({ type: ['id'], wire: 'usergroupid' }) readonly userGroupIds!: number[];

  override toString(): string {
    return printEntity(this, this.title);
  }
}

import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { printEntity, ReadableEntity } from '../entity/entity.js';

/** A status that tickets can have (§6.10). */
@Entity({
  route: '/Tickets/TicketStatus',
  root: 'ticketstatuses',
  element: 'ticketstatus',
  actions: ['list', 'get'],
})
export class TicketStatus extends ReadableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text' }) readonly title!: string;

  @Field({ type: 'integer' }) readonly displayOrder!: number;

  /** null: usable in all departments. */
  @Field({ type: 'id' }) readonly departmentId!: number | null;

  /** May hold the literal placeholder `{$themepath}`. */
  @Field({ type: 'text' }) readonly displayIcon!: string;

  @Field({ type: keyword('public', 'private') }) readonly type!: 'public' | 'private';

  @Field({ type: 'boolean' }) readonly displayInMainList!: boolean;

  /** Tickets with this status count as resolved. */
  @Field({ type: 'boolean' }) readonly markAsResolved!: boolean;

  @Field({ type: 'boolean' }) readonly displayCount!: boolean;

  @Field({ type: 'text' }) readonly statusColor!: string;

  @Field({ type: 'text' }) readonly statusBgColor!: string;

  @Field({ type: 'boolean' }) readonly resetDueTime!: boolean;

  @Field({ type: 'boolean' }) readonly triggerSurvey!: boolean;

  @Field({ type: 'boolean' }) readonly staffVisibilityCustom!: boolean;

  @Field({ type: ['id'], wire: 'staffgroupid' }) readonly staffGroupIds!: number[];

  override toString(): string {
    return printEntity(this, this.title);
  }
}

import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { printEntity, ReadableEntity } from '../entity/entity.js';

/** A priority that tickets can have (§6.9). */
@Entity({
  route: '/Tickets/TicketPriority',
  root: 'ticketpriorities',
  element: 'ticketpriority',
  actions: ['list', 'get'],
})
export class TicketPriority extends ReadableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text' }) readonly title!: string;

  @Field({ type: 'integer' }) readonly displayOrder!: number;

  /** Colour of the text. */
  @Field({ type: 'text' }) readonly frColorCode!: string;

  /** Colour of the background. */
  @Field({ type: 'text' }) readonly bgColorCode!: string;

  /** Older builds only; null elsewhere. */
  @Field({ type: 'optionalText' }) readonly displayIcon!: string | null;

  @Field({ type: keyword('public', 'private') }) readonly type!: 'public' | 'private';

  @Field({ type: 'boolean' }) readonly userVisibilityCustom!: boolean;

  @Field({ type: ['id'], wire: 'usergroupid' }) readonly userGroupIds!: number[];

  override toString(): string {
    return printEntity(this, this.title);
  }
}

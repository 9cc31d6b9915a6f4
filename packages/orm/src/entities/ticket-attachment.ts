import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AttachmentEntity } from '../entity/attachment-entity.js';
import { type childOf } from '../entity/markers.js';

/** A file attached to a post of a ticket (§6.3). Lists come without contents. */
@Entity({
  route: '/Tickets/TicketAttachment',
  root: 'attachments',
  element: 'attachment',
  actions: ['list', 'get', 'add', 'delete'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'ticketId' }],
})
export class TicketAttachment extends AttachmentEntity {
  declare readonly [childOf]: 'ticketId';

  @Field({ type: 'id', required: 'add' }) ticketId!: number | null;

  @Field({ type: 'id', required: 'add' }) ticketPostId!: number | null;
}

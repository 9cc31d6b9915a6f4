import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { AddableEntity, printEntity } from '../entity/entity.js';
import { type childOf, type writeOnly } from '../entity/markers.js';
import { HasMany } from '../entity/relation-decorators.js';
import { creator, type Creator } from './code-tables.js';
import { excerpt } from '../entity/excerpt.js';
import { TicketAttachment } from './ticket-attachment.js';

/**
 * A message in a ticket: its first text or a reply (§6.2). Added by a user (`userId`) or a staff member (`staffId`).
 * The server may append the staff signature, so `contents` need not read as it was written.
 */
@Entity({
  route: '/Tickets/TicketPost',
  root: 'posts',
  element: 'post',
  actions: ['list', 'get', 'add', 'delete'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'ticketId' }],
  alternatives: [['userId', 'staffId']],
})
export class TicketPost extends AddableEntity {
  declare readonly [childOf]: 'ticketId';
  declare readonly [writeOnly]: 'subject';

  @Id() declare readonly id: number;

  /** The same as `id`; null from older builds. */
  @Field({ type: 'id', write: false }) readonly ticketPostId!: number | null;

  @Field({ type: 'id', required: 'add' }) ticketId!: number | null;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  /** The user who wrote it; null for posts of staff. */
  @Field({ type: 'id' }) userId!: number | null;

  @Field({ type: 'text', write: false }) readonly fullName!: string;

  @Field({ type: 'text', write: false }) readonly email!: string;

  @Field({ type: 'text', write: false }) readonly emailTo!: string;

  @Field({ type: 'text', write: false }) readonly ipAddress!: string;

  @Field({ type: 'boolean', write: false }) readonly hasAttachments!: boolean;

  @Field({ type: creator, write: false }) readonly creator!: Creator | null;

  @Field({ type: 'boolean', write: false }) readonly isThirdParty!: boolean;

  @Field({ type: 'boolean', write: false }) readonly isHtml!: boolean;

  @Field({ type: 'boolean', write: false }) readonly isEmailed!: boolean;

  /** The staff member who wrote it; null for posts of users. */
  @Field({ type: 'id' }) staffId!: number | null;

  @Field({ type: 'boolean', write: false }) readonly isSurveyComment!: boolean;

  @Field({ type: 'text', required: 'add' }) contents!: string;

  /** Staff posts only: not counted as a reply and not mailed. */
  @Field({ type: 'boolean' }) isPrivate!: boolean;

  /** Accepted for old programs; the server uses the ticket's subject and never returns it. */
  @Field({ type: 'text', read: false }) subject!: string;

  @HasMany(() => TicketAttachment, 'ticketPostId', {
    embedded: { element: 'attachments/attachment' },
    shared: ['ticketId'],
    presence: 'hasAttachments',
  })
  declare readonly attachments: Collection<TicketAttachment>;

  override toString(): string {
    return printEntity(this, excerpt(this.contents));
  }
}

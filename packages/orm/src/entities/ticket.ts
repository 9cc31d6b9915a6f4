import { blankSeparated, Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type writeOnly } from '../entity/markers.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import {
  creationMode,
  type CreationMode,
  creationType,
  type CreationType,
  creator,
  type Creator,
  flagType,
  type FlagType,
  noteColor,
  type NoteColor,
} from './code-tables.js';
import { Department } from './department.js';
import { Staff } from './staff.js';
import { TicketAttachment } from './ticket-attachment.js';
import { TicketCustomField } from './ticket-custom-field.js';
import { TicketNote } from './ticket-note.js';
import { TicketPost } from './ticket-post.js';
import { TicketPriority } from './ticket-priority.js';
import { TicketStatus } from './ticket-status.js';
import { TicketTimeTrack } from './ticket-time-track.js';
import { TicketType } from './ticket-type.js';
import { User } from './user.js';

/** A staff member who watches a ticket. */
export class TicketWatcher {
  @Field({ type: 'id', attribute: true }) readonly staffId!: number;

  @Field({ type: 'text', attribute: true }) readonly name!: string;
}

/** A workflow that can be applied to a ticket. */
export class TicketWorkflow {
  @Field({ type: 'id', attribute: true }) readonly id!: number;

  @Field({ type: 'text', attribute: true }) readonly title!: string;
}

/** What notes about users and about organizations have in common. */
abstract class CustomerNote {
  @Field({ type: 'id', attribute: true }) readonly id!: number;

  @Field({ type: noteColor, attribute: true }) readonly noteColor!: NoteColor | null;

  @Field({ type: 'id', attribute: true }) readonly creatorStaffId!: number | null;

  @Field({ type: 'id', attribute: true }) readonly forStaffId!: number | null;

  @Field({ type: 'text', attribute: true }) readonly creatorStaffName!: string;

  @Field({ type: 'date', attribute: true }) readonly creationDate!: Date | null;

  @Field({ type: 'text', content: true }) readonly contents!: string;
}

/** A note about the ticket's user, shown with the ticket. */
export class UserNote extends CustomerNote {
  @Field({ type: 'id', attribute: true }) readonly userId!: number | null;
}

/** A note about the organization of the ticket's user, shown with the ticket. */
export class OrganizationNote extends CustomerNote {
  @Field({ type: 'id', attribute: true }) readonly userOrganizationId!: number | null;
}

/**
 * A ticket (§6.1). Tickets without a department (in the trash) cannot be listed.
 *
 * Adding needs one of `userId` (by that user), `staffId` (by that staff member, to `email`) and `autoUserId` (by the
 * user with `email`, who is made if there is none).
 */
@Entity({
  route: '/Tickets/Ticket',
  root: 'tickets',
  element: 'ticket',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  alternatives: [['userId', 'staffId', 'autoUserId']],
  access: [
    {
      kind: 'filtered',
      operation: 'ListAll',
      count: { operation: 'GetTicketCount', element: 'totalcount' },
      // The server's own wildcards do not mean "all": there is none for departments, and that for statuses means
      // "unresolved" (§6.1.1).
      filters: [
        {
          field: 'departmentId',
          wildcard: { kind: 'lookup', entity: () => Department, where: { module: 'tickets' } },
          none: null,
        },
        {
          field: 'statusId',
          wildcard: { kind: 'lookup', entity: () => TicketStatus, where: {} },
          none: null,
          tiedTo: 'departmentId',
        },
        { field: 'ownerStaffId', wildcard: { kind: 'text', value: '-1' }, none: '0' },
        { field: 'userId', wildcard: { kind: 'text', value: '-1' }, none: null },
      ],
      parameters: ['email'],
      pageSize: 500,
      sort: {
        id: 'ticketid',
        fields: {
          creationTime: 'dateline',
          lastActivity: 'lastactivity',
          replies: 'totalreplies',
          nextReplyDue: 'duetime',
          userId: 'userid',
          ownerStaffId: 'ownerstaffid',
          typeId: 'tickettypeid',
        },
      },
      // Set when a ticket is made and with each post (§6.1.2, §6.2). The date is that of the request, which may take as
      // long as it takes to send mail.
      activity: { field: 'lastActivity', lateSeconds: 60 },
    },
    { kind: 'key', field: 'displayId', pattern: /^[A-Z]{3}-\d{3}-\d{5}$/ },
  ],
})
export class Ticket extends EditableEntity {
  declare readonly [writeOnly]:
    | 'contents'
    | 'staffId'
    | 'autoUserId'
    | 'templateGroup'
    | 'emailQueueId'
    | 'ignoreAutoResponder';

  @Id({ attribute: true }) declare readonly id: number;

  @Field({ type: flagType, attribute: true, write: false }) readonly flagType!: FlagType | null;

  /** The reference that customers see, for example `VBQ-173-79628`. */
  @Field({ type: 'text', write: false }) readonly displayId!: string;

  /** null: in the trash. */
  @Field({ type: 'id', required: 'add', clearable: false }) departmentId!: number | null;

  @Field({
    type: 'id',
    wire: { read: 'statusid', write: 'ticketstatusid' },
    required: 'add',
    clearable: false,
  })
  statusId!: number | null;

  @Field({
    type: 'id',
    wire: { read: 'priorityid', write: 'ticketpriorityid' },
    required: 'add',
    clearable: false,
  })
  priorityId!: number | null;

  @Field({
    type: 'id',
    wire: { read: 'typeid', write: 'tickettypeid' },
    required: 'add',
    clearable: false,
  })
  typeId!: number | null;

  @Field({ type: 'id', clearable: false }) userId!: number | null;

  /** Name of the user's organization. */
  @Field({ type: 'text', write: false }) readonly userOrganization!: string;

  @Field({ type: 'id', write: false }) readonly userOrganizationId!: number | null;

  /** null: unassigned. */
  @Field({ type: 'id' }) ownerStaffId!: number | null;

  @Field({ type: 'text', write: false }) readonly ownerStaffName!: string;

  @Field({ type: 'text', required: 'add' }) fullName!: string;

  @Field({ type: 'text', required: 'add' }) email!: string;

  @Field({ type: 'text', write: false }) readonly lastReplier!: string;

  @Field({ type: 'text', required: 'add' }) subject!: string;

  @Field({ type: 'date', write: false }) readonly creationTime!: Date | null;

  @Field({ type: 'date', write: false }) readonly lastActivity!: Date | null;

  @Field({ type: 'date', write: false }) readonly lastStaffReply!: Date | null;

  @Field({ type: 'date', write: false }) readonly lastUserReply!: Date | null;

  @Field({ type: 'id', write: false }) readonly slaPlanId!: number | null;

  @Field({ type: 'date', write: false }) readonly nextReplyDue!: Date | null;

  @Field({ type: 'date', write: false }) readonly resolutionDue!: Date | null;

  /** Public replies after the first post. */
  @Field({ type: 'integer', write: false }) readonly replies!: number;

  @Field({ type: 'text', write: false }) readonly ipAddress!: string;

  @Field({ type: creator, write: false }) readonly creator!: Creator | null;

  @Field({ type: creationMode, write: false }) readonly creationMode!: CreationMode | null;

  /** Fixed once the ticket exists. */
  @Field({ type: creationType, wire: { read: 'creationtype', write: 'type' }, write: 'add' })
  creationType!: CreationType | null;

  @Field({ type: 'boolean', write: false }) readonly isEscalated!: boolean;

  @Field({ type: 'id', write: false }) readonly escalationRuleId!: number | null;

  /** null from older builds. */
  @Field({ type: 'id', write: false }) readonly templateGroupId!: number | null;

  @Field({ type: blankSeparated, write: false }) readonly tags!: string[];

  /** null when the group is unknown. */
  @Field({ type: 'optionalText', write: false }) readonly templateGroupName!: string | null;

  @Field({ type: [TicketWatcher], wire: 'watcher' }) readonly watchers!: TicketWatcher[];

  @Field({ type: [TicketWorkflow], wire: 'workflow' }) readonly workflows!: TicketWorkflow[];

  @Field({ type: [UserNote], wire: 'note', when: { attribute: 'type', value: 'user' } })
  readonly userNotes!: UserNote[];

  @Field({
    type: [OrganizationNote],
    wire: 'note',
    when: { attribute: 'type', value: 'userorganization' },
  })
  readonly organizationNotes!: OrganizationNote[];

  /** The text of the first post. Only when adding; it is read from `posts`. */
  @Field({ type: 'text', read: false, write: 'add', required: 'add' }) contents!: string;

  /** Adds the ticket in the name of this staff member. */
  @Field({ type: 'id', read: false, write: 'add' }) staffId!: number | null;

  /** Adds the ticket for the user who has `email`, made on the fly if there is none. */
  @Field({ type: 'boolean', read: false, write: 'add' }) autoUserId!: boolean;

  /** Id or title; read as `templateGroupId` and `templateGroupName`. */
  @Field({ type: 'text', read: false }) templateGroup!: string | number;

  @Field({ type: 'id', read: false, write: 'add' }) emailQueueId!: number | null;

  /** Suppresses the automatic mail to the customer. */
  @Field({ type: 'boolean', read: false, write: 'add' }) ignoreAutoResponder!: boolean;

  @BelongsTo(() => Department, 'departmentId') declare readonly department: Ref<Department>;

  @BelongsTo(() => TicketStatus, 'statusId') declare readonly status: Ref<TicketStatus>;

  @BelongsTo(() => TicketPriority, 'priorityId') declare readonly priority: Ref<TicketPriority>;

  @BelongsTo(() => TicketType, 'typeId') declare readonly type: Ref<TicketType>;

  @BelongsTo(() => Staff, 'ownerStaffId') declare readonly owner: Ref<Staff>;

  @BelongsTo(() => User, 'userId') declare readonly user: Ref<User>;

  @HasMany(() => TicketPost, 'ticketId', { embedded: { element: 'posts/post' } })
  declare readonly posts: Collection<TicketPost>;

  /** Notes on the ticket itself; those about its user and organization are `userNotes` and `organizationNotes`. */
  @HasMany(() => TicketNote, 'ticketId', {
    embedded: { element: 'note', when: { attribute: 'type', value: 'ticket' } },
  })
  declare readonly notes: Collection<TicketNote>;

  @HasMany(() => TicketTimeTrack, 'ticketId', {
    embedded: { element: 'note', when: { attribute: 'type', value: 'timetrack' } },
  })
  declare readonly timeTracks: Collection<TicketTimeTrack>;

  @HasMany(() => TicketAttachment, 'ticketId')
  declare readonly attachments: Collection<TicketAttachment>;

  @HasMany(() => TicketCustomField, 'ticketId')
  declare readonly customFields: Collection<TicketCustomField>;

  override toString(): string {
    return printEntity(this, `${this.isNew ? '??' : this.displayId} - ${this.subject}`);
  }
}

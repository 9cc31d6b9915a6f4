import { type Forever } from '../../src/codec/date.js';
import { blankSeparated } from '../../src/codec/text.js';
import { words } from '../../src/codec/words.js';
import { Entity, Field, Id } from '../../src/metadata/decorators.js';
import { Embedded } from './rows.js';

const creator = words({ 0: 'automatic', 1: 'staff', 2: 'user' });
const noteColor = words({ 1: 'yellow', 2: 'purple', 3: 'blue', 4: 'green', 5: 'red' });

@Entity({
  route: '/Base/Department',
  root: 'departments',
  element: 'department',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Department {
  @Id() id!: number;
  @Field({ required: true }) title!: string;
  @Field() type!: string;
  @Field({ type: 'id' }) parentDepartmentId!: number | null;
  @Field({ type: 'integer' }) displayOrder!: number;
  @Field() userVisibilityCustom!: boolean;
  @Field({ type: ['id'], wire: 'usergroups/id' }) userGroupIds!: number[];
}

@Entity({ route: '/Base/User', root: 'users', element: 'user', actions: ['list', 'get', 'add'] })
export class User {
  @Id() id!: number;
  @Field() fullName!: string;
  @Field({ type: ['text'] }) email!: string[];
  @Field({ type: 'id' }) userOrganizationId!: number | null;
  @Field({ type: 'optionalText' }) salutation!: string | null;
  @Field({ type: 'date' }) dateline!: Date | null;
  @Field({ type: 'expiry' }) userExpiry!: Date | Forever;
  @Field() isEnabled!: boolean;
  @Field({ read: false, required: 'add' }) password!: string;
}

@Entity({
  route: '/Tickets/TicketPost',
  root: 'posts',
  element: 'post',
  actions: ['list', 'get', 'add', 'delete'],
})
export class Post {
  @Id() id!: number;
  @Field({ type: 'id' }) ticketId!: number | null;
  @Field({ type: creator }) creator!: string | null;
  @Field({ type: 'date' }) dateline!: Date | null;
  @Field() contents!: string;
}

@Entity({
  route: '/Tickets/TicketNote',
  root: 'notes',
  element: 'note',
  actions: ['list', 'get', 'add', 'delete'],
})
export class Note {
  @Id({ attribute: true }) id!: number;
  @Field({ type: 'id', attribute: true }) ticketId!: number | null;
  @Field({ type: noteColor, attribute: true }) noteColor!: string | null;
  @Field({ attribute: true }) creatorStaffName!: string;
  @Field({ type: 'date', wire: 'creationdate', attribute: true }) dateline!: Date | null;
  @Field({ content: true }) contents!: string;
}

export class CustomerNote {
  @Field({ type: 'id', attribute: true }) id!: number | null;
  @Field({ attribute: true }) creatorStaffName!: string;
  @Field({ content: true }) contents!: string;
}

export class Watcher {
  @Field({ type: 'id', attribute: true }) staffId!: number | null;
  @Field({ attribute: true }) name!: string;
}

@Entity({
  route: '/Tickets/Ticket',
  root: 'tickets',
  element: 'ticket',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Ticket {
  @Id({ attribute: true }) id!: number;
  @Field() displayId!: string;
  @Field() subject!: string;
  @Field({ type: 'id', wire: { read: 'statusid', write: 'ticketstatusid' } })
  statusId!: number | null;
  @Field({ type: 'id' }) userOrganizationId!: number | null;
  @Field({ type: 'integer' }) replies!: number;
  @Field({ type: 'date' }) lastActivity!: Date | null;
  @Field({ type: blankSeparated }) tags!: string[];
  @Field({ type: [Watcher], wire: 'watcher' }) watchers!: Watcher[];
  @Field({ type: [CustomerNote], wire: 'note', when: { attribute: 'type', value: 'user' } })
  userNotes!: CustomerNote[];
  @Field({
    type: [CustomerNote],
    wire: 'note',
    when: { attribute: 'type', value: 'userorganization' },
  })
  organizationNotes!: CustomerNote[];
  @Embedded(() => Post, ['posts', 'post']) declare posts: Post[] | undefined;
  @Embedded(() => Note, ['note'], 'ticket') declare notes: Note[] | undefined;
  @Embedded(() => Note, ['note'], 'timetrack') declare timeTracks: Note[] | undefined;
}

@Entity({
  route: '/Tickets/TicketAttachment',
  root: 'attachments',
  element: 'attachment',
  actions: ['list', 'get'],
})
export class Attachment {
  @Id() id!: number;
  @Field() fileName!: string;
  @Field({ type: 'integer' }) fileSize!: number;
  @Field({ type: 'bytes' }) contents!: Buffer | null;
}

/** The root is the record, rows come in containers, and there is no id. */
@Entity({
  route: '/Tickets/TicketCount',
  root: 'ticketcount',
  element: 'ticketcount',
  actions: ['list'],
})
export class Count {
  @Field({ type: ['id'], wire: 'departments/id' }) departmentIds!: number[];
  @Field({ type: [Watcher], wire: 'owners/ownerstaff' }) owners!: Watcher[];
}

// Entities as a user declares them. Every field states its type, so that any compiler will do.
import {
  BelongsTo,
  type Collection,
  EditableEntity,
  Entity,
  Field,
  HasMany,
  Id,
  keyword,
  type Ref,
  Ticket,
  TicketPost,
  User,
} from '@kayako-orm/orm';

/** The resource of Department, with fewer fields and names of its own. */
@Entity({
  route: '/Base/Department',
  root: 'departments',
  element: 'department',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Desk extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: true }) title!: string;

  @Field({ type: keyword('public', 'private'), required: 'add' }) type!: 'public' | 'private';

  @Field({ type: 'text', write: 'add', required: 'add' }) module!: string;

  @Field({ type: Number, wire: 'displayorder' }) position!: number;

  @Field({ type: 'boolean', wire: 'uservisibilitycustom', resetWhenAbsent: true })
  restricted!: boolean;

  @Field({
    type: ['id'],
    wire: { read: 'usergroups/id', write: 'usergroupid' },
    resetWhenAbsent: true,
  })
  groupIds!: number[];

  @Field({ type: 'id', wire: 'parentdepartmentid', resetWhenAbsent: true }) parentId!:
    number | null;

  @BelongsTo(() => Desk, 'parentId') declare readonly parent: Ref<Desk>;

  @HasMany(() => Desk, 'parentId') declare readonly children: Collection<Desk>;

  @HasMany(() => SupportTicket, 'departmentId') declare readonly tickets: Collection<SupportTicket>;
}

/** A built-in entity with a field and relations on top. */
export class SupportTicket extends Ticket {
  @Field({ type: 'date', wire: 'creationtime', write: false }) readonly openedAt!: Date | null;

  @BelongsTo(() => Desk, 'departmentId') declare readonly desk: Ref<Desk>;

  @HasMany(() => TicketPost, 'ticketId') declare readonly messages: Collection<TicketPost>;
}

/** A class without a base class: the repository adds, saves and deletes it. */
@Entity({
  route: '/Base/UserGroup',
  root: 'usergroups',
  element: 'usergroup',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Group {
  @Id() id!: number;

  @Field({ type: 'text', required: true }) title!: string;

  @Field({ type: 'text', wire: 'grouptype', write: 'add', required: 'add' }) kind = 'registered';

  @Field({ type: 'boolean', write: false }) readonly isMaster!: boolean;

  @HasMany(() => User, 'userGroupId') declare readonly members: Collection<User>;
}

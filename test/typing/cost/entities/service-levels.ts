// What was promised to whom, and what happens when it is late.
import {
  BelongsTo,
  blankSeparated,
  type Collection,
  Department,
  EditableEntity,
  Entity,
  Field,
  type Forever,
  HasMany,
  Id,
  keyword,
  type Ref,
  Staff,
  TicketPriority,
  TicketStatus,
  TicketType,
  type UnknownCode,
  UserGroup,
  words,
} from '@kayako-orm/orm';

/** How quickly tickets are to be answered. */
@Entity({
  route: '/Tickets/SlaPlan',
  root: 'serviceplans',
  element: 'serviceplan',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class ServicePlan extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text' }) title!: string;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  @Field({ type: 'integer' }) sortOrder!: number;

  @Field({ type: 'id' }) scheduleId!: number | null;

  @Field({ type: 'integer' }) overdueHours!: number;

  @Field({ type: 'integer' }) resolutionDueHours!: number;

  @Field({ type: keyword('all', 'any', 'extended') }) ruleType!: 'all' | 'any' | 'extended';

  @Field({ type: 'id' }) departmentId!: number | null;

  @Field({ type: 'id' }) statusId!: number | null;

  @Field({ type: 'id' }) priorityId!: number | null;

  @Field({ type: 'id' }) typeId!: number | null;

  @Field({ type: 'id' }) ownerStaffId!: number | null;

  @Field({ type: 'id' }) userGroupId!: number | null;

  @Field({ type: ['id'] }) organizationIds!: number[];

  @Field({ type: ['id'] }) userIds!: number[];

  @Field({ type: 'date', write: false }) readonly createdOn!: Date | null;

  @Field({ type: 'date', write: false }) readonly updatedOn!: Date | null;

  @Field({ type: 'expiry' }) validUntil!: Date | Forever;

  @Field({ type: 'id', write: false }) readonly createdStaffId!: number | null;

  @Field({ type: 'integer', write: false }) readonly violations!: number;

  @Field({ type: 'text' }) note!: string;

  @BelongsTo(() => Department, 'departmentId') declare readonly department: Ref<Department>;

  @BelongsTo(() => TicketStatus, 'statusId') declare readonly status: Ref<TicketStatus>;

  @BelongsTo(() => TicketPriority, 'priorityId') declare readonly priority: Ref<TicketPriority>;

  @BelongsTo(() => TicketType, 'typeId') declare readonly type: Ref<TicketType>;

  @BelongsTo(() => Staff, 'ownerStaffId') declare readonly owner: Ref<Staff>;

  @BelongsTo(() => UserGroup, 'userGroupId') declare readonly group: Ref<UserGroup>;

  @HasMany(() => EscalationRule, 'planId') declare readonly rules: Collection<EscalationRule>;
}

/** What is done with tickets that are late. */
@Entity({
  route: '/Tickets/EscalationRule',
  root: 'escalationrules',
  element: 'escalationrule',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class EscalationRule extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'id' }) planId!: number | null;

  @Field({ type: 'text' }) title!: string;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  @Field({ type: words({ 1: 'overdue', 2: 'resolutionDue', 3: 'both' }) }) ruleType!:
    'overdue' | 'resolutionDue' | 'both' | UnknownCode | null;

  @Field({ type: 'id' }) newStaffId!: number | null;

  @Field({ type: 'id' }) newDepartmentId!: number | null;

  @Field({ type: 'id' }) newStatusId!: number | null;

  @Field({ type: 'id' }) newPriorityId!: number | null;

  @Field({ type: 'id' }) newTypeId!: number | null;

  @Field({
    type: words({
      1: 'none',
      2: 'purple',
      3: 'orange',
      4: 'green',
      5: 'yellow',
      6: 'red',
      7: 'blue',
    }),
  })
  flagType!:
    'none' | 'purple' | 'orange' | 'green' | 'yellow' | 'red' | 'blue' | UnknownCode | null;

  @Field({ type: blankSeparated }) addTags!: string[];

  @Field({ type: blankSeparated }) removeTags!: string[];

  @Field({ type: 'boolean' }) notifyOwner!: boolean;

  @Field({ type: 'boolean' }) notifyUser!: boolean;

  @Field({ type: 'boolean' }) notifyManager!: boolean;

  @Field({ type: ['id'] }) notifyStaffIds!: number[];

  @Field({ type: ['id'] }) notifyStaffGroupIds!: number[];

  @Field({ type: 'text' }) emailSubject!: string;

  @Field({ type: ['text'] }) emailTo!: string[];

  @Field({ type: 'integer' }) executionOrder!: number;

  @Field({ type: 'integer', write: false }) readonly executions!: number;

  @Field({ type: 'date', write: false }) readonly lastExecuted!: Date | null;

  @Field({ type: 'date', write: false }) readonly createdOn!: Date | null;

  @Field({ type: 'date', write: false }) readonly updatedOn!: Date | null;

  @Field({ type: 'id', write: false }) readonly createdStaffId!: number | null;

  @Field({ type: 'id', write: false }) readonly editedStaffId!: number | null;

  @Field({ type: 'integer' }) graceMinutes!: number;

  @Field({ type: 'optionalInteger' }) repeatMinutes!: number | null;

  @Field({ type: 'boolean' }) stopsOthers!: boolean;

  @Field({ type: keyword('email', 'sms', 'none') }) channel!: 'email' | 'sms' | 'none';

  @Field({ type: 'optionalText' }) phone!: string | null;

  @Field({ type: 'date' }) startsOn!: Date | null;

  @Field({ type: 'expiry' }) endsOn!: Date | Forever;

  @Field({ type: ['id'] }) weekdays!: number[];

  @BelongsTo(() => ServicePlan, 'planId') declare readonly plan: Ref<ServicePlan>;

  @BelongsTo(() => Staff, 'newStaffId') declare readonly newOwner: Ref<Staff>;

  @BelongsTo(() => Department, 'newDepartmentId') declare readonly newDepartment: Ref<Department>;

  @BelongsTo(() => TicketStatus, 'newStatusId') declare readonly newStatus: Ref<TicketStatus>;

  @BelongsTo(() => TicketPriority, 'newPriorityId')
  declare readonly newPriority: Ref<TicketPriority>;

  @BelongsTo(() => TicketType, 'newTypeId') declare readonly newType: Ref<TicketType>;

  @BelongsTo(() => Staff, 'createdStaffId') declare readonly creator: Ref<Staff>;

  @BelongsTo(() => Staff, 'editedStaffId') declare readonly editor: Ref<Staff>;
}

import { type Codec, Field, Id, type UnknownCode, words } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AttachedFile } from '../entity/attached-file.js';
import { type Collection } from '../entity/collection.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type writeOnly } from '../entity/markers.js';
import { type Ref } from '../entity/ref.js';
import { type RefList } from '../entity/ref-list.js';
import { BelongsTo, BelongsToMany, HasMany } from '../entity/relation-decorators.js';
import { Department } from './department.js';
import { Staff } from './staff.js';
import { TicketPriority } from './ticket-priority.js';
import { TicketType } from './ticket-type.js';
import { TroubleshooterAttachment } from './troubleshooter-attachment.js';
import { TroubleshooterCategory } from './troubleshooter-category.js';
import { TroubleshooterComment } from './troubleshooter-comment.js';

/** Whether a step is shown (§3.4). */
export type StepStatus = 'published' | 'draft' | UnknownCode;
const stepStatus: Codec<StepStatus | null> = words({ 1: 'published', 2: 'draft' });

/**
 * A step of a troubleshooter: a question or an answer, below its parents and above its children (§9.2). It may lead to a
 * ticket that is prepared for the customer.
 *
 * Every save needs `editedStaffId`.
 */
@Entity({
  route: '/Troubleshooter/Step',
  root: 'troubleshootersteps',
  element: 'troubleshooterstep',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  // In which order it comes is not said.
  access: [{ kind: 'whole', order: 'other' }],
})
export class TroubleshooterStep extends EditableEntity {
  declare readonly [writeOnly]: 'stepStatus';

  @Id() declare readonly id: number;

  /** Fixed once the step exists. */
  @Field({ type: 'id', write: 'add', required: 'add' }) categoryId!: number | null;

  /** Who made it. Fixed once the step exists. */
  @Field({ type: 'id', write: 'add', required: 'add' }) staffId!: number | null;

  @Field({ type: 'text', write: false }) readonly staffName!: string;

  @Field({ type: 'text', required: 'add', clearable: false }) subject!: string;

  /** Whether it was ever saved. */
  @Field({ type: 'boolean', write: false }) readonly edited!: boolean;

  /** Who saved it last, and who saves it next. */
  @Field({ type: 'id', write: 'save', required: 'save' }) editedStaffId!: number | null;

  @Field({ type: 'text', write: false }) readonly editedStaffName!: string;

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({ type: 'integer', write: false }) readonly views!: number;

  @Field({ type: 'boolean' }) allowComments!: boolean;

  @Field({ type: 'boolean', write: false }) readonly hasAttachments!: boolean;

  /** The files as the step names them. */
  @Field({ type: [AttachedFile], wire: 'attachments/attachment' }) readonly files!: AttachedFile[];

  /** The steps that lead to this one; empty for a step at the beginning. Steps that do not exist are left out. */
  @Field({
    type: ['id'],
    wire: { read: 'parentsteps/id', write: 'parentstepidlist' },
    separator: ',',
    none: '0',
  })
  parentStepIds!: number[];

  /** The steps that this one leads to. To change them, set their `parentStepIds`. */
  @Field({ type: ['id'], wire: 'childsteps/id', write: false }) readonly childStepIds!: number[];

  /** Whether the step offers to submit a ticket, with the four values below. */
  @Field({
    type: 'boolean',
    wire: { read: 'redirecttickets', write: 'enableticketredirection' },
  })
  redirectTickets!: boolean;

  /** Fixed once the step exists: saving would make a number of the text. */
  @Field({ type: 'text', write: 'add' }) ticketSubject!: string;

  @Field({ type: 'id' }) redirectDepartmentId!: number | null;

  @Field({ type: 'id' }) ticketTypeId!: number | null;

  @Field({ type: 'id', wire: { read: 'priorityid', write: 'ticketpriorityid' } })
  priorityId!: number | null;

  /** HTML. */
  @Field({ type: 'text', required: 'add', clearable: false }) contents!: string;

  /** Only when adding, and never returned. A draft unless told otherwise, or where the staff member may not publish. */
  @Field({ type: stepStatus, read: false, write: 'add' }) stepStatus!: StepStatus | null;

  @BelongsTo(() => TroubleshooterCategory, 'categoryId')
  declare readonly category: Ref<TroubleshooterCategory>;

  @BelongsToMany(() => TroubleshooterStep, 'parentStepIds')
  declare readonly parents: RefList<TroubleshooterStep>;

  @BelongsToMany(() => TroubleshooterStep, 'childStepIds')
  declare readonly children: RefList<TroubleshooterStep>;

  @HasMany(() => TroubleshooterComment, 'troubleshooterStepId')
  declare readonly comments: Collection<TroubleshooterComment>;

  @HasMany(() => TroubleshooterAttachment, 'troubleshooterStepId')
  declare readonly attachments: Collection<TroubleshooterAttachment>;

  @BelongsTo(() => Department, 'redirectDepartmentId')
  declare readonly redirectDepartment: Ref<Department>;

  @BelongsTo(() => TicketType, 'ticketTypeId') declare readonly ticketType: Ref<TicketType>;

  @BelongsTo(() => TicketPriority, 'priorityId') declare readonly priority: Ref<TicketPriority>;

  @BelongsTo(() => Staff, 'staffId') declare readonly staff: Ref<Staff>;

  @BelongsTo(() => Staff, 'editedStaffId') declare readonly editor: Ref<Staff>;

  override toString(): string {
    return printEntity(this, this.subject);
  }
}

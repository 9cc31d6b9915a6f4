// Guides that lead through questions to an answer.
import {
  AddableEntity,
  BelongsTo,
  type Collection,
  Department,
  EditableEntity,
  Entity,
  Field,
  HasMany,
  Id,
  type Ref,
  Staff,
  TicketPriority,
  TicketType,
  type UnknownCode,
  words,
  type writeOnly,
} from '@kayako-orm/orm';

/** A subject that has guides. */
@Entity({
  route: '/Troubleshooter/Category',
  root: 'guidecategories',
  element: 'guidecategory',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class GuideCategory extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'id' }) staffId!: number | null;

  @Field({ type: 'text', write: false }) readonly staffName!: string;

  @Field({ type: 'text' }) title!: string;

  @Field({ type: 'text' }) description!: string;

  @Field({ type: words({ 1: 'global', 2: 'public', 3: 'private' }) }) categoryType!:
    'global' | 'public' | 'private' | UnknownCode | null;

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({ type: 'integer', write: false }) readonly views!: number;

  @Field({ type: 'boolean' }) userVisibilityCustom!: boolean;

  @Field({ type: ['id'] }) userGroupIds!: number[];

  @Field({ type: 'boolean' }) staffVisibilityCustom!: boolean;

  @Field({ type: ['id'] }) staffGroupIds!: number[];

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'date', write: false }) readonly lastEdited!: Date | null;

  @Field({ type: 'text' }) language!: string;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  @BelongsTo(() => Staff, 'staffId') declare readonly owner: Ref<Staff>;

  @HasMany(() => GuideStep, 'categoryId') declare readonly steps: Collection<GuideStep>;
}

/** One question of a guide, with the steps that can follow. */
@Entity({
  route: '/Troubleshooter/Step',
  root: 'guidesteps',
  element: 'guidestep',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class GuideStep extends EditableEntity {
  declare readonly [writeOnly]: 'contents';

  @Id() declare readonly id: number;

  @Field({ type: 'id' }) categoryId!: number | null;

  @Field({ type: 'id' }) staffId!: number | null;

  @Field({ type: 'text', write: false }) readonly staffName!: string;

  @Field({ type: 'text' }) subject!: string;

  @Field({ type: 'boolean', write: false }) readonly edited!: boolean;

  @Field({ type: 'id' }) editedStaffId!: number | null;

  @Field({ type: 'text', write: false }) readonly editedStaffName!: string;

  @Field({ type: 'integer' }) displayOrder!: number;

  @Field({ type: 'integer', write: false }) readonly views!: number;

  @Field({ type: 'boolean' }) allowComments!: boolean;

  @Field({ type: 'boolean', write: false }) readonly hasAttachments!: boolean;

  @Field({ type: 'boolean' }) redirectTickets!: boolean;

  @Field({ type: 'text' }) ticketSubject!: string;

  @Field({ type: 'id' }) redirectDepartmentId!: number | null;

  @Field({ type: 'id' }) ticketTypeId!: number | null;

  @Field({ type: 'id' }) ticketPriorityId!: number | null;

  @Field({ type: words({ 1: 'published', 2: 'draft' }) }) stepStatus!:
    'published' | 'draft' | UnknownCode | null;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: ['id'] }) parentStepIds!: number[];

  @Field({ type: ['id'], write: false }) readonly childStepIds!: number[];

  @Field({ type: 'text', read: false, write: 'add' }) contents!: string;

  @BelongsTo(() => GuideCategory, 'categoryId') declare readonly category: Ref<GuideCategory>;

  @BelongsTo(() => Staff, 'staffId') declare readonly owner: Ref<Staff>;

  @BelongsTo(() => Department, 'redirectDepartmentId')
  declare readonly redirectDepartment: Ref<Department>;

  @BelongsTo(() => TicketType, 'ticketTypeId') declare readonly ticketType: Ref<TicketType>;

  @BelongsTo(() => TicketPriority, 'ticketPriorityId')
  declare readonly ticketPriority: Ref<TicketPriority>;

  @HasMany(() => GuideAttachment, 'stepId')
  declare readonly attachments: Collection<GuideAttachment>;
}

/** A file that belongs to a step. */
@Entity({
  route: '/Troubleshooter/Attachment',
  root: 'guideattachments',
  element: 'guideattachment',
  actions: ['list', 'get', 'add', 'delete'],
})
export class GuideAttachment extends AddableEntity {
  declare readonly [writeOnly]: 'contents';

  @Id() declare readonly id: number;

  @Field({ type: 'id' }) stepId!: number | null;

  @Field({ type: 'text' }) fileName!: string;

  @Field({ type: 'integer', write: false }) readonly fileSize!: number;

  @Field({ type: 'text', write: false }) readonly fileType!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'integer', write: false }) readonly downloads!: number;

  @Field({ type: 'optionalText', write: false }) readonly checksum!: string | null;

  @Field({ type: 'boolean', write: false }) readonly isInline!: boolean;

  @Field({ type: 'id', write: false }) readonly staffId!: number | null;

  @Field({ type: 'text', read: false, write: 'add' }) contents!: string;

  @BelongsTo(() => GuideStep, 'stepId') declare readonly step: Ref<GuideStep>;

  @BelongsTo(() => Staff, 'staffId') declare readonly uploader: Ref<Staff>;
}

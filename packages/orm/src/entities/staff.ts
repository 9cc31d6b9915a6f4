import { Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type writeOnly } from '../entity/markers.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo } from '../entity/relation-decorators.js';
import { StaffGroup } from './staff-group.js';

/** A member of the staff (§5.2). Optional texts cannot be cleared by saving: the server takes empty as "keep". */
@Entity({
  route: '/Base/Staff',
  root: 'staffusers',
  element: 'staff',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Staff extends EditableEntity {
  declare readonly [writeOnly]: 'password';

  @Id() declare readonly id: number;

  @Field({ type: 'id', required: true }) staffGroupId!: number | null;

  @Field({ type: 'text', required: true }) firstName!: string;

  @Field({ type: 'text', required: true }) lastName!: string;

  @Field({ type: 'text', write: false }) readonly fullName!: string;

  /** The login name; unique. */
  @Field({ type: 'text', required: 'add', clearable: false }) username!: string;

  /** Sent when set, never returned. */
  @Field({ type: 'text', read: false, required: 'add', clearable: false }) password!: string;

  @Field({ type: 'text', required: 'add', clearable: false }) email!: string;

  @Field({ type: 'text', clearable: false }) designation!: string;

  /** Live-chat greeting. */
  @Field({ type: 'text', clearable: false }) greeting!: string;

  @Field({ type: 'text', clearable: false }) mobileNumber!: string;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  /** A zone name, for example `Europe/Madrid`. */
  @Field({ type: 'text', clearable: false }) timezone!: string;

  @Field({ type: 'boolean' }) enableDst!: boolean;

  @Field({ type: 'text', wire: { read: 'signature', write: 'staffsignature' }, clearable: false })
  signature!: string;

  @BelongsTo(() => StaffGroup, 'staffGroupId') declare readonly group: Ref<StaffGroup>;

  override toString(): string {
    return printEntity(this, `${this.firstName} ${this.lastName}`);
  }
}

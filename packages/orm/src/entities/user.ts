import { Field, type Forever, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { type markerPaged, type writeOnly } from '../entity/markers.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo } from '../entity/relation-decorators.js';
import { UserGroup } from './user-group.js';
import { UserOrganization } from './user-organization.js';

/** A user (customer) of the help desk (§5.4). */
@Entity({
  route: '/Base/User',
  root: 'users',
  element: 'user',
  actions: ['list', 'get', 'add', 'save', 'delete'],
  access: [
    { kind: 'keyset', operation: 'Filter', maxItems: 1000 },
    {
      kind: 'search',
      route: '/Base/UserSearch',
      // All words in one field instead of any of them (§5.5).
      parameters: [['phrase', '1']],
      // An address, or a part of one that has the name before the @: a domain alone would find too many, as would a
      // person's name. Quotes, a leading sign and blanks mean something to the search, a backslash to the database.
      fields: { email: /^(?![+-])[^\s"'\\@]+@[^\s"'\\]*$/u },
    },
  ],
})
export class User extends EditableEntity {
  declare readonly [writeOnly]: 'password' | 'sendWelcomeEmail';
  declare readonly [markerPaged]: true;

  @Id() declare readonly id: number;

  /** A group of type `registered`. */
  @Field({ type: 'id', required: 'add', clearable: false }) userGroupId!: number | null;

  @Field({ type: keyword('user', 'manager'), clearable: false }) userRole!: 'user' | 'manager';

  /** Saving cannot detach a user from an organization. */
  @Field({ type: 'id', clearable: false }) userOrganizationId!: number | null;

  /** `Mr.`, `Ms.`, `Mrs.`, `Dr.`, or empty. */
  @Field({ type: 'text', clearable: false }) salutation!: string;

  @Field({ type: 'expiry', clearable: false }) userExpiry!: Date | Forever;

  @Field({ type: 'text', required: true }) fullName!: string;

  /** All addresses of the user; unique over all users. Saving replaces the whole list. */
  @Field({ type: ['text'], required: 'add', clearable: false }) email!: string[];

  @Field({ type: 'text', clearable: false }) designation!: string;

  /** At most 25 characters. */
  @Field({ type: 'text', clearable: false }) phone!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'date', write: false }) readonly lastVisit!: Date | null;

  @Field({ type: 'boolean' }) isEnabled!: boolean;

  /** A zone name, for example `Europe/Madrid`. */
  @Field({ type: 'text', clearable: false }) timezone!: string;

  @Field({ type: 'boolean' }) enableDst!: boolean;

  @Field({ type: 'id', clearable: false }) slaPlanId!: number | null;

  @Field({ type: 'expiry', clearable: false }) slaPlanExpiry!: Date | Forever;

  /** Only when adding; the server cannot change a password through the API. */
  @Field({ type: 'text', read: false, write: 'add', required: 'add' }) password!: string;

  /** Only when adding. */
  @Field({ type: 'boolean', read: false, write: 'add' }) sendWelcomeEmail!: boolean;

  @BelongsTo(() => UserGroup, 'userGroupId') declare readonly group: Ref<UserGroup>;

  @BelongsTo(() => UserOrganization, 'userOrganizationId')
  declare readonly organization: Ref<UserOrganization>;

  override toString(): string {
    return printEntity(this, this.fullName);
  }
}

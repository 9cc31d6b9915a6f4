import { type Forever, Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { EditableEntity, printEntity } from '../entity/entity.js';

/** An organization that users belong to (§5.7). Every save sends all fields: the server resets what is absent. */
@Entity({
  route: '/Base/UserOrganization',
  root: 'userorganizations',
  element: 'userorganization',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class UserOrganization extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: true }) name!: string;

  @Field({ type: keyword('restricted', 'shared'), required: 'add', clearable: false })
  organizationType!: 'restricted' | 'shared';

  @Field({ type: 'text', resetWhenAbsent: true }) address!: string;

  @Field({ type: 'text', resetWhenAbsent: true }) city!: string;

  @Field({ type: 'text', resetWhenAbsent: true }) state!: string;

  @Field({ type: 'text', resetWhenAbsent: true }) postalCode!: string;

  @Field({ type: 'text', resetWhenAbsent: true }) country!: string;

  @Field({ type: 'text', resetWhenAbsent: true }) phone!: string;

  @Field({ type: 'text', resetWhenAbsent: true }) fax!: string;

  @Field({ type: 'text', resetWhenAbsent: true }) website!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @Field({ type: 'date', write: false }) readonly lastUpdate!: Date | null;

  @Field({ type: 'id', resetWhenAbsent: true }) slaPlanId!: number | null;

  @Field({ type: 'expiry', resetWhenAbsent: true }) slaPlanExpiry!: Date | Forever;

  override toString(): string {
    return printEntity(this, this.name);
  }
}

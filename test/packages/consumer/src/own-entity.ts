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
  User,
} from '@kayako-orm/orm';

/** The same resource as UserOrganization, as a user of the packages declares it. */
@Entity({
  route: '/Base/UserOrganization',
  root: 'userorganizations',
  element: 'userorganization',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class Company extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: true }) name!: string;

  @Field({ type: keyword('restricted', 'shared'), wire: 'organizationtype', required: 'add' })
  kind!: 'restricted' | 'shared';

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  @HasMany(() => User, 'userOrganizationId') declare readonly people: Collection<User>;
}

export class CompanyTicket extends Ticket {
  @BelongsTo(() => Company, 'userOrganizationId') declare readonly company: Ref<Company>;
}

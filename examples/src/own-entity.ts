// A class of your own for a resource of the API, and one that extends a built-in entity.
// docs/own-entities.md shows the part between the rulers.
import { type Connected, Kayako, type Query, Repository } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

// ----- entity
import {
  BelongsTo,
  Collection,
  EditableEntity,
  Entity,
  Field,
  HasMany,
  Id,
  Ref,
  Ticket,
  User,
} from '@kayako-orm/orm';

@Entity({
  route: '/Base/UserOrganization',
  root: 'userorganizations',
  element: 'userorganization',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
class Company extends EditableEntity {
  @Id() declare readonly id: number;
  @Field({ type: 'text', required: true }) name!: string;
  @Field({ type: 'text', wire: 'organizationtype', required: 'add' }) kind!: string;
  @Field({ type: 'text', resetWhenAbsent: true }) city!: string;
  @Field({ type: 'date', wire: 'dateline', write: false }) readonly createdAt!: Date | null;
  @HasMany(() => User, 'userOrganizationId') declare readonly people: Collection<User>;
}

class SupportTicket extends Ticket {
  @BelongsTo(() => Company, 'userOrganizationId') declare readonly company: Ref<Company>;
}
// -----

// ----- repository
class TicketRepository extends Repository<Ticket> {
  constructor(kayako: Connected) {
    super(Ticket, kayako);
  }

  /** Unassigned tickets without an answer, the oldest first. */
  waiting(): Query<Ticket> {
    return this.where({ ownerStaffId: null, replies: 0 }).orderBy('creationTime');
  }
}
// -----

const sandbox = await startSandbox();
const kayako = new Kayako(sandbox);

const company = await kayako
  .create(Company, { name: 'Acme', kind: 'shared', city: 'Valletta' })
  .add();
console.log(String(company), company.createdAt?.toISOString().slice(0, 4));
const [example] = await kayako.repository(Company).where({ name: 'Example Ltd.' }).all();
for await (const user of example?.people ?? []) console.log(String(user));

const ticket = kayako.create(SupportTicket, {
  subject: 'Hello',
  contents: 'Hello',
  fullName: 'Test User',
  email: 'test@example.com',
  userId: 1,
  departmentId: 1,
  statusId: 1,
  priorityId: 1,
  typeId: 1,
});
await ticket.add();
console.log(String(ticket), String(await ticket.company.load()));
console.log(String(await new TicketRepository(kayako).waiting().firstOrFail()));

await kayako.close();
await sandbox.close();

// What can be given to a new entity: its writable fields.
import {
  type CreateInput,
  Department,
  FOREVER,
  type Kayako,
  Ticket,
  type TicketPost,
  TicketPriority,
  User,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export async function creating(kayako: Kayako, ticket: Ticket): Promise<void> {
  kayako.create(Department, { title: 'Sales', type: 'public', module: 'tickets' });
  kayako.create(User, { email: 'a@example.com', password: 'x', userExpiry: FOREVER });
  kayako.create(User, { email: ['a@example.com'], userExpiry: new Date(), sendWelcomeEmail: true });
  kayako.create(Ticket, { autoUserId: true, creationType: 'phone', contents: 'x' });

  // @ts-expect-error there is no such field
  kayako.create(Department, { titel: 'Sales' });
  // @ts-expect-error a type is public or private
  kayako.create(Department, { type: 'secret' });
  // @ts-expect-error the help desk gives the id
  kayako.create(Department, { id: 5 });
  // @ts-expect-error the help desk sets it
  kayako.create(Ticket, { displayId: 'ABC-123-45678' });
  // @ts-expect-error a relation is not given here
  kayako.create(Ticket, { department: null });
  // @ts-expect-error nothing of a priority can be given
  kayako.create(TicketPriority, { title: 'Critical' });

  const reply = ticket.posts.create({ contents: 'We have a patch.', staffId: 1 });
  expectTypeOf(reply).toEqualTypeOf<TicketPost>();
  // @ts-expect-error posts have no such field
  ticket.posts.create({ content: 'x' });
  expectTypeOf(await ticket.department.load()).toEqualTypeOf<Department | null>();
  expectTypeOf(ticket.department.id).toEqualTypeOf<number | null>();
  // @ts-expect-error a reference to a department takes a department
  ticket.department.set(kayako.create(User));
  // @ts-expect-error relations are not assigned
  ticket.posts = null;
  expectTypeOf<CreateInput<TicketPriority>>().toEqualTypeOf<Readonly<Record<string, never>>>();
}

// Conditions name fields that can be read, with values the fields can have.
import { type Kayako, Ticket, TicketStatus, User, type Where } from '@kayako-orm/orm';

export function conditions(kayako: Kayako): void {
  const tickets = kayako.repository(Ticket);
  tickets.where({ departmentId: 1, statusId: [1, 2], ownerStaffId: null, creator: 'staff' });
  tickets.where({ creator: ['user', 'code:42'], lastActivity: new Date(), tags: 'urgent' });
  kayako.repository(User).where({ email: ['a@example.com', 'b@example.com'], isEnabled: true });
  const condition: Where<TicketStatus> = { title: 'Open' };
  kayako.repository(TicketStatus).where(condition);

  // @ts-expect-error there is no such field
  tickets.where({ subjekt: 'x' });
  // @ts-expect-error a word that creators cannot be
  tickets.where({ creator: 'robot' });
  // @ts-expect-error replies is a number
  tickets.where({ replies: '3' });
  // @ts-expect-error a subject is never null
  tickets.where({ subject: null });
  // @ts-expect-error nor are elements of a list
  tickets.where({ departmentId: ['1'] });
  // @ts-expect-error contents is only sent, never returned
  tickets.where({ contents: 'x' });
  // @ts-expect-error so is a password
  kayako.repository(User).where({ password: 'x' });
  // @ts-expect-error a relation is no field
  tickets.where({ posts: [] });
  // @ts-expect-error a method is no field
  tickets.where({ save: null });
  // @ts-expect-error a query is no promise
  tickets.where({ id: 1 }).then(() => undefined);
}

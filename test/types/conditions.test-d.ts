// Conditions name fields that can be read, with values the fields can have.
import { FOREVER, type Kayako, Ticket, TicketStatus, User, type Where } from '@kayako-orm/orm';

export function conditions(kayako: Kayako): void {
  const tickets = kayako.repository(Ticket);
  tickets.where({ departmentId: 1, statusId: [1, 2], ownerStaffId: null, creator: 'staff' });
  tickets.where({ creator: ['user', 'code:42'], lastActivity: new Date(), tags: 'urgent' });
  kayako.repository(User).where({ email: ['a@example.com', 'b@example.com'], isEnabled: true });
  const condition: Where<TicketStatus> = { title: 'Open' };
  kayako.repository(TicketStatus).where(condition);

  tickets.where({ replies: { gte: 3, lt: 10 }, lastActivity: { lt: new Date() } });
  tickets.where({ subject: { contains: 'printer', ignoreCase: true }, userId: { ne: null } });
  tickets.where({ or: [{ ownerStaffId: null }, { tags: { some: { startsWith: 'vip' } } }] });
  tickets.where({ not: { and: [{ statusId: 3 }, { creator: { notIn: ['staff', null] } }] } });
  tickets.where({ department: { title: 'Sales' }, user: kayako.repository(User).where({ id: 1 }) });
  tickets.where({ owner: null, status: new TicketStatus() });
  tickets.orderBy('lastActivity', 'desc').orderBy('subject').skip(10).take(5);
  kayako.repository(User).where({ userExpiry: { gt: FOREVER } });

  // @ts-expect-error numbers hold no text
  tickets.where({ replies: { contains: '3' } });
  // @ts-expect-error words have no order
  tickets.where({ creator: { gt: 'staff' } });
  // @ts-expect-error booleans have no order
  tickets.where({ isEscalated: { gt: false } });
  // @ts-expect-error a comparison with null would always be false
  tickets.where({ replies: { gt: null } });
  // @ts-expect-error there is no such operator
  tickets.where({ subject: { like: '%x%' } });
  // @ts-expect-error a list takes values, or some
  tickets.where({ tags: { contains: 'x' } });
  // @ts-expect-error what departments do not have
  tickets.where({ department: { titel: 'Sales' } });
  // @ts-expect-error a query for something else
  tickets.where({ department: kayako.repository(User).where({ id: 1 }) });
  // @ts-expect-error an entity of another class
  tickets.where({ department: new User() });
  // @ts-expect-error an unknown field among alternatives
  tickets.where({ or: [{ subjekt: 'x' }] });
  // @ts-expect-error undefined is no value
  tickets.where({ subject: undefined });
  // @ts-expect-error a list has no order
  tickets.orderBy('tags');
  // @ts-expect-error nor has a relation
  tickets.orderBy('department');

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

// One mistake a statement, below the sentence that the compiler says.
import { Department, type Kayako, Ticket, TicketStatus, User } from '@kayako-orm/orm';

export function misuse(
  kayako: Kayako,
  maybe: number | undefined,
  text: string,
  ticket: Ticket,
): void {
  const tickets = kayako.repository(Ticket);
  const users = kayako.repository(User);
  const sales = users.where({ fullName: 'Sales' });
  const misspelt = { subjekt: 'x' };

  // there is no field subjekt
  tickets.where({ subjekt: 'x' });
  // there is no field subjekt
  tickets.where(misspelt);
  // there is no field subjekt
  tickets.where({ departmentId: 1 }).where({ subject: 'x', subjekt: 'x' });
  // there is no field subjekt
  tickets.where({ or: [{ subject: 'x' }, { subjekt: 'x' }] });
  // there is no field subjekt
  tickets.where({ and: [{ or: [{ not: { subjekt: 'x' } }] }] });
  // there is no field titel
  tickets.where({ department: { titel: 'Sales' } });
  // there is no field nam
  tickets.where({ user: { organization: { nam: 'ACME' } } });
  // there is no field titel
  tickets.where({ department: kayako.repository(Department).where({ titel: 'Sales' }) });
  // there is no field titel
  void kayako.filter(Department, { titel: 'Sales' });
  // there is no field titel
  void kayako.first(Department, { not: { titel: 'Sales' } });
  // there is no field content
  ticket.posts.where({ content: 'x' });
  // isNew is false for every row: it cannot be compared
  tickets.where({ isNew: true });
  // contents is only sent and never read: it cannot be compared
  tickets.where({ contents: 'x' });
  // password is only sent and never read: it cannot be compared
  users.where({ password: 'x' });
  // posts is no field that can be compared
  tickets.where({ posts: [] });
  // save is no field that can be compared
  tickets.where({ save: null });
  // watchers is no field that can be compared
  tickets.where({ watchers: { staffId: 1 } });

  // undefined never means any value: leave subject out, or use null for none
  tickets.where({ subject: undefined });
  // undefined never means any value: leave departmentId out, or use null for none
  tickets.where({ departmentId: maybe });
  // undefined never means any value: leave departmentId out, or use null for none
  tickets.where({ departmentId: [1, maybe] });
  // undefined never means any value: leave gt out, or use null for none
  tickets.where({ replies: { gt: maybe } });
  // undefined never means any value: leave ne out, or use null for none
  tickets.where({ departmentId: { ne: undefined } });
  // undefined never means any value: leave departmentId out, or use null for none
  tickets.where({ or: [{ departmentId: maybe }] });
  // undefined never means any value: leave departmentId out, or use null for none
  tickets.where({ not: { and: [{ departmentId: maybe }] } });
  // undefined never means any value: leave id out, or use null for none
  tickets.where({ department: { id: maybe } });
  // undefined never means any value: leave department out, or use null for none
  tickets.where({ department: undefined });
  // undefined never means any value: leave or out, or use null for none
  tickets.where({ or: undefined });
  // undefined never means any value: leave it out, or use null for none
  tickets.where({ not: undefined });
  // undefined never means any value: leave some out, or use null for none
  tickets.where({ tags: { some: undefined } });
  // undefined never means any value: leave startsWith out, or use null for none
  tickets.where({ tags: { some: { startsWith: undefined } } });
  // undefined never means any value: leave fullName out, or use null for none
  void kayako.first(User, { fullName: undefined });

  // replies takes a number
  tickets.where({ replies: '3' });
  // departmentId takes a number
  tickets.where({ departmentId: ['1'] });
  // departmentId takes a number
  tickets.where({ departmentId: text });
  // subject takes text
  tickets.where({ subject: 3 });
  // subject is never null
  tickets.where({ subject: null });
  // tags is never null
  tickets.where({ tags: ['urgent', null] });
  // tags takes text
  tickets.where({ tags: 5 });
  // isEscalated takes true or false
  tickets.where({ isEscalated: 'yes' });
  // lastActivity takes a Date
  tickets.where({ lastActivity: '2024-01-31' });
  // userExpiry takes a Date or FOREVER
  users.where({ userExpiry: 0 });
  // creator has no word robot
  tickets.where({ creator: 'robot' });
  // creator has no word robot
  tickets.where({ creator: ['staff', 'robot'] });
  // creator takes one of its words
  tickets.where({ creator: text });
  // creator takes one of its words
  tickets.where({ creator: 1 });
  // replies takes a number
  tickets.where({ replies: new Date() });
  // replies takes a number
  tickets.where({ or: [{ not: { replies: '3' } }] });

  // replies is a number, which has no operator contains
  tickets.where({ replies: { contains: '3' } });
  // subject is text, which has no operator like
  tickets.where({ subject: { like: '%x%' } });
  // creator is one of its words, which has no operator gt
  tickets.where({ creator: { gt: 'staff' } });
  // isEscalated is true or false, which has no operator gt
  tickets.where({ isEscalated: { gt: false } });
  // lastActivity is a Date, which has no operator startsWith
  tickets.where({ lastActivity: { startsWith: '2024' } });
  // some is text, which has no operator like
  tickets.where({ tags: { some: { like: 'x' } } });
  // title is text, which has no operator equals
  tickets.where({ or: [{ department: { title: { equals: 'Sales' } } }] });
  // tags is a list: give a value, several values, or { some: condition }
  tickets.where({ tags: { contains: 'x' } });
  // gt takes no null
  tickets.where({ replies: { gt: null } });
  // gt takes a number
  tickets.where({ replies: { gt: '3' } });
  // in takes a list, each element a number
  tickets.where({ replies: { in: 3 } });
  // notIn takes a list, each element one of its words
  tickets.where({ creator: { notIn: ['staff', 'robot'] } });
  // matches takes a regular expression
  tickets.where({ subject: { matches: '^x' } });
  // ignoreCase takes true or false
  tickets.where({ subject: { contains: 'x', ignoreCase: 1 } });

  // department refers to another class
  tickets.where({ department: sales });
  // department refers to another class
  tickets.where({ department: new User() });
  // organization refers to another class
  tickets.where({ or: [{ user: { organization: new TicketStatus() } }] });
  // department is a relation: give an entity, a condition, a query, or null
  tickets.where({ department: 1 });
  // department is a relation: give an entity, a condition, a query, or null
  tickets.where({ department: [{ title: 'Sales' }] });
  // or takes a list of conditions
  tickets.where({ or: { departmentId: 1 } });
  // a condition is an object of fields
  tickets.where({ not: [{ departmentId: 1 }] });
  // a condition is an object of fields
  tickets.where('open');
  // a condition is an object of fields
  tickets.where(null);
  // a condition is an object of fields
  tickets.where(ticket);
  // a condition is an object of fields
  tickets.where(() => true);
  // undefined never means any value
  tickets.where(undefined);

  // "titel"' is not assignable
  users.select('id', 'titel');
  // "password"' is not assignable
  users.pluck('password');
  // ActionNotAvailable<"save">
  void kayako.repository(TicketStatus).where({ id: 1 }).update({ title: 'x' });
  // ActionNotAvailable<"delete">
  void kayako.repository(TicketStatus).where({ id: 1 }).delete();
}

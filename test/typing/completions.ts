// Below each comment, some of what an editor proposes at the mark.
import { type Kayako, Ticket, User } from '@kayako-orm/orm';

export function completions(kayako: Kayako): void {
  const tickets = kayako.repository(Ticket);
  // departmentId subject tags owner or and not
  tickets.where({/*?*/});
  // eq ne gt gte lt lte in notIn
  tickets.where({ replies: {/*?*/} });
  // contains startsWith matches ignoreCase gt
  tickets.where({ subject: {/*?*/} });
  // eq ne in notIn
  tickets.where({ isEscalated: {/*?*/} });
  // some
  tickets.where({ tags: {/*?*/} });
  // contains eq
  tickets.where({ tags: { some: {/*?*/} } });
  // staff user thirdParty
  tickets.where({ creator: '/*?*/' });
  // staff user
  tickets.where({ creator: ['staff', '/*?*/'] });
  // departmentId user
  tickets.where({ or: [{ replies: 3 }, { not: {/*?*/} }] });
  // title module
  tickets.where({ department: {/*?*/} });
  // city name
  tickets.where({ user: { organization: {/*?*/} } });
  // fullName email
  void kayako.first(User, {/*?*/});
}

// Without exactOptionalPropertyTypes, which most projects leave off, an `undefined` in a condition is refused as well.
import { type Kayako, Ticket, User, type Where } from '@kayako-orm/orm';

export function loose(kayako: Kayako, maybe: number | undefined, condition: Where<Ticket>): void {
  const tickets = kayako.repository(Ticket);
  tickets.where({ departmentId: 1, or: [{ replies: { gt: 3 } }] });
  tickets.where(condition);
  tickets.where(maybe === undefined ? {} : { departmentId: maybe });

  // @ts-expect-error undefined is no value
  tickets.where({ departmentId: undefined });
  // @ts-expect-error it may be undefined
  tickets.where({ departmentId: maybe });
  // @ts-expect-error also in a list
  tickets.where({ departmentId: [1, maybe] });
  // @ts-expect-error also in an operator
  tickets.where({ replies: { gt: maybe } });
  // @ts-expect-error also among alternatives
  tickets.where({ or: [{ departmentId: maybe }] });
  // @ts-expect-error also in a negation
  tickets.where({ not: { departmentId: maybe } });
  // @ts-expect-error also of a relation
  tickets.where({ department: { id: maybe } });
  // @ts-expect-error also in the short forms
  void kayako.first(User, { fullName: undefined });
}

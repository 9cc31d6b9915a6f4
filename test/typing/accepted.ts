// What is right compiles: conditions put together from parts, and functions that are generic in the entity.
import {
  type BaseEntity,
  type Kayako,
  type Query,
  type Repository,
  type Staff,
  Ticket,
  type Where,
} from '@kayako-orm/orm';

export function fromParts(
  kayako: Kayako,
  base: Where<Ticket>,
  optional: { departmentId?: number; subject?: string },
  day: Date | null,
  staff: Staff | null,
  ids: number | number[],
): void {
  const tickets = kayako.repository(Ticket);
  tickets.where(base);
  tickets.where({ ...base, departmentId: 1 });
  tickets.where({ or: [base, { departmentId: 1 }] });
  tickets.where(optional);
  tickets.where({ ...optional, replies: 3 });
  tickets.where({ lastActivity: day, owner: staff, departmentId: ids });
  tickets.where(day === null ? {} : { lastActivity: { gt: day } });
  tickets.where({ ...(day !== null && { lastActivity: { gt: day } }) });
  tickets.where({ department: base.department ?? { title: 'Sales' } });
  tickets.where({ creator: ['user', 'code:42'] });
  const written = { departmentId: 1, or: [{ subject: 'x' }, { replies: { gt: 1 } }] };
  tickets.where(written);
  const conditions: Where<Ticket>[] = [];
  tickets.where({ or: conditions });
  tickets.where({ or: conditions.map((each) => ({ not: each })) });
  tickets.where({ or: [1, 2].map((departmentId) => ({ departmentId })) });
  tickets.where<Where<Ticket>>({ departmentId: 1 });
}

export function combined<Entity extends BaseEntity>(
  repository: Repository<Entity>,
  condition: Where<Entity>,
  other: Where<Entity>,
): Query<Entity> {
  repository.where({ or: [condition, other] });
  repository.where({ and: [condition, { not: other }] });
  return repository.where(condition).where({ not: other });
}

export async function count<Entity extends BaseEntity>(
  kayako: Kayako,
  type: new () => Entity,
  condition: Where<Entity>,
): Promise<number> {
  await kayako.first(type, condition);
  return (await kayako.filter(type, condition)).length;
}

/** A function for all entities that have some field names that field, and needs no type parameter. */
export function byId(
  repository: Repository<{ readonly id: number }>,
  id: number,
): Query<{ readonly id: number }> {
  return repository.where({ id });
}

export function ticketById(kayako: Kayako): Query<{ readonly id: number }> {
  return byId(kayako.repository(Ticket), 1);
}

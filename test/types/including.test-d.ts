// What was included is there, with its type; what was not does not compile.
import {
  Department,
  type Kayako,
  type Loaded,
  Ticket,
  type TicketAttachment,
  TicketPost,
  TicketStatus,
  type RefList,
  type User,
  UserGroup,
  type UserOrganization,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

declare function use(value: unknown): void;

export async function including(kayako: Kayako): Promise<void> {
  const tickets = kayako.repository(Ticket).where({ statusId: 1 });
  const ticket = await tickets
    .include('department', 'posts', 'posts.attachments', 'user.organization')
    .orderBy('id')
    .take(5)
    .firstOrFail();
  expectTypeOf(ticket.department.value).toEqualTypeOf<Department | null>();
  expectTypeOf(ticket.posts.items[0]?.contents).toEqualTypeOf<string | undefined>();
  expectTypeOf(ticket.posts.items[0]?.attachments.items[0]).toEqualTypeOf<
    TicketAttachment | undefined
  >();
  expectTypeOf(ticket.user.value?.organization.value).toEqualTypeOf<
    UserOrganization | null | undefined
  >();
  expectTypeOf(ticket).toExtend<Ticket>();
  await ticket.save();
  expectTypeOf(await ticket.owner.load()).not.toBeAny();

  const tree = tickets.include({
    user: { include: { organization: true } },
    posts: {
      where: { creator: 'staff' },
      orderBy: { dateline: 'desc' },
      take: 3,
      include: { attachments: true },
    },
  });
  for await (const each of tree) {
    expectTypeOf(each.posts.items[0]?.attachments.items).toEqualTypeOf<
      readonly TicketAttachment[] | undefined
    >();
    expectTypeOf(each.user.value).toExtend<User | null>();
    // @ts-expect-error the department was not included
    use(each.department.value);
  }
  const more = await tickets.include('department').include('owner').all();
  expectTypeOf(more).toEqualTypeOf<Loaded<Ticket, 'department' | 'owner'>[]>();

  // @ts-expect-error posts were not included
  use(more[0]?.posts.items);
  // @ts-expect-error attachments of the posts were not included
  use((await tickets.include('posts').firstOrFail()).posts.items[0]?.attachments.items);
  // @ts-expect-error what was loaded cannot be assigned
  ticket.department.value = null;
  // @ts-expect-error there is no such relation
  tickets.include('departmnt');
  // @ts-expect-error a field is no relation
  tickets.include('subject');
  // @ts-expect-error posts have no such relation
  tickets.include('posts.author');
  // @ts-expect-error four levels are too deep
  tickets.include('user.organization.users.group');
  // @ts-expect-error at least one relation
  tickets.include();
  // @ts-expect-error posts have no such field
  tickets.include({ posts: { where: { subjekt: 'x' } } });
  // @ts-expect-error there is no such option
  tickets.include({ posts: { limit: 3 } });
  // @ts-expect-error a reference has no conditions
  tickets.include({ department: { where: { title: 'x' } } });
  // @ts-expect-error a direction is asc or desc
  tickets.include({ posts: { orderBy: { dateline: 'up' } } });
  // @ts-expect-error statuses have no relations
  kayako.repository(TicketStatus).include('department');
  kayako.repository(TicketPost).where({ ticketId: 1 }).include('attachments');
}

declare const kayako: Kayako;

declare class Section extends Department {
  readonly userGroups: RefList<UserGroup>;
}
export async function lists(): Promise<void> {
  const sections = kayako.repository(Section);
  const section = await sections.include('userGroups').firstOrFail();
  expectTypeOf(section.userGroups.items).toEqualTypeOf<readonly UserGroup[]>();
  expectTypeOf(section.userGroups.ids).toEqualTypeOf<readonly number[]>();
  sections.where({ userGroups: { title: 'Gold' } });
  sections.where({ userGroups: kayako.repository(UserGroup).where({ id: 1 }) });

  // @ts-expect-error groups have no such field
  sections.where({ userGroups: { titel: 'Gold' } });
  // @ts-expect-error a list is never null
  sections.where({ userGroups: null });
  // @ts-expect-error another class
  sections.where({ userGroups: section });
  // @ts-expect-error they are referred to, not owned
  section.userGroups.create({ title: 'Gold' });
  // @ts-expect-error to refer to others, set userGroupIds
  section.userGroups = [];
  // @ts-expect-error a list of references has no conditions
  sections.include({ userGroups: { where: { id: 1 } } });
  // @ts-expect-error it was not included
  use((await sections.firstOrFail()).userGroups.items);
}

// What an entity lacks does not compile.
import {
  type Department,
  type Kayako,
  Staff,
  Ticket,
  TicketAttachment,
  TicketCount,
  TicketCustomField,
  TicketNote,
  TicketPost,
  TicketPriority,
  TicketStatus,
  TicketTimeTrack,
  TicketType,
  User,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export async function actions(kayako: Kayako, department: Department): Promise<void> {
  expectTypeOf(await department.add()).toEqualTypeOf<Department>();
  expectTypeOf(await department.save()).toEqualTypeOf<Department>();
  expectTypeOf(department.id).toEqualTypeOf<number>();

  for (const status of await kayako.getAll(TicketStatus)) {
    // @ts-expect-error statuses cannot be saved
    await status.save();
    // @ts-expect-error statuses cannot be added
    await status.add();
    // @ts-expect-error statuses cannot be deleted
    await status.delete();
    // @ts-expect-error nor through the repository
    await kayako.repository(TicketStatus).add(status);
    // @ts-expect-error fields that the help desk sets cannot be assigned
    status.title = 'x';
  }
  const type = await kayako.repository(TicketType).firstOrFail();
  // @ts-expect-error types cannot be deleted
  await kayako.repository(TicketType).delete(type);
  const priority = await kayako.repository(TicketPriority).firstOrFail();
  // @ts-expect-error priorities cannot be saved
  await kayako.repository(TicketPriority).save(priority);

  const post = await kayako.repository(TicketPost).where({ ticketId: 1 }).firstOrFail();
  await post.delete();
  // @ts-expect-error posts cannot be changed
  await post.save();
  const note = await kayako.repository(TicketNote).where({ ticketId: 1 }).firstOrFail();
  // @ts-expect-error notes cannot be changed
  await kayako.repository(TicketNote).save(note);
  const attachment = kayako.create(TicketAttachment);
  // @ts-expect-error attachments cannot be changed
  await attachment.save();
  const track = kayako.create(TicketTimeTrack);
  // @ts-expect-error time tracks cannot be changed
  await track.save();
  const group = await kayako.repository(TicketCustomField).where({ ticketId: 1 }).firstOrFail();
  // @ts-expect-error custom field groups have no single get
  await group.reload();
  const count = await kayako.getAll(TicketCount);
  expectTypeOf(count).toEqualTypeOf<TicketCount>();
  // @ts-expect-error there is nothing to delete
  await count.delete();

  expectTypeOf(await kayako.get(User, 1)).toEqualTypeOf<User | null>();
  expectTypeOf(await kayako.get(TicketPost, 1, 2)).toEqualTypeOf<TicketPost | null>();
  // @ts-expect-error children of a ticket need the ticket's id
  await kayako.get(TicketPost, 1);
  // @ts-expect-error one id is enough
  await kayako.get(User, 1, 2);
  // @ts-expect-error ids are numbers
  await kayako.get(User, '1');

  // @ts-expect-error only users are paged by marker
  kayako.repository(Ticket).stream({ marker: 1 });
  // @ts-expect-error only users have such pages
  kayako.repository(Staff).pages();
  kayako.repository(User).stream({ marker: 1, maxItems: 10 });
}

export function events(kayako: Kayako): void {
  kayako.repository(Ticket).on('beforeSave', ({ entity, changes }) => {
    expectTypeOf(entity).toEqualTypeOf<Ticket>();
    expectTypeOf(changes[0]?.field).toEqualTypeOf<string | undefined>();
  });
  kayako.repository(TicketStatus).on('loaded', ({ entity }) => {
    expectTypeOf(entity).toEqualTypeOf<TicketStatus>();
  });
  // @ts-expect-error statuses are never added
  kayako.repository(TicketStatus).on('afterAdd', () => undefined);
  // @ts-expect-error posts cannot be saved
  kayako.repository(TicketPost).on('beforeSave', () => undefined);
  // @ts-expect-error there is no such event
  kayako.repository(Ticket).on('beforeLoad', () => undefined);
  kayako.repository(Ticket).on('afterAdd', (event) => {
    // @ts-expect-error an added entity has no changes
    expectTypeOf(event.changes);
  });
}

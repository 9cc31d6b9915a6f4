// What a session takes and gives.
import {
  type Connected,
  FlushError,
  type FlushReport,
  type Kayako,
  Repository,
  type Session,
  Ticket,
  TicketPost,
  TicketStatus,
  User,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

class TicketRepository extends Repository<Ticket> {
  constructor(kayako: Connected) {
    super(Ticket, kayako);
  }
}

export async function sessions(kayako: Kayako): Promise<void> {
  const session: Session = kayako.session();
  expectTypeOf(session.add(session.create(User, { fullName: 'Ann' }))).toEqualTypeOf<User>();
  expectTypeOf(await session.repository(Ticket).get(1)).toEqualTypeOf<Ticket | null>();
  expectTypeOf(await session.flush({ dryRun: true })).toEqualTypeOf<FlushReport>();
  expectTypeOf(new TicketRepository(session).take(1)).toEqualTypeOf(
    new TicketRepository(kayako).take(1),
  );
  const error: unknown = null;
  if (error instanceof FlushError) expectTypeOf(error.report).toEqualTypeOf<FlushReport>();

  const status = await session.repository(TicketStatus).firstOrFail();
  // @ts-expect-error statuses are never added
  session.add(status);
  // @ts-expect-error nor deleted
  session.remove(status);
  const post = await session.repository(TicketPost).where({ ticketId: 1 }).firstOrFail();
  session.remove(post);
  // @ts-expect-error there is no such option
  await session.flush({ dryrun: true });
  // @ts-expect-error what to do on failure is keep or undo
  await session.flush({ onFailure: 'stop' });
  // @ts-expect-error not an entity
  session.add('ticket');
}

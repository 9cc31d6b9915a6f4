// A change says what kind it is, and then what is known of the row.
import {
  type Change,
  type Kayako,
  type RemovedRow,
  Repository,
  Ticket,
  TicketPost,
  User,
  watch,
  type WatchCursor,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';
import { type Observable } from 'rxjs';

export function watching(kayako: Kayako, cursor: WatchCursor, text: string): void {
  const tickets = kayako.repository(Ticket);
  const changes$ = watch(tickets.where({ departmentId: 1 }), { everyMs: 5000 });
  expectTypeOf(changes$).toEqualTypeOf<Observable<Change<Ticket>>>();
  expectTypeOf(watch(kayako.repository(User), { everyMs: 1, from: cursor })).toEqualTypeOf<
    Observable<Change<User>>
  >();
  class Open extends Repository<Ticket> {}
  watch(new Open(Ticket, kayako), { everyMs: 1, from: text, sweepEvery: 5 });
  watch(tickets.filter((ticket) => ticket.replies > 3).budget({ requests: 50 }), {
    everyMs: 1,
    from: null,
    signal: AbortSignal.timeout(1000),
    checkpoint: async (reached) => {
      expectTypeOf(reached).toEqualTypeOf<WatchCursor>();
      await Promise.resolve(JSON.stringify(reached));
    },
  });

  changes$.subscribe((change) => {
    expectTypeOf(change.kind).toEqualTypeOf<'added' | 'changed' | 'removed'>();
    expectTypeOf(change.entity.id).toEqualTypeOf<number>();
    expectTypeOf(change.cursor).toEqualTypeOf<WatchCursor>();
    if (change.kind === 'removed') {
      expectTypeOf(change.entity).toEqualTypeOf<RemovedRow<Ticket>>();
      // @ts-expect-error nothing else is known of it
      expectTypeOf(change.entity.subject).toBeString();
      // @ts-expect-error it cannot be saved
      void change.entity.save();
      return;
    }
    expectTypeOf(change.entity).toEqualTypeOf<Ticket>();
    if (change.kind === 'changed') change.fields.includes('lastActivity');
    // @ts-expect-error a password is never read, and a relation is no field
    if (change.kind === 'changed') change.fields.includes('posts');
    // @ts-expect-error a change is not to be changed
    change.kind = 'added';
  });
  watch(kayako.repository(TicketPost).where({ ticketId: 1 }), { everyMs: 1 }).subscribe(
    ({ entity }) => {
      expectTypeOf(entity.ticketId).toEqualTypeOf<TicketPost['ticketId']>();
    },
  );

  // @ts-expect-error how often is for the caller to say
  watch(tickets, {});
  // @ts-expect-error there is no such option
  watch(tickets, { everyMs: 1, every: 5 });
  // @ts-expect-error a number of milliseconds
  watch(tickets, { everyMs: '5s' });
  // @ts-expect-error rows of a selection are no entities
  watch(tickets.select('id'), { everyMs: 1 });
  // @ts-expect-error relations are not compared
  watch(tickets.include('department'), { everyMs: 1 });
  // @ts-expect-error the children of one ticket are a query: ticket.posts.where({})
  watch(tickets.create().posts, { everyMs: 1 });
}

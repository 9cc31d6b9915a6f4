// Selections are read-only data of just their fields; what writes many rows exists where the action does.
import {
  type BulkReport,
  type Kayako,
  type Query,
  type ScanOptions,
  Ticket,
  TicketCount,
  TicketPost,
  TicketStatus,
  User,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export async function selecting(kayako: Kayako): Promise<void> {
  const users = kayako.repository(User);
  const rows = await users.where({ isEnabled: true }).select('id', 'email').take(5).all();
  expectTypeOf(rows).toEqualTypeOf<{ readonly id: number; readonly email: readonly string[] }[]>();
  expectTypeOf(await users.select('userExpiry').orderBy('fullName').first()).toEqualTypeOf<{
    readonly userExpiry: User['userExpiry'];
  } | null>();
  expectTypeOf(await users.pluck('fullName').all()).toEqualTypeOf<string[]>();
  expectTypeOf(await users.pluck('email').firstOrFail()).toEqualTypeOf<readonly string[]>();
  for await (const id of users.pluck('id').filter((user) => user.isEnabled)) {
    expectTypeOf(id).toEqualTypeOf<number>();
  }
  const run = await users.select('id').run();
  expectTypeOf(run.rows).toEqualTypeOf<{ readonly id: number }[]>();
  expectTypeOf(run.cost.firstRowMs).toEqualTypeOf<number | null>();
  expectTypeOf(users.where({ id: 1 })).toEqualTypeOf<Query<User>>();
  kayako.repository(Ticket).where({ user: users.select('fullName') });
  kayako.repository(TicketCount).select('departments', 'unassigned');

  const [row] = rows;
  // @ts-expect-error it is read only
  if (row !== undefined) row.id = 5;
  // @ts-expect-error so are its lists
  row?.email.push('a@b.c');
  // @ts-expect-error what was not selected is not there
  expectTypeOf(row?.fullName).toEqualTypeOf<string>();
  // @ts-expect-error it is no entity
  void row?.save();
  // @ts-expect-error and cannot be saved as one
  if (row !== undefined) void users.save(row);
  // @ts-expect-error there is no such field
  users.select('titel');
  // @ts-expect-error a password never comes back
  users.select('password');
  // @ts-expect-error a relation is no field
  users.select('group');
  // @ts-expect-error a method is no field
  users.pluck('save');
  // @ts-expect-error at least one field
  users.select();
  // @ts-expect-error just one field
  users.pluck('id', 'email');
  // @ts-expect-error a query for another class
  kayako.repository(Ticket).where({ department: users.select('id') });
  // @ts-expect-error there is no such resource
  users.budget({ seconds: 5 });
  // @ts-expect-error limits are numbers
  users.budget({ rows: '5' });
}

export async function bulk(kayako: Kayako): Promise<void> {
  const tickets = kayako.repository(Ticket).where({ statusId: 3 });
  const report = await tickets.update({ ownerStaffId: null }, { max: 10, dryRun: true });
  expectTypeOf(report).toEqualTypeOf<BulkReport<Ticket>>();
  expectTypeOf(report.rows[0]?.entity).toEqualTypeOf<Ticket | undefined>();
  await tickets.delete({ max: 10 });

  // @ts-expect-error there is no such field
  await tickets.update({ titel: 'x' });
  // @ts-expect-error the help desk sets it
  await tickets.update({ displayId: 'ABC-123-45678' });
  // @ts-expect-error a status is a number
  await tickets.update({ statusId: 'Closed' });
  // @ts-expect-error rows of a selection are not written
  await tickets.select('id').delete();
  // @ts-expect-error there is no such option
  await tickets.update({ statusId: 3 }, { force: true });
  const posts = kayako.repository(TicketPost).where({ ticketId: 1 });
  await posts.delete();
  // @ts-expect-error posts cannot be changed
  await posts.update({ contents: 'x' });
  const statuses = kayako.repository(TicketStatus).where({ id: 1 });
  // @ts-expect-error statuses cannot be deleted
  await statuses.delete();
  // @ts-expect-error nor with options
  await statuses.delete({ max: 1 });
  // @ts-expect-error nor changed
  await statuses.update({ title: 'x' });
}

export async function scanning(kayako: Kayako): Promise<void> {
  const users = kayako.repository(User);
  for await (const user of users.scan()) expectTypeOf(user).toEqualTypeOf<User>();
  const { signal } = new AbortController();
  const options: ScanOptions = { concurrency: 4, ordered: false, signal };
  expectTypeOf(users.where({ isEnabled: true }).scan(options)).toEqualTypeOf<AsyncIterable<User>>();
  expectTypeOf(users.pluck('id').scan({ concurrency: 2 })).toEqualTypeOf<AsyncIterable<number>>();
  for await (const ticket of kayako.repository(Ticket).include('department').scan()) {
    expectTypeOf(ticket.department.value?.title).toEqualTypeOf<string | undefined>();
  }

  // @ts-expect-error how many is a number
  users.scan({ concurrency: '4' });
  // @ts-expect-error there is no such option
  users.scan({ concurency: 4 });
  // @ts-expect-error it is true or false
  users.scan({ ordered: 'no' });
  // @ts-expect-error a scan is no query
  users.scan().where({ id: 1 });
}

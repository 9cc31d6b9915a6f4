import { Department, type Kayako, Ticket, TicketPost, TicketStatus, User } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
let kayako: Kayako;
beforeEach(async () => {
  desk = await startDesk({ users: 30, tickets: 40, seed: 9 });
  ({ kayako } = desk);
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const writes = (requests: readonly string[]): string[] =>
  requests.filter((request) => /^(PUT|DELETE)/.test(request));

describe('update', () => {
  it('saves the new values into each row, after all rows were read', async () => {
    const query = kayako.repository(Ticket).where({ departmentId: 1, statusId: [1, 2] });
    const before = await query.all();
    expect(before.length).toBeGreaterThan(2);
    desk.requests();
    const report = await query.update({ statusId: 3, ownerStaffId: 1 });
    const requests = desk.requests();
    expect(requests[0]).toMatch(/^GET .*ListAll/);
    expect(writes(requests)).toEqual(before.map(({ id }) => `PUT /Tickets/Ticket/${id}`));
    expect(requests.slice(1)).toEqual(writes(requests));
    expect(report).toMatchObject({ done: before.length, failed: 0, skipped: 0, unchanged: 0 });
    expect(report.rows.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(report.rows[0]?.changes).toContainEqual({
      field: 'statusId',
      before: before[0]?.statusId,
      after: 3,
    });
    expect(String(report)).toBe(`<update of ${before.length} Ticket: ${before.length} done>`);
    expect(await query.count()).toBe(0);
    for (const { entity } of report.rows) expect(entity.statusId).toBe(3);
  });

  it('sends nothing for rows that have the values already', async () => {
    const users = kayako.repository(User).where({ id: [3, 4, 5] });
    await users.take(1).update({ designation: 'Chief' });
    desk.requests();
    const report = await users.update({ designation: 'Chief' });
    expect(report.rows.map(({ status }) => status)).toEqual(['unchanged', 'done', 'done']);
    expect(writes(desk.requests())).toHaveLength(2);
    expect(await users.pluck('designation').all()).toEqual(['Chief', 'Chief', 'Chief']);
  });

  it('only says what it would do in a dry run', async () => {
    const users = kayako.repository(User).where({ id: [3, 4] });
    desk.requests();
    const report = await users.update(
      { isEnabled: false, email: 'new@example.com' },
      { dryRun: true },
    );
    expect(writes(desk.requests())).toEqual([]);
    expect(report).toMatchObject({ planned: 2, done: 0 });
    const [first] = report.rows;
    expect(first?.changes.map(({ field }) => field).sort()).toEqual(['email', 'isEnabled']);
    expect(first?.changes).toContainEqual({
      field: 'email',
      before: first?.entity.email,
      after: ['new@example.com'],
    });
    expect(first?.entity.isEnabled).toBe(true);
    expect(await users.pluck('isEnabled').all()).toEqual([true, true]);
  });

  it('reports a row that fails and goes on with the others', async () => {
    const users = kayako.repository(User).where({ id: [2, 3, 4] });
    const taken = (await users.all())[0]?.email[0] ?? '';
    const failing = await users.update({ email: [taken] });
    expect(failing.rows.map(({ status }) => status)).toEqual(['unchanged', 'failed', 'failed']);
    expect(failing.rows[1]?.error).toMatchObject({ code: 'BAD_REQUEST' });
    expect(failing.rows[1]?.changes).toHaveLength(1);
  });

  it('reports what cannot be saved before it is sent, also in a dry run', async () => {
    const users = kayako.repository(User).where({ id: [2, 3] });
    await users.take(1).update({ phone: '123' });
    desk.requests();
    for (const dryRun of [true, false]) {
      const report = await users.take(1).update({ phone: '' }, { dryRun });
      expect(report.rows[0]).toMatchObject({
        status: 'failed',
        error: { code: 'FIELD_NOT_CLEARABLE' },
      });
    }
    expect(writes(desk.requests())).toEqual([]);
  });

  it('skips the rest once a row fails for a reason that concerns all', async () => {
    const users = kayako.repository(User).where({ id: [3, 4, 5, 6] });
    const report = await users.budget({ requests: 3 }).update({ designation: 'Chief' });
    expect(report.rows.map(({ status }) => status)).toEqual(['done', 'done', 'failed', 'skipped']);
    expect(report.rows[2]?.error).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(await users.pluck('designation').all()).not.toEqual(Array(4).fill('Chief'));
  });

  it('ends with the reason of the signal', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const users = kayako.repository(User).where({ id: { lte: 20 } });
    const update = users
      .filter(() => {
        abort.abort(reason);
        return true;
      })
      .update({ designation: 'Chief' }, { signal: abort.signal });
    expect(await errorOf(() => update)).toBe(reason);
    expect(writes(desk.requests())).toEqual([]);
  });
});

describe('delete', () => {
  it('deletes each row, after all rows were read', async () => {
    const query = kayako.repository(Ticket).where({ departmentId: 1, statusId: [1, 2, 3] });
    const before = await query.all();
    const others = (await kayako.repository(Ticket).count()) - before.length;
    desk.requests();
    const report = await query.delete();
    expect(writes(desk.requests())).toEqual(before.map(({ id }) => `DELETE /Tickets/Ticket/${id}`));
    expect(report).toMatchObject({ done: before.length, failed: 0 });
    expect(report.rows.every(({ entity }) => entity.isNew)).toBe(true);
    expect(report.rows.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(await kayako.repository(Ticket).count()).toBe(others);
  });

  it('deletes children of a ticket, and the ticket knows', async () => {
    const { ticket, reply } = await samples.answeredTicket(kayako);
    expect(await ticket.posts.count()).toBe(2);
    const report = await ticket.posts.where({ creator: 'staff' }).delete();
    expect(report.rows.map(({ id }) => id)).toEqual([reply.id]);
    expect(await ticket.posts.count()).toBe(1);
    const rest = kayako.repository(TicketPost).where({ ticketId: ticket.id });
    expect(await rest.delete({ dryRun: true })).toMatchObject({ planned: 1 });
    expect(await rest.count()).toBe(1);
  });
});

describe('both', () => {
  it('refuse more rows than max before anything is changed', async () => {
    const users = kayako.repository(User).where({ id: { gt: 20 } });
    const count = await users.count();
    desk.requests();
    const error = await errorOf(() => users.delete({ max: count - 1 }));
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', resource: 'rows' });
    expect(error.message).toContain(`more than ${count - 1} rows`);
    expect(error.message).toContain('Nothing was changed');
    expect(await errorOf(() => users.update({ phone: '1' }, { max: 0 }))).toMatchObject({
      code: 'BUDGET_EXCEEDED',
    });
    expect(writes(desk.requests())).toEqual([]);
    expect(await users.update({ designation: 'x' }, { max: count })).toMatchObject({ done: count });
  });

  it('keep to order, skip and take', async () => {
    const users = kayako.repository(User).where({ id: { lte: 10 } });
    const report = await users.orderBy('id', 'desc').skip(1).take(2).delete();
    expect(report.rows.map(({ id }) => id)).toEqual([9, 8]);
    expect(await users.where({ id: [] }).delete()).toMatchObject({ rows: [], done: 0 });
  });

  it.each([
    ['no condition', () => kayako.repository(User).orderBy('id')],
    ['an empty condition', () => kayako.repository(User).where({})],
    ['the negation of nothing', () => kayako.repository(User).where({ not: { id: [] } })],
    ['only a function', () => kayako.repository(User).filter(() => true)],
  ])('refuse %s', async (_name, query) => {
    desk.requests();
    const forAll = { code: 'SCOPE_REQUIRED' };
    expect(await errorOf(() => query().delete())).toMatchObject(forAll);
    expect(await errorOf(() => query().update({ phone: '1' }))).toMatchObject(forAll);
    expect(desk.requests()).toEqual([]);
  });

  it('refuse what makes no sense before anything is sent', async () => {
    const users = kayako.repository(User).where({ id: 3 }) as unknown as Untyped;
    const statuses = kayako.repository(TicketStatus).where({ id: 3 }) as unknown as Untyped;
    const departments = kayako.repository(Department).where({ id: 1 }) as unknown as Untyped;
    desk.requests();
    for (const [call, code] of [
      [() => users.update(), 'INVALID_VALUE'],
      [() => users.update({}), 'INVALID_VALUE'],
      [() => users.update(null), 'INVALID_VALUE'],
      [() => users.update({ fullName: undefined }), 'INVALID_VALUE'],
      [() => users.update({ isEnabled: 'maybe' }), 'INVALID_VALUE'],
      [() => users.update({ titel: 'x' }), 'UNKNOWN_FIELD'],
      [() => users.update({ id: 7 }), 'UNKNOWN_FIELD'],
      [() => users.update({ password: 'x' }), 'UNKNOWN_FIELD'],
      [() => departments.update({ module: 'livechat' }), 'UNKNOWN_FIELD'],
      [() => users.update({ phone: '1' }, { max: -1 }), 'INVALID_VALUE'],
      [() => users.update({ phone: '1' }, { dryRun: 'yes' }), 'INVALID_VALUE'],
      [() => users.delete(5), 'INVALID_VALUE'],
      [() => statuses.update({ title: 'x' }), 'ACTION_NOT_AVAILABLE'],
      [() => statuses.delete(), 'ACTION_NOT_AVAILABLE'],
    ] as const) {
      expect(await errorOf(call)).toMatchObject({ code });
    }
    expect(desk.requests()).toEqual([]);
  });
});

interface Untyped {
  update(...given: unknown[]): Promise<unknown>;
  delete(...given: unknown[]): Promise<unknown>;
}

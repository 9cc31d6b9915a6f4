import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Budget, Kayako, type QueryEvent, Ticket, User } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ users: 1500, tickets: 30, seed: 5 });
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

describe('a budget', () => {
  it('fails before one request too many is sent, and says what the plan was', async () => {
    desk.requests();
    const users = desk.kayako.repository(User).budget({ requests: 1 });
    const seen: number[] = [];
    const error = await errorOf(async () => {
      for await (const { id } of users) seen.push(id);
    });
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', resource: 'requests' });
    expect(error.message).toContain('GET /Base/User/Filter/1001/1000: not sent');
    expect(error.message).toContain('request  GET /Base/User/Filter/1/1000');
    expect(seen).toHaveLength(1000);
    expect(desk.requests()).toEqual(['GET /Base/User/Filter/1/1000']);
    expect(await users.take(1000).all()).toHaveLength(1000);
  });

  it('of no request sends nothing at all', async () => {
    const none = desk.kayako.repository(User).budget({ requests: 0 });
    desk.requests();
    for (const ask of [
      () => none.all(),
      () => none.first(),
      () => none.exists(),
      () => none.count(),
      () => none.where({ email: 'a@b.c' }).all(),
      () => none.where({ id: [1, 5000] }).all(),
      () => none.pluck('id').all(),
      () => none.run(),
    ]) {
      expect(await errorOf(ask)).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    }
    expect(await none.where({ id: [] }).all()).toEqual([]);
    expect(desk.requests()).toEqual([]);
  });

  it('covers look-ups and relations in the condition', async () => {
    const tickets = desk.kayako.repository(Ticket);
    desk.kayako.invalidateLookups();
    desk.requests();
    const two = tickets.where({ status: { title: 'Open' } }).budget({ requests: 2 });
    const error = await errorOf(() => two.all());
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', usage: { requests: 2 } });
    expect(error.message).toContain('look-up  GET {all Department}');
    expect(desk.requests()).toEqual(['GET /Tickets/TicketStatus', 'GET /Base/Department']);
    expect(await two.budget({ requests: 3 }).all()).not.toEqual([]);
  });

  it('that is spent on a look-up does not fail another query that waits for the same one', async () => {
    desk.kayako.invalidateLookups();
    const tickets = desk.kayako.repository(Ticket).where({ statusId: 1 });
    const [poor, rich] = await Promise.allSettled([
      tickets.budget({ bytes: 10 }).all(),
      tickets.all(),
    ]);
    expect(poor).toMatchObject({ status: 'rejected', reason: { code: 'BUDGET_EXCEEDED' } });
    expect(rich).toMatchObject({ status: 'fulfilled' });
  });

  it('ends with the first row over, behind those within', async () => {
    const seen: number[] = [];
    const users = desk.kayako.repository(User).budget({ rows: 7 });
    const error = await errorOf(async () => {
      for await (const { id } of users) seen.push(id);
    });
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', resource: 'rows' });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    // Rows that were read but not wanted count: it is the reading that costs.
    const found = users.where({ id: { gte: 1 } }).filter(({ id }) => id === 8);
    expect(await errorOf(() => found.all())).toMatchObject({ resource: 'rows' });
    expect((await users.filter(({ id }) => id === 3).first())?.id).toBe(3);
    expect(await users.take(7).all()).toHaveLength(7);
  });

  it('ends with the first byte over', async () => {
    const before = desk.kayako.usage.bytes;
    const users = desk.kayako.repository(User).budget({ bytes: 100_000 });
    expect(await errorOf(() => users.all())).toMatchObject({ resource: 'bytes' });
    expect(desk.kayako.usage.bytes - before).toBeLessThan(100_000 + 64 * 1024 + 1);
    expect(await users.take(10).all()).toHaveLength(10);
  });

  it('holds for each run by itself, and a later call replaces the keys it names', async () => {
    const users = desk.kayako.repository(User).budget({ requests: 1, rows: 5 });
    expect(await users.take(5).all()).toHaveLength(5);
    expect(await users.take(5).all()).toHaveLength(5);
    expect(await users.budget({ rows: 20 }).take(20).all()).toHaveLength(20);
    expect(await errorOf(() => users.budget({ rows: 2000 }).all())).toMatchObject({
      resource: 'requests',
    });
  });

  it('is shown by explain', async () => {
    const users = desk.kayako.repository(User).budget({ requests: 3, bytes: 1e6 });
    const explanation = await users.explain();
    expect(explanation.budget).toEqual({ requests: 3, bytes: 1e6 });
    expect(String(explanation)).toContain('budget   at most 3 requests, at most 1000000 bytes');
  });

  it.each([[{ rows: -1 }], [{ request: 1 }], [null], [{ bytes: undefined }]])(
    'is refused when it is %j',
    (budget) => {
      expect(() => desk.kayako.repository(User).budget(budget as Budget)).toThrow(
        expect.objectContaining({ code: 'INVALID_VALUE' }) as Error,
      );
      expect(() => new Kayako({ ...desk.sandbox, budget: budget as Budget })).toThrow(
        expect.objectContaining({ code: 'CONFIG_MISSING' }) as Error,
      );
    },
  );
});

describe('the budget of a connection', () => {
  it('covers all that is done through it, writes as well', async () => {
    await using poor = await startDesk({ users: 5 }, { budget: { requests: 3 } });
    await poor.kayako.repository(User).take(1).all();
    const department = await samples.department(poor.kayako).add();
    department.displayOrder = 7;
    await department.save();
    const error = await errorOf(() => department.delete());
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', plan: null });
    expect(error.message).toContain('this connection is 3 requests');
    expect(poor.requests()).toHaveLength(3);
    expect(department.id).toBeGreaterThan(0);
    expect(await errorOf(() => poor.kayako.repository(User).first())).toMatchObject({
      code: 'BUDGET_EXCEEDED',
      plan: expect.stringContaining('GET /Base/User/Filter/1/1') as string,
    });
  });
});

describe('what a run costs', () => {
  it('comes with its rows', async () => {
    const query = desk.kayako.repository(User).where({ isEnabled: true });
    desk.requests();
    const { rows, cost, explanation } = await query.run();
    expect(rows).toEqual(await query.all());
    expect(cost).toMatchObject({ requests: 2, rowsRead: 1501, rowsKept: rows.length });
    expect(rows.length).toBeLessThan(1501);
    expect(cost.bytes).toBeGreaterThan(1501 * 200);
    expect(cost.firstRowMs).toBeGreaterThan(0);
    expect(cost.totalMs).toBeGreaterThanOrEqual(cost.firstRowMs ?? Infinity);
    expect(String(explanation)).toBe(String(await query.explain()));
  });

  it('is nothing where nothing is sent', async () => {
    const none = { requests: 0, bytes: 0, rowsRead: 0, rowsKept: 0, firstRowMs: null };
    const { rows, cost } = await desk.kayako.repository(User).where({ id: [] }).run();
    expect(rows).toEqual([]);
    expect(cost).toMatchObject(none);
    const ticket = await desk.kayako.repository(Ticket).where({ id: 1 }).firstOrFail();
    desk.requests();
    const posts = await ticket.posts.where({ id: { gte: 1 } }).run();
    expect(posts.rows.length).toBeGreaterThan(0);
    expect(posts.cost).toMatchObject({ requests: 0, bytes: 0, rowsKept: posts.rows.length });
    expect(posts.explanation.embedded).toBe(true);
    expect(desk.requests()).toEqual([]);
  });

  it('counts look-ups and relations to the query that reads them', async () => {
    desk.kayako.invalidateLookups();
    const open = desk.kayako.repository(Ticket).where({ status: { title: 'Open' } });
    expect((await open.run()).cost.requests).toBe(3);
    // Both tables are known by now.
    expect((await open.run()).cost.requests).toBe(1);
  });

  it('is published when a query has ended, however that came', async () => {
    const events: QueryEvent[] = [];
    const note = (event: unknown): void => void events.push(event as QueryEvent);
    subscribe('kayako-orm:query', note);
    try {
      const users = desk.kayako.repository(User);
      await users.take(3).all();
      await users.where({ id: 2 }).first();
      await users.count();
      for await (const user of users) if (user.id === 3) break;
      await errorOf(() => users.budget({ requests: 0 }).all());
      await users.explain();
    } finally {
      unsubscribe('kayako-orm:query', note);
    }
    expect(events.map(({ entity, outcome }) => `${entity} ${outcome}`)).toEqual([
      'User completed',
      'User completed',
      'User completed',
      'User abandoned',
      'User failed',
    ]);
    expect(events[0]).toMatchObject({ cost: { requests: 1, rowsKept: 3 }, error: undefined });
    expect(events[4]).toMatchObject({
      cost: { requests: 0 },
      error: { code: 'BUDGET_EXCEEDED' },
    });
    expect(JSON.stringify(events)).not.toContain(desk.sandbox.secretKey);
  });
});

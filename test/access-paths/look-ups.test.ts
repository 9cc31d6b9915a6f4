import { type Query, Ticket } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';
import { ids, LOOKUPS } from './answers.js';

describe('look-ups', () => {
  const lookups = (desk: Desk): string[] =>
    desk.requests().filter((sent) => !sent.includes('/Ticket/'));

  interface TimedDesk extends Desk {
    pass: (milliseconds: number) => void;
  }

  async function deskWithClock(): Promise<TimedDesk> {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = (): Date => new Date(now);
    const desk = await startDesk({ users: 5, tickets: 12, seed: 4 }, { clock });
    return {
      ...desk,
      pass: (milliseconds) => {
        now += milliseconds;
      },
    };
  }

  it('are read once by ten queries that start at the same time', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () => tickets.all()),
      ...Array.from({ length: 3 }, () => tickets.where({ statusId: [1, 2, 3, 4] }).all()),
      ...Array.from({ length: 3 }, () => tickets.orderBy('lastActivity').all()),
    ]);
    expect(results.map(({ length }) => length)).toEqual(Array.from({ length: 10 }, () => 12));
    expect(lookups(desk).sort()).toEqual(LOOKUPS);
    await tickets.count();
    await tickets.first();
    expect(lookups(desk)).toEqual([]);
  });

  it('are read again after ten seconds, and not before', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
    desk.pass(9_999);
    await tickets.all();
    expect(lookups(desk)).toEqual([]);
    desk.pass(1);
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
    desk.pass(9_999);
    await tickets.count();
    expect(lookups(desk)).toEqual([]);
  });

  it('are read again when they are declared invalid', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    await tickets.all();
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
    desk.kayako.invalidateLookups();
    expect(lookups(desk)).toEqual([]);
    await tickets.all();
    await tickets.all();
    expect(lookups(desk)).toEqual(LOOKUPS);
  });

  it('are read again, the table in question only, after a write through the same connection', async () => {
    await using desk = await deskWithClock();
    const tickets = desk.kayako.repository(Ticket);
    await tickets.all();
    const department = await samples.department(desk.kayako).add();
    const ticket = samples.ticket(desk.kayako);
    ticket.departmentId = department.id;
    await ticket.add();
    desk.requests();
    expect(ids(await tickets.all())).toContain(ticket.id);
    expect(lookups(desk)).toEqual(['GET /Base/Department']);
  });

  it('are shared by queries of which one gives up', async () => {
    await using desk = await deskWithClock();
    const tickets: Query<Ticket> = desk.kayako.repository(Ticket).where({});
    const abort = new AbortController();
    const reason = new Error('enough');
    const first = errorOf(() => tickets.all({ signal: abort.signal }));
    const second = tickets.all();
    abort.abort(reason);
    expect(await first).toBe(reason);
    expect(await second).toHaveLength(12);
    expect(lookups(desk)).toEqual(LOOKUPS);
  });
});

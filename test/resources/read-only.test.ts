import {
  type EntityClass,
  type ReadableEntity,
  TicketCount,
  TicketPriority,
  TicketStatus,
  TicketType,
} from '@kayako-orm/orm';
import { type Desk, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';

const rows: readonly (readonly [
  string,
  EntityClass<ReadableEntity & { title: string }>,
  string,
])[] = [
  ['TicketPriority', TicketPriority, 'Urgent'],
  ['TicketStatus', TicketStatus, 'In Progress'],
  ['TicketType', TicketType, 'Bug'],
];

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

describe.each(rows)('%s', (name, type, title) => {
  it('is listed with one request and read by id', async () => {
    desk.requests();
    const all = await desk.kayako.getAll(type);
    expect(all.map((each) => each.title)).toContain(title);
    const wanted = await desk.kayako.first(type, { title });
    const id = Number((wanted as { id?: number } | null)?.id);
    expect(String(await desk.kayako.get(type, id))).toBe(`<${name} (${id}): ${title}>`);
    expect(await desk.kayako.get(type, 4711)).toBeNull();
    expect(desk.requests()).toEqual([
      `GET /Tickets/${name}`,
      `GET /Tickets/${name}`,
      `GET /Tickets/${name}/${id}`,
      `GET /Tickets/${name}/4711`,
    ]);
  });
});

describe('TicketCount', () => {
  it('is one object with rows for departments, statuses, owners and unassigned', async () => {
    const empty = await desk.kayako.getAll(TicketCount);
    expect(empty.toJSON()).toEqual({ departments: [], statuses: [], owners: [], unassigned: [] });

    const ticket = await samples.ticket(desk.kayako).add();
    desk.requests();
    const count = await desk.kayako.repository(TicketCount).firstOrFail();
    expect(desk.requests()).toEqual(['GET /Tickets/TicketCount']);
    const [department] = count.departments;
    expect(department).toMatchObject({ id: 1, totalItems: 1, totalUnresolvedItems: 1 });
    expect(department?.lastActivity).toEqual(ticket.lastActivity);
    expect(department?.statuses).toMatchObject([
      { id: 1, totalItems: 1, totalUnresolvedItems: null },
    ]);
    expect(department?.types).toMatchObject([{ id: 1, totalItems: 1, totalUnresolvedItems: 1 }]);
    expect(department?.owners).toMatchObject([{ id: null, totalItems: 1 }]);
    expect(count.statuses).toMatchObject([{ id: 1, totalItems: 1 }]);
    expect(count.unassigned).toMatchObject([{ id: 1, totalItems: 1 }]);
    expect(String(count)).toBe('<TicketCount: 1 tickets in 1 departments>');
    await ticket.delete();
  });
});

import {
  type EntityClass,
  type ReadableEntity,
  TicketCount,
  TicketPriority,
  TicketStatus,
  TicketType,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
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

/** The methods that the types do not offer, as plain JavaScript sees them. */
interface Untyped {
  add(): Promise<void>;
  save(): Promise<void>;
  delete(): Promise<void>;
  reload(): Promise<void>;
}

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

  it('offers neither add, save nor delete, also from plain JavaScript', async () => {
    const wanted = (await desk.kayako.first(type, { title })) as unknown as Untyped;
    const repository = desk.kayako.repository(type) as unknown as Record<
      'add' | 'save' | 'delete',
      (entity: unknown) => Promise<void>
    >;
    desk.requests();
    for (const action of ['add', 'save', 'delete'] as const) {
      expect(await errorOf(() => wanted[action]())).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
      expect(await errorOf(() => repository[action](wanted))).toMatchObject({
        code: 'ACTION_NOT_AVAILABLE',
      });
    }
    const made = desk.kayako.create(type) as unknown as Untyped;
    expect(await errorOf(() => made.add())).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
    expect(desk.requests()).toEqual([]);
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

  it('offers nothing but the list', async () => {
    const count = (await desk.kayako.getAll(TicketCount)) as unknown as Untyped;
    for (const action of ['add', 'save', 'delete', 'reload'] as const) {
      expect(await errorOf(() => count[action]())).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
    }
    const get = desk.kayako.get.bind(desk.kayako) as (
      type: unknown,
      id: number,
    ) => Promise<unknown>;
    expect(await errorOf(() => get(TicketCount, 1))).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
  });
});

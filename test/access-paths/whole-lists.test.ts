import {
  Department,
  type EntityClass,
  Staff,
  StaffGroup,
  TicketAttachment,
  TicketCustomField,
  TicketNote,
  TicketPost,
  TicketPriority,
  TicketStatus,
  TicketTimeTrack,
  TicketType,
  UserGroup,
  UserOrganization,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import { type AnyQuery, any, ids, NOTHING, answersOf } from './answers.js';

describe('whole lists', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ users: 30, tickets: 20, seed: 6 });
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it.each<[EntityClass, string, string]>([
    [Department, '/Base/Department', 'title'],
    [Staff, '/Base/Staff', 'lastName'],
    [StaffGroup, '/Base/StaffGroup', 'title'],
    [UserGroup, '/Base/UserGroup', 'title'],
    [UserOrganization, '/Base/UserOrganization', 'name'],
    [TicketPriority, '/Tickets/TicketPriority', 'title'],
    [TicketStatus, '/Tickets/TicketStatus', 'title'],
    [TicketType, '/Tickets/TicketType', 'title'],
  ])('of %p are one request, filtered and ordered here', async (type, route, name) => {
    const all = (await any(desk, type).all()) as unknown as Record<string, string | number>[];
    expect(all.length).toBeGreaterThan(1);
    const text = String(all[1]?.[name]);
    const queries: [AnyQuery, unknown[]][] = [
      [any(desk, type).where({ [name]: text }), all.filter((row) => row[name] === text)],
      [any(desk, type).where({ [name]: { ne: text } }), all.filter((row) => row[name] !== text)],
      [any(desk, type).orderBy('id', 'desc').take(2), [...all].reverse().slice(0, 2)],
      [any(desk, type).skip(1), all.slice(1)],
      [any(desk, type).where({ id: all.map(({ id }) => id) }), all],
      [any(desk, type).where({ id: { gt: 1, lt: 3 } }), all.filter(({ id }) => id === 2)],
    ];
    for (const [query, expected] of queries) {
      desk.requests();
      expect(ids(await query.all())).toEqual(ids(expected as { id: number }[]));
      expect(desk.requests()).toEqual([`GET ${route}`]);
    }
    expect(ids(await any(desk, type).where({ id: 2 }).all())).toEqual([2]);
    expect(await any(desk, type).where({ id: 999 }).all()).toEqual([]);
    expect(desk.requests()).toEqual([`GET ${route}/2`, `GET ${route}/999`]);
  });

  it.each<[EntityClass, string]>([
    [TicketPost, '/Tickets/TicketPost/ListAll'],
    [TicketNote, '/Tickets/TicketNote/ListAll'],
    [TicketTimeTrack, '/Tickets/TicketTimeTrack/ListAll'],
    [TicketAttachment, '/Tickets/TicketAttachment/ListAll'],
    [TicketCustomField, '/Tickets/TicketCustomField'],
  ])('of %p are one request for each ticket', async (type, route) => {
    const tickets = Array.from({ length: 20 }, (_, index) => index + 1);
    const all = (await any(desk, type).where({ ticketId: tickets }).all()) as {
      id: number;
      ticketId: number;
    }[];
    expect(all).not.toHaveLength(0);
    const ticketId = all[0]?.ticketId ?? 0;
    desk.requests();
    expect(ids(await any(desk, type).where({ ticketId }).all())).toEqual(
      ids(all.filter((row) => row.ticketId === ticketId)),
    );
    const two = await any(desk, type)
      .where({ ticketId: [20, ticketId, 20] })
      .all();
    expect(ids(two)).toEqual(
      ids(all.filter((row) => [ticketId, 20].includes(row.ticketId))).sort((a, b) => a - b),
    );
    expect(desk.requests()).toEqual([ticketId, ticketId, 20].map((id) => `GET ${route}/${id}`));
    expect(await answersOf(any(desk, type).where({ ticketId, and: [{ ticketId: 99 }] }))).toEqual(
      NOTHING,
    );
    expect(await errorOf(() => any(desk, type).where({ id: 1 }).all())).toMatchObject({
      code: 'SCOPE_REQUIRED',
    });
    expect(desk.requests()).toEqual([]);
  });

  it('of posts are one record for one ticket and one id', async () => {
    const posts = desk.kayako.repository(TicketPost).where({ ticketId: 2 });
    const [post] = await posts.all();
    desk.requests();
    const id = post?.id ?? 0;
    expect((await posts.where({ id }).first())?.contents).toBe(post?.contents);
    expect(await desk.kayako.repository(TicketPost).where({ ticketId: 3, id }).all()).toEqual([]);
    expect(await posts.where({ id: 99_999 }).all()).toEqual([]);
    expect(desk.requests()).toEqual([
      `GET /Tickets/TicketPost/2/${id}`,
      `GET /Tickets/TicketPost/3/${id}`,
      'GET /Tickets/TicketPost/2/99999',
    ]);
  });
});

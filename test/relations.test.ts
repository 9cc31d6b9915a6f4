import { Ticket, TicketPost, User } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
let ticket: Ticket;

beforeEach(async () => {
  desk = await startDesk();
  ({ ticket } = await samples.answeredTicket(desk.kayako));
  desk.requests();
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

describe('a reference', () => {
  it('knows its id without a request and loads with one', async () => {
    expect(ticket.department.id).toBe(1);
    expect(ticket.owner.id).toBeNull();
    expect(await ticket.owner.load()).toBeNull();
    expect(desk.requests()).toEqual([]);
    expect(String(await ticket.department.load())).toBe('<Department (1): General/tickets>');
    expect(desk.requests()).toEqual(['GET /Base/Department/1']);
  });

  it('is kept once loaded', async () => {
    const first = await ticket.status.load();
    expect(await ticket.status.load()).toBe(first);
    expect(desk.requests()).toEqual(['GET /Tickets/TicketStatus/1']);
  });

  it('leads from a ticket, a user and a staff member to all they refer to', async () => {
    const user = await desk.kayako.repository(User).firstOrFail();
    expect(String(await user.group.load())).toBe('<UserGroup (2): Registered>');
    expect(String(await user.organization.load())).toBe('<UserOrganization (1): Example Ltd.>');
    expect(String(await ticket.priority.load())).toBe('<TicketPriority (1): Low>');
    expect(String(await ticket.type.load())).toBe('<TicketType (1): Issue>');
    expect(String(await ticket.user.load())).toBe('<User (1): Test User>');
    const staff = await samples.staff(desk.kayako).add();
    expect(String(await staff.group.load())).toBe('<StaffGroup (1): Administrator>');
  });

  it('is set to another entity and sent by the next save', async () => {
    const other = await samples.department(desk.kayako).add();
    ticket.department.set(other);
    expect(ticket.departmentId).toBe(other.id);
    expect(await ticket.department.load()).toBe(other);
    await ticket.save();
    expect((await desk.kayako.get(Ticket, ticket.id))?.departmentId).toBe(other.id);
  });

  it('refuses an entity that has no id yet', async () => {
    const fresh = samples.department(desk.kayako);
    expect(
      await errorOf(() => {
        ticket.department.set(fresh);
      }),
    ).toMatchObject({ code: 'INVALID_VALUE' });
  });

  it('is null when the help desk lost the entity', async () => {
    await (await desk.kayako.get(User, 1))?.delete();
    expect(await ticket.user.load()).toBeNull();
  });
});

describe('the posts of a ticket', () => {
  it('that came with the ticket cost no request', async () => {
    const read = await desk.kayako.repository(Ticket).where({ id: ticket.id }).firstOrFail();
    desk.requests();
    const printed: string[] = [];
    for await (const post of read.posts) printed.push(String(post));
    expect(printed).toHaveLength(2);
    expect(await read.posts.where({ creator: 'staff' }).count()).toBe(1);
    expect((await read.posts.first())?.ticketId).toBe(ticket.id);
    expect(await read.posts.count()).toBe(2);
    expect(desk.requests()).toEqual([]);
  });

  it('are fetched for a ticket of a list, which has none', async () => {
    const [listed] = await desk.kayako.filter(Ticket, { departmentId: 1, statusId: 1 });
    desk.requests();
    expect(await listed?.posts.all()).toHaveLength(2);
    expect(desk.requests()).toEqual([`GET /Tickets/TicketPost/ListAll/${ticket.id}`]);
  });

  it('are fetched again after one was added or deleted through the ticket', async () => {
    const read = await desk.kayako.repository(Ticket).where({ id: ticket.id }).firstOrFail();
    expect(await read.posts.count()).toBe(2);
    const reply = await read.posts.create({ contents: 'And one more thing.', userId: 1 }).add();
    expect(reply.ticketId).toBe(ticket.id);
    expect(await read.posts.count()).toBe(3);
    const [, second] = await read.posts.all();
    await second?.delete();
    expect(await read.posts.count()).toBe(2);
    await read.reload();
    desk.requests();
    expect(await read.posts.count()).toBe(2);
    expect(desk.requests()).toEqual([]);
  });

  it('have their attachments, without a request where there are none', async () => {
    const read = await desk.kayako.repository(Ticket).where({ id: ticket.id }).firstOrFail();
    const [first] = await read.posts.all();
    desk.requests();
    expect(await first?.attachments.all()).toEqual([]);
    expect(desk.requests()).toEqual([]);
    const attachment = first?.attachments.create({ fileName: 'a.txt' });
    attachment?.setContents('hello');
    await attachment?.add();
    expect((await first?.attachments.all())?.map(String)).toEqual([String(attachment)]);
    expect((await read.attachments.all()).map(String)).toEqual([String(attachment)]);
    const [fetched] = await desk.kayako.filter(TicketPost, { ticketId: ticket.id });
    const [own] = (await fetched?.attachments.all()) ?? [];
    expect(own).toMatchObject({ ticketId: ticket.id, ticketPostId: first?.id, fileName: 'a.txt' });
  });
});

describe('notes and time tracks of a ticket', () => {
  it('come with the ticket, told apart by their kind', async () => {
    await ticket.notes.create({ contents: 'watch out', creatorStaffId: 1 }).add();
    await ticket.timeTracks
      .create({
        contents: 'an hour',
        creatorStaffId: 1,
        workDate: new Date(1_700_000_000_000),
        billDate: new Date(1_700_000_000_000),
        timeWorked: 3600,
        timeBillable: 1800,
      })
      .add();
    const [listed] = await desk.kayako.filter(Ticket, { departmentId: 1, statusId: 1 });
    desk.requests();
    const [note] = (await listed?.notes.all()) ?? [];
    expect(note).toMatchObject({ contents: 'watch out', creatorStaffId: 1, ticketId: ticket.id });
    const [track] = (await listed?.timeTracks.all()) ?? [];
    expect(track).toMatchObject({ contents: 'an hour', timeWorked: 3600, timeBillable: 1800 });
    expect(track?.workDate).toEqual(new Date(1_700_000_000_000));
    expect(desk.requests()).toEqual([]);
  });

  it('are deleted through the ticket and gone from it', async () => {
    await ticket.notes.create({ contents: 'x', creatorStaffId: 1 }).add();
    const read = await desk.kayako.repository(Ticket).where({ id: ticket.id }).firstOrFail();
    const note = await read.notes.first();
    await note?.delete();
    expect(await read.notes.all()).toEqual([]);
  });
});

describe('looking at a relation', () => {
  it('sends nothing and shows itself', () => {
    expect(String(ticket.department)).toBe('<Ref Department (1)>');
    expect(String(ticket.posts)).toBe(`<Collection TicketPost of Ticket ${ticket.id}>`);
    expect(Object.keys(ticket)).not.toContain('posts');
    expect(JSON.stringify(ticket)).not.toContain('"posts"');
    expect(desk.requests()).toEqual([]);
  });

  it('of an unadded parent is refused when it would need the id', async () => {
    const fresh = desk.kayako.create(Ticket);
    expect(fresh.department.id).toBeNull();
    expect(await errorOf(() => fresh.posts.all())).toMatchObject({ code: 'REQUIRED_FIELDS' });
  });
});

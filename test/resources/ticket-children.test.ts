import {
  type AddableEntity,
  type ChildOf,
  type EntityClass,
  type Ticket,
  TicketAttachment,
  TicketCustomField,
  TicketNote,
  TicketPost,
  TicketTimeTrack,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';

let desk: Desk;
let ticket: Ticket;
let other: Ticket;

beforeAll(async () => {
  desk = await startDesk();
  ticket = await samples.ticket(desk.kayako).add();
  other = await samples.ticket(desk.kayako).add();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

interface Child extends AddableEntity, ChildOf<'ticketId'> {
  readonly id: number;
  ticketId: number | null;
}

interface Row {
  readonly type: EntityClass<Child>;
  readonly make: () => Promise<Child>;
  readonly printed: RegExp;
}

const rows: readonly Row[] = [
  {
    type: TicketPost,
    make: () =>
      Promise.resolve(
        desk.kayako.create(TicketPost, {
          ticketId: ticket.id,
          contents: 'We have a patch that will fix the bug.',
          staffId: 1,
        }),
      ),
    printed: /^<TicketPost \(\d+\): We have a patch that\.\.\.>$/,
  },
  {
    type: TicketNote,
    make: () =>
      Promise.resolve(
        desk.kayako.create(TicketNote, {
          ticketId: ticket.id,
          contents: 'Customer was hostile. Will pursue anyway.',
          creatorStaffId: 1,
          noteColor: 'red',
        }),
      ),
    printed: /^<TicketNote \(\d+\): Customer was hostile\.\.\.>$/,
  },
  {
    type: TicketTimeTrack,
    make: () =>
      Promise.resolve(
        desk.kayako.create(TicketTimeTrack, {
          ticketId: ticket.id,
          contents: 'Searched for the bug',
          creatorStaffId: 1,
          workDate: new Date('2026-01-02T03:04:05Z'),
          billDate: new Date('2026-01-03T03:04:05Z'),
          timeWorked: 3600,
          timeBillable: 0,
        }),
      ),
    printed: /^<TicketTimeTrack \(\d+\): Searched for the bug>$/,
  },
  {
    type: TicketAttachment,
    make: async () => {
      const first = await ticket.posts.first();
      const attachment = desk.kayako.create(TicketAttachment, {
        ticketId: ticket.id,
        ticketPostId: first?.id ?? null,
        fileName: 'foo.diff',
      });
      attachment.setContents(Buffer.from([0, 255, 1, 254]));
      return attachment;
    },
    printed: /^<TicketAttachment \(\d+\): foo\.diff>$/,
  },
];

describe.each(rows.map((row) => [row.type.name, row] as const))('%s', (name, row) => {
  it('is added, listed, read, printed and deleted', async () => {
    const child = await row.make();
    desk.requests();
    await child.add();
    expect(desk.requests()).toEqual([`POST /Tickets/${name}`]);
    expect(String(child)).toMatch(row.printed);

    const listed = await desk.kayako.getAll(row.type, { ticketId: ticket.id });
    expect(listed.map((each) => each.id)).toContain(child.id);
    expect(listed.every((each) => each.ticketId === ticket.id)).toBe(true);
    const read = await desk.kayako.get(row.type, ticket.id, child.id);
    expect(String(read)).toBe(String(child));
    expect(desk.requests()).toEqual([
      `GET /Tickets/${name}/ListAll/${ticket.id}`,
      `GET /Tickets/${name}/${ticket.id}/${child.id}`,
    ]);

    const { id } = child;
    await child.delete();
    expect(desk.requests()).toEqual([`DELETE /Tickets/${name}/${ticket.id}/${id}`]);
    expect(child.isNew).toBe(true);
    expect(await desk.kayako.get(row.type, ticket.id, id)).toBeNull();
    await child.add();
    expect(child.id).toBeGreaterThan(id);
  });

  it('is listed for several tickets with one request each', async () => {
    await (await row.make()).add();
    desk.requests();
    const rowsOfBoth = await desk.kayako.filter(row.type, { ticketId: [ticket.id, other.id] });
    expect(desk.requests()).toEqual([
      `GET /Tickets/${name}/ListAll/${ticket.id}`,
      `GET /Tickets/${name}/ListAll/${other.id}`,
    ]);
    expect(new Set(rowsOfBoth.map((each) => each.ticketId))).toContain(ticket.id);
  });

  it('needs its ticket, and says so', async () => {
    desk.requests();
    const repository = desk.kayako.repository(row.type);
    expect(await errorOf(() => repository.all())).toMatchObject({ code: 'SCOPE_REQUIRED' });
    expect(await errorOf(() => desk.kayako.getAll(row.type))).toMatchObject({
      code: 'SCOPE_REQUIRED',
    });
    expect(desk.requests()).toEqual([]);
    expect(await repository.where({ ticketId: [] }).all()).toEqual([]);
    expect(desk.requests()).toEqual([]);
  });

  it('says NOT_FOUND for the list of a missing ticket, and null for one of its children', async () => {
    const list = (): Promise<unknown> => desk.kayako.getAll(row.type, { ticketId: 98765 });
    expect(await errorOf(list)).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    expect(await desk.kayako.get(row.type, 98765, 1)).toBeNull();
  });
});

describe('TicketNote', () => {
  it('takes a name instead of a staff account, and needs one of the two', async () => {
    const note = desk.kayako.create(TicketNote, { ticketId: ticket.id, contents: '' });
    expect(await errorOf(() => note.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['creatorStaffId', 'creatorStaffName'],
    });
    note.creatorStaffName = 'The system';
    await note.add();
    expect(note).toMatchObject({
      creatorStaffId: null,
      creatorStaffName: 'The system',
      forStaffId: null,
      noteColor: 'yellow',
    });
  });
});

describe('TicketPost', () => {
  it('needs a user or a staff member', async () => {
    const post = desk.kayako.create(TicketPost, { ticketId: ticket.id, contents: 'x' });
    expect(await errorOf(() => post.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['userId', 'staffId'],
    });
  });

  it('is added again under the same author after it was deleted', async () => {
    const post = await ticket.posts.create({ contents: 'from a user', userId: 1 }).add();
    expect(post.creator).toBe('user');
    await post.delete();
    await post.add();
    expect(post.creator).toBe('user');
  });
});

describe('TicketCustomField', () => {
  it('is listed in groups with the fields of one ticket', async () => {
    desk.requests();
    const groups = await desk.kayako.getAll(TicketCustomField, { ticketId: ticket.id });
    expect(desk.requests()).toEqual([`GET /Tickets/TicketCustomField/${ticket.id}`]);
    const [group] = groups;
    expect(group).toMatchObject({ title: 'Ticket Details', ticketId: ticket.id });
    expect(group?.id).toBeGreaterThan(0);
    const [field] = group?.fields ?? [];
    expect(field).toMatchObject({ type: 'text', fileName: null, text: '' });
    expect(field?.title).not.toBe('');
    expect(field?.name).not.toBe('');
    expect((await ticket.customFields.all()).map(String)).toEqual(groups.map(String));
  });
});

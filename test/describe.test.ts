import {
  BelongsTo,
  describe as describeEntity,
  EditableEntity,
  Entity,
  type EntityDescription,
  Field,
  Id,
  Kayako,
  type Ref,
  Staff,
  Ticket,
  TicketNote,
  TicketPost,
  User,
} from '@kayako-orm/orm';

@Entity({
  route: '/Acme/Gadget',
  root: 'gadgets',
  element: 'gadget',
  actions: ['list', 'get', 'add', 'save'],
})
class Gadget extends EditableEntity {
  @Id() declare readonly id: number;
  @Field({ type: 'text', required: true }) title!: string;
  @Field({ type: 'id', clearable: false }) staffId!: number | null;
  @BelongsTo(() => Staff, 'staffId') declare readonly staff: Ref<Staff>;
}

/** Adds a relation to a built-in entity, and has no `@Entity` of its own. */
class GadgetTicket extends Ticket {
  @BelongsTo(() => Gadget, 'ownerStaffId') declare readonly gadget: Ref<Gadget>;
}

/** Adds nothing. */
class PlainTicket extends Ticket {}

abstract class WithoutEntity extends EditableEntity {
  @Field({ type: 'text' }) title!: string;
}

const kayako = new Kayako({ url: 'http://127.0.0.1:9/', apiKey: 'key', secretKey: 'secret' });
const named = (name: string): EntityDescription | undefined =>
  kayako.describe().find((each) => each.name === name);

describe('kayako.describe()', () => {
  it('knows the built-in entities, own ones, and own ones that add to a built-in one', () => {
    const names = kayako.describe().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Department', 'Ticket', 'User', 'Gadget']));
    expect(names).toContain(GadgetTicket.name);
    expect(names).not.toContain(PlainTicket.name);
    expect(names).not.toContain(WithoutEntity.name);
    expect(names).not.toContain('TicketWatcher');
    expect(new Set(names).size).toBe(names.length);
  });

  it('orders them by route, then by name', () => {
    const order = kayako.describe().map(({ route, name }) => `${route} ${name}`);
    expect(order).toEqual([...order].sort());
    expect(order.filter((each) => each.startsWith('/Tickets/Ticket '))).toEqual([
      '/Tickets/Ticket GadgetTicket',
      '/Tickets/Ticket Ticket',
    ]);
  });

  it('is plain data that survives JSON', () => {
    const described = kayako.describe();
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });

  it('describes each class as describe(type) does', () => {
    expect(named('Gadget')).toEqual(describeEntity(Gadget));
    expect(named('GadgetTicket')).toEqual(describeEntity(GadgetTicket));
    expect(describeEntity(PlainTicket)).toEqual({ ...describeEntity(Ticket), name: 'PlainTicket' });
  });
});

describe('a description', () => {
  it('says what an own class declares', () => {
    expect(describeEntity(Gadget)).toEqual({
      name: 'Gadget',
      route: '/Acme/Gadget',
      root: 'gadgets',
      element: 'gadget',
      actions: ['list', 'get', 'add', 'save'],
      fields: [
        {
          name: 'id',
          type: 'id (a positive whole number)',
          wire: { read: ['id'], add: null, save: null },
          readable: true,
          addable: false,
          savable: false,
          required: [],
          clearable: false,
          resetWhenAbsent: false,
          fields: null,
        },
        {
          name: 'title',
          type: 'text',
          wire: { read: ['title'], add: 'title', save: 'title' },
          readable: true,
          addable: true,
          savable: true,
          required: ['add', 'save'],
          clearable: false,
          resetWhenAbsent: false,
          fields: null,
        },
        {
          name: 'staffId',
          type: 'id (a positive whole number)',
          wire: { read: ['staffid'], add: 'staffid', save: 'staffid' },
          readable: true,
          addable: true,
          savable: true,
          required: [],
          clearable: false,
          resetWhenAbsent: false,
          fields: null,
        },
      ],
      add: { required: ['title'], oneOf: [], optional: ['staffId'] },
      save: { required: ['title'], oneOf: [], optional: ['staffId'] },
      access: [
        { kind: 'id', gives: 'one row by id', request: 'GET /Acme/Gadget/{id}' },
        { kind: 'whole', gives: 'all rows in one reply', request: 'GET /Acme/Gadget' },
      ],
      relations: [
        { name: 'staff', target: 'Staff', many: false, field: 'staffId', embedded: false },
      ],
    });
  });

  const wireOf = (description: EntityDescription, name: string): unknown =>
    description.fields.find((field) => field.name === name)?.wire;

  it('has both names of a field on the wire', () => {
    const ticket = describeEntity(Ticket);
    expect(wireOf(ticket, 'id')).toEqual({ read: ['@id'], add: null, save: null });
    expect(wireOf(ticket, 'statusId')).toEqual({
      read: ['statusid'],
      add: 'ticketstatusid',
      save: 'ticketstatusid',
    });
    expect(wireOf(ticket, 'creationType')).toEqual({
      read: ['creationtype'],
      add: 'type',
      save: null,
    });
    expect(ticket.fields.find(({ name }) => name === 'contents')).toMatchObject({
      wire: { read: [], add: 'contents', save: null },
      readable: false,
      addable: true,
      savable: false,
    });
    expect(wireOf(ticket, 'userNotes')).toEqual({
      read: ["note[@type='user']"],
      add: null,
      save: null,
    });
    expect(wireOf(describeEntity(TicketNote), 'contents')).toEqual({
      read: ['text()'],
      add: 'contents',
      save: null,
    });
  });

  it('says what adding and saving need and take', () => {
    const user = describeEntity(User);
    expect(user.add?.required).toEqual(['userGroupId', 'fullName', 'email', 'password']);
    expect(user.save?.required).toEqual(['fullName']);
    expect(user.save?.optional).not.toContain('password');
    expect(describeEntity(Ticket).add?.oneOf).toEqual([['userId', 'staffId', 'autoUserId']]);
    expect(describeEntity(TicketPost).save).toBeNull();
  });

  it('has the fields of nested elements', () => {
    const watchers = describeEntity(Ticket).fields.find(({ name }) => name === 'watchers');
    expect(watchers?.type).toBe('list of TicketWatcher');
    expect(watchers?.fields?.map(({ name, wire }) => [name, ...wire.read])).toEqual([
      ['staffId', '@staffid'],
      ['name', '@name'],
    ]);
  });

  it('says how rows are read', () => {
    const requestsOf = (description: EntityDescription): string[] =>
      description.access.map(({ kind, request }) => `${kind}: ${request}`);
    expect(requestsOf(describeEntity(User))).toEqual([
      'id: GET /Base/User/{id}',
      'keyset: GET /Base/User/Filter/{marker}/{maxItems}',
      'search: POST /Base/UserSearch',
    ]);
    expect(requestsOf(describeEntity(TicketPost))).toEqual([
      'id: GET /Tickets/TicketPost/{ticketId}/{id}',
      'scoped: GET /Tickets/TicketPost/ListAll/{ticketId}',
    ]);
    const filters = '{departmentId}/{statusId}/{ownerStaffId}/{userId}';
    const page = '{count}/{start}/{sortField}/{sortOrder}';
    expect(requestsOf(describeEntity(Ticket))).toEqual([
      'id: GET /Tickets/Ticket/{id}',
      `filtered: GET /Tickets/Ticket/ListAll/${filters}/${page}`,
      `filtered: POST /Tickets/Ticket/ListAll/${filters}/${page}`,
      `count: GET /Tickets/Ticket/GetTicketCount/${filters}`,
      'key: GET /Tickets/Ticket/{displayId}',
    ]);
  });

  it('says which related rows may come along', () => {
    const relations = new Map(describeEntity(Ticket).relations.map((each) => [each.name, each]));
    expect(relations.get('posts')).toEqual({
      name: 'posts',
      target: 'TicketPost',
      many: true,
      field: 'ticketId',
      embedded: true,
    });
    expect(relations.get('attachments')).toMatchObject({ many: true, embedded: false });
    expect(relations.get('owner')).toMatchObject({ many: false, field: 'ownerStaffId' });
  });

  it('refuses what is no entity', () => {
    expect(() => describeEntity(WithoutEntity as never)).toThrow('WithoutEntity is no entity');
  });
});

// The last one: a class is known as long as somebody has it.
it('kayako.describe() tells which class cannot be described, and why', () => {
  const broken = (() => {
    @Entity({ route: '/Acme/Broken', root: 'b', element: 'c', actions: ['get'] })
    class Broken extends EditableEntity {}
    return Broken;
  })();
  expect(() => kayako.describe()).toThrow('Broken needs an @Id()');
  expect(() => describeEntity(broken)).toThrow('Broken needs an @Id()');
});

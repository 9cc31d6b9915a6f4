import {
  Department,
  type EditableEntity,
  type EntityClass,
  type Kayako,
  Staff,
  StaffGroup,
  Ticket,
  User,
  UserGroup,
  UserOrganization,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';

interface Row {
  readonly type: EntityClass<EditableEntity>;
  readonly route: string;
  readonly make: (kayako: Kayako) => EditableEntity;
  /** The field that the test changes, and its new value. */
  readonly change: readonly [field: string, value: string];
  /** Required, and taken away to see it refused. */
  readonly required: string;
}

const rows: readonly Row[] = [
  {
    type: Department,
    route: '/Base/Department',
    make: samples.department,
    change: ['type', 'private'],
    required: 'title',
  },
  {
    type: Staff,
    route: '/Base/Staff',
    make: samples.staff,
    change: ['designation', 'Engineer'],
    required: 'firstName',
  },
  {
    type: StaffGroup,
    route: '/Base/StaffGroup',
    make: samples.staffGroup,
    change: ['title', 'Night shift'],
    required: 'title',
  },
  {
    type: User,
    route: '/Base/User',
    make: samples.user,
    change: ['phone', '1-800-555-5555'],
    required: 'fullName',
  },
  {
    type: UserGroup,
    route: '/Base/UserGroup',
    make: samples.userGroup,
    change: ['title', 'Partners'],
    required: 'title',
  },
  {
    type: UserOrganization,
    route: '/Base/UserOrganization',
    make: samples.organization,
    change: ['city', 'Valletta'],
    required: 'name',
  },
  {
    type: Ticket,
    route: '/Tickets/Ticket',
    make: samples.ticket,
    change: ['subject', 'Solved'],
    required: 'subject',
  },
];

describe.each(rows.map((row) => [row.type.name, row] as const))('%s', (_name, row) => {
  let desk: Desk;
  const values = (entity: object): Record<string, unknown> => entity as Record<string, unknown>;

  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('is added with one POST, gets an id and reads back as it was answered', async () => {
    const entity = row.make(desk.kayako);
    expect(entity.isNew).toBe(true);
    desk.requests();
    await entity.add();
    expect(desk.requests()).toEqual([`POST ${row.route}`]);
    expect(entity.isNew).toBe(false);
    const read = await desk.kayako.get(row.type, Number(values(entity).id));
    expect(read?.toJSON()).toEqual(entity.toJSON());
  });

  it('is found in the list of all', async () => {
    const entity = await row.make(desk.kayako).add();
    const ids = (await desk.kayako.repository(row.type).all()).map((each) => values(each).id);
    expect(ids).toContain(values(entity).id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is read by its id with one GET, and is null when there is none', async () => {
    const entity = await row.make(desk.kayako).add();
    const id = Number(values(entity).id);
    desk.requests();
    expect(String(await desk.kayako.get(row.type, id))).toBe(String(entity));
    expect(desk.requests()).toEqual([`GET ${row.route}/${id}`]);
    expect(await desk.kayako.get(row.type, 987654)).toBeNull();
  });

  it('is changed with one PUT and refreshed from the reply', async () => {
    const entity = await row.make(desk.kayako).add();
    const id = Number(values(entity).id);
    const [field, value] = row.change;
    values(entity)[field] = value;
    desk.requests();
    await entity.save();
    expect(desk.requests()).toEqual([`PUT ${row.route}/${id}`]);
    expect(values((await desk.kayako.get(row.type, id)) ?? {})[field]).toBe(value);
    expect(values(entity)[field]).toBe(value);
  });

  it('saves unchanged what was just added', async () => {
    const entity = await row.make(desk.kayako).add();
    const before = entity.toJSON();
    await entity.save();
    const { lastUpdate, lastActivity, ...after } = entity.toJSON();
    expect({ ...before, lastUpdate, lastActivity }).toEqual({ ...after, lastUpdate, lastActivity });
  });

  it('loses its id when deleted, is gone from the help desk, and gets a new id when added again', async () => {
    const entity = await row.make(desk.kayako).add();
    const first = Number(values(entity).id);
    desk.requests();
    await entity.delete();
    expect(desk.requests()).toEqual([`DELETE ${row.route}/${first}`]);
    expect(values(entity).id).toBeUndefined();
    expect(String(entity)).toContain('(??)');
    expect(await desk.kayako.get(row.type, first)).toBeNull();
    await entity.add();
    expect(values(entity).id).toBeGreaterThan(first);
  });

  it('refuses to be added twice, and to be saved or deleted before it was added', async () => {
    const entity = row.make(desk.kayako);
    desk.requests();
    expect(await errorOf(() => entity.save())).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect(await errorOf(() => entity.delete())).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect(desk.requests()).toEqual([]);
    await entity.add();
    expect(await errorOf(() => entity.add())).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
  });

  it('names its missing fields before anything is sent, when adding and when saving', async () => {
    const entity = row.make(desk.kayako);
    values(entity)[row.required] = '  ';
    desk.requests();
    expect(await errorOf(() => entity.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: [row.required],
    });
    const bare = desk.kayako.create(row.type);
    const error = await errorOf(() => bare.add());
    expect(error).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect((error as unknown as { fields: string[] }).fields).toContain(row.required);
    expect(desk.requests()).toEqual([]);
  });

  it('reads again what a colleague changed', async () => {
    const entity = await row.make(desk.kayako).add();
    const colleague = await desk.kayako.get(row.type, Number(values(entity).id));
    const [field, value] = row.change;
    values(colleague ?? {})[field] = value;
    await colleague?.save();
    expect(values(entity)[field]).not.toBe(value);
    await entity.reload();
    expect(values(entity)[field]).toBe(value);
  });

  it('says NOT_FOUND when it is reloaded after a colleague deleted it', async () => {
    const entity = await row.make(desk.kayako).add();
    const colleague = await desk.kayako.get(row.type, Number(values(entity).id));
    await colleague?.delete();
    expect(await errorOf(() => entity.reload())).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('works through its repository as well', async () => {
    const repository = desk.kayako.repository(row.type);
    const entity = await repository.add(row.make(desk.kayako));
    const [field, value] = row.change;
    values(entity)[field] = value;
    await repository.save(entity);
    expect(values(await repository.reload(entity))[field]).toBe(value);
    await repository.delete(entity);
    expect(entity.isNew).toBe(true);
  });
});

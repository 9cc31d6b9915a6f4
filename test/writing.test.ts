import { Department, FOREVER, Staff, Ticket, User, UserOrganization } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

/** The form of the last request. */
function sent(): Readonly<Record<string, unknown>> {
  return desk.sandbox.requests.at(-1)?.body ?? {};
}

describe('save', () => {
  it('sends what changed and what is required, nothing else', async () => {
    const user = await samples.user(desk.kayako).add();
    user.phone = '0049 30 1234';
    await user.save();
    expect(Object.keys(sent()).sort()).toEqual(['fullname', 'phone']);
    expect(user.phone).toBe('0049 30 1234');
  });

  it('sends of a department what the server would otherwise reset', async () => {
    const parent = await samples.department(desk.kayako).add();
    const department = samples.department(desk.kayako);
    department.parentDepartmentId = parent.id;
    department.userVisibilityCustom = true;
    department.userGroupIds = [1, 2];
    await department.add();
    expect(department).toMatchObject({
      parentDepartmentId: parent.id,
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
    });
    const read = await desk.kayako
      .repository(Department)
      .where({ id: department.id })
      .firstOrFail();
    read.title = 'Renamed';
    await read.save();
    expect(read).toMatchObject({
      title: 'Renamed',
      parentDepartmentId: parent.id,
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
    });
    read.parentDepartmentId = null;
    read.userGroupIds.pop();
    await read.save();
    expect(read).toMatchObject({ parentDepartmentId: null, userGroupIds: [1] });
  });

  it('sends all of an organization, so that nothing is reset', async () => {
    const organization = samples.organization(desk.kayako);
    Object.assign(organization, { city: 'Valletta', postalCode: 'SW1A 1AA', slaPlanId: 1 });
    organization.slaPlanExpiry = new Date('2031-05-06T07:08:09Z');
    await organization.add();
    const read = await desk.kayako
      .repository(UserOrganization)
      .where({ id: organization.id })
      .firstOrFail();
    read.phone = '123';
    await read.save();
    expect(read).toMatchObject({
      city: 'Valletta',
      postalCode: 'SW1A 1AA',
      phone: '123',
      slaPlanId: 1,
    });
    expect(read.slaPlanExpiry).toEqual(new Date('2031-05-06T07:08:09Z'));
    read.city = '';
    read.slaPlanExpiry = FOREVER;
    await read.save();
    expect(read).toMatchObject({ city: '', slaPlanExpiry: FOREVER });
  });

  it('notices a change made inside a list', async () => {
    const user = await samples.user(desk.kayako).add();
    user.email.push(`second${samples.unique()}@example.com`);
    await user.save();
    expect(sent().email).toHaveLength(2);
    expect((await desk.kayako.get(User, user.id))?.email).toEqual(user.email);
  });

  it('unassigns a ticket with null, and writes names that differ from those it reads', async () => {
    const ticket = await samples.ticket(desk.kayako).add();
    ticket.ownerStaffId = 1;
    ticket.statusId = 2;
    ticket.priorityId = 3;
    ticket.typeId = 3;
    await ticket.save();
    expect(sent()).toEqual({
      ownerstaffid: '1',
      ticketstatusid: '2',
      ticketpriorityid: '3',
      tickettypeid: '3',
    });
    expect(ticket).toMatchObject({ ownerStaffId: 1, statusId: 2, priorityId: 3, typeId: 3 });
    ticket.ownerStaffId = null;
    await ticket.save();
    expect(sent()).toEqual({ ownerstaffid: '0' });
    expect(ticket.ownerStaffId).toBeNull();
  });

  it('refuses to clear what the server would keep, all at once and before sending', async () => {
    const user = samples.user(desk.kayako);
    Object.assign(user, { phone: '1', designation: 'Boss', userOrganizationId: 1 });
    user.userExpiry = new Date('2031-01-01T00:00:00Z');
    await user.add();
    Object.assign(user, { phone: '', designation: '', userOrganizationId: null });
    user.userExpiry = FOREVER;
    desk.requests();
    expect(await errorOf(() => user.save())).toMatchObject({
      code: 'FIELD_NOT_CLEARABLE',
      fields: ['userOrganizationId', 'userExpiry', 'designation', 'phone'],
    });
    expect(desk.requests()).toEqual([]);

    const staff = samples.staff(desk.kayako);
    staff.signature = 'Regards';
    await staff.add();
    expect(sent().staffsignature).toBe('Regards');
    staff.signature = '';
    expect(await errorOf(() => staff.save())).toMatchObject({
      code: 'FIELD_NOT_CLEARABLE',
      fields: ['signature'],
    });
  });

  it('leaves an empty field alone that was empty before', async () => {
    const staff = await samples.staff(desk.kayako).add();
    staff.designation = '';
    staff.lastName = 'Smith';
    await staff.save();
    expect(staff.lastName).toBe('Smith');
  });

  it('refuses what can only be set when adding', async () => {
    const user = await desk.kayako.repository(User).firstOrFail();
    user.password = 'hunter2-secret';
    desk.requests();
    const error = await errorOf(() => user.save());
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('password');
    expect(error.message).not.toContain('hunter2');
    const department = await samples.department(desk.kayako).add();
    department.module = 'livechat';
    expect(await errorOf(() => department.save())).toMatchObject({ code: 'INVALID_VALUE' });
  });

  it('notices in the reply that a change was ignored, and keeps what was asked for', async () => {
    const ticket = await samples.ticket(desk.kayako).add();
    ticket.subject = 'Changed';
    ticket.priorityId = 4711;
    const error = await errorOf(() => ticket.save());
    expect(error).toMatchObject({ code: 'CHANGE_IGNORED', fields: ['priorityId'], status: 200 });
    expect(ticket.priorityId).toBe(4711);
    const read = await desk.kayako.repository(Ticket).where({ id: ticket.id }).firstOrFail();
    expect(read).toMatchObject({ subject: 'Changed', priorityId: 1 });
    ticket.priorityId = 2;
    await ticket.save();
    expect(ticket.priorityId).toBe(2);
  });

  it('passes on why the server refused', async () => {
    const ticket = await samples.ticket(desk.kayako).add();
    const group = await samples.staffGroup(desk.kayako).add();
    const staff = samples.staff(desk.kayako);
    staff.staffGroupId = group.id;
    await staff.add();
    const error = await errorOf(() => group.delete());
    expect(error).toMatchObject({ code: 'BAD_REQUEST', status: 400, method: 'DELETE' });
    expect(error.message).toContain('Staff Group Deletion Failed');
    expect(group.isNew).toBe(false);
    ticket.email = '';
    await ticket.save();
    expect(ticket.email).toBe('');
  });
});

describe('add', () => {
  it('needs one of user, staff and automatic user for a ticket', async () => {
    const ticket = samples.ticket(desk.kayako);
    ticket.userId = null;
    expect(await errorOf(() => ticket.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['userId', 'staffId', 'autoUserId'],
    });
    ticket.autoUserId = false;
    expect(await errorOf(() => ticket.add())).toMatchObject({ code: 'REQUIRED_FIELDS' });
    ticket.autoUserId = true;
    ticket.email = `new${samples.unique()}@example.com`;
    await ticket.add();
    expect(ticket.userId).not.toBeNull();
    expect(ticket.creator).toBe('user');
  });

  it('repeats what was given when a deleted ticket is added again', async () => {
    const ticket = samples.ticket(desk.kayako);
    ticket.userId = null;
    ticket.staffId = 1;
    ticket.email = `customer${samples.unique()}@example.com`;
    const given = { fullName: ticket.fullName, email: ticket.email };
    await ticket.add();
    expect(ticket.creator).toBe('staff');
    expect(ticket.email).not.toBe(given.email);
    await ticket.delete();
    await ticket.add();
    expect(sent()).toMatchObject({ email: given.email, fullname: given.fullName, staffid: '1' });
    expect(ticket.creator).toBe('staff');
    expect('userid' in sent()).toBe(false);
  });

  it('sends only what was set', async () => {
    await samples.department(desk.kayako).add();
    expect(Object.keys(sent()).sort()).toEqual(['module', 'title', 'type']);
  });

  it('refuses a second write of the same object while one is under way', async () => {
    const department = samples.department(desk.kayako);
    const first = department.add();
    expect(await errorOf(() => department.add())).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
    await first;
    expect(department.isNew).toBe(false);
  });

  it('leaves the object new when the server refuses it', async () => {
    const staff = await samples.staff(desk.kayako).add();
    const twin = samples.staff(desk.kayako);
    twin.username = staff.username;
    expect(await errorOf(() => twin.add())).toMatchObject({ code: 'BAD_REQUEST' });
    expect(twin.isNew).toBe(true);
    twin.username = `other${samples.unique()}`;
    await twin.add();
    expect(twin.isNew).toBe(false);
  });

  it('carries text of any kind unharmed', async () => {
    const title = 'Ärger & Co + 100% = "<b>" ]]> 漢字 😀 \u200b';
    const department = samples.department(desk.kayako);
    department.title = title;
    await department.add();
    expect(department.title).toBe(title);
    expect((await desk.kayako.get(Department, department.id))?.title).toBe(title);
  });
});

describe('create', () => {
  it('converts plain input to the declared types', () => {
    const user = desk.kayako.create(User, {
      fullName: 'X',
      userGroupId: '2',
      email: 'a@example.com',
      isEnabled: 'false',
      userExpiry: '2030-01-01T00:00:00Z',
      slaPlanExpiry: 'forever',
    } as never);
    expect(user).toBeInstanceOf(User);
    expect(user).toMatchObject({
      userGroupId: 2,
      email: ['a@example.com'],
      isEnabled: false,
      userExpiry: new Date('2030-01-01T00:00:00Z'),
      slaPlanExpiry: FOREVER,
    });
  });

  it.each([
    ['an unknown field', { fullname: 'x' }, 'UNKNOWN_FIELD'],
    ['the id', { id: 5 }, 'UNKNOWN_FIELD'],
    ['a field that the server sets', { dateline: new Date() }, 'UNKNOWN_FIELD'],
    ['a relation', { group: {} }, 'UNKNOWN_FIELD'],
    ['a prototype', JSON.parse('{"__proto__": {"polluted": true}}'), 'UNKNOWN_FIELD'],
    ['a constructor', { constructor: 'x' }, 'UNKNOWN_FIELD'],
    ['a word it cannot have', { userRole: 'king' }, 'INVALID_VALUE'],
    ['text for an id', { userGroupId: 'two' }, 'INVALID_VALUE'],
    ['0 for an id', { userGroupId: 0 }, 'INVALID_VALUE'],
    ['an object for text', { phone: {} }, 'INVALID_VALUE'],
    ['a date that is none', { userExpiry: 'soon' }, 'INVALID_VALUE'],
    ['a list', ['x'], 'INVALID_VALUE'],
    ['text', 'x', 'INVALID_VALUE'],
  ])('refuses %s', async (_name, input: unknown, code) => {
    expect(await errorOf(() => desk.kayako.create(User, input as never))).toMatchObject({ code });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('names all unknown fields at once, and what can be given', async () => {
    const error = await errorOf(() => desk.kayako.create(Staff, { a: 1, b: 2 } as never));
    expect(error).toMatchObject({ fields: ['a', 'b'] });
    expect(error.message).toContain('firstName');
  });
});

describe('values that are the same to the server', () => {
  it('are no changes: null for empty text, FOREVER and null, parts of a second', async () => {
    const organization = await samples.organization(desk.kayako).add();
    const date = new Date('2031-01-01T00:00:00Z');
    organization.slaPlanId = 1;
    organization.slaPlanExpiry = date;
    await organization.save();
    Object.assign(organization, { city: null, slaPlanExpiry: new Date(date.getTime() + 500) });
    await organization.save();
    expect(organization).toMatchObject({ city: '', slaPlanExpiry: date });
  });

  it('repeat what was pushed into a list before adding again', async () => {
    const user = await samples.user(desk.kayako).add();
    user.email.push(`more${samples.unique()}@example.com`);
    await user.delete();
    await user.add();
    expect(user.email).toHaveLength(2);
  });
});

describe('references', () => {
  it('move a ticket to another department and another user, and a user to another group', async () => {
    const { kayako } = desk;
    const [department, user, group] = [
      await samples.department(kayako).add(),
      await samples.user(kayako).add(),
      await samples.userGroup(kayako).add(),
    ];
    const ticket = await samples.ticket(kayako).add();
    Object.assign(ticket, { departmentId: department.id, userId: user.id });
    await ticket.save();
    expect(await kayako.get(Ticket, ticket.id)).toMatchObject({
      departmentId: department.id,
      userId: user.id,
    });
    user.userGroupId = group.id;
    await user.save();
    expect(await kayako.get(User, user.id)).toMatchObject({ userGroupId: group.id });
  });

  it('that cannot be none are refused before anything is sent', async () => {
    const ticket = await samples.ticket(desk.kayako).add();
    desk.requests();
    for (const field of ['departmentId', 'statusId', 'priorityId', 'typeId'] as const) {
      ticket[field] = null;
      expect(await errorOf(() => ticket.save())).toMatchObject({
        code: 'FIELD_NOT_CLEARABLE',
        fields: [field],
      });
      ticket[field] = 1;
    }
    expect(desk.requests()).toEqual([]);
  });
});

describe('lists of groups without their flag', () => {
  it('are refused before anything is sent: everybody would be let in', async () => {
    const { kayako } = desk;
    desk.requests();
    for (const make of [
      samples.department,
      samples.newsItem,
      samples.knowledgebaseCategory,
      samples.troubleshooterCategory,
    ]) {
      const entity = make(kayako);
      entity.userGroupIds = [2];
      const error = await errorOf(() => entity.add());
      expect(error).toMatchObject({ code: 'INVALID_VALUE' });
      expect(error.message).toContain('userGroupIds needs userVisibilityCustom: true');
    }
    expect(desk.requests()).toEqual([]);
  });
});

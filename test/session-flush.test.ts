import { inspect } from 'node:util';
import {
  BelongsTo,
  Department,
  EditableEntity,
  Entity,
  Field,
  Id,
  type Ref,
  FlushError,
  type FlushReport,
  Staff,
  StaffGroup,
  Ticket,
  TicketAttachment,
  User,
  UserGroup,
  UserOrganization,
} from '@kayako-orm/orm';
import { errorOf, existing, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

const CUSTOMER = { fullName: 'Ang Gary', email: 'gary@example.com', password: 'hunter2secret' };

async function failedFlush(flush: () => Promise<FlushReport>): Promise<FlushError> {
  const error = await errorOf(flush);
  if (!(error instanceof FlushError)) throw error;
  return error;
}

function outline(report: FlushReport): string[] {
  return report.steps.map(({ request, status }) => `${request} ${status}`);
}

@Entity({
  route: '/Base/Department',
  root: 'departments',
  element: 'department',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
class Node extends EditableEntity {
  @Id() declare readonly id: number;
  @Field({ type: 'text', required: 'add' }) title!: string;
  @Field({ type: 'id' }) parentDepartmentId!: number | null;
  @BelongsTo(() => Node, 'parentDepartmentId') declare readonly parent: Ref<Node>;
}

describe('flush', () => {
  test('writes additions, changes and removals in an order that works; ids flow in', async () => {
    await using desk = await startDesk();
    const doomed = await samples.department(desk.kayako).add();
    const session = desk.kayako.session();
    const organization = session.create(UserOrganization, {
      name: 'Acme',
      organizationType: 'restricted',
    });
    const group = session.create(UserGroup, { title: 'VIP', groupType: 'registered' });
    const user = session.create(User, CUSTOMER);
    user.group.set(group);
    user.organization.set(organization);
    const ticket = session.create(Ticket, {
      subject: 'Printer on fire',
      fullName: 'Ang Gary',
      email: 'gary@example.com',
      contents: 'Smoke.',
      departmentId: 1,
      statusId: 1,
      priorityId: 1,
      typeId: 1,
    });
    ticket.user.set(user);
    const reply = ticket.posts.create({ contents: 'Water is under way.', staffId: 1 });
    const staff = await existing(session.repository(Staff).get(1));
    const newStaffGroup = session.create(StaffGroup, { title: 'Firefighters', isAdmin: false });
    staff.group.set(newStaffGroup);
    session.remove(await existing(session.repository(Department).get(doomed.id)));
    // The others are added because these refer to them.
    session.add(reply);
    desk.requests();

    const report = await session.flush();
    expect(desk.requests()).toEqual([
      'POST /Base/UserGroup',
      'POST /Base/UserOrganization',
      'POST /Base/User',
      'POST /Tickets/Ticket',
      'POST /Tickets/TicketPost',
      'POST /Base/StaffGroup',
      'PUT /Base/Staff/1',
      `DELETE /Base/Department/${doomed.id}`,
    ]);
    expect(report).toMatchObject({ done: 8, failed: 0, skipped: 0, planned: 0, requests: 8 });

    const read = await existing(desk.kayako.repository(Ticket).get(ticket.id));
    expect(read.userId).toBe(user.id);
    expect((await read.posts.all()).map(({ contents }) => contents)).toContain(
      'Water is under way.',
    );
    const readUser = await existing(desk.kayako.repository(User).get(user.id));
    expect([readUser.userGroupId, readUser.userOrganizationId]).toEqual([
      group.id,
      organization.id,
    ]);
    expect((await existing(desk.kayako.repository(Staff).get(1))).staffGroupId).toBe(
      newStaffGroup.id,
    );
    expect(await session.repository(User).get(user.id)).toBe(user);
    expect(await ticket.user.load()).toBe(user);
    expect((await session.flush()).steps).toEqual([]);
  });

  test('a reference to a new object is that object, and has an id when it is added', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const staff = await existing(session.repository(Staff).get(1));
    const group = session.create(StaffGroup, { title: 'New', isAdmin: false });
    staff.group.set(group);
    expect(staff.group.id).toBeNull();
    expect(await staff.group.load()).toBe(group);
    await session.flush();
    expect(staff.group.id).toBe(group.id);
    expect(staff.staffGroupId).toBe(group.id);
  });

  test('what the program assigns later counts', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const second = await session.create(StaffGroup, { title: 'Second', isAdmin: false }).add();
    const staff = await existing(session.repository(Staff).get(1));
    staff.group.set(session.create(StaffGroup, { title: 'Third', isAdmin: false }));
    staff.staffGroupId = second.id;
    desk.requests();
    await session.flush();
    expect(desk.requests()).toEqual(['PUT /Base/Staff/1']);
    expect((await existing(desk.kayako.repository(Staff).get(1))).staffGroupId).toBe(second.id);
  });

  test('sends what was changed, what is required and what would be reset, and nothing else', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const staff = await existing(session.repository(Staff).get(1));
    staff.designation = 'Chief';
    staff.mobileNumber = '0049';
    staff.mobileNumber = '';
    const report = await session.flush({ dryRun: true });
    const [step] = report.steps;
    expect(step?.changes.map(({ field }) => field)).toEqual(['designation']);
    await session.flush();
    const sent = desk.sandbox.requests.at(-1);
    expect(sent?.route).toBe('/Base/Staff/1');
    const names = Object.keys(sent?.body ?? {}).sort();
    expect(names).toEqual(['designation', 'firstname', 'lastname', 'staffgroupid']);
    expect(step?.sent.map((name) => name.toLowerCase()).sort()).toEqual(names);
  });

  test('children are deleted before their parent', async () => {
    await using desk = await startDesk();
    const { ticket } = await samples.answeredTicket(desk.kayako);
    const session = desk.kayako.session();
    const mine = await existing(session.repository(Ticket).get(ticket.id));
    session.remove(mine);
    const reply = await existing(mine.posts.where({ creator: 'staff' }).first());
    session.remove(reply);
    const [id, replyId] = [mine.id, reply.id];
    desk.requests();
    await session.flush();
    expect(desk.requests()).toEqual([
      `DELETE /Tickets/TicketPost/${id}/${replyId}`,
      `DELETE /Tickets/Ticket/${id}`,
    ]);
  });

  test('add() takes back remove(), and remove() takes back add()', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const department = await existing(session.repository(Department).get(1));
    session.remove(department);
    session.add(department);
    const group = session.add(session.create(StaffGroup, { title: 'X', isAdmin: false }));
    session.remove(group);
    desk.requests();
    expect((await session.flush()).steps).toEqual([]);
    expect(desk.requests()).toEqual([]);
  });

  test('objects of the connection that have no id yet can be added, rows of streams taken in', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const group = session.add(samples.staffGroup(desk.kayako));
    for await (const staff of session.repository(Staff).where({ id: 1 })) {
      staff.lastName = 'Streamed';
      session.add(staff);
    }
    expect((await session.flush()).done).toBe(2);
    expect(group.isNew).toBe(false);
    expect((await existing(desk.kayako.repository(Staff).get(1))).lastName).toBe('Streamed');
  });

  test('what changes while it is flushed is left for the next flush', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const staff = await existing(session.repository(Staff).get(1));
    staff.lastName = 'First';
    const off = desk.kayako.repository(Staff).on('afterSave', ({ entity }) => {
      entity.lastName = 'Second';
    });
    await session.flush();
    off();
    expect((await session.flush()).done).toBe(1);
    expect((await existing(desk.kayako.repository(Staff).get(1))).lastName).toBe('Second');
  });

  test('what was saved or deleted by itself is not written again', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const [saved, deleted] = [
      await session.create(StaffGroup, { title: 'Saved', isAdmin: false }).add(),
      await session.create(StaffGroup, { title: 'Deleted', isAdmin: false }).add(),
    ];
    saved.title = 'Saved again';
    deleted.title = 'In vain';
    session.remove(deleted);
    await saved.save();
    await deleted.delete();
    expect((await session.flush()).steps).toEqual([]);
  });

  test('only one at a time', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    session.add(samples.staffGroup(desk.kayako));
    const first = session.flush();
    expect(await errorOf(async () => session.flush())).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
    expect((await first).done).toBe(1);
  });
});

describe('a dry run', () => {
  test('shows every request and every change, no secret, and sends nothing', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const group = session.create(UserGroup, { title: 'VIP', groupType: 'registered' });
    const user = session.add(session.create(User, CUSTOMER));
    user.group.set(group);
    const staff = await existing(session.repository(Staff).get(1));
    staff.lastName = 'Other';
    const doomed = await session.create(StaffGroup, { title: 'Old', isAdmin: false }).add();
    session.remove(doomed);
    desk.requests();
    const report = await session.flush({ dryRun: true });
    expect(desk.requests()).toEqual([]);
    expect(outline(report)).toEqual([
      'POST /Base/UserGroup planned',
      'POST /Base/User planned',
      'PUT /Base/Staff/1 planned',
      `DELETE /Base/StaffGroup/${doomed.id} planned`,
    ]);
    const text = String(report);
    expect(text).toContain('<flush: 4 planned>');
    expect(text).toContain(`userGroupId: '${String(group)}'`);
    expect(text).toContain(`lastName: '${String(report.steps[2]?.changes[0]?.before)}' → 'Other'`);
    expect(text).toContain("password: '(secret)'");
    expect(JSON.stringify(report) + text + inspect(report)).not.toContain('hunter2');
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ planned: 4, requests: 0 });
    expect((await session.flush()).steps.map(({ request }) => request)).toEqual(
      report.steps.map(({ request }) => request),
    );
  });

  test('shows of a file how long it is', async () => {
    await using desk = await startDesk();
    const { reply } = await samples.answeredTicket(desk.kayako);
    const session = desk.kayako.session();
    const file = session.create(TicketAttachment, {
      ticketId: reply.ticketId,
      ticketPostId: reply.id,
      fileName: 'a.txt',
    });
    file.setContents('123456789012');
    session.add(file);
    const report = await session.flush({ dryRun: true });
    expect(JSON.stringify(report)).toContain('(12 bytes)');
    await session.flush();
    expect(String(await file.loadContents())).toBe('123456789012');
  });

  test('shows what would fail, and why', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    session.add(session.create(Department, { title: 'Sales' }));
    const report = await session.flush({ dryRun: true });
    expect(outline(report)).toEqual(['POST /Base/Department failed']);
    expect(report.steps[0]?.error).toMatchObject({ code: 'REQUIRED_FIELDS' });
  });
});

describe('a flush that fails', () => {
  test('before anything is sent, for what is missing anywhere', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    session.add(samples.staffGroup(desk.kayako));
    session.add(session.create(Department, { title: 'Sales' }));
    desk.requests();
    const error = await failedFlush(async () => session.flush());
    expect(desk.requests()).toEqual([]);
    expect(error.code).toBe('FLUSH_FAILED');
    expect(error.message).toContain('type; module');
    expect(error.cause).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect(outline(error.report)).toEqual([
      'POST /Base/StaffGroup skipped',
      'POST /Base/Department failed',
    ]);
  });

  test('midway says what became of each step; the next flush goes on from there', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const taken = await samples.user(desk.kayako).add();
    const group = session.create(UserGroup, { title: 'VIP', groupType: 'registered' });
    const user = session.add(session.create(User, { ...CUSTOMER, email: taken.email }));
    user.group.set(group);
    const staff = await existing(session.repository(Staff).get(1));
    staff.lastName = 'Other';
    const error = await failedFlush(async () => session.flush());
    expect(outline(error.report)).toEqual([
      'POST /Base/UserGroup done',
      'POST /Base/User failed',
      'PUT /Base/Staff/1 skipped',
    ]);
    expect(error.cause).toMatchObject({ code: 'BAD_REQUEST' });
    user.email = ['other@example.com'];
    expect(outline(await session.flush())).toEqual([
      'POST /Base/User done',
      'PUT /Base/Staff/1 done',
    ]);
    expect(user.userGroupId).toBe(group.id);
  });

  test('deletes on request what it has added, and can be tried again', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const taken = await samples.user(desk.kayako).add();
    const organization = session.add(samples.organization(desk.kayako));
    const group = session.create(UserGroup, { title: 'VIP', groupType: 'registered' });
    const user = session.add(session.create(User, { ...CUSTOMER, email: taken.email }));
    user.group.set(group);
    user.organization.set(organization);
    desk.requests();
    const error = await failedFlush(async () => session.flush({ onFailure: 'undo' }));
    const [first, second, third, ...undoing] = desk.requests();
    expect([first, second, third]).toEqual([
      'POST /Base/UserOrganization',
      'POST /Base/UserGroup',
      'POST /Base/User',
    ]);
    expect(undoing.map((request) => request.replace(/\d+$/, '#'))).toEqual([
      'DELETE /Base/UserGroup/#',
      'DELETE /Base/UserOrganization/#',
    ]);
    expect(outline(error.report)).toEqual([
      'POST /Base/UserOrganization undone',
      'POST /Base/UserGroup undone',
      'POST /Base/User failed',
    ]);
    expect([organization.isNew, group.isNew, user.isNew]).toEqual([true, true, true]);
    user.email = ['other@example.com'];
    expect((await session.flush()).done).toBe(3);
    const read = await existing(desk.kayako.repository(User).get(user.id));
    expect([read.userGroupId, read.userOrganizationId]).toEqual([group.id, organization.id]);
  });

  test('what cannot be undone says so', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const taken = await samples.user(desk.kayako).add();
    session.add(session.create(UserGroup, { title: 'VIP', groupType: 'registered' }));
    session.add(session.create(User, { ...CUSTOMER, email: taken.email, userGroupId: 2 }));
    const reason = new Error('hands off');
    desk.kayako.repository(UserGroup).on('beforeDelete', () => {
      throw reason;
    });
    const { report } = await failedFlush(async () => session.flush({ onFailure: 'undo' }));
    expect(report.steps[0]).toMatchObject({ status: 'done', error: reason });
  });

  test('by an abort rejects with its reason, and nothing is lost', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const abort = new AbortController();
    const reason = new Error('enough');
    const first = session.add(samples.staffGroup(desk.kayako));
    const second = session.add(samples.staffGroup(desk.kayako));
    desk.kayako.repository(StaffGroup).on('afterAdd', () => {
      abort.abort(reason);
    });
    expect(await errorOf(async () => session.flush({ signal: abort.signal }))).toBe(reason);
    expect([first.isNew, second.isNew]).toEqual([false, true]);
    expect(outline(await session.flush())).toEqual(['POST /Base/StaffGroup done']);
  });

  test('new objects that refer to one another in a circle are refused', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const [first, second] = [session.create(Node), session.create(Node)];
    first.parent.set(second);
    second.parent.set(first);
    session.add(first);
    const error = await errorOf(async () => session.flush());
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('circle');
  });
});

describe('ifUnchanged', () => {
  test('writes when nothing has changed since it was read', async () => {
    await using desk = await startDesk({ users: 30, tickets: 30 });
    const session = desk.kayako.session();
    const { ticket } = await samples.answeredTicket(desk.kayako);
    const entities = [
      ...(await session.repository(Staff).all()),
      ...(await session.repository(StaffGroup).all()),
      ...(await session.repository(Department).all()),
      ...(await session.repository(UserGroup).all()),
      ...(await session.repository(UserOrganization).all()),
      ...(await session.repository(User).all()),
      await existing(session.repository(Ticket).get(ticket.id)),
      ...(await session.repository(Ticket).take(10).all()),
    ];
    for (const entity of entities) {
      const name = ['lastName', 'title', 'name', 'fullName', 'subject'].find((each) =>
        Object.hasOwn(entity, each),
      );
      if (entity instanceof User) entity.phone = '12345';
      else Reflect.set(entity, name ?? '', 'Renamed');
    }
    const report = await session.flush({ ifUnchanged: true });
    expect(report.done).toBe(new Set(entities).size);
  });

  test('writes nothing when one was changed, and says which fields', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const staff = await existing(session.repository(Staff).get(1));
    const group = await existing(session.repository(StaffGroup).get(1));
    staff.designation = 'Mine';
    group.title = 'Mine';
    const theirs = await existing(desk.kayako.repository(Staff).get(1));
    theirs.firstName = 'Theirs';
    theirs.mobileNumber = '0049';
    await theirs.save();
    desk.requests();
    const error = await failedFlush(async () => session.flush({ ifUnchanged: true }));
    expect(desk.requests().sort()).toEqual(['GET /Base/Staff/1', 'GET /Base/StaffGroup/1']);
    expect(error.cause).toMatchObject({
      code: 'CONFLICT',
      fields: ['firstName', 'fullName', 'mobileNumber'],
    });
    expect(outline(error.report).sort()).toEqual([
      'PUT /Base/Staff/1 failed',
      'PUT /Base/StaffGroup/1 skipped',
    ]);
    await session.repository(Staff).get(1);
    expect((await session.flush({ ifUnchanged: true })).done).toBe(2);
    const read = await existing(desk.kayako.repository(Staff).get(1));
    expect([read.firstName, read.designation, read.mobileNumber]).toEqual([
      'Theirs',
      'Mine',
      '0049',
    ]);
  });

  test('notices a change of what was changed here, and what was deleted', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const added = await samples.staffGroup(desk.kayako).add();
    const mine = await existing(session.repository(StaffGroup).get(added.id));
    const staff = await existing(session.repository(Staff).get(1));
    session.remove(mine);
    staff.designation = 'Mine';
    const theirs = await existing(desk.kayako.repository(Staff).get(1));
    theirs.designation = 'Theirs';
    await theirs.save();
    await added.delete();
    // Read again, a field that both have changed is still in conflict.
    await session.repository(Staff).get(1);
    const error = await failedFlush(async () => session.flush({ ifUnchanged: true }));
    const reasons = error.report.steps.map((step) => step.error);
    expect(reasons).toMatchObject([{ fields: ['designation'] }, { fields: [] }]);
  });
});

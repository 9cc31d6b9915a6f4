import {
  Department,
  Entity,
  FlushError,
  Kayako,
  Staff,
  StaffGroup,
  Ticket,
  TicketPost,
  User,
  UserOrganization,
} from '@kayako-orm/orm';
import { errorOf, existing, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

const GROUP = { title: 'One', isAdmin: false };

describe('no change is lost', () => {
  test('that is made while the entity is being added', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const group = session.add(session.create(StaffGroup, GROUP));
    const flushing = session.flush();
    await new Promise(setImmediate);
    group.title = 'Two';
    await flushing;
    expect((await session.flush()).done).toBe(1);
    expect((await existing(desk.kayako.repository(StaffGroup).get(group.id))).title).toBe('Two');
  });

  test.each([{ dryRun: true }, {}])(
    'in a list that was handed out before flush(%j)',
    async (how) => {
      await using desk = await startDesk();
      const session = desk.kayako.session();
      const user = await existing(session.repository(User).first());
      const addresses = user.email;
      const before = [...addresses];
      await session.flush(how);
      addresses.push('second@example.com');
      expect((await session.flush()).done).toBe(1);
      const read = await existing(desk.kayako.repository(User).get(user.id));
      expect(read.email).toEqual([...before, 'second@example.com']);
    },
  );

  test('nor any field, when an entity is deleted and added again', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const group = await session.create(StaffGroup, GROUP).add();
    session.remove(group);
    await session.flush();
    session.add(group);
    await session.flush();
    expect(group).toMatchObject(GROUP);
    await group.delete();
    await group.add();
    await session.flush();
    expect(group).toMatchObject(GROUP);
    expect(await session.repository(StaffGroup).get(group.id)).toBe(group);
  });

  test('nor what was asked for by a listener', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const group = await session.create(StaffGroup, GROUP).add();
    const groups = desk.kayako.repository(StaffGroup);
    const off = groups.on('afterSave', ({ entity }) => {
      session.remove(entity);
    });
    group.title = 'Two';
    await session.flush();
    off();
    const offAgain = groups.on('afterDelete', ({ entity }) => void session.add(entity));
    expect((await session.flush()).steps.map(({ action }) => action)).toEqual(['delete']);
    offAgain();
    expect((await session.flush()).steps.map(({ action }) => action)).toEqual(['add']);
  });
});

describe('a reading brings up to date only what it can know', () => {
  test('not what was written after it had begun', async () => {
    await using desk = await startDesk({ users: 600 });
    const session = desk.kayako.session();
    const users = session.repository(User);
    const last = await existing(users.get(600));
    let told = 0;
    // The reply was made before; its last rows come after this.
    users.on('loaded', async () => {
      told += 1;
      if (told > 1) return;
      last.phone = '111';
      await session.flush();
    });
    expect(await users.all()).toContain(last);
    expect(told).toBeGreaterThan(500);
    expect(last.phone).toBe('111');
    last.fullName = 'Somebody Else';
    await session.flush();
    expect((await existing(desk.kayako.repository(User).get(600))).phone).toBe('111');
  });

  test('not what a table said that was read some time ago', async () => {
    await using desk = await startDesk();
    const { id } = await samples.ticket(desk.kayako).add();
    const tickets = desk.kayako.repository(Ticket).where({ id }).include('department');
    const [read] = await tickets.all();
    expect(read?.department.value?.title).toBe('General');
    await using colleague = new Kayako(desk.sandbox);
    const theirs = await existing(colleague.repository(Department).get(1));
    theirs.title = 'Theirs';
    await theirs.save();
    const session = desk.kayako.session();
    const mine = await existing(session.repository(Department).get(1));
    await session.repository(Ticket).where({ id }).include('department').all();
    expect(mine.title).toBe('Theirs');
    mine.displayOrder = 77;
    await session.flush({ ifUnchanged: true });
    expect((await existing(colleague.repository(Department).get(1))).title).toBe('Theirs');
  });

  test('tables are read anew when another class writes the same records', async () => {
    @Entity({
      route: '/Base/Department',
      root: 'departments',
      element: 'department',
      actions: ['list', 'get', 'add', 'save', 'delete'],
    })
    class Team extends Department {}
    await using desk = await startDesk();
    const { id } = await samples.ticket(desk.kayako).add();
    const tickets = desk.kayako.repository(Ticket).where({ id }).include('department');
    await tickets.all();
    const team = await existing(desk.kayako.repository(Team).get(1));
    team.title = 'Written as a team';
    await team.save();
    expect((await tickets.all())[0]?.department.value?.title).toBe('Written as a team');
  });

  test('what is written through other objects of the session is taken in', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const groups = session.repository(StaffGroup);
    const { id } = await session.create(StaffGroup, GROUP).add();
    const kept = await existing(groups.get(id));
    await groups.where({ id }).update({ title: 'Bulk' });
    expect(kept.title).toBe('Bulk');
    kept.title = 'In vain';
    await groups.where({ id }).delete();
    expect(kept.isNew).toBe(true);
    expect((await session.flush()).steps).toEqual([]);
  });

  test('children that come with a write or a reload are the session’s', async () => {
    await using desk = await startDesk();
    const { ticket } = await samples.answeredTicket(desk.kayako);
    const session = desk.kayako.session();
    const mine = await existing(session.repository(Ticket).get(ticket.id));
    const posts = await mine.posts.all();
    const loaded: unknown[] = [];
    desk.kayako.repository(TicketPost).on('loaded', ({ entity }) => void loaded.push(entity));
    await mine.reload();
    expect((await mine.posts.all())[1]).toBe(posts[1]);
    expect(loaded).toEqual(posts);
    mine.subject = 'Other';
    await mine.save();
    expect((await mine.posts.all())[1]).toBe(posts[1]);
  });

  test('a child that is known already knows its parent', async () => {
    await using desk = await startDesk();
    const { ticket, reply } = await samples.answeredTicket(desk.kayako);
    const session = desk.kayako.session();
    const post = await existing(session.repository(TicketPost).get(ticket.id, reply.id));
    const parent = await existing(session.repository(Ticket).get(ticket.id));
    await post.delete();
    expect(await parent.posts.all()).not.toContain(post);
  });
});

describe('fields that wait for an id', () => {
  test('wait through a reading, and no longer once they are assigned or reloaded', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const staff = await existing(session.repository(Staff).get(1));
    const before = staff.staffGroupId;
    const group = session.create(StaffGroup, GROUP);
    staff.group.set(group);
    await session.repository(Staff).get(1);
    expect(await staff.group.load()).toBe(group);
    staff.staffGroupId = before;
    expect((await session.flush()).steps).toEqual([]);
    staff.group.set(group);
    await staff.reload();
    expect(staff.group.id).toBe(before);
    expect((await session.flush()).steps).toEqual([]);
  });

  test('are filled by the object’s own save, or it says what it waits for', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const staff = await existing(session.repository(Staff).get(1));
    const group = session.create(StaffGroup, GROUP);
    staff.group.set(group);
    const error = await errorOf(async () => staff.save());
    expect(error).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
    expect(error.message).toContain('has no id yet');
    await group.add();
    await staff.save();
    expect((await existing(desk.kayako.repository(Staff).get(1))).staffGroupId).toBe(group.id);
  });

  test('wait no more for what is taken back', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const user = await existing(session.repository(User).first());
    const before = user.organization.id;
    const organization = session.create(UserOrganization, { name: '' });
    user.organization.set(organization);
    expect((await session.flush({ dryRun: true })).failed).toBe(1);
    session.remove(organization);
    expect((await session.flush()).steps).toEqual([]);
    expect(user.organization.id).toBe(before);
  });

  test('take no object of another help desk, and make a loose one the session’s', async () => {
    await using desk = await startDesk();
    await using other = await startDesk();
    const session = desk.kayako.session();
    const staff = await existing(session.repository(Staff).get(1));
    const foreign = await errorOf(() => {
      staff.group.set(samples.staffGroup(other.kayako));
    });
    expect(foreign.message).toContain('another help desk');
    const loose = Object.assign(new StaffGroup(), GROUP);
    staff.group.set(loose);
    await session.flush();
    loose.title = 'Two';
    await loose.save();
    expect((await existing(staff.group.load())).title).toBe('Two');
  });
});

describe('what a flush says is so', () => {
  test('what was written before a listener failed is done, and is undone on request', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const group = session.add(session.create(StaffGroup, GROUP));
    const off = desk.kayako.repository(StaffGroup).on('afterAdd', () => {
      throw new Error('late');
    });
    const error = await errorOf(async () => session.flush({ onFailure: 'undo' }));
    expect(error).toMatchObject({ report: { steps: [{ status: 'undone' }] } });
    expect(await desk.kayako.repository(StaffGroup).where({ title: 'One' }).count()).toBe(0);
    const kept = await errorOf(async () => session.flush());
    expect(kept).toMatchObject({ report: { steps: [{ status: 'done' }] } });
    expect(group.isNew).toBe(false);
    off();
  });

  test('an abort waits for what was sent, so nothing is made twice', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const abort = new AbortController();
    session.add(session.create(StaffGroup, GROUP));
    const flushing = session.flush({ signal: abort.signal });
    await new Promise(setImmediate);
    abort.abort();
    await flushing;
    await session.flush();
    expect(await desk.kayako.repository(StaffGroup).where({ title: 'One' }).count()).toBe(1);
  });

  test('listeners of other classes change nothing about what is checked', async () => {
    await using desk = await startDesk();
    desk.kayako.repository(Ticket).on('beforeAdd', () => undefined);
    const session = desk.kayako.session();
    session.add(session.create(StaffGroup, GROUP));
    session.add(session.create(Department, { title: 'Sales' }));
    desk.requests();
    expect(await errorOf(async () => session.flush())).toBeInstanceOf(FlushError);
    expect(desk.requests()).toEqual([]);
  });

  test('a comparison hands out nothing, and who wants the same is not in the way', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const groups = session.repository(StaffGroup);
    const mine = await existing(groups.get(1));
    const theirs = await existing(desk.kayako.repository(StaffGroup).get(1));
    let loaded = 0;
    groups.on('loaded', ({ entity }) => {
      loaded += 1;
      entity.title = entity.title.toUpperCase();
    });
    theirs.title = 'The same';
    await theirs.save();
    mine.title = 'The same';
    expect((await session.flush({ ifUnchanged: true })).done).toBe(1);
    expect(loaded).toBe(0);
  });

  test('what is forgotten or taken back meanwhile is not written', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const [first, second] = [
      session.add(session.create(StaffGroup, GROUP)),
      session.add(session.create(StaffGroup, GROUP)),
    ];
    desk.kayako.repository(StaffGroup).on('afterAdd', () => {
      session.remove(second);
    });
    expect((await session.flush()).steps.map(({ status }) => status)).toEqual(['done', 'skipped']);
    session.clear();
    first.title = 'Forgotten';
    expect((await session.flush()).steps).toEqual([]);
  });

  test('two sessions ensure one object, each as its own', async () => {
    await using desk = await startDesk();
    const key = { title: 'Same' };
    const [one, other] = await Promise.all([
      desk.kayako.session().repository(StaffGroup).ensure(key, { isAdmin: false }),
      desk.kayako.session().repository(StaffGroup).ensure(key, { isAdmin: false }),
    ]);
    expect(one.id).toBe(other.id);
    expect(one).not.toBe(other);
  });

  test('objects that are frozen or sealed are read, and stay as they are', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const [frozen, sealed] = await session.repository(StaffGroup).take(2).all();
    Object.freeze(frozen);
    Object.seal(sealed);
    expect(await session.repository(StaffGroup).all()).toContain(frozen);
    if (sealed !== undefined) sealed.title = 'Sealed';
    expect((await session.flush()).done).toBe(1);
    expect(frozen?.title).toBe('Administrator');
  });
});

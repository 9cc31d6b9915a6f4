// What a program does with the entities of sources/user-entities.ts. Every build of them must behave the same.
import assert from 'node:assert/strict';
import { Kayako, TicketPost, User } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

async function useDesk(kayako, Desk) {
  const desks = kayako.repository(Desk);
  const parent = await desks.where({ title: 'General' }).firstOrFail();
  assert.equal(parent.parentId, null);
  assert.equal(parent.restricted, false);
  assert.deepEqual(parent.groupIds, []);

  const desk = desks.create({ title: 'Repairs', type: 'public', module: 'tickets', position: 7 });
  assert.equal(desk.isNew, true);
  assert.equal(desk.id, undefined);
  desk.restricted = true;
  desk.groupIds = [2];
  desk.parent.set(parent);
  await desk.add();
  desk.type = 'private';
  await desk.save();

  const found = await desks.get(desk.id);
  assert.deepEqual(
    { ...found.toJSON() },
    {
      id: desk.id,
      title: 'Repairs',
      type: 'private',
      module: 'tickets',
      position: 7,
      restricted: true,
      groupIds: [2],
      parentId: parent.id,
    },
  );
  assert.equal((await found.parent.load()).title, 'General');
  assert.deepEqual(
    (await parent.children.all()).map(({ title }) => title),
    ['Repairs'],
  );
  await found.delete();
  assert.equal(found.isNew, true);
  assert.equal(await parent.children.count(), 0);
}

async function useTicket(kayako, { Desk, SupportTicket }, openedAt) {
  const ticket = kayako.create(SupportTicket, {
    subject: 'Hello',
    contents: 'It broke.',
    fullName: 'Test User',
    email: 'test@example.com',
    userId: 1,
    departmentId: 1,
    statusId: 1,
    priorityId: 1,
    typeId: 1,
  });
  await ticket.add();
  assert.deepEqual(ticket.openedAt, openedAt);
  assert.ok((await ticket.desk.load()) instanceof Desk);
  // The relation of the class and the one that it inherits.
  for (const posts of [ticket.messages, ticket.posts]) {
    const [post] = await posts.all();
    assert.ok(post instanceof TicketPost);
    assert.equal(post.contents, 'It broke.');
  }
  const desk = await kayako.get(Desk, 1);
  const [listed] = await desk.tickets.all();
  assert.ok(listed instanceof SupportTicket);
  assert.deepEqual(listed.openedAt, openedAt);
  listed.subject = 'Hello again';
  await listed.save();
  await ticket.reload();
  assert.equal(ticket.subject, 'Hello again');
  await ticket.delete();
}

async function useGroup(kayako, Group) {
  const groups = kayako.repository(Group);
  const titles = (await groups.all()).map(({ title }) => title);
  assert.deepEqual(titles, ['Guest', 'Registered']);
  const registered = await groups.where({ title: 'Registered' }).firstOrFail();
  assert.equal(registered.isMaster, true);
  const [member] = await registered.members.all();
  assert.ok(member instanceof User);

  const group = new Group();
  group.title = 'Partners';
  await groups.add(group);
  assert.equal(group.kind, 'registered');
  group.title = 'Friends';
  await groups.save(group);
  assert.equal((await groups.get(group.id)).title, 'Friends');
  await groups.delete(group);
  assert.equal(group.id, undefined);
  assert.equal(await groups.count(), titles.length);
}

/** Runs it all against a fresh help desk and returns what was sent, for comparison with other builds. */
export async function useEntities(entities) {
  const now = new Date('2030-01-01T00:00:00Z');
  const sandbox = await startSandbox({ clock: () => now });
  const kayako = new Kayako(sandbox);
  try {
    await useDesk(kayako, entities.Desk);
    await useTicket(kayako, entities, now);
    await useGroup(kayako, entities.Group);
  } finally {
    await kayako.close();
    await sandbox.close();
  }
  return sandbox.requests.map(({ method, route, body }) => ({ method, route, body }));
}

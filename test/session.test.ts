import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  Department,
  Staff,
  StaffGroup,
  Ticket,
  TicketCustomField,
  TicketPost,
  User,
  UserGroup,
} from '@kayako-orm/orm';
import { errorOf, existing, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Collections run when the event loop turns; a few turns are enough for what nobody holds. */
async function settleGarbage(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
}

describe('the identity map of a session', () => {
  test('gives one object for each class and id, whichever way it is read', async () => {
    await using desk = await startDesk();
    const { ticket } = await samples.answeredTicket(desk.kayako);
    const session = desk.kayako.session();
    const tickets = session.repository(Ticket);
    const one = await tickets.get(ticket.id);
    expect(await tickets.where({ id: ticket.id }).firstOrFail()).toBe(one);
    expect(await tickets.where({ id: ticket.id }).all()).toEqual([one]);
    expect((await tickets.where({ id: ticket.id }).all())[0]).toBe(one);
    expect((await tickets.where({ id: ticket.id }).run()).rows[0]).toBe(one);
    const department = await session.repository(Department).get(1);
    expect(await one?.department.load()).toBe(department);
    const [included] = await tickets.where({ id: ticket.id }).include('department', 'user').all();
    expect(included).toBe(one);
    expect(included?.department.value).toBe(department);
    expect(included?.user.value).toBe(await session.repository(User).get(1));
    const [post] = (await one?.posts.all()) ?? [];
    expect(await session.repository(TicketPost).get(ticket.id, post?.id ?? 0)).toBe(post);
  });

  test('is that of one session: others, and none, have objects of their own', async () => {
    await using desk = await startDesk();
    const first = await desk.kayako.session().repository(Department).get(1);
    const second = await desk.kayako.session().repository(Department).get(1);
    const outside = await desk.kayako.repository(Department).get(1);
    expect(first).not.toBe(second);
    expect(first).not.toBe(outside);
  });

  test('tells records apart whose ids are unique within a ticket alone', async () => {
    await using desk = await startDesk({ tickets: 2 });
    const session = desk.kayako.session();
    const groups = await session
      .repository(TicketCustomField)
      .where({ ticketId: [1, 2] })
      .all();
    const addresses = groups.map(({ ticketId, id }) => `${ticketId}/${id}`);
    expect(new Set(groups.map(({ id }) => id)).size).toBeLessThan(groups.length);
    expect(new Set(addresses).size).toBe(groups.length);
    expect(new Set(groups).size).toBe(groups.length);
    const again = await session.repository(TicketCustomField).where({ ticketId: 1 }).all();
    expect(groups).toContain(again[0]);
  });

  test('is not filled by streams', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const departments = session.repository(Department);
    const streamed: Department[] = [];
    for await (const each of departments.where({ id: 1 })) streamed.push(each);
    for await (const batch of departments.where({ id: 1 }).batches()) streamed.push(...batch);
    const kept = await departments.get(1);
    for await (const each of departments.where({ id: 1 })) streamed.push(each);
    expect(new Set([...streamed, kept]).size).toBe(4);
    for (const each of streamed) each.title = 'Changed';
    expect((await session.flush()).steps).toEqual([]);
  });

  test('a reference that is here already is not read again', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const { id } = await samples.ticket(desk.kayako).add();
    const ticket = await session.repository(Ticket).get(id);
    const department = await session.repository(Department).get(1);
    desk.requests();
    expect(await ticket?.department.load()).toBe(department);
    expect(desk.requests()).toEqual([]);
  });

  test('reading again brings up to date all but what the program has changed', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const mine = await existing(session.repository(Staff).get(1));
    mine.firstName = 'Mine';
    const theirs = await existing(desk.kayako.repository(Staff).get(1));
    theirs.firstName = 'Theirs';
    theirs.lastName = 'Theirs too';
    await theirs.save();
    expect(await session.repository(Staff).get(1)).toBe(mine);
    expect([mine.firstName, mine.lastName]).toEqual(['Mine', 'Theirs too']);
    const report = await session.flush({ dryRun: true });
    expect(report.steps.map(({ changes }) => changes.map(({ field }) => field))).toEqual([
      ['firstName'],
    ]);
  });

  test('reading again brings children up to date', async () => {
    await using desk = await startDesk();
    const { ticket } = await samples.answeredTicket(desk.kayako);
    const session = desk.kayako.session();
    const mine = await existing(session.repository(Ticket).get(ticket.id));
    const before = await mine.posts.all();
    await ticket.posts.create({ contents: 'One more.', staffId: 1 }).add();
    await session.repository(Ticket).get(ticket.id);
    const after = await mine.posts.all();
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toBe(before[0]);
  });

  test('what was deleted is not given any more', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const group = await session.create(UserGroup, { title: 'X', groupType: 'registered' }).add();
    const { id } = group;
    expect(await session.repository(UserGroup).get(id)).toBe(group);
    await group.delete();
    expect(await session.repository(UserGroup).get(id)).toBeNull();
  });

  test('clear() forgets everything', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const before = await existing(session.repository(Department).get(1));
    before.title = 'Changed';
    session.add(samples.staffGroup(desk.kayako));
    session.clear();
    expect(await session.repository(Department).get(1)).not.toBe(before);
    expect((await session.flush()).steps).toEqual([]);
    expect(String(session)).toBe('<Session: 0 to add, 0 to remove, 0 perhaps changed>');
  });
});

describe('memory of a session', () => {
  test('holds nothing that nobody holds, but loses no change', async () => {
    await using desk = await startDesk({ users: 60 });
    const session = desk.kayako.session();
    const changed = await (async () => {
      const users = await session.repository(User).all();
      const [renamed, moved] = users;
      if (renamed === undefined || moved === undefined) throw new Error('no users');
      renamed.fullName = 'Renamed Person';
      moved.email.push('second@example.com');
      return users.map((user) => new WeakRef(user));
    })();
    await settleGarbage();
    const alive = changed.flatMap((reference) => reference.deref()?.fullName ?? []);
    expect(alive).toHaveLength(2);
    expect(alive).toContain('Renamed Person');
    const report = await session.flush();
    expect(report.done).toBe(2);
    await settleGarbage();
    expect(changed.filter((reference) => reference.deref() !== undefined)).toHaveLength(
      // The report holds what it tells of.
      report.steps.length,
    );
  });

  test('reading again holds nothing either', async () => {
    await using desk = await startDesk({ users: 60 });
    const session = desk.kayako.session();
    const references = await (async () => {
      const users = await session.repository(User).all();
      expect(await session.repository(User).all()).toEqual(users);
      return users.map((user) => new WeakRef(user));
    })();
    await settleGarbage();
    expect(references.filter((reference) => reference.deref() !== undefined)).toEqual([]);
    expect(String(session)).toBe('<Session: 0 to add, 0 to remove, 0 perhaps changed>');
  });

  test('entities look as they do without a session', async () => {
    await using desk = await startDesk();
    const plain = await existing(desk.kayako.repository(Staff).get(1));
    const session = desk.kayako.session();
    const managed = await existing(session.repository(Staff).get(1));
    expect(Object.keys(managed)).toEqual(Object.keys(plain));
    expect(Object.entries(managed)).toEqual(Object.entries(plain));
    expect(JSON.stringify(managed)).toBe(JSON.stringify(plain));
    managed.firstName = 'Other';
    expect(Object.keys(managed)).toEqual(Object.keys(plain));
    plain.firstName = 'Other';
    expect(Object.entries(managed)).toEqual(Object.entries(plain));
  });

  test('a bulk call over a session writes what it says', async () => {
    await using desk = await startDesk();
    const session = desk.kayako.session();
    const kept = await existing(session.repository(StaffGroup).get(1));
    const report = await session.repository(StaffGroup).where({ id: 1 }).update({ title: 'Bulk' });
    expect(report.done).toBe(1);
    await kept.reload();
    expect(kept.title).toBe('Bulk');
  });
});

describe('what makes no sense', () => {
  test('is refused, and says what to do', async () => {
    await using desk = await startDesk();
    await using other = await startDesk();
    const session = desk.kayako.session();
    const outside = await existing(desk.kayako.repository(Department).get(1));
    const foreign = samples.department(other.kayako);
    let streamed = outside;
    for await (const each of session.repository(Department).where({ id: 1 })) streamed = each;
    const kept = await session.repository(Department).get(1);
    const cases: [() => unknown, string, string][] = [
      [() => session.add(outside), 'ACTION_NOT_AVAILABLE', 'Read it with session.repository'],
      [() => session.add(streamed), 'ACTION_NOT_AVAILABLE', 'another object'],
      [() => session.add(foreign), 'ACTION_NOT_AVAILABLE', 'another connection'],
      [
        () => {
          session.remove(foreign);
        },
        'ACTION_NOT_AVAILABLE',
        'another connection',
      ],
      [
        () => {
          session.remove(samples.department(desk.kayako));
        },
        'ACTION_NOT_AVAILABLE',
        'was not',
      ],
      [() => session.add(5 as never), 'INVALID_VALUE', 'takes entities'],
      [
        () => {
          session.remove(null as never);
        },
        'INVALID_VALUE',
        'takes entities',
      ],
      [() => session.flush({ dryrun: true } as never), 'UNKNOWN_FIELD', 'dryRun'],
      [() => session.flush({ dryRun: 1 as never }), 'INVALID_VALUE', 'dryRun'],
      [() => session.flush({ onFailure: 'stop' as never }), 'INVALID_VALUE', 'keep'],
      [() => session.flush(null as never), 'INVALID_VALUE', 'options'],
    ];
    for (const [call, code, text] of cases) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ code });
      expect(error.message).toContain(text);
    }
    expect(kept).not.toBeNull();
  });

  test('outside of a session a reference takes no entity without an id', async () => {
    await using desk = await startDesk();
    const error = await errorOf(() => {
      samples.ticket(desk.kayako).user.set(samples.user(desk.kayako));
    });
    expect(error.message).toContain('in a session');
  });
});

import { type Sandbox, type SandboxOptions } from '@kayako-orm/sandbox';

import { GeneratedUsers } from '../../src/seed/generated-users.js';
import { call, documentOf, idOf, textsOf, type Answer } from '../support/client.js';
import { addTicket, startDesk } from '../support/desk.js';

const EVERY_TICKET = '/Tickets/Ticket/ListAll/1,3,4/1,2,3,4';

async function withDesk<Value>(
  options: SandboxOptions,
  read: (desk: Sandbox) => Promise<Value>,
): Promise<Value> {
  const desk = await startDesk(options);
  try {
    return await read(desk);
  } finally {
    await desk.close();
  }
}

/** Every byte of users, organizations and tickets with their children. */
const everything = (options: SandboxOptions): Promise<string[]> =>
  withDesk(options, async (desk) => {
    const list = await call(desk, 'GET', EVERY_TICKET);
    const ids = [...list.text.matchAll(/<ticket id="(\d+)"/g)].map(([, id]) => id ?? '');
    const routes = [
      '/Base/User/Filter/1/0',
      '/Base/UserOrganization',
      '/Tickets/TicketCount',
      ...ids.flatMap((id) => [
        `/Tickets/Ticket/${id}`,
        `/Tickets/TicketPost/ListAll/${id}`,
        `/Tickets/TicketCustomField/${id}`,
      ]),
    ];
    const texts = [];
    for (const route of routes) texts.push((await call(desk, 'GET', route)).text);
    return texts;
  });

test('the same seed gives the same bytes, whatever the time is', async () => {
  const options = { users: 30, tickets: 20, seed: 7 };
  const first = await everything(options);
  const second = await everything({ ...options, clock: () => new Date(0) });
  expect(first).toHaveLength(63);
  expect(second).toEqual(first);
});

test('another seed gives others', async () => {
  const [users] = await everything({ users: 30, seed: 7 });
  const [others] = await everything({ users: 30, seed: 8 });
  expect(others).not.toEqual(users);
});

test('the same seed gives the same display ids to tickets that requests make', async () => {
  const ids = await Promise.all(
    [5, 5, 6].map((seed) =>
      withDesk({ seed }, async (desk) => textsOf(await addTicket(desk), 'displayid')[0]),
    ),
  );
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

describe('generated users', () => {
  let desk: Sandbox;
  let list: Answer;

  beforeAll(async () => {
    desk = await startDesk({ users: 1000, seed: 3 });
    list = await call(desk, 'GET', '/Base/User/Filter/2/0');
  });

  afterAll(() => desk.close());

  test('come on top of the default one', () => {
    expect(textsOf(list, 'id').map(Number)).toEqual(
      Array.from({ length: 1000 }, (_, index) => index + 2),
    );
  });

  test('have addresses of their own', () => {
    const emails = textsOf(list, 'email');
    expect(emails.length).toBeGreaterThan(1100);
    expect(new Set(emails.map((email) => email.toLowerCase())).size).toBe(emails.length);
    expect(emails.every((email) => /^[a-z0-9.-]+@[a-z.]+$/.test(email))).toBe(true);
  });

  test('are varied', () => {
    expect(new Set(textsOf(list, 'fullname')).size).toBeGreaterThan(400);
    expect(textsOf(list, 'fullname').some((name) => /[^\u0020-\u007e]/.test(name))).toBe(true);
    for (const name of [
      'salutation',
      'userrole',
      'isenabled',
      'phone',
      'userexpiry',
      'lastvisit',
      'slaplanid',
    ]) {
      expect([name, new Set(textsOf(list, name)).size > 1]).toEqual([name, true]);
    }
  });

  test('belong to organizations that exist', async () => {
    const organizations = textsOf(await call(desk, 'GET', '/Base/UserOrganization'), 'id');
    const used = new Set(textsOf(list, 'userorganizationid').filter((id) => id !== ''));
    expect(organizations).toHaveLength(21);
    expect([...used].every((id) => organizations.includes(id))).toBe(true);
    expect(used.size).toBeGreaterThan(10);
  });

  test('are rows like any other', async () => {
    const [email = ''] = textsOf(await call(desk, 'GET', '/Base/User/500'), 'email');
    const taken = { fullname: 'X', usergroupid: 2, password: 'x', email: email.toUpperCase() };
    expect((await call(desk, 'POST', '/Base/User', taken)).status).toBe(400);
    await call(desk, 'PUT', '/Base/User/500', { fullname: 'Renamed', email: 'free@example.org' });
    expect(textsOf(await call(desk, 'GET', '/Base/User/500'), 'fullname')).toEqual(['Renamed']);
    expect((await call(desk, 'POST', '/Base/User', taken)).status).toBe(200);
    await call(desk, 'DELETE', '/Base/User/500');
    await call(desk, 'DELETE', '/Base/User/501');
    expect(textsOf(await call(desk, 'GET', '/Base/User/Filter/499/2'), 'id')).toEqual([
      '499',
      '502',
    ]);
    const again = await call(desk, 'DELETE', '/Base/User/501');
    expect(again.status).toBe(400);
    desk.reset();
    expect(textsOf(await call(desk, 'GET', '/Base/User/500'), 'email')[0]).toBe(email);
  });
});

test('an address leads back to its user, and to no other', () => {
  const source = new GeneratedUsers(2, 50, 1, {
    userGroupId: 2,
    firstOrganizationId: 2,
    lastOrganizationId: 1,
    slaPlanId: 0,
  });
  for (let id = source.firstId; id <= source.lastId; id += 1) {
    const user = source.create(id);
    expect(user.emails.map((email) => source.idOf(email))).toEqual(user.emails.map(() => id));
    expect(user.organizationId).toBe(0);
  }
  expect(
    ['x.1@example.com', 'x.52@example.com', 'x@example.com'].map((email) => source.idOf(email)),
  ).toEqual([undefined, undefined, undefined]);
});

describe('generated tickets', () => {
  let desk: Sandbox;
  let list: Answer;

  beforeAll(async () => {
    desk = await startDesk({ users: 100, tickets: 300, seed: 3 });
    list = await call(desk, 'GET', EVERY_TICKET);
  });

  afterAll(() => desk.close());

  test('are all found by all departments and all statuses', () => {
    expect(list.text.match(/<ticket /g)).toHaveLength(300);
    expect(new Set(textsOf(list, 'displayid')).size).toBe(300);
  });

  test.each([
    ['departmentid', ['1', '3', '4']],
    ['statusid', ['1', '2', '3', '4']],
    ['priorityid', ['1', '2', '3', '4']],
    ['typeid', ['1', '2', '3', '4', '5', '6']],
    ['ownerstaffid', ['0', '1', '2', '3', '4', '5']],
    ['creationtype', ['1', '2']],
    ['creationmode', ['1', '2', '3', '4']],
    ['isescalated', ['0', '1']],
    ['replies', ['0', '1', '2', '3', '4']],
  ])('have every %s', (name, values) => {
    expect([...new Set(textsOf(list, name))].sort()).toEqual(values);
  });

  test('have notes of all four kinds, watchers and workflows', () => {
    const kinds = new Set([...list.text.matchAll(/<note type="(\w+)"/g)].map(([, kind]) => kind));
    expect(kinds).toEqual(new Set(['ticket', 'user', 'userorganization', 'timetrack']));
    expect(list.text).toMatch(/<watcher staffid="\d+" name="[^"]+" \/>\n/);
    expect(list.text).toMatch(/<workflow id="\d+" title="[^"]+" \/>\n/);
  });

  test('agree with their posts', async () => {
    const ids = [...list.text.matchAll(/<ticket id="(\d+)"/g)].map(([, id]) => id ?? '');
    let files = 0;
    for (const id of ids.slice(0, 60)) {
      const ticket = await call(desk, 'GET', `/Tickets/Ticket/${id}`);
      const posts = await call(desk, 'GET', `/Tickets/TicketPost/ListAll/${id}`);
      const isPublic = textsOf(posts, 'isprivate').filter((flag) => flag === '0').length;
      expect(textsOf(ticket, 'replies')).toEqual([String(isPublic - 1)]);
      expect(textsOf(ticket, 'lastreplier')).toEqual([textsOf(posts, 'fullname').at(-1)]);
      expect(textsOf(ticket, 'lastactivity')).toEqual([textsOf(ticket, 'dateline').at(-1)]);
      files += textsOf(posts, 'filename').length;
    }
    expect(files).toBeGreaterThan(0);
  });
});

describe('an empty desk', () => {
  test('has only what a desk cannot be without', async () => {
    await withDesk({ data: 'empty' }, async (desk) => {
      const counts: Record<string, number> = {};
      for (const route of [
        '/Base/Department',
        '/Base/Staff',
        '/Base/StaffGroup',
        '/Base/User',
        '/Base/UserGroup',
        '/Base/UserOrganization',
        '/Base/CustomField',
        '/Base/CustomFieldGroup',
        '/Tickets/TicketStatus',
        '/Tickets/TicketPriority',
        '/Tickets/TicketType',
      ]) /* prettier-ignore */ {
        const answer = await call(desk, 'GET', route);
        counts[route] = answer.text.match(/<(?:id>|customfield(?:group)? )/g)?.length ?? 0;
      }
      expect(counts).toEqual({
        '/Base/Department': 0,
        '/Base/Staff': 0,
        '/Base/StaffGroup': 1,
        '/Base/User': 0,
        '/Base/UserGroup': 2,
        '/Base/UserOrganization': 0,
        '/Base/CustomField': 0,
        '/Base/CustomFieldGroup': 0,
        '/Tickets/TicketStatus': 3,
        '/Tickets/TicketPriority': 4,
        '/Tickets/TicketType': 5,
      });
      const made = await call(desk, 'POST', '/Base/Department', {
        title: 'A',
        type: 'public',
        app: 'tickets',
      });
      expect(idOf(made)).toBe(1);
    });
  });

  test('can be filled with users and tickets', async () => {
    await withDesk({ data: 'empty', users: 3, tickets: 5 }, async (desk) => {
      const users = await call(desk, 'GET', '/Base/User');
      const tickets = await call(desk, 'GET', '/Tickets/Ticket/ListAll/1,2/1,2,3,4');
      expect(textsOf(users, 'id')).toEqual(['1', '2', '3']);
      expect(textsOf(tickets, 'displayid')).toHaveLength(5);
    });
  });

  test('can have tickets of nobody', async () => {
    const tickets = await withDesk({ data: 'empty', tickets: 2 }, (desk) =>
      call(desk, 'GET', '/Tickets/Ticket/ListAll/1,2/1,2,3,4'),
    );
    expect(textsOf(tickets, 'userid')).toEqual(['0', '0']);
  });
});

test('the documentation form leaves out what its pages do not print', async () => {
  const text = await withDesk(
    { form: 'docs' },
    async (desk) => (await call(desk, 'GET', '/Base/Department/1')).text,
  );
  expect(text).toBe(
    documentOf(
      '<departments>',
      '    <department>',
      '        <id>1</id>',
      '        <title>General</title>',
      '        <type>public</type>',
      '        <app>tickets</app>',
      '        <displayorder>1</displayorder>',
      '        <parentdepartmentid>0</parentdepartmentid>',
      '        <uservisibilitycustom>0</uservisibilitycustom>',
      '    </department>',
      '</departments>',
    ),
  );
});

test('the documentation form of a ticket names its template group before the tags', async () => {
  const text = await withDesk({ form: 'docs' }, async (desk) => (await addTicket(desk)).text);
  expect(text).toContain(
    '<escalationruleid>0</escalationruleid>\n        <templategroupname>Default</templategroupname>\n        <posts>\n',
  );
  expect(text).not.toMatch(/templategroupid|ticketpostid|isprivate|CDATA| \/>/);
});

test('a polluted desk answers the same dirt every time', async () => {
  const read = (): Promise<Buffer[]> =>
    withDesk({ pollute: true, users: 20, tickets: 5 }, async (desk) => [
      (await call(desk, 'GET', '/Base/User')).bytes,
      (await call(desk, 'GET', EVERY_TICKET)).bytes,
      (await call(desk, 'GET', '/Base/CustomField')).bytes,
    ]);
  const first = await read();
  const second = await read();
  expect(second).toEqual(first);
  const all = Buffer.concat(first);
  expect(all.toString('latin1')).toMatch(/^\n<br \/>\n<b>Notice<\/b>/);
  for (const dirt of [[0x0b], [0xc2, 0x85], [0xef, 0xbf, 0xbe], [0xe9, 0x5d], [0x01]]) {
    expect([dirt, all.includes(Buffer.from(dirt))]).toEqual([dirt, true]);
  }
});

import { type Sandbox } from '@kayako-orm/sandbox';

import { call, encodeForm, idOf, send, sign, textsOf, type Answer } from '../support/client.js';
import { addTicket, ANONYMOUS_TICKET, startDesk, USER } from '../support/desk.js';

/** The behaviours that strict and old clients depend on, by their number in 14.2. */

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

/** The names of all empty elements of a reply. */
const emptyElements = (answer: Answer): string[] =>
  [...new Set([...answer.text.matchAll(/<(\w+) \/>/g)].map(([, name]) => name ?? ''))].sort();

test('1: no number but userorganizationid is ever empty', async () => {
  await addTicket(desk, { userid: '', autouserid: 1, email: 'else@example.org' });
  const ticket = await call(desk, 'GET', '/Tickets/Ticket/1');
  const user = await call(desk, 'GET', '/Base/User/2');
  const organization = await call(desk, 'GET', '/Base/UserOrganization/1');
  const lists = await Promise.all(
    ['TicketStatus', 'TicketPriority', 'TicketType', 'TicketCount'].map((name) =>
      call(desk, 'GET', `/Tickets/${name}`),
    ),
  );
  expect(emptyElements(ticket)).toEqual([
    'emailto',
    'ownerstaffname',
    'tags',
    'userorganization',
    'userorganizationid',
  ]);
  expect(emptyElements(user)).toEqual([
    'designation',
    'phone',
    'salutation',
    'timezone',
    'userorganizationid',
  ]);
  expect(emptyElements(organization)).toEqual(
    ['address', 'city', 'country', 'fax', 'phone', 'postalcode', 'state', 'website'].sort(),
  );
  expect(lists.map(emptyElements)).toEqual([['displayicon'], ['bgcolorcode'], [], []]);
});

test.each([
  ['/Base/User/0/', 'Test User'],
  ['/Base/Staff/0/', 'Ada Admin'],
])('2: %s lists, lowest id first', async (route, name) => {
  await call(desk, 'POST', '/Base/User', USER);
  expect(textsOf(await call(desk, 'GET', route), 'fullname')[0]).toBe(name);
});

test('3: unknown ids give an empty root or 404, by family', async () => {
  await addTicket(desk);
  const answers = await Promise.all(
    [
      '/Base/User/99',
      '/Base/User/abc123/',
      '/Tickets/TicketStatus/99',
      '/Tickets/Ticket/99',
      '/Tickets/TicketPost/1/abc123',
    ].map((route) => call(desk, 'GET', route)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404]);
});

test.each([
  '/Base/Department',
  '/Base/User/Filter/1/10',
  '/Base/User/1',
  '/Tickets/Ticket/ListAll/1/-1/-1/-1/-1/-1/ticketid/ASC',
  '/Tickets/TicketPost/ListAll/1',
  '/Tickets/TicketCount',
  '/Core/TestAPI',
])('4: %s works with and without a slash at the end', async (route) => {
  await addTicket(desk);
  const without = await call(desk, 'GET', route);
  const withSlash = await call(desk, 'GET', `${route}/`);
  expect([withSlash.status, withSlash.text]).toEqual([200, without.text]);
});

test.each(['Test', 'TestAPI'])('5: Core/%s answers every method', async (name) => {
  const answers = await Promise.all([
    call(desk, 'GET', `/Core/${name}`),
    call(desk, 'GET', `/Core/${name}/7`),
    call(desk, 'POST', `/Core/${name}`, { a: 1 }),
    call(desk, 'PUT', `/Core/${name}/7`, { a: 1 }),
    call(desk, 'DELETE', `/Core/${name}/7`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(answers.map(({ text }) => text.split('\n').slice(0, 4))).toEqual([
    ['GET List', '', 'ARGS: Array', '('],
    ['GET: 7', '', 'ARGS: Array', '('],
    ['POST', '', 'ARGS: Array', '('],
    ['PUT: 7', '', 'ARGS: Array', '('],
    ['DELETE: 7', '', 'ARGS: Array', '('],
  ]);
  expect(answers.map(({ text }) => text.includes('\n\nVARS: Array\n(\n'))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

test('5: the list form has one empty argument', async () => {
  const { apikey, salt, signature } = sign(desk);
  expect((await call(desk, 'GET', '/Core/Test')).text).toBe(
    `GET List\n\nARGS: Array\n(\n    [0] => \n)\n\nVARS: Array\n(\n    [apikey] => ${apikey ?? ''}\n    [salt] => ${salt ?? ''}\n    [signature] => ${signature ?? ''}\n)\n`,
  );
});

test.each(['1234567890', '-1234', 'c0ffee', '{5DA7FD33-0F1E-4F6C-8B7A-0123456789AB}', 'aZ09'])(
  '6: the salt %s is good',
  async (salt) => {
    const answer = await send(`${desk.url}?e=/Base/User/1&${encodeForm(sign(desk, salt))}`);
    expect(answer.status).toBe(200);
  },
);

test.each([
  {},
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'text/xml' },
])('7: DELETE with a length of 0 and %j reads the query', async (headers) => {
  const url = `${desk.url}?e=/Base/User/1&${encodeForm(sign(desk))}`;
  const answer = await send(url, {
    method: 'DELETE',
    headers: { ...headers, 'content-length': '0' },
  });
  expect([answer.status, answer.text]).toEqual([200, '']);
});

describe('8: sending back all that was received changes nothing', () => {
  /** Every leaf of an item as a parameter; a repeated one as a list, a container as the ids in it. */
  function received(answer: Answer): Record<string, string | string[]> {
    const fields: Record<string, string | string[]> = {};
    for (const [, name, text] of answer.text.matchAll(
      /<(\w+)(?: \/>|><!\[CDATA\[(.*?)\]\]><\/\1>)/gs,
    )) {
      if (name !== undefined && !(name in fields)) fields[name] = text ?? '';
    }
    return fields;
  }

  test.each([
    ['/Base/Department', { title: 'T', type: 'public', module: 'tickets' }],
    [
      '/Base/Staff',
      {
        firstname: 'F',
        lastname: 'L',
        email: 'f@example.com',
        username: 'f',
        password: 'x',
        staffgroupid: 2,
      },
    ],
    ['/Base/StaffGroup', { title: 'T', isadmin: 0 }],
    ['/Base/User', USER],
    ['/Base/UserGroup', { title: 'T', grouptype: 'guest' }],
    ['/Base/UserOrganization', { name: 'N', organizationtype: 'shared' }],
  ])('%s', async (route, fields) => {
    const made = await call(desk, 'POST', route, fields);
    const back: Record<string, string | string[]> = { ...received(made), usergroupid: [''] };
    if (route === '/Base/User') {
      back.usergroupid = textsOf(made, 'usergroupid')[0] ?? '';
      back.email = textsOf(made, 'email');
    }
    // A client knows that this one is the request signature.
    delete back.signature;
    const saved = await call(desk, 'PUT', `${route}/${idOf(made)}`, back);
    expect([saved.status, saved.text]).toEqual([200, made.text]);
  });

  test('/Tickets/Ticket', async () => {
    const made = await addTicket(desk);
    const { statusid, priorityid, typeid, ...rest } = received(made) as Record<string, string>;
    const saved = await call(desk, 'PUT', '/Tickets/Ticket/1', {
      ...rest,
      fullname: 'Test User',
      ticketstatusid: statusid ?? '',
      ticketpriorityid: priorityid ?? '',
      tickettypeid: typeid ?? '',
    });
    expect([saved.status, saved.text]).toEqual([200, made.text]);
  });
});

test('9: user and staff both sent make it the ticket of the user', async () => {
  const answer = await addTicket(desk, { staffid: 1, type: 'default', ownerstaffid: 1 });
  expect([
    textsOf(answer, 'creator')[0],
    textsOf(answer, 'userid')[0],
    textsOf(answer, 'ownerstaffid'),
  ]).toEqual(['2', '1', ['1']]);
});

test('10: an address in use is refused, whoever made its user', async () => {
  await call(desk, 'POST', '/Tickets/Ticket', {
    ...ANONYMOUS_TICKET,
    staffid: 1,
    email: 'zoe@example.org',
  });
  await call(desk, 'DELETE', '/Tickets/Ticket/1');
  expect((await call(desk, 'POST', '/Base/User', USER)).text).toBe(
    'Unable to insert user. Email address belongs to an existing user.',
  );
  expect((await addTicket(desk, { email: 'zoe@example.org' })).text).toBe('User Email is Invalid');
});

test('11: a text query with all flags finds by contents and e-mail', async () => {
  await addTicket(desk);
  const flags = Object.fromEntries(
    [
      'ticketid',
      'contents',
      'author',
      'email',
      'creatoremail',
      'fullname',
      'notes',
      'usergroup',
      'userorganization',
      'user',
      'tags',
    ].map((flag) => [flag, 1]),
  );
  const off = Object.fromEntries(Object.keys(flags).map((flag) => [flag, 0]));
  for (const query of ['burns', 'test@example.com', '1', 'nothing at all', '-"(', 'Registered']) {
    const answer = await call(desk, 'POST', '/Tickets/TicketSearch', { query, ...flags });
    expect(answer.status).toBe(200);
  }
  const found = await call(desk, 'POST', '/Tickets/TicketSearch', { query: 'burns', ...flags });
  const none = await call(desk, 'POST', '/Tickets/TicketSearch', { query: 'burns', ...off });
  expect([textsOf(found, 'displayid').length, textsOf(none, 'displayid').length]).toEqual([1, 0]);
});

test('13: texts of notes and time tracks come back unchanged', async () => {
  const contents = '  Zeile 1\r\nline 2\t<b> & ]] > \u{1f600}  ';
  await addTicket(desk);
  await call(desk, 'POST', '/Tickets/TicketNote', { ticketid: 1, contents, fullname: 'System' });
  const answer = await call(desk, 'GET', '/Tickets/TicketNote/1/1');
  expect(textsOf(answer, 'note')).toEqual([contents]);
  expect(answer.text).toContain(' creatorstaffid="0" forstaffid="0" ');
});

test('15: what deleted rows held can be used again', async () => {
  const staff = {
    firstname: 'F',
    lastname: 'L',
    email: 'f@example.com',
    username: 'f',
    password: 'x',
    staffgroupid: 2,
  };
  for (const [route, fields] of [
    ['/Base/Staff', staff],
    ['/Base/User', USER],
    ['/Base/UserGroup', { title: 'T', grouptype: 'guest' }],
  ] as const) {
    const first = idOf(await call(desk, 'POST', route, fields));
    await call(desk, 'DELETE', `${route}/${first}`);
    expect(textsOf(await call(desk, 'GET', route), 'id')).not.toContain(String(first));
    expect(idOf(await call(desk, 'POST', route, fields))).toBe(first + 1);
  }
});

test('16: a ticket of the default department shows a group with a field', async () => {
  await addTicket(desk);
  const answer = await call(desk, 'GET', '/Tickets/TicketCustomField/1');
  expect(answer.text).toMatch(
    /<group id="\d+" title="[^"]+" displayorder="\d+">\n<field id="\d+" title="[^"]+" type="\d+" name="[^"]+"/,
  );
});

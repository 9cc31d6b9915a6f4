import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, idOf, textsOf, type FormFields } from '../support/client.js';
import { addTicket, NOW, startDesk, USER, walk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

const add = (fields: FormFields = {}): ReturnType<typeof call> =>
  call(desk, 'POST', '/Base/User', { ...USER, ...fields });

test('lists the one of a fresh desk', async () => {
  expect((await call(desk, 'GET', '/Base/User')).text).toBe(
    documentOf(
      '<users>',
      '<user>',
      '<id><![CDATA[1]]></id>',
      '<usergroupid><![CDATA[2]]></usergroupid>',
      '<userrole><![CDATA[user]]></userrole>',
      '<userorganizationid><![CDATA[1]]></userorganizationid>',
      '<salutation />',
      '<userexpiry><![CDATA[0]]></userexpiry>',
      '<fullname><![CDATA[Test User]]></fullname>',
      '<email><![CDATA[test@example.com]]></email>',
      '<designation />',
      '<phone />',
      '<dateline><![CDATA[1704067200]]></dateline>',
      '<lastvisit><![CDATA[0]]></lastvisit>',
      '<isenabled><![CDATA[1]]></isenabled>',
      '<timezone />',
      '<enabledst><![CDATA[0]]></enabledst>',
      '<slaplanid><![CDATA[0]]></slaplanid>',
      '<slaplanexpiry><![CDATA[0]]></slaplanexpiry>',
      '</user>',
      '</users>',
    ),
  );
});

test('creates one with everything', async () => {
  const answer = await add({
    email: ['zoe@example.org', 'broken', 'ZOE@example.org', 'z@example.net'],
    userorganizationid: 1,
    salutation: 'mRs.',
    designation: 'Chief',
    phone: '+1 201 555 0100 extension 12345',
    isenabled: 0,
    userrole: 'manager',
    timezone: 'GMT',
    enabledst: 1,
    slaplanid: 1,
    slaplanexpiry: 2_000_000_000,
    userexpiry: 2_100_000_000,
    sendwelcomeemail: 1,
  });
  expect(answer.text).toBe(
    documentOf(
      '<users>',
      '<user>',
      '<id><![CDATA[2]]></id>',
      '<usergroupid><![CDATA[2]]></usergroupid>',
      '<userrole><![CDATA[manager]]></userrole>',
      '<userorganizationid><![CDATA[1]]></userorganizationid>',
      '<salutation><![CDATA[Mrs.]]></salutation>',
      '<userexpiry><![CDATA[2100000000]]></userexpiry>',
      '<fullname><![CDATA[Zoë Weiß]]></fullname>',
      '<email><![CDATA[zoe@example.org]]></email>',
      '<email><![CDATA[z@example.net]]></email>',
      '<designation><![CDATA[Chief]]></designation>',
      '<phone><![CDATA[+1 201 555 0100 extension]]></phone>',
      `<dateline><![CDATA[${NOW}]]></dateline>`,
      '<lastvisit><![CDATA[0]]></lastvisit>',
      '<isenabled><![CDATA[0]]></isenabled>',
      '<timezone><![CDATA[GMT]]></timezone>',
      '<enabledst><![CDATA[1]]></enabledst>',
      '<slaplanid><![CDATA[1]]></slaplanid>',
      '<slaplanexpiry><![CDATA[2000000000]]></slaplanexpiry>',
      '</user>',
      '</users>',
    ),
  );
});

test('writes an empty organization id and a plain 0 everywhere else', async () => {
  const answer = await add({ slaplanexpiry: 2_000_000_000, salutation: 'Sir', userexpiry: 0 });
  expect(answer.text).toContain('<userorganizationid />\n');
  expect(
    answer.text.match(/<(?:salutation|designation|phone|timezone|userorganizationid) \/>/g),
  ).toHaveLength(5);
  expect(answer.text.match(/ \/>/g)).toHaveLength(5);
  expect(textsOf(answer, 'slaplanexpiry')).toEqual(['0']);
});

test('checks a new one in the order of the specification', async () => {
  const guest = '400 User Group Specified is not of "Registered" type';
  expect(
    await walk(desk, 'POST', '/Base/User', [
      {},
      { usergroupid: 1 },
      { usergroupid: 2, userorganizationid: 99 },
      { userorganizationid: 0, email: 'TEST@example.com' },
      { email: 'nothing' },
      { email: 'new@example.com', slaplanid: 99 },
      { slaplanid: '' },
      { fullname: 'New' },
      { password: 'x' },
    ]),
  ).toEqual([
    '400 Invalid User Group',
    guest,
    '400 Invalid User Organization ID',
    '400 Unable to insert user. Email address belongs to an existing user.',
    '400 Invalid Email Specified',
    '400 Invalid SLA Plan',
    '400 One of the required fields is empty',
    '400 One of the required fields is empty',
    '200',
  ]);
});

test('checks a changed one in the order of the specification', async () => {
  await add();
  expect(
    await walk(desk, 'PUT', '/Base/User/2', [
      { userorganizationid: 99, email: 'test@example.com', slaplanid: 99, usergroupid: 99 },
      { userorganizationid: '' },
      { email: 'ZOE@example.org' },
      { slaplanid: 0 },
      { usergroupid: 1 },
      { usergroupid: '' },
      { fullname: 'Zoë' },
    ]),
  ).toEqual([
    '400 Invalid User Organization ID',
    '400 Unable to update user. Email address belongs to an existing user.',
    '400 Invalid SLA Plan',
    '400 Invalid User Group',
    '400 User Group Specified is not of "Registered" type',
    '400 One of the required fields is empty',
    '200',
  ]);
});

test('keeps what a PUT does not say, empty texts and zeros included', async () => {
  const id = idOf(
    await add({
      userorganizationid: 1,
      salutation: 'Dr.',
      designation: 'Chief',
      phone: '1',
      userexpiry: 5,
      slaplanid: 1,
      slaplanexpiry: 6,
      userrole: 'manager',
      timezone: 'GMT',
    }),
  );
  const before = await call(desk, 'GET', `/Base/User/${id}`);
  const answer = await call(desk, 'PUT', `/Base/User/${id}`, {
    fullname: 'Zoë Weiß',
    password: 'other',
    email: ['broken'],
    userorganizationid: 0,
    salutation: 'Sir',
    designation: '',
    phone: '',
    userexpiry: 0,
    slaplanid: 0,
    slaplanexpiry: 0,
    userrole: 'king',
  });
  expect(answer.text).toBe(before.text);
});

test('replaces all addresses by those of a PUT', async () => {
  const id = idOf(await add({ email: ['a@example.org', 'b@example.org'] }));
  const put = { fullname: 'Z', email: ['b@example.org', 'c@example.org'], isenabled: 0 };
  const answer = await call(desk, 'PUT', `/Base/User/${id}`, put);
  expect(textsOf(answer, 'email')).toEqual(['b@example.org', 'c@example.org']);
  expect(textsOf(answer, 'isenabled')).toEqual(['0']);
  expect((await add({ email: 'a@example.org' })).status).toBe(200);
});

test('deletes one, frees its addresses and leaves its tickets', async () => {
  const id = idOf(await add());
  const ticket = idOf(await addTicket(desk, { userid: id, email: 'zoe@example.org' }));
  expect((await call(desk, 'DELETE', `/Base/User/${id}`)).text).toBe('');
  const answer = await call(desk, 'GET', `/Tickets/Ticket/${ticket}`);
  expect(textsOf(answer, 'userid')[0]).toBe(String(id));
  expect(idOf(await add())).toBe(id + 1);
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, '/Base/User/99', { fullname: 'x' });
  expect([answer.status, answer.text]).toEqual([400, 'User Load Failed: Class not loaded']);
});

describe('in pages', () => {
  let many: Sandbox;

  beforeAll(async () => {
    many = await startDesk({ users: 1100 });
    await call(many, 'DELETE', '/Base/User/3');
  });

  afterAll(() => many.close());

  const ids = async (route: string): Promise<number[]> =>
    textsOf(await call(many, 'GET', route), 'id').map(Number);

  test.each([
    ['/Base/User/Filter/2/3', [2, 4, 5]],
    ['/Base/User/Filter/3/1', [4]],
    ['/Base/User/Filter/1101/10', [1101]],
    ['/Base/User/Filter/1102/10', []],
    ['/Base/User/Filter/-5/2', [1, 2]],
  ])('%s', async (route, expected) => {
    expect(await ids(route)).toEqual(expected);
  });

  test.each([
    ['/Base/User', 1000],
    ['/Base/User/Filter', 1000],
    ['/Base/User/Filter/1/5000', 1000],
    ['/Base/User/Filter/1/0', 1100],
    ['/Base/User/Filter/1/-1', 1100],
  ])('%s has as many as it may', async (route, count) => {
    expect(await ids(route)).toHaveLength(count);
  });
});

describe('found by search', () => {
  const search = async (query: string, phrase?: number): Promise<string[]> =>
    textsOf(
      await call(desk, 'POST', '/Base/UserSearch', {
        query,
        ...(phrase === undefined ? {} : { phrase }),
      }),
      'fullname',
    );

  beforeEach(async () => {
    await add({ fullname: 'Zoë Weiß', email: 'zoe+tag@example.org', phone: '555-0100' });
    await add({ fullname: 'Jörg Klein', email: 'joerg@example.net' });
  });

  test.each([
    ['weiß', ['Zoë Weiß']],
    ['EXAMPLE.NET', ['Jörg Klein']],
    ['0100', ['Zoë Weiß']],
    ['ltd', ['Test User']],
    ['registered', ['Test User', 'Zoë Weiß', 'Jörg Klein']],
    ['zoë klein', ['Zoë Weiß', 'Jörg Klein']],
    ['registered -example.net', ['Test User', 'Zoë Weiß', 'Jörg Klein']],
    ['example -net', ['Test User', 'Zoë Weiß']],
    ['"rg Kl"', ['Jörg Klein']],
    ['zoe+tag', ['Zoë Weiß']],
    ['(w,e,i,ß)', ['Zoë Weiß']],
    ['+klein', ['Jörg Klein']],
    ['nobody', []],
  ])('%s', async (query, names) => {
    expect(await search(query)).toEqual(names);
  });

  test('by all words in one field with phrase', async () => {
    expect(await search('weiß zoë', 1)).toEqual(['Zoë Weiß']);
    expect(await search('zoë klein', 1)).toEqual([]);
    expect(await search('zoë klein', 0)).toHaveLength(2);
  });

  test('never without a query', async () => {
    const answer = await call(desk, 'POST', '/Base/UserSearch', { query: ' ' });
    expect([answer.status, answer.text]).toEqual([400, 'Query should not be empty']);
  });
});

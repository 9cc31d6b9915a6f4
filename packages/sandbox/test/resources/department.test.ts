import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, idOf, textsOf } from '../support/client.js';
import { addTicket, startDesk, walk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

const GENERAL = [
  '<department>',
  '<id><![CDATA[1]]></id>',
  '<title><![CDATA[General]]></title>',
  '<type><![CDATA[public]]></type>',
  '<module><![CDATA[tickets]]></module>',
  '<app><![CDATA[tickets]]></app>',
  '<displayorder><![CDATA[1]]></displayorder>',
  '<parentdepartmentid><![CDATA[0]]></parentdepartmentid>',
  '<uservisibilitycustom><![CDATA[0]]></uservisibilitycustom>',
  '<usergroups>',
  '</usergroups>',
  '</department>',
];

const NEW = { title: 'Help', type: 'public', module: 'tickets' };

test('lists the two departments of a fresh desk', async () => {
  const sales = GENERAL.map((line) =>
    line.replace('[1]', '[2]').replace('General', 'Sales').replace('tickets', 'livechat'),
  );
  expect((await call(desk, 'GET', '/Base/Department')).text).toBe(
    documentOf('<departments>', ...GENERAL, ...sales, '</departments>'),
  );
});

test('gets one, and none under an unknown id', async () => {
  expect((await call(desk, 'GET', '/Base/Department/1')).text).toBe(
    documentOf('<departments>', ...GENERAL, '</departments>'),
  );
  const missing = await call(desk, 'GET', '/Base/Department/99');
  expect([missing.status, missing.text]).toEqual([
    200,
    documentOf('<departments>', '</departments>'),
  ]);
});

test('creates one with everything', async () => {
  const answer = await call(desk, 'POST', '/Base/Department', {
    title: 'A & B ]]> C',
    type: 'private',
    app: 'tickets',
    displayorder: 5,
    parentdepartmentid: 1,
    uservisibilitycustom: 1,
    usergroupid: [2, 1],
  });
  expect([answer.status, answer.text]).toEqual([
    200,
    documentOf(
      '<departments>',
      '<department>',
      '<id><![CDATA[3]]></id>',
      '<title><![CDATA[A & B ]]]]><![CDATA[> C]]></title>',
      '<type><![CDATA[private]]></type>',
      '<module><![CDATA[tickets]]></module>',
      '<app><![CDATA[tickets]]></app>',
      '<displayorder><![CDATA[5]]></displayorder>',
      '<parentdepartmentid><![CDATA[1]]></parentdepartmentid>',
      '<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>',
      '<usergroups>',
      '<id><![CDATA[2]]></id>',
      '<id><![CDATA[1]]></id>',
      '</usergroups>',
      '</department>',
      '</departments>',
    ),
  ]);
});

test('checks a new one in the order of the specification', async () => {
  expect(
    await walk(desk, 'POST', '/Base/Department', [
      { parentdepartmentid: 99 },
      { app: 'tickets', module: 'forum' },
      { module: 'livechat' },
      { type: 'secret' },
      { type: 'public' },
      { parentdepartmentid: 1 },
      { parentdepartmentid: 2 },
      { title: ' ' },
      { title: '0' },
      { title: 'Chat' },
    ]),
  ).toEqual([
    '400 Invalid App Specified. You can only create departments for tickets and livechat app.',
    '400 Invalid App Specified. You can only create departments for tickets and livechat app.',
    '400 Invalid Department Type Specified. Valid values are "public" and "private".',
    '400 Invalid Department Type Specified. Valid values are "public" and "private".',
    '400 Invalid Parent Department',
    '400 Invalid Parent Department App. The app type of both parent and child department should match.',
    '400 One of the required fields is empty',
    '400 One of the required fields is empty',
    '400 One of the required fields is empty',
    '200',
  ]);
});

test('checks a changed one, and cannot move it to the other app', async () => {
  expect(
    await walk(desk, 'PUT', '/Base/Department/1', [
      { type: 'secret' },
      { type: 'private', parentdepartmentid: 99 },
      { parentdepartmentid: 1 },
      { parentdepartmentid: 2 },
      { parentdepartmentid: 0 },
      { title: 'Renamed', module: 'livechat' },
    ]),
  ).toEqual([
    '400 Invalid Department Type Specified. Valid values are "public" and "private".',
    '400 Invalid Parent Department',
    '400 Invalid Parent Department',
    '400 Invalid Parent Department App. The app type of both parent and child department should match.',
    '400 One of the required fields is empty',
    '200',
  ]);
  expect(textsOf(await call(desk, 'GET', '/Base/Department/1'), 'module')).toEqual(['tickets']);
});

test('forgets parent, visibility and groups that a PUT does not repeat, and keeps type and order', async () => {
  const id = idOf(
    await call(desk, 'POST', '/Base/Department', {
      ...NEW,
      type: 'private',
      displayorder: 9,
      parentdepartmentid: 1,
      uservisibilitycustom: 1,
      usergroupid: [1],
    }),
  );
  const answer = await call(desk, 'PUT', `/Base/Department/${id}`, { title: 'New title' });
  expect(answer.text).toBe(
    documentOf(
      '<departments>',
      ...GENERAL.map((line) =>
        line
          .replace('<id><![CDATA[1]', `<id><![CDATA[${id}]`)
          .replace('General', 'New title')
          .replace('public', 'private')
          .replace('<displayorder><![CDATA[1]', '<displayorder><![CDATA[9]'),
      ),
      '</departments>',
    ),
  );
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, '/Base/Department/99', { title: 'x' });
  expect([answer.status, answer.text]).toEqual([400, 'Department Load Failed: Class not loaded']);
});

test('answers 400 to a PUT without an id', async () => {
  const answer = await call(desk, 'PUT', '/Base/Department', { title: 'x' });
  expect(answer.status).toBe(400);
});

test('deletes: children rise, tickets go to the trash, the id is not used again', async () => {
  const parent = idOf(await call(desk, 'POST', '/Base/Department', NEW));
  const child = idOf(
    await call(desk, 'POST', '/Base/Department', { ...NEW, parentdepartmentid: parent }),
  );
  const ticket = idOf(await addTicket(desk, { departmentid: parent }));
  expect((await call(desk, 'DELETE', `/Base/Department/${parent}`)).text).toBe('');
  expect(
    textsOf(await call(desk, 'GET', `/Base/Department/${child}`), 'parentdepartmentid'),
  ).toEqual(['0']);
  expect(textsOf(await call(desk, 'GET', `/Tickets/Ticket/${ticket}`), 'departmentid')).toEqual([
    '0',
  ]);
  expect(textsOf(await call(desk, 'GET', '/Tickets/Ticket/ListAll/-1'), 'departmentid')).toEqual([
    '0',
  ]);
  expect(textsOf(await call(desk, 'GET', '/Base/Department'), 'title')).not.toContain(
    'Help parent',
  );
  expect(idOf(await call(desk, 'POST', '/Base/Department', NEW))).toBe(child + 1);
});

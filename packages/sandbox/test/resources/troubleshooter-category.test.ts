import { type Sandbox } from '@kayako-orm/sandbox';

import {
  type Answer,
  call,
  documentOf,
  element,
  type FormFields,
  idOf,
  record,
  textsOf,
} from '../support/client.js';
import { startDesk, walk } from '../support/desk.js';

const ROUTE = '/Troubleshooter/Category';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

const add = (fields: FormFields = {}, on = desk): Promise<Answer> =>
  call(on, 'POST', ROUTE, { title: 'Printers', categorytype: 1, staffid: 1, ...fields });

const EVERYTHING = {
  title: 'A & B',
  categorytype: 3,
  displayorder: 5,
  description: 'When it burns',
  uservisibilitycustom: 1,
  usergroupidlist: '2,99,1',
  staffvisibilitycustom: 1,
  staffgroupidlist: '2',
};

const FULL = documentOf(
  ...record(
    'troubleshootercategories',
    ...record(
      'troubleshootercategory',
      {
        id: 1,
        staffid: 1,
        staffname: 'Ada Admin',
        title: 'A & B',
        description: 'When it burns',
        categorytype: 3,
        displayorder: 5,
        views: 0,
        uservisibilitycustom: 1,
      },
      ...record('usergroupidlist', element('usergroupid', 2), element('usergroupid', 1)),
      { staffvisibilitycustom: 1 },
      ...record('staffgroupidlist', element('staffgroupid', 2)),
    ),
  ),
);

test('creates one with everything, and gets and lists the same', async () => {
  expect((await add(EVERYTHING)).text).toBe(FULL);
  expect((await call(desk, 'GET', `${ROUTE}/1`)).text).toBe(FULL);
  expect((await call(desk, 'GET', ROUTE)).text).toBe(FULL);
});

test('creates one with next to nothing', async () => {
  expect((await add()).text).toBe(
    documentOf(
      ...record(
        'troubleshootercategories',
        ...record(
          'troubleshootercategory',
          {
            id: 1,
            staffid: 1,
            staffname: 'Ada Admin',
            title: 'Printers',
            description: '',
            categorytype: 1,
            displayorder: 0,
            views: 0,
            uservisibilitycustom: 0,
          },
          ...record('usergroupidlist'),
          { staffvisibilitycustom: 0 },
          ...record('staffgroupidlist'),
        ),
      ),
    ),
  );
});

test('looks in the documentation as its page prints it', async () => {
  await using docs = await startDesk({ form: 'docs' });
  const fields = { staffvisibilitycustom: 1, staffgroupidlist: '1' };
  expect((await add(fields, docs)).text).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<troubleshootercategories>',
      '    <troubleshootercategory>',
      '        <id>1</id>',
      '        <staffid>1</staffid>',
      '        <staffname>Ada Admin</staffname>',
      '        <title>Printers</title>',
      '        <categorytype>1</categorytype>',
      '        <displayorder>0</displayorder>',
      '        <views>0</views>',
      '        <uservisibilitycustom>0</uservisibilitycustom>',
      '        <staffvisibilitycustom>1</staffvisibilitycustom>',
      '        <staffgroupidlist>',
      '            <staffgroupid>1</staffgroupid>',
      '        </staffgroupidlist>',
      '    </troubleshootercategory>',
      '</troubleshootercategories>',
    ].join('\n'),
  );
});

test('checks in the order of the specification', async () => {
  expect(
    await walk(desk, 'POST', ROUTE, [
      { title: '0' },
      { title: 'A' },
      { categorytype: 0 },
      { categorytype: 4 },
      { categorytype: 3 },
      { staffid: 99 },
      { staffid: 1 },
    ]),
  ).toEqual([
    '400 Title field is empty',
    '400 Category type is empty',
    '400 Category type is empty',
    '400 Category type is empty',
    '400 Invalid Staff ID',
    '400 Invalid Staff ID',
    '200',
  ]);
  expect(
    await walk(desk, 'PUT', `${ROUTE}/1`, [
      { title: ' ', categorytype: ' ' },
      { title: 'B' },
      { categorytype: '' },
      { categorytype: 2 },
    ]),
  ).toEqual([
    '400 subject is empty',
    '400 categorytype is empty',
    '400 categorytype is empty',
    '200',
  ]);
});

test('ends in an uncaught exception without a staff member, with strict quirks', async () => {
  await using quirky = await startDesk({ strictQuirks: true });
  const answer = await call(quirky, 'POST', ROUTE, { title: 'A', categorytype: 1 });
  expect([answer.status, answer.text.slice(0, 18)]).toEqual([200, 'Uncaught Exception']);
  expect(textsOf(await call(quirky, 'GET', ROUTE), 'id')).toEqual([]);
});

test('keeps what a PUT does not send, and changes what it sends', async () => {
  await add(EVERYTHING);
  expect((await call(desk, 'PUT', `${ROUTE}/1`, { staffid: 99 })).text).toBe(FULL);
  const off = await call(desk, 'PUT', `${ROUTE}/1`, {
    description: '',
    displayorder: 0,
    uservisibilitycustom: 0,
    staffgroupidlist: '',
  });
  expect(
    [
      'description',
      'displayorder',
      'uservisibilitycustom',
      'usergroupid',
      'staffvisibilitycustom',
      'staffgroupid',
    ].map((name) => textsOf(off, name)),
  ).toEqual([[''], ['0'], ['0'], [], ['1'], []]);
  await add();
  const changed = await call(desk, 'PUT', `${ROUTE}/2`, EVERYTHING);
  expect(changed.text).toBe(FULL.replace(element('id', 1), element('id', 2)));
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, `${ROUTE}/99`, { title: '' });
  expect([answer.status, answer.text]).toEqual([400, 'Invalid Troubleshooter Category ID']);
});

test('is listed by display order, and by id where that is equal', async () => {
  for (const [title, displayorder] of [
    ['C', 2],
    ['A', 1],
    ['B', 1],
  ] as const) {
    await add({ title, displayorder });
  }
  expect(textsOf(await call(desk, 'GET', ROUTE), 'title')).toEqual(['A', 'B', 'C']);
});

test('takes its steps along when it goes', async () => {
  await add();
  await add();
  for (const categoryid of [1, 2]) {
    const step = { categoryid, subject: 'S', contents: 'C', staffid: 1 };
    await call(desk, 'POST', '/Troubleshooter/Step', step);
  }
  for (const troubleshooterstepid of [1, 2]) {
    const comment = { troubleshooterstepid, contents: 'C', creatortype: 1, creatorid: 1 };
    await call(desk, 'POST', '/Troubleshooter/Comment', comment);
  }
  const answer = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  const missing = await call(desk, 'GET', `${ROUTE}/1`);
  expect([missing.status, missing.text]).toEqual([
    200,
    documentOf(...record('troubleshootercategories')),
  ]);
  expect(textsOf(await call(desk, 'GET', '/Troubleshooter/Step'), 'categoryid')).toEqual(['2']);
  expect(textsOf(await call(desk, 'GET', '/Troubleshooter/Comment'), 'id')).toEqual(['2']);
  expect(idOf(await add())).toBe(3);
});

test('loses the groups that are deleted', async () => {
  const group = { title: 'A', grouptype: 'guest' };
  const userGroup = idOf(await call(desk, 'POST', '/Base/UserGroup', group));
  await add({ ...EVERYTHING, usergroupidlist: `1,${userGroup}`, staffgroupidlist: '1,2' });
  await call(desk, 'DELETE', `/Base/UserGroup/${userGroup}`);
  await call(desk, 'DELETE', '/Base/StaffGroup/2');
  const answer = await call(desk, 'GET', `${ROUTE}/1`);
  expect([textsOf(answer, 'usergroupid'), textsOf(answer, 'staffgroupid')]).toEqual([['1'], ['1']]);
});

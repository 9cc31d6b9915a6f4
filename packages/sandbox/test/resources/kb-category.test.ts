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
import { NOW, startDesk, walk } from '../support/desk.js';

const ROUTE = '/Knowledgebase/Category';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

const add = (fields: FormFields = {}, on = desk): Promise<Answer> =>
  call(on, 'POST', ROUTE, { title: 'Basics', categorytype: 1, ...fields });

const EVERYTHING = {
  title: 'A & B',
  categorytype: 4,
  parentcategoryid: 7,
  displayorder: 5,
  articlesortorder: 3,
  allowcomments: 1,
  allowrating: 1,
  ispublished: 1,
  uservisibilitycustom: 1,
  usergroupidlist: '2,99,1',
  staffvisibilitycustom: 1,
  staffgroupidlist: '2',
  staffid: 1,
};

const FULL = documentOf(
  ...record(
    'kbcategories',
    ...record(
      'kbcategory',
      {
        id: 1,
        parentkbcategoryid: 7,
        staffid: 1,
        title: 'A & B',
        totalarticles: 0,
        categorytype: 4,
        displayorder: 5,
        allowcomments: 1,
        uservisibilitycustom: 1,
      },
      ...record('usergroupidlist', element('usergroupid', 2), element('usergroupid', 1)),
      { staffvisibilitycustom: 1 },
      ...record('staffgroupidlist', element('staffgroupid', 2)),
      { allowrating: 1, ispublished: 1 },
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
        'kbcategories',
        ...record(
          'kbcategory',
          {
            id: 1,
            parentkbcategoryid: 0,
            staffid: 0,
            title: 'Basics',
            totalarticles: 0,
            categorytype: 1,
            displayorder: 0,
            allowcomments: 0,
            uservisibilitycustom: 0,
          },
          ...record('usergroupidlist'),
          { staffvisibilitycustom: 0 },
          ...record('staffgroupidlist'),
          { allowrating: 0, ispublished: 0 },
        ),
      ),
    ),
  );
});

test('looks in the documentation as its page prints it', async () => {
  await using docs = await startDesk({ form: 'docs' });
  const fields = { uservisibilitycustom: 1, usergroupidlist: '1' };
  expect((await add(fields, docs)).text).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<kbcategories>',
      '    <kbcategory>',
      '        <id>1</id>',
      '        <parentkbcategoryid>0</parentkbcategoryid>',
      '        <staffid>0</staffid>',
      '        <title>Basics</title>',
      '        <totalarticles>0</totalarticles>',
      '        <categorytype>1</categorytype>',
      '        <displayorder>0</displayorder>',
      '        <allowcomments>0</allowcomments>',
      '        <uservisibilitycustom>1</uservisibilitycustom>',
      '        <usergroupidlist>',
      '            <usergroupid>1</usergroupid>',
      '        </usergroupidlist>',
      '        <staffvisibilitycustom>0</staffvisibilitycustom>',
      '        <allowrating>0</allowrating>',
      '        <ispublished>0</ispublished>',
      '    </kbcategory>',
      '</kbcategories>',
    ].join('\n'),
  );
});

test('checks in the order of the specification', async () => {
  expect(
    await walk(desk, 'POST', ROUTE, [
      { title: '0' },
      { title: 'A' },
      { categorytype: 0 },
      { categorytype: 5 },
      { categorytype: 4 },
    ]),
  ).toEqual([
    '400 Title field is empty',
    '400 Category type is empty',
    '400 Category type is empty',
    '400 Category type is empty',
    '200',
  ]);
  expect(await walk(desk, 'PUT', `${ROUTE}/1`, [{ title: ' ' }, { title: 'B' }])).toEqual([
    '400 subject is empty',
    '200',
  ]);
  expect(await walk(desk, 'PUT', `${ROUTE}/99`, [{ title: ' ' }])).toEqual([
    '400 Invalid category id',
  ]);
});

test('keeps what a PUT does not send, and every flag that it sends as 0', async () => {
  await add(EVERYTHING);
  const kept = await call(desk, 'PUT', `${ROUTE}/1`, { title: 'A & B' });
  const zeros = await call(desk, 'PUT', `${ROUTE}/1`, {
    allowcomments: 0,
    allowrating: 0,
    ispublished: 0,
    uservisibilitycustom: 0,
    staffvisibilitycustom: 0,
    staffid: 99,
    categorytype: '',
  });
  expect([kept.text, zeros.text]).toEqual([FULL, FULL]);
});

test('changes what a PUT sends', async () => {
  await add();
  const { title, parentcategoryid, staffid, ...rest } = EVERYTHING;
  const parents = { parentcategoryid: 6, parentkbcategoryid: parentcategoryid };
  const answer = await call(desk, 'PUT', `${ROUTE}/1`, { ...rest, title, ...parents });
  expect(answer.text).toBe(FULL.replace(element('staffid', staffid), element('staffid', 0)));
});

test.each([
  ['POST', { parentcategoryid: 3, parentkbcategoryid: 4 }, '3'],
  ['POST', { parentkbcategoryid: 4 }, '4'],
  ['PUT', { parentcategoryid: 3, parentkbcategoryid: 4 }, '4'],
  ['PUT', { parentcategoryid: 3 }, '3'],
  ['PUT', { parentkbcategoryid: 0 }, '0'],
  ['PUT', {}, '9'],
] as const)('takes both names of the parent in %s: %j', async (method, fields, expected) => {
  if (method === 'PUT') await add({ parentcategoryid: 9 });
  const answer =
    method === 'PUT' ? await call(desk, 'PUT', `${ROUTE}/1`, fields) : await add(fields);
  expect(textsOf(answer, 'parentkbcategoryid')).toEqual([expected]);
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, `${ROUTE}/99`);
  expect([answer.status, answer.text]).toEqual([400, 'Invalid category id']);
});

describe('lists', () => {
  let now = NOW;

  const fill = async (on: Sandbox): Promise<void> => {
    for (const [title, fields] of [
      ['beta', { displayorder: 3, categorytype: 2, staffid: 1 }],
      ['Alpha', { displayorder: 1, categorytype: 3, articlesortorder: 5 }],
      ['Gamma', { displayorder: 2, categorytype: 1, articlesortorder: 1 }],
    ] as const) {
      await add({ title, ...fields }, on);
      now -= 1;
    }
    for (const categoryid of ['3', '3', '1']) {
      const article = { subject: 'S', contents: 'C', creatorid: 1, categoryid };
      await call(on, 'POST', '/Knowledgebase/Article', article);
    }
  };

  test.each([
    ['', ['Alpha', 'Gamma', 'beta']],
    ['/ListAll', ['Alpha', 'Gamma', 'beta']],
    ['/ListAll/-1', ['Alpha', 'Gamma', 'beta']],
    ['/ListAll/2', ['Alpha', 'Gamma']],
    ['/ListAll/2/1', ['Gamma', 'beta']],
    ['/ListAll/2/3', []],
    ['/ListAll/-1/0/title', ['Alpha', 'beta', 'Gamma']],
    ['/ListAll/-1/0/title/desc', ['Gamma', 'beta', 'Alpha']],
    ['/ListAll/-1/0/staffid', ['Alpha', 'Gamma', 'beta']],
    ['/ListAll/-1/0/dateline', ['Gamma', 'Alpha', 'beta']],
    ['/ListAll/-1/0/totalarticles', ['Alpha', 'beta', 'Gamma']],
    ['/ListAll/-1/0/categorytype', ['Gamma', 'beta', 'Alpha']],
    ['/ListAll/-1/0/articlesortorder', ['Gamma', 'beta', 'Alpha']],
    ['/ListAll/-1/0/unknown/DESC', ['beta', 'Gamma', 'Alpha']],
    ['/GetList/1/2/title/ASC', ['Gamma']],
  ])('%s as %j', async (path, titles) => {
    await using ticking = await startDesk({ clock: () => new Date(now * 1000) });
    await fill(ticking);
    expect(textsOf(await call(ticking, 'GET', `${ROUTE}${path}`), 'title')).toEqual(titles);
  });

  test('nothing under the documented name with strict quirks', async () => {
    await using quirky = await startDesk({ strictQuirks: true });
    await fill(quirky);
    const answer = await call(quirky, 'GET', `${ROUTE}/ListAll`);
    expect([answer.status, answer.text]).toEqual([200, documentOf(...record('kbcategories'))]);
    expect(textsOf(await call(quirky, 'GET', `${ROUTE}/GetList/1`), 'title')).toEqual(['Alpha']);
  });
});

test('counts its articles, and leaves them and its children behind when it goes', async () => {
  await add();
  await add();
  await add({ parentcategoryid: 1 });
  for (const categoryid of ['1', '1,2']) {
    const article = { subject: 'S', contents: 'C', creatorid: 1, categoryid };
    await call(desk, 'POST', '/Knowledgebase/Article', article);
  }
  expect(textsOf(await call(desk, 'GET', ROUTE), 'totalarticles')).toEqual(['2', '1', '0']);
  const answer = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  const articles = await call(desk, 'GET', '/Knowledgebase/Article');
  expect(textsOf(articles, 'categoryid')).toEqual(['0', '2']);
  expect(textsOf(await call(desk, 'GET', `${ROUTE}/3`), 'parentkbcategoryid')).toEqual(['0']);
  expect((await call(desk, 'GET', `${ROUTE}/1`)).text).toBe(documentOf(...record('kbcategories')));
  expect(idOf(await add())).toBe(4);
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

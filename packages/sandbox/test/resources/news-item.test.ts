import { type Sandbox } from '@kayako-orm/sandbox';

import {
  type Answer,
  call,
  documentOf,
  element,
  idOf,
  record,
  textsOf,
} from '../support/client.js';
import { NOW, startDesk, walk } from '../support/desk.js';

const ROUTE = '/News/NewsItem';
const ITEM = { subject: 'Release', contents: '<p>4.2</p>', staffid: 1 };
const JANUARY_5 = Date.UTC(2030, 0, 5) / 1000;
const DAY = 86_400;

let desk: Sandbox;
let quirky: Sandbox;
let docs: Sandbox;

beforeAll(async () => {
  [desk, quirky, docs] = await Promise.all([
    startDesk(),
    startDesk({ strictQuirks: true }),
    startDesk({ form: 'docs' }),
  ]);
});

afterAll(() => Promise.all([desk, quirky, docs].map((each) => each.close())));

beforeEach(async () => {
  for (const each of [desk, quirky, docs]) {
    each.reset();
    for (const title of ['Products', 'Events']) {
      await call(each, 'POST', '/News/Category', { title, visibilitytype: 'public' });
    }
  }
});

const add = (fields = {}, on = desk): Promise<Answer> =>
  call(on, 'POST', ROUTE, { ...ITEM, ...fields });

const change = (fields = {}, on = desk): Promise<Answer> =>
  call(on, 'PUT', `${ROUTE}/1`, { ...ITEM, editedstaffid: 1, ...fields });

const EVERYTHING = {
  ...ITEM,
  newstype: 2,
  newsstatus: 1,
  fromname: 'The team',
  email: 'team@example.com',
  customemailsubject: 'Read this & that',
  sendemail: 1,
  allowcomments: 0,
  uservisibilitycustom: 1,
  usergroupidlist: '2, 99,1,2',
  staffvisibilitycustom: 1,
  staffgroupidlist: '1',
  newscategoryidlist: '2,99,1',
  start: '01/05/2030',
  expiry: '12/31/2030',
};

test('creates one with everything, and gets and lists the same', async () => {
  const expected = documentOf(
    ...record(
      'newsitems',
      ...record(
        'newsitem',
        {
          id: 1,
          staffid: 1,
          newstype: 2,
          newsstatus: 1,
          author: 'Ada Admin',
          email: 'admin@example.com',
          subject: 'Release',
          emailsubject: 'Read this & that',
          dateline: NOW,
          start: JANUARY_5,
          expiry: Date.UTC(2030, 11, 31) / 1000,
          issynced: 0,
          totalcomments: 0,
          uservisibilitycustom: 1,
        },
        ...record('usergroupidlist', element('usergroupid', 2), element('usergroupid', 1)),
        { staffvisibilitycustom: 1 },
        ...record('staffgroupidlist', element('staffgroupid', 1)),
        { allowcomments: 0, contents: '<p>4.2</p>' },
        ...record('categories', element('categoryid', 2), element('categoryid', 1)),
      ),
    ),
  );
  expect((await add(EVERYTHING)).text).toBe(expected);
  expect((await call(desk, 'GET', `${ROUTE}/1`)).text).toBe(expected);
  expect((await call(desk, 'GET', ROUTE)).text).toBe(expected);
});

test('creates one with next to nothing', async () => {
  expect((await add()).text).toBe(
    documentOf(
      ...record(
        'newsitems',
        ...record(
          'newsitem',
          {
            id: 1,
            staffid: 1,
            newstype: 1,
            newsstatus: 2,
            author: 'Ada Admin',
            email: 'admin@example.com',
            subject: 'Release',
            emailsubject: '',
            dateline: NOW,
            start: 0,
            expiry: 0,
            issynced: 0,
            totalcomments: 0,
            uservisibilitycustom: 0,
          },
          ...record('usergroupidlist'),
          { staffvisibilitycustom: 0 },
          ...record('staffgroupidlist'),
          { allowcomments: 1, contents: '<p>4.2</p>' },
          ...record('categories'),
        ),
      ),
    ),
  );
});

test('looks in the documentation as its page prints it, without a start', async () => {
  expect((await add({ newscategoryidlist: 1, start: '01/05/2030' }, docs)).text).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<newsitems>',
      '    <newsitem>',
      '        <id>1</id>',
      '        <staffid>1</staffid>',
      '        <newstype>1</newstype>',
      '        <newsstatus>2</newsstatus>',
      '        <author>Ada Admin</author>',
      '        <email>admin@example.com</email>',
      '        <subject>Release</subject>',
      `        <dateline>${NOW}</dateline>`,
      '        <expiry>0</expiry>',
      '        <issynced>0</issynced>',
      '        <totalcomments>0</totalcomments>',
      '        <uservisibilitycustom>0</uservisibilitycustom>',
      '        <staffvisibilitycustom>0</staffvisibilitycustom>',
      '        <allowcomments>1</allowcomments>',
      '        <contents>&lt;p&gt;4.2&lt;/p&gt;</contents>',
      '        <categories>',
      '            <categoryid>1</categoryid>',
      '        </categories>',
      '    </newsitem>',
      '</newsitems>',
    ].join('\n'),
  );
});

test('checks a new one in the order of the specification', async () => {
  expect(
    await walk(desk, 'POST', ROUTE, [
      { start: '12/31/2030', expiry: '1/5/2030' },
      { staffid: 99 },
      { subject: ' ' },
      { subject: 'Release' },
      { contents: '0' },
      { contents: 'Text' },
      { staffid: 1 },
      { expiry: '12/31/2030' },
      { expiry: '1/1/2031' },
    ]),
  ).toEqual([
    '400 Staff ID missing',
    '400 Subject is empty',
    '400 Subject is empty',
    '400 Content is empty',
    '400 Content is empty',
    '400 Invalid Staff ID',
    '400 Start date must be before expiry date',
    '400 Start date must be before expiry date',
    '200',
  ]);
});

test('checks a changed one in the order of the specification', async () => {
  await add();
  const steps = [
    { subject: ' ', contents: ' ', start: 200, expiry: 100 },
    { editedstaffid: 99 },
    { subject: 'New' },
    { contents: 'Text' },
    { editedstaffid: 1 },
    { expiry: 300 },
  ];
  expect(await walk(desk, 'PUT', `${ROUTE}/1`, steps)).toEqual([
    '400 Staff is missing or invalid',
    '400 Subject is missing',
    '400 Contents is missing',
    '400 Staff ID is invalid',
    '400 Start date must be before expiry date',
    '200',
  ]);
  expect(await walk(desk, 'PUT', `${ROUTE}/99`, steps.slice(0, 2))).toEqual([
    '400 Staff is missing or invalid',
    '400 Invalid news item ID',
  ]);
  expect(await walk(desk, 'PUT', ROUTE, [{ editedstaffid: 1 }])).toEqual([
    '400 Invalid news item ID',
  ]);
});

test('keeps what a PUT does not send, except subject and contents, which it must', async () => {
  const before = (await add(EVERYTHING)).text;
  const after = await change({ subject: 'New', contents: 'Text', staffid: 99, newstype: 3 });
  expect(after.text).toBe(before.replace('[Release]', '[New]').replace('[<p>4.2</p>]', '[Text]'));
  const incomplete = await call(desk, 'PUT', `${ROUTE}/1`, { editedstaffid: 1, contents: 'Text' });
  expect([incomplete.status, incomplete.text]).toEqual([400, 'Subject is missing']);
});

test('changes what a PUT sends', async () => {
  await add(EVERYTHING);
  const answer = await change({
    email: 'other@example.com',
    customemailsubject: '',
    newsstatus: 2,
    allowcomments: 1,
    uservisibilitycustom: 0,
    usergroupidlist: '2',
    staffgroupidlist: '2,1',
    newscategoryidlist: '1',
    start: 0,
    expiry: '',
  });
  expect(
    [
      'email',
      'emailsubject',
      'newsstatus',
      'allowcomments',
      'uservisibilitycustom',
      'usergroupid',
      'staffgroupid',
      'categoryid',
      'start',
      'expiry',
    ].map((name) => [name, textsOf(answer, name)]),
  ).toEqual([
    ['email', ['other@example.com']],
    ['emailsubject', ['']],
    ['newsstatus', ['2']],
    ['allowcomments', ['1']],
    ['uservisibilitycustom', ['0']],
    ['usergroupid', []],
    ['staffgroupid', ['2', '1']],
    ['categoryid', ['1']],
    ['start', ['0']],
    ['expiry', ['0']],
  ]);
});

test.each([
  ['01/05/2030', JANUARY_5],
  ['1/5/2030', JANUARY_5],
  [String(JANUARY_5), JANUARY_5],
  ['01/01/1970', 0],
  ['12/31/1969', 0],
  ['-5', 0],
  ['13/31/2030', 0],
  ['2/30/2030', 0],
  ['soon', 0],
  ['', 0],
])('reads the date %j as %d', async (expiry, seconds) => {
  const answer = await add({ expiry });
  expect(textsOf(answer, 'expiry')).toEqual([String(seconds)]);
});

test.each([
  [{ hour: 9, minute: 30 }, 9.5],
  [{ hour: 9, minute: 30, meridian: 'am' }, 9.5],
  [{ hour: 9, minute: 30, meridian: 'PM' }, 21.5],
  [{ hour: 12, meridian: 'am' }, 0],
  [{ hour: 12, meridian: 'pm' }, 12],
  [{ hour: 21 }, 21],
])('adds the time of day %j', async (parts, hours) => {
  const named = Object.entries(parts).map(([name, value]) => [`start_${name}`, value] as const);
  const answer = await add({ start: '1/5/2030', ...Object.fromEntries(named) });
  expect(textsOf(answer, 'start')).toEqual([String(JANUARY_5 + hours * 3600)]);
});

describe('ListAll', () => {
  const listed = async (category: number, on = desk): Promise<string[]> =>
    textsOf(await call(on, 'GET', `${ROUTE}/ListAll/${category}`), 'subject');

  test('has what is published, has begun and has not expired, of one category', async () => {
    for (const [subject, fields] of Object.entries({
      Current: { start: NOW, expiry: NOW + 1 },
      Endless: {},
      Draft: { newsstatus: 1 },
      Early: { start: NOW + 1 },
      Late: { expiry: NOW },
      Elsewhere: { newscategoryidlist: '1' },
    })) {
      await add({ subject, newscategoryidlist: '1,2', ...fields });
    }
    expect(await listed(2)).toEqual(['Endless', 'Current']);
    expect(await listed(1)).toEqual(['Elsewhere', 'Endless', 'Current']);
  });

  test('has nothing of an empty category, and everything with strict quirks', async () => {
    for (const on of [desk, quirky]) {
      await add({ newscategoryidlist: '1' }, on);
      await add({ subject: 'Draft', newsstatus: 1 }, on);
    }
    expect(await listed(2)).toEqual([]);
    expect(await listed(99)).toEqual([]);
    expect(await listed(2, quirky)).toEqual(['Release']);
    expect(await listed(1, quirky)).toEqual(['Release']);
  });

  test('is newest first and ends after 500', async () => {
    let now = NOW;
    await using ticking = await startDesk({ clock: () => new Date(now * 1000) });
    await call(ticking, 'POST', '/News/Category', { title: 'A', visibilitytype: 'public' });
    for (let count = 1; count <= 501; count += 1) {
      now = count === 1 ? NOW + DAY : NOW;
      await add({ subject: String(count), newscategoryidlist: 1 }, ticking);
    }
    now = NOW + DAY;
    const subjects = await listed(1, ticking);
    expect(subjects).toHaveLength(500);
    expect([...subjects.slice(0, 3), subjects.at(-1)]).toEqual(['1', '501', '500', '3']);
    expect(textsOf(await call(ticking, 'GET', ROUTE), 'subject')).toHaveLength(501);
  });

  test('cannot do without a category', async () => {
    expect((await call(desk, 'GET', `${ROUTE}/ListAll`)).status).toBe(400);
    const report = await call(quirky, 'GET', `${ROUTE}/ListAll`);
    expect([report.status, report.text.slice(0, 18)]).toEqual([200, 'Uncaught Exception']);
  });
});

test('is gone with its comments after its deletion, and its id is not used again', async () => {
  await add();
  const comment = { newsitemid: 1, contents: 'C', creatortype: 1, creatorid: 1 };
  await call(desk, 'POST', '/News/Comment', comment);
  expect(textsOf(await call(desk, 'GET', `${ROUTE}/1`), 'totalcomments')).toEqual(['1']);
  const answer = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  const missing = await call(desk, 'GET', `${ROUTE}/1`);
  expect([missing.status, missing.text]).toEqual([200, documentOf('<newsitems>', '</newsitems>')]);
  expect(textsOf(await call(desk, 'GET', '/News/Comment'), 'id')).toEqual([]);
  const again = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([again.status, again.text]).toEqual([400, 'Invalid news item ID']);
  expect(idOf(await add())).toBe(2);
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

describe('with strict quirks', () => {
  test.each([2, 3])('newstype %d makes nothing and says nothing', async (newstype) => {
    const answer = await add({ newstype }, quirky);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(textsOf(await call(quirky, 'GET', ROUTE), 'id')).toEqual([]);
    expect(textsOf(await add({ newstype }), 'newstype')).toEqual([String(newstype)]);
  });

  test('a PUT empties the texts that it does not send', async () => {
    await add({}, quirky);
    const answer = await call(quirky, 'PUT', `${ROUTE}/1`, { editedstaffid: 1 });
    expect([textsOf(answer, 'subject'), textsOf(answer, 'contents')]).toEqual([[''], ['']]);
    const blank = await call(quirky, 'PUT', `${ROUTE}/1`, { editedstaffid: 1, subject: ' ' });
    expect(blank.text).toBe('Subject is missing');
  });

  test('a PUT makes 0 of dates, and fails where there is a start without expiry', async () => {
    await add({ start: '1/5/2030' }, quirky);
    const refused = await change({}, quirky);
    expect([refused.status, refused.text]).toEqual([400, 'Start date must be before expiry date']);
    const answer = await change({ start: '1/5/2030', expiry: '1/6/2030' }, quirky);
    expect([textsOf(answer, 'start'), textsOf(answer, 'expiry')]).toEqual([['0'], ['0']]);
  });
});

import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, idOf, record, textsOf } from '../support/client.js';
import { startDesk, walk } from '../support/desk.js';

const ROUTE = '/News/Category';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

const category = (fields: Readonly<Record<string, string | number>>): string[] =>
  record('newscategory', fields);

const addItem = (newscategoryidlist: string): ReturnType<typeof call> =>
  call(desk, 'POST', '/News/NewsItem', {
    subject: 'S',
    contents: 'C',
    staffid: 1,
    newscategoryidlist,
  });

test('is created, read and listed with the number of its items', async () => {
  const created = await call(desk, 'POST', ROUTE, { title: 'A & B', visibilitytype: 'public' });
  const first = { id: 1, title: 'A & B', newsitemcount: 0, visibilitytype: 'public' };
  expect(created.text).toBe(documentOf(...record('newscategories', ...category(first))));
  await call(desk, 'POST', ROUTE, { title: 'B', visibilitytype: 'internal' });
  await addItem('1,2');
  await addItem('2');
  const one = category({ ...first, newsitemcount: 1 });
  const two = category({ id: 2, title: 'B', newsitemcount: 2, visibilitytype: 'private' });
  expect((await call(desk, 'GET', ROUTE)).text).toBe(
    documentOf(...record('newscategories', ...one, ...two)),
  );
  expect((await call(desk, 'GET', `${ROUTE}/2`)).text).toBe(
    documentOf(...record('newscategories', ...two)),
  );
});

test('looks in the documentation as its page prints it', async () => {
  await using docs = await startDesk({ form: 'docs' });
  const answer = await call(docs, 'POST', ROUTE, { title: 'A & B', visibilitytype: 'public' });
  expect(answer.text).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<newscategories>',
      '    <newscategory>',
      '        <id>1</id>',
      '        <title>A &amp; B</title>',
      '        <newsitemcount>0</newsitemcount>',
      '        <visibilitytype>public</visibilitytype>',
      '    </newscategory>',
      '</newscategories>',
    ].join('\n'),
  );
});

test('needs a title and a type', async () => {
  expect(
    await walk(desk, 'POST', ROUTE, [
      {},
      { title: ' ' },
      { title: 'A' },
      { visibilitytype: ' ' },
      { visibilitytype: 'private' },
    ]),
  ).toEqual([
    '400 Title field is missing/empty',
    '400 Title field is missing/empty',
    '400 visibilitytype is missing/empty',
    '400 visibilitytype is missing/empty',
    '200',
  ]);
});

test('keeps what a PUT does not send, and refuses what it sends blank', async () => {
  await call(desk, 'POST', ROUTE, { title: 'A', visibilitytype: 'public' });
  const changed = { id: 1, title: 'A', newsitemcount: 0, visibilitytype: 'private' };
  const answers = [
    await call(desk, 'PUT', `${ROUTE}/1`, { visibilitytype: 'secret' }),
    await call(desk, 'PUT', `${ROUTE}/1`, { title: 'B' }),
    await call(desk, 'PUT', `${ROUTE}/1`),
  ];
  expect(answers.map(({ text }) => text)).toEqual(
    ['A', 'B', 'B'].map((title) =>
      documentOf(...record('newscategories', ...category({ ...changed, title }))),
    ),
  );
  expect(
    await walk(desk, 'PUT', `${ROUTE}/1`, [{ visibilitytype: '' }, { title: '' }, { title: 'C' }]),
  ).toEqual(['400 visibilitytype is empty', '400 title is empty', '400 visibilitytype is empty']);
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, `${ROUTE}/99`, { title: '' });
  expect([answer.status, answer.text]).toEqual([400, 'Invalid category ID']);
});

test('leaves its items behind when it goes', async () => {
  for (const title of ['A', 'B']) {
    await call(desk, 'POST', ROUTE, { title, visibilitytype: 'public' });
  }
  await addItem('1,2');
  const answer = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect(textsOf(await call(desk, 'GET', '/News/NewsItem/1'), 'categoryid')).toEqual(['2']);
  expect((await call(desk, 'GET', `${ROUTE}/1`)).text).toBe(
    documentOf(...record('newscategories')),
  );
  const next = await call(desk, 'POST', ROUTE, { title: 'C', visibilitytype: 'public' });
  expect(idOf(next)).toBe(3);
});

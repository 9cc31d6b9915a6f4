import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, record, textsOf } from '../support/client.js';
import { startDesk, USER, walk } from '../support/desk.js';

const ROUTE = '/News/Subscriber';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

const subscriber = (id: number, email: string, fields = {}): string[] =>
  record('newssubscriber', {
    id,
    tgroupid: 1,
    userid: 0,
    email,
    isvalidated: 0,
    usergroupid: 0,
    ...fields,
  });

test('is created, read and listed with the user who has its address', async () => {
  const made = await call(desk, 'POST', ROUTE, { email: 'New@Example.org', sendemails: 0 });
  expect(made.text).toBe(
    documentOf(...record('newssubscribers', ...subscriber(1, 'new@example.org'))),
  );
  await call(desk, 'POST', ROUTE, { email: ' TEST@example.com ', isvalidated: 1 });
  const known = subscriber(2, 'test@example.com', { userid: 1, isvalidated: 1, usergroupid: 2 });
  expect((await call(desk, 'GET', ROUTE)).text).toBe(
    documentOf(...record('newssubscribers', ...subscriber(1, 'new@example.org'), ...known)),
  );
  expect((await call(desk, 'GET', `${ROUTE}/2`)).text).toBe(
    documentOf(...record('newssubscribers', ...known)),
  );
});

test('belongs to whoever has the address now', async () => {
  await call(desk, 'POST', ROUTE, { email: USER.email ?? '' });
  await call(desk, 'POST', '/Base/User', USER);
  expect(textsOf(await call(desk, 'GET', `${ROUTE}/1`), 'userid')).toEqual(['2']);
});

test('looks in the documentation as its page prints it', async () => {
  await using docs = await startDesk({ form: 'docs' });
  expect((await call(docs, 'POST', ROUTE, { email: 'test@example.com' })).text).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<newssubscribers>',
      '    <newssubscriber>',
      '        <id>1</id>',
      '        <tgroupid>1</tgroupid>',
      '        <userid>1</userid>',
      '        <email>test@example.com</email>',
      '        <isvalidated>0</isvalidated>',
      '        <usergroupid>2</usergroupid>',
      '    </newssubscriber>',
      '</newssubscribers>',
    ].join('\n'),
  );
});

test('needs an address of its own', async () => {
  await call(desk, 'POST', ROUTE, { email: 'first@example.com' });
  expect(
    await walk(desk, 'POST', ROUTE, [
      {},
      { email: ' ' },
      { email: 'nobody' },
      { email: 'FIRST@example.com' },
      { email: 'second@example.com' },
    ]),
  ).toEqual([
    '400 Email field is empty',
    '400 Email field is empty',
    '400 Invalid email address',
    '400 Subscription failed, please check if already subscribed',
    '200',
  ]);
  expect(
    await walk(desk, 'PUT', `${ROUTE}/2`, [
      { email: '' },
      { email: 'nobody' },
      { email: 'first@example.com' },
      { email: 'Second@example.com' },
      { email: 'third@example.com' },
    ]),
  ).toEqual([
    '400 Email field is empty',
    '400 Invalid email address',
    '400 Subscription failed, please check if already subscribed',
    '200',
    '200',
  ]);
});

test('changes by PUT nothing but the address', async () => {
  await call(desk, 'POST', ROUTE, { email: 'a@example.com', isvalidated: 1 });
  const kept = await call(desk, 'PUT', `${ROUTE}/1`, { isvalidated: 0 });
  const changed = await call(desk, 'PUT', `${ROUTE}/1`, { email: 'B@example.com' });
  expect([kept.text, changed.text]).toEqual(
    ['a@example.com', 'b@example.com'].map((email) =>
      documentOf(...record('newssubscribers', ...subscriber(1, email, { isvalidated: 1 }))),
    ),
  );
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, `${ROUTE}/99`, { email: '' });
  expect([answer.status, answer.text]).toEqual([400, 'Invalid news subscriber ID']);
});

test('is gone after its deletion, and its address is free again', async () => {
  await call(desk, 'POST', ROUTE, { email: 'a@example.com' });
  const answer = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  const missing = await call(desk, 'GET', `${ROUTE}/1`);
  expect([missing.status, missing.text]).toEqual([200, documentOf(...record('newssubscribers'))]);
  const again = await call(desk, 'POST', ROUTE, { email: 'a@example.com' });
  expect(textsOf(again, 'id')).toEqual(['2']);
});

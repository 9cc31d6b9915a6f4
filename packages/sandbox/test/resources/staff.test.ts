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

const JOHN = {
  firstname: 'John',
  lastname: 'Doe',
  email: 'john@example.com',
  username: 'john',
  password: 'x',
  staffgroupid: 2,
};

test('lists the one of a fresh desk', async () => {
  expect((await call(desk, 'GET', '/Base/Staff')).text).toBe(
    documentOf(
      '<staffusers>',
      '<staff>',
      '<id><![CDATA[1]]></id>',
      '<staffgroupid><![CDATA[1]]></staffgroupid>',
      '<firstname><![CDATA[Ada]]></firstname>',
      '<lastname><![CDATA[Admin]]></lastname>',
      '<fullname><![CDATA[Ada Admin]]></fullname>',
      '<username><![CDATA[admin]]></username>',
      '<email><![CDATA[admin@example.com]]></email>',
      '<designation />',
      '<greeting />',
      '<mobilenumber />',
      '<isenabled><![CDATA[1]]></isenabled>',
      '<timezone><![CDATA[GMT]]></timezone>',
      '<enabledst><![CDATA[0]]></enabledst>',
      '<signature />',
      '</staff>',
      '</staffusers>',
    ),
  );
});

test('checks a new one in the order of the specification', async () => {
  expect(
    await walk(desk, 'POST', '/Base/Staff', [
      {},
      { firstname: 'John' },
      { lastname: 'Doe' },
      { email: 'nobody' },
      { email: 'ADMIN@example.com' },
      { staffgroupid: 99 },
      { staffgroupid: 2 },
      { password: 'x' },
      { username: 'admin' },
      { username: 'john' },
      { email: 'john@example.com' },
    ]),
  ).toEqual([
    '400 First name is empty',
    '400 Last name is empty',
    '400 Email address is empty or Invalid',
    '400 Email address is empty or Invalid',
    '400 Staff Group ID is Invalid',
    '400 Staff Group ID is Invalid',
    '400 Invalid Password Specified',
    '400 Invalid Username Specified',
    '400 Username is already taken',
    '400 Email address already in use',
    '200',
  ]);
});

test('writes the signature as staffsignature and never returns the password', async () => {
  const answer = await call(desk, 'POST', '/Base/Staff', {
    ...JOHN,
    staffsignature: 'Yours, John',
    designation: 'Clerk',
    greeting: 'Hello',
    mobilenumber: '123',
    timezone: 'Europe/Madrid',
  });
  expect(textsOf(answer, 'signature')).toEqual(['Yours, John']);
  expect(textsOf(answer, 'designation')).toEqual(['Clerk']);
  expect(textsOf(answer, 'enabledst')).toEqual(['1']);
  expect(answer.text).not.toContain('password');
});

test('takes a 0 on creation for what it says, and for nothing with strict quirks', async () => {
  const strict = await startDesk({ strictQuirks: true });
  const disabled = await call(desk, 'POST', '/Base/Staff', { ...JOHN, isenabled: 0, enabledst: 0 });
  const enabled = await call(strict, 'POST', '/Base/Staff', {
    ...JOHN,
    isenabled: 0,
    enabledst: 0,
  });
  await strict.close();
  expect([textsOf(disabled, 'isenabled'), textsOf(disabled, 'enabledst')]).toEqual([['0'], ['0']]);
  expect([textsOf(enabled, 'isenabled'), textsOf(enabled, 'enabledst')]).toEqual([['1'], ['1']]);
});

test('checks a changed one and keeps what is empty', async () => {
  const { staffsignature, ...rest } = { ...JOHN, staffsignature: 'S', designation: 'Clerk' };
  const id = idOf(await call(desk, 'POST', '/Base/Staff', { ...rest, staffsignature }));
  const before = await call(desk, 'GET', `/Base/Staff/${id}`);
  expect(
    await walk(desk, 'PUT', `/Base/Staff/${id}`, [
      {},
      { firstname: 'John' },
      { lastname: 'Doe' },
      { staffgroupid: 99 },
      {
        staffgroupid: 2,
        designation: '',
        staffsignature: '',
        email: '',
        username: '',
        timezone: '',
      },
    ]),
  ).toEqual([
    '400 First name is empty',
    '400 Last name is empty',
    '400 Staff Group ID is Invalid',
    '400 Staff Group ID is Invalid',
    '200',
  ]);
  expect((await call(desk, 'GET', `/Base/Staff/${id}`)).text).toBe(before.text);
});

test('disables and enables by PUT', async () => {
  const put = { firstname: 'Ada', lastname: 'Admin', staffgroupid: 1, isenabled: 0 };
  expect(textsOf(await call(desk, 'PUT', '/Base/Staff/1', put), 'isenabled')).toEqual(['0']);
});

test.each([
  ['PUT', 'Staff Object Load Failed: Class not loaded'],
  ['DELETE', 'Staff Load Failed: Class not loaded'],
] as const)('answers 400 to %s of a missing one', async (method, text) => {
  const answer = await call(desk, method, '/Base/Staff/99');
  expect([answer.status, answer.text]).toEqual([400, text]);
});

test('leaves the owner of tickets standing when it goes, and frees its names', async () => {
  const id = idOf(await call(desk, 'POST', '/Base/Staff', JOHN));
  const ticket = idOf(await addTicket(desk, { ownerstaffid: id }));
  await call(desk, 'DELETE', `/Base/Staff/${id}`);
  const answer = await call(desk, 'GET', `/Tickets/Ticket/${ticket}`);
  expect([textsOf(answer, 'ownerstaffid'), textsOf(answer, 'ownerstaffname')]).toEqual([
    [String(id)],
    ['John Doe'],
  ]);
  expect(idOf(await call(desk, 'POST', '/Base/Staff', JOHN))).toBe(id + 1);
});

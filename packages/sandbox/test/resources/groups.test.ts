import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, idOf, textsOf } from '../support/client.js';
import { startDesk, walk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

describe('staff groups', () => {
  test('are two on a fresh desk', async () => {
    expect((await call(desk, 'GET', '/Base/StaffGroup')).text).toBe(
      documentOf(
        '<staffgroups>',
        '<staffgroup>',
        '<id><![CDATA[1]]></id>',
        '<title><![CDATA[Administrator]]></title>',
        '<isadmin><![CDATA[1]]></isadmin>',
        '</staffgroup>',
        '<staffgroup>',
        '<id><![CDATA[2]]></id>',
        '<title><![CDATA[Staff]]></title>',
        '<isadmin><![CDATA[0]]></isadmin>',
        '</staffgroup>',
        '</staffgroups>',
      ),
    );
  });

  test('need a title, and isadmin only on creation', async () => {
    const required = '400 One of the required fields is empty';
    expect(
      await walk(desk, 'POST', '/Base/StaffGroup', [{}, { title: 'Night' }, { isadmin: '' }]),
    ).toEqual([required, required, '200']);
    expect(
      await walk(desk, 'PUT', '/Base/StaffGroup/3', [{ isadmin: 1 }, { title: 'Day' }]),
    ).toEqual([required, '200']);
    const kept = await call(desk, 'PUT', '/Base/StaffGroup/3', { title: 'Day', isadmin: 'yes' });
    expect(textsOf(kept, 'isadmin')).toEqual(['1']);
  });

  test('are not deleted while staff belong to them', async () => {
    const answer = await call(desk, 'DELETE', '/Base/StaffGroup/1');
    expect([answer.status, answer.text]).toEqual([
      400,
      'Staff Group Deletion Failed. There are "1" staff members assigned to this group. Please delete them or change their group to continue.',
    ]);
    expect((await call(desk, 'DELETE', '/Base/StaffGroup/2')).status).toBe(200);
    expect(textsOf(await call(desk, 'GET', '/Base/StaffGroup'), 'title')).toEqual([
      'Administrator',
    ]);
  });

  test.each(['PUT', 'DELETE'] as const)('answer 400 to %s of a missing one', async (method) => {
    const answer = await call(desk, method, '/Base/StaffGroup/99', { title: 'x' });
    expect([answer.status, answer.text]).toEqual([
      400,
      'Staff Group Load Failed: Class not loaded',
    ]);
  });
});

describe('user groups', () => {
  test('are two on a fresh desk', async () => {
    expect((await call(desk, 'GET', '/Base/UserGroup')).text).toBe(
      documentOf(
        '<usergroups>',
        '<usergroup>',
        '<id><![CDATA[1]]></id>',
        '<title><![CDATA[Guest]]></title>',
        '<grouptype><![CDATA[guest]]></grouptype>',
        '<ismaster><![CDATA[1]]></ismaster>',
        '</usergroup>',
        '<usergroup>',
        '<id><![CDATA[2]]></id>',
        '<title><![CDATA[Registered]]></title>',
        '<grouptype><![CDATA[registered]]></grouptype>',
        '<ismaster><![CDATA[1]]></ismaster>',
        '</usergroup>',
        '</usergroups>',
      ),
    );
  });

  test('need a title and a type, which never changes', async () => {
    const required = '400 One of the required fields is empty';
    expect(
      await walk(desk, 'POST', '/Base/UserGroup', [
        {},
        { title: 'VIP' },
        { grouptype: 'other' },
        { grouptype: 'registered' },
      ]),
    ).toEqual([required, required, required, '200']);
    expect(
      await walk(desk, 'PUT', '/Base/UserGroup/3', [{ grouptype: 'guest' }, { title: 'Best' }]),
    ).toEqual([required, '200']);
    const changed = await call(desk, 'GET', '/Base/UserGroup/3');
    expect([
      textsOf(changed, 'title'),
      textsOf(changed, 'grouptype'),
      textsOf(changed, 'ismaster'),
    ]).toEqual([['Best'], ['registered'], ['0']]);
  });

  test('that are built in stay', async () => {
    const answer = await call(desk, 'DELETE', '/Base/UserGroup/1');
    expect([answer.status, answer.text]).toEqual([400, 'Cannot delete master user group']);
  });

  test('leave the departments they were linked to', async () => {
    const id = idOf(
      await call(desk, 'POST', '/Base/UserGroup', { title: 'A', grouptype: 'guest' }),
    );
    const fields = { title: 'G', uservisibilitycustom: 1, usergroupid: [id, 2] };
    await call(desk, 'PUT', '/Base/Department/1', fields);
    await call(desk, 'DELETE', `/Base/UserGroup/${id}`);
    expect((await call(desk, 'GET', '/Base/Department/1')).text).toContain(
      '<usergroups>\n<id><![CDATA[2]]></id>\n</usergroups>',
    );
  });

  test.each(['PUT', 'DELETE'] as const)('answer 400 to %s of a missing one', async (method) => {
    const answer = await call(desk, method, '/Base/UserGroup/99', { title: 'x' });
    expect([answer.status, answer.text]).toEqual([
      400,
      'User Group Load Failed: Unable to Load User Group ID: 99',
    ]);
  });
});

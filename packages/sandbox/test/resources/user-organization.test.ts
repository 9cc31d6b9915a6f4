import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, element, idOf, textsOf } from '../support/client.js';
import { addTicket, NOW, startDesk, walk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

const DETAILS = {
  address: '1 Main Street',
  city: 'Málaga',
  state: 'A',
  postalcode: '29001',
  country: 'Spain',
  phone: '1',
  fax: '2',
  website: 'https://example.com',
};

function documentWith(
  id: number,
  name: string,
  type: string,
  details: Partial<typeof DETAILS>,
  dates: readonly [number, number],
  plan: readonly [number, number],
): string {
  return documentOf(
    '<userorganizations>',
    '<userorganization>',
    element('id', id),
    element('name', name),
    element('organizationtype', type),
    ...(Object.keys(DETAILS) as (keyof typeof DETAILS)[]).map((key) =>
      element(key, details[key] ?? ''),
    ),
    '<!-- Timeline Properties -->',
    element('dateline', dates[0]),
    element('lastupdate', dates[1]),
    '<!-- Custom SLA Properties -->',
    element('slaplanid', plan[0]),
    element('slaplanexpiry', plan[1]),
    '</userorganization>',
    '</userorganizations>',
  );
}

test('lists the one of a fresh desk', async () => {
  expect((await call(desk, 'GET', '/Base/UserOrganization')).text).toBe(
    documentWith(1, 'Example Ltd.', 'restricted', {}, [1_704_067_200, 1_704_067_200], [0, 0]),
  );
});

test('creates one with everything', async () => {
  const fields = {
    name: 'N',
    organizationtype: 'shared',
    ...DETAILS,
    slaplanid: 1,
    slaplanexpiry: 7,
  };
  expect((await call(desk, 'POST', '/Base/UserOrganization', fields)).text).toBe(
    documentWith(2, 'N', 'shared', DETAILS, [NOW, NOW], [1, 7]),
  );
});

test('resets by PUT whatever it does not repeat, except the type', async () => {
  const fields = {
    name: 'N',
    organizationtype: 'shared',
    ...DETAILS,
    slaplanid: 1,
    slaplanexpiry: 7,
  };
  await call(desk, 'POST', '/Base/UserOrganization', fields);
  const answer = await call(desk, 'PUT', '/Base/UserOrganization/2', { name: 'M', city: 'Cádiz' });
  expect(answer.text).toBe(documentWith(2, 'M', 'shared', { city: 'Cádiz' }, [NOW, NOW], [0, 0]));
});

test('checks in the order of the specification', async () => {
  const required = '400 One of the required fields is empty';
  const plan = '400 Invalid SLA Plan Specified';
  expect(
    await walk(desk, 'POST', '/Base/UserOrganization', [
      { slaplanid: 99 },
      { slaplanid: 0 },
      { name: 'N' },
      { organizationtype: 'open' },
      { organizationtype: 'shared' },
    ]),
  ).toEqual([plan, required, required, required, '200']);
  expect(
    await walk(desk, 'PUT', '/Base/UserOrganization/1', [
      { slaplanid: 99 },
      { slaplanid: '' },
      { name: 'N' },
    ]),
  ).toEqual([plan, required, '200']);
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, '/Base/UserOrganization/99', { name: 'x' });
  expect([answer.status, answer.text]).toEqual([
    400,
    'User Organization Load Failed: Unable to Load User Organization ID: 99',
  ]);
});

test('detaches its users when it goes', async () => {
  const ticket = idOf(await addTicket(desk));
  const before = await call(desk, 'GET', `/Tickets/Ticket/${ticket}`);
  await call(desk, 'DELETE', '/Base/UserOrganization/1');
  const after = await call(desk, 'GET', `/Tickets/Ticket/${ticket}`);
  const user = await call(desk, 'GET', '/Base/User/1');
  expect(textsOf(before, 'userorganization')).toEqual(['Example Ltd.']);
  expect(after.text).toContain('<userorganization />\n<userorganizationid />\n');
  expect(user.text).toContain('<userorganizationid />\n');
});

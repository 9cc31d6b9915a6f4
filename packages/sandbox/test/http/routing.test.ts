import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';

import { call, encodeForm, send, sign, textsOf } from '../support/client.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startSandbox();
});

afterAll(() => desk.close());

const query = (): string => encodeForm(sign(desk));

test.each([
  ['the e parameter', (auth: string) => `?e=/Base/UserGroup/2/&${auth}`],
  ['an encoded e parameter', (auth: string) => `?e=%2FBase%2FUserGroup%2F2&${auth}`],
  ['an e parameter encoded twice', (auth: string) => `?e=/Base%252FUserGroup%252F2&${auth}`],
  ['e after the rest', (auth: string) => `?&&${auth}&e=/Base/UserGroup/2`],
  ['path info', (auth: string) => `/Base/UserGroup/2?${auth}`],
  ['path info with a slash at the end', (auth: string) => `/Base/UserGroup/2/?${auth}`],
  ['a bare query', (auth: string) => `?/Base/UserGroup/2/&${auth}`],
  ['a bare query after a slash', (auth: string) => `/?/Base/UserGroup/2&${auth}`],
  ['doubled slashes', (auth: string) => `?e=//Base//UserGroup///2//&${auth}`],
  ['an app in other letters', (auth: string) => `?e=/bAsE/UserGroup/2&${auth}`],
  ['e before the path', (auth: string) => `/Base/Department?e=/Base/UserGroup/2&${auth}`],
  ['the path when e has no slash', (auth: string) => `/Base/UserGroup/2?e=Base/Department&${auth}`],
])('finds the route in %s', async (_style, target) => {
  const answer = await send(`${desk.url}${target(query())}`);
  expect(textsOf(answer, 'title')).toEqual(['Registered']);
});

test('finds the entry point without its file name', async () => {
  const url = desk.url.replace('index.php', '');
  const answer = await send(`${url}?e=/Base/UserGroup/2&${query()}`);
  expect(textsOf(answer, 'title')).toEqual(['Registered']);
});

test('finds e in the form of a POST and of a PUT', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const post = await send(desk.url, { method: 'POST', headers, body: `&e=/Core/Test&${query()}` });
  const put = await send(desk.url, { method: 'PUT', headers, body: `e=/Core/Test/5&${query()}` });
  expect([post.text.split('\n')[0], put.text.split('\n')[0]]).toEqual(['POST', 'PUT: 5']);
});

test.each([
  ['no route', ''],
  ['an app alone', '?e=/Base'],
  ['an unknown app', '?e=/Nope/Department'],
  ['an unknown controller', '?e=/Base/Nope'],
  ['a controller in other letters', '?e=/Base/department'],
  ['a name every object has', '?e=/constructor/__proto__'],
])('answers the 404 page to %s', async (_case, target) => {
  const answer = await send(`${desk.url}${target}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html;charset=UTF-8']);
  expect(answer.text).toMatch(/^<!DOCTYPE html>/);
});

test('answers 404 outside the entry point', async () => {
  const answer = await send(new URL('/Base/Department', desk.url).href);
  expect(answer.status).toBe(404);
});

test.each(['/Base/User/a%24b', '/Base/User/%3Cx%3E', '/Tickets/Ticket/%C3%A9'])(
  'answers the 400 page to the characters of %s',
  async (route) => {
    const answer = await send(
      `${desk.url}?e=${encodeURIComponent(decodeURIComponent(route))}&${query()}`,
    );
    expect([answer.status, answer.headers['content-type']]).toEqual([
      400,
      'text/html;charset=UTF-8',
    ]);
  },
);

test('strips permitted characters that no id has', async () => {
  const answer = await call(desk, 'GET', '/Core/Test/a.b~c%20d%2525');
  expect(answer.text).toMatch(/^GET: abcd\n/);
});

test('keeps negative numbers, lists and display ids', async () => {
  const answer = await call(desk, 'GET', '/Core/Test/-1/1,2,3/ABC-123-45678');
  expect(answer.text).toContain(
    'ARGS: Array\n(\n    [0] => -1\n    [1] => 1,2,3\n    [2] => ABC-123-45678\n)\n',
  );
});

test('takes 0 for the list', async () => {
  const all = await call(desk, 'GET', '/Base/UserGroup');
  const zero = await call(desk, 'GET', '/Base/UserGroup/0/');
  expect(zero.text).toBe(all.text);
});

test.each(['GET', 'POST', 'PUT', 'DELETE'] as const)(
  'runs a named operation by its name whatever the method: %s',
  async (method) => {
    const answer = await call(desk, method, '/Base/User/fILTER/1/10');
    expect(textsOf(answer, 'fullname')).toEqual(['Test User']);
  },
);

test.each(['Department', 'Staff', 'StaffGroup', 'UserGroup', 'UserOrganization', 'User'])(
  'finds nothing under an id that is no number in %s',
  async (controller) => {
    const answer = await call(desk, 'GET', `/Base/${controller}/abc123`);
    expect(answer.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<(\w+)>\n<\/\1>$/);
  },
);

describe('with strict quirks', () => {
  let strict: Sandbox;

  beforeAll(async () => {
    strict = await startSandbox({ strictQuirks: true });
  });

  afterAll(() => strict.close());

  test.each(['Department', 'Staff', 'StaffGroup', 'UserGroup', 'UserOrganization'])(
    'lists everything for a text without digits in %s',
    async (controller) => {
      const all = await call(strict, 'GET', `/Base/${controller}`);
      expect((await call(strict, 'GET', `/Base/${controller}/abc`)).text).toBe(all.text);
    },
  );

  test('takes the digits a text begins with', async () => {
    const answer = await call(strict, 'GET', '/Base/UserGroup/2nd');
    expect(textsOf(answer, 'title')).toEqual(['Registered']);
  });

  test('reports an absent operation with 200', async () => {
    const answer = await call(strict, 'PUT', '/Tickets/TicketPost/1');
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(
      /^Uncaught Exception\nRouter: \/Tickets\/TicketPost\/1\nUndeclared Function Called in API Controller: Put in \.\/[\w.]+:\d+\n\n={20,}\n/,
    );
  });

  test('reports a missing argument with 200', async () => {
    const answer = await call(strict, 'GET', '/Tickets/Ticket/ListAll');
    expect([answer.status, answer.text.slice(0, 18)]).toEqual([200, 'Uncaught Exception']);
  });
});

test.each([
  ['GET', '/Base/CustomField/1', 'Get'],
  ['POST', '/Base/CustomField', 'Post'],
  ['PUT', '/Base/CustomField/1', 'Put'],
  ['DELETE', '/Base/CustomField/1', 'Delete'],
  ['POST', '/Base/CustomFieldGroup', 'Post'],
  ['PUT', '/Tickets/TicketPriority/1', 'Put'],
  ['DELETE', '/Tickets/TicketStatus/1', 'Delete'],
  ['POST', '/Tickets/TicketType', 'Post'],
  ['GET', '/Tickets/TicketCount/1', 'Get'],
  ['PUT', '/Tickets/TicketPost/1/1', 'Put'],
  ['PUT', '/Tickets/TicketNote/1/1', 'Put'],
  ['PUT', '/Tickets/TicketAttachment/1/1', 'Put'],
  ['PUT', '/Tickets/TicketTimeTrack/1/1', 'Put'],
  ['PUT', '/Tickets/TicketCustomField/1', 'Put'],
  ['DELETE', '/Tickets/TicketCustomField/1', 'Delete'],
] as const)('answers 405 to %s %s', async (method, route, operation) => {
  const answer = await call(desk, method, route);
  expect([answer.status, answer.text]).toEqual([
    405,
    `Undeclared Function Called in API Controller: ${operation}`,
  ]);
});

test.each([
  ['GET', '/Tickets/Ticket', 'Not Implemented, Call /Tickets/Ticket/ListAll instead.'],
  ['GET', '/Tickets/TicketPost', 'Not Implemented, Call /Tickets/TicketPost/ListAll instead.'],
  ['GET', '/Tickets/TicketNote', 'Not Implemented, Call /Tickets/TicketNote/ListAll instead.'],
  [
    'GET',
    '/Tickets/TicketAttachment',
    'Not Implemented, Call /Tickets/TicketAttachment/ListAll instead.',
  ],
  [
    'GET',
    '/Tickets/TicketTimeTrack',
    'Not Implemented, Call /Tickets/TicketTimeTrack/ListAll instead.',
  ],
  [
    'GET',
    '/Tickets/TicketCustomField',
    'Not Implemented, Call GET /Tickets/TicketCustomField/$ticketid$ instead.',
  ],
  ['GET', '/Base/UserSearch', 'Not Implemented, Call POST /Base/UserSearch instead.'],
  ['GET', '/Base/UserSearch/1', 'Not Implemented, Call POST /Base/UserSearch instead.'],
  ['PUT', '/Base/UserSearch/1', 'Not Implemented, Call POST /Base/UserSearch instead.'],
  ['DELETE', '/Base/UserSearch/1', 'Not Implemented, Call POST /Base/UserSearch instead.'],
  ['GET', '/Tickets/TicketSearch', 'Not Implemented, Call POST /Tickets/TicketSearch instead.'],
  ['PUT', '/Tickets/TicketSearch/1', 'Not Implemented, Call POST /Tickets/TicketSearch instead.'],
] as const)('names the other operation on %s %s', async (method, route, text) => {
  const answer = await call(desk, method, route);
  expect([answer.status, answer.text]).toEqual([400, text]);
});

test.each([
  '/Tickets/TicketPost/1',
  '/Tickets/TicketPost/ListAll',
  '/Tickets/Ticket/ListAll',
  '/Tickets/Ticket/GetTicketCount',
])('answers 400 to the missing argument of %s', async (route) => {
  const answer = await call(desk, 'GET', route);
  expect([answer.status, answer.text]).toEqual([
    400,
    expect.stringMatching(/^Missing argument \d for /) as string,
  ]);
});

test('does not read name=value segments as ids', async () => {
  const answer = await call(desk, 'GET', '/Core/Test/x%3D1/7');
  expect(answer.text).toMatch(/^GET: 7\n/);
});

import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, element, textsOf } from '../support/client.js';
import { startDesk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

const lines = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).map(([name, value]) => element(name, value));

test('a status', async () => {
  expect((await call(desk, 'GET', '/Tickets/TicketStatus/3')).text).toBe(
    documentOf(
      '<ticketstatuses>',
      '<ticketstatus>',
      ...lines({
        id: 3,
        title: 'Closed',
        displayorder: 3,
        departmentid: 0,
        displayicon: '',
        type: 'public',
        displayinmainlist: 0,
        markasresolved: 1,
        displaycount: 0,
        statuscolor: '#ffffff',
        statusbgcolor: '#36a148',
        resetduetime: 1,
        triggersurvey: 1,
        staffvisibilitycustom: 0,
      }),
      '</ticketstatus>',
      '</ticketstatuses>',
    ),
  );
});

test('a priority', async () => {
  expect((await call(desk, 'GET', '/Tickets/TicketPriority/4')).text).toBe(
    documentOf(
      '<ticketpriorities>',
      '<ticketpriority>',
      ...lines({
        id: 4,
        title: 'Urgent',
        displayorder: 4,
        frcolorcode: '#ffffff',
        bgcolorcode: '#d6000e',
        type: 'public',
        uservisibilitycustom: 0,
      }),
      '</ticketpriority>',
      '</ticketpriorities>',
    ),
  );
});

test('a type', async () => {
  expect((await call(desk, 'GET', '/Tickets/TicketType/3')).text).toBe(
    documentOf(
      '<tickettypes>',
      '<tickettype>',
      ...lines({
        id: 3,
        title: 'Bug',
        displayorder: 3,
        departmentid: 0,
        displayicon: '{$themepath}icon_typebug.svg',
        type: 'public',
        uservisibilitycustom: 0,
      }),
      '</tickettype>',
      '</tickettypes>',
    ),
  );
});

test.each([
  ['TicketStatus', ['Open', 'In Progress', 'Closed']],
  ['TicketPriority', ['Low', 'Normal', 'High', 'Urgent']],
  ['TicketType', ['Issue', 'Task', 'Bug', 'Lead', 'Feedback']],
])('%s in the order of its ids', async (controller, titles) => {
  const answer = await call(desk, 'GET', `/Tickets/${controller}`);
  expect(textsOf(answer, 'title')).toEqual(titles);
  expect(textsOf(answer, 'id')).toEqual(titles.map((_title, index) => String(index + 1)));
});

test.each([
  ['TicketStatus', 'ticketstatuses'],
  ['TicketPriority', 'ticketpriorities'],
  ['TicketType', 'tickettypes'],
])('%s has an empty root for an unknown id', async (controller, root) => {
  const answer = await call(desk, 'GET', `/Tickets/${controller}/99`);
  expect([answer.status, answer.text]).toEqual([200, documentOf(`<${root}>`, `</${root}>`)]);
});

test('links to groups are repeated children', async () => {
  const large = await startDesk({ tickets: 1 });
  const status = await call(large, 'GET', '/Tickets/TicketStatus/4');
  const type = await call(large, 'GET', '/Tickets/TicketType/6');
  await large.close();
  expect(status.text).toContain(
    '<staffvisibilitycustom><![CDATA[1]]></staffvisibilitycustom>\n<staffgroupid><![CDATA[1]]></staffgroupid>\n</ticketstatus>',
  );
  expect(type.text).toContain(
    '<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>\n<usergroupid><![CDATA[2]]></usergroupid>\n</tickettype>',
  );
});

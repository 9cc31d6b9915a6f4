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

const ROUTE = '/Troubleshooter/Step';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(async () => {
  desk.reset();
  await call(desk, 'POST', '/Troubleshooter/Category', {
    title: 'Printers',
    categorytype: 1,
    staffid: 1,
  });
});

const add = (fields: FormFields = {}, on = desk): Promise<Answer> =>
  call(on, 'POST', ROUTE, {
    categoryid: 1,
    subject: 'Is it on?',
    contents: 'Look <b>closely</b>.',
    staffid: 1,
    ...fields,
  });

const put = (id: number, fields: FormFields = {}, on = desk): Promise<Answer> =>
  call(on, 'PUT', `${ROUTE}/${id}`, { editedstaffid: 1, ...fields });

interface Links {
  readonly parents?: readonly number[];
  readonly children?: readonly number[];
}

const step = (
  changes: Readonly<Record<string, string | number>> = {},
  { parents = [0], children = [] }: Links = {},
): string[] => {
  const shown = (name: string, otherwise: string | number): string =>
    element(name, changes[name] ?? otherwise);
  return record(
    'troubleshooterstep',
    shown('id', 1),
    shown('categoryid', 1),
    shown('staffid', 1),
    shown('staffname', 'Ada Admin'),
    shown('subject', 'Is it on?'),
    shown('edited', 0),
    shown('editedstaffid', 0),
    shown('editedstaffname', ''),
    shown('displayorder', 0),
    shown('views', 0),
    shown('allowcomments', 0),
    shown('hasattachments', 0),
    ...record('attachments'),
    ...record('parentsteps', ...parents.map((id) => element('id', id))),
    ...record('childsteps', ...children.map((id) => element('id', id))),
    shown('redirecttickets', 0),
    shown('ticketsubject', ''),
    shown('redirectdepartmentid', 0),
    shown('tickettypeid', 0),
    shown('priorityid', 0),
    shown('contents', 'Look <b>closely</b>.'),
  );
};

const steps = (...rows: readonly string[][]): string =>
  documentOf(...record('troubleshootersteps', ...rows.flat()));

const SENT = {
  displayorder: 5,
  allowcomments: 1,
  enableticketredirection: 1,
  redirectdepartmentid: 1,
  tickettypeid: 3,
  ticketpriorityid: 4,
  ticketsubject: 'It is & stays off',
  stepstatus: 1,
};

const READ = {
  displayorder: 5,
  allowcomments: 1,
  redirecttickets: 1,
  ticketsubject: 'It is & stays off',
  redirectdepartmentid: 1,
  tickettypeid: 3,
  priorityid: 4,
};

const EDITED = { edited: 1, editedstaffid: 1, editedstaffname: 'Ada Admin' };

test('creates one with next to nothing, as a beginning', async () => {
  expect((await add()).text).toBe(steps(step()));
});

test('creates one with everything, and gets and lists the same', async () => {
  await add();
  const created = await add({ ...SENT, parentstepidlist: '1,99, 1' });
  const second = step({ ...READ, id: 2 }, { parents: [1] });
  expect(created.text).toBe(steps(second));
  expect((await call(desk, 'GET', `${ROUTE}/2`)).text).toBe(steps(second));
  expect((await call(desk, 'GET', ROUTE)).text).toBe(steps(step({}, { children: [2] }), second));
});

test('looks in the documentation as its page prints it', async () => {
  await using docs = await startDesk({ form: 'docs' });
  expect((await add({}, docs)).text).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<troubleshootersteps>',
      '    <troubleshooterstep>',
      '        <id>1</id>',
      '        <categoryid>1</categoryid>',
      '        <staffid>1</staffid>',
      '        <staffname>Ada Admin</staffname>',
      '        <subject>Is it on?</subject>',
      '        <edited>0</edited>',
      '        <editedstaffid>0</editedstaffid>',
      '        <displayorder>0</displayorder>',
      '        <views>0</views>',
      '        <allowcomments>0</allowcomments>',
      '        <hasattachments>0</hasattachments>',
      '        <parentsteps>',
      '            <id>0</id>',
      '        </parentsteps>',
      '        <redirecttickets>0</redirecttickets>',
      '        <redirectdepartmentid>0</redirectdepartmentid>',
      '        <tickettypeid>0</tickettypeid>',
      '        <priorityid>0</priorityid>',
      '        <contents>Look &lt;b&gt;closely&lt;/b&gt;.</contents>',
      '    </troubleshooterstep>',
      '</troubleshootersteps>',
    ].join('\n'),
  );
});

test('checks a new one in the order of the specification', async () => {
  expect(
    await walk(desk, 'POST', ROUTE, [
      { categoryid: 0 },
      { categoryid: 1 },
      { subject: ' ' },
      { subject: 'S' },
      { contents: '0' },
      { contents: 'C' },
      { staffid: 0 },
      { staffid: 99 },
      { staffid: 1 },
    ]),
  ).toEqual([
    '400 Category id is empty',
    '400 Subject is empty',
    '400 Subject is empty',
    '400 Contents is empty',
    '400 Contents is empty',
    '400 Staffid is empty',
    '400 Staffid is empty',
    '400 Invalid Staff ID',
    '200',
  ]);
});

test('checks a changed one in the order of the specification', async () => {
  await add();
  const texts = await walk(desk, 'PUT', `${ROUTE}/1`, [
    { subject: '', contents: ' ' },
    { editedstaffid: 99 },
    { subject: 'New' },
    { contents: 'Text' },
    { editedstaffid: 1 },
  ]);
  expect(texts).toEqual([
    '400 editedstaffid is empty',
    '400 subject is empty',
    '400 Contents is empty',
    '400 Invalid Staff ID',
    '200',
  ]);
});

test.each(['PUT', 'DELETE'] as const)('answers 400 to %s of a missing one', async (method) => {
  const answer = await call(desk, method, `${ROUTE}/99`);
  expect([answer.status, answer.text]).toEqual([400, 'Step ID not found']);
});

test('keeps what a PUT does not send, and its category and author always', async () => {
  await add();
  await add({ ...SENT, parentstepidlist: '1' });
  const answer = await put(2, { categoryid: 9, staffid: 99, stepstatus: 2 });
  expect(answer.text).toBe(steps(step({ ...READ, ...EDITED, id: 2 }, { parents: [1] })));
});

test('changes what a PUT sends', async () => {
  await add();
  const on = await put(1, { ...SENT, subject: 'New', contents: 'Text' });
  const texts = { subject: 'New', contents: 'Text' };
  expect(on.text).toBe(steps(step({ ...READ, ...EDITED, ...texts })));
  const off = await put(1, {
    displayorder: 0,
    allowcomments: 0,
    enableticketredirection: 0,
    redirectdepartmentid: 0,
    tickettypeid: 0,
    ticketpriorityid: 0,
    ticketsubject: '',
  });
  expect(off.text).toBe(steps(step({ ...EDITED, ...texts })));
});

test.each([
  ['1', ['1']],
  ['2,1', ['2', '1']],
  ['0,1', ['0', '1']],
  ['3', ['0']],
  ['99', ['0']],
  ['', ['0']],
])('follows the steps %j after a PUT', async (parentstepidlist, parents) => {
  for (let count = 0; count < 3; count += 1) await add();
  const { text } = await put(3, { parentstepidlist });
  const shown = /<parentsteps>\n([^]*)<\/parentsteps>/.exec(text)?.[1];
  expect(shown).toBe(parents.map((id) => `${element('id', id)}\n`).join(''));
});

test.each([
  ['17 reasons', '17'],
  ['Reasons', '0'],
])('makes of the ticket subject %j the number %s with strict quirks', async (sent, number) => {
  await using quirky = await startDesk({ strictQuirks: true });
  const subjectOf = async (answer: Promise<Answer>): Promise<string | undefined> =>
    textsOf(await answer, 'ticketsubject')[0];
  expect([
    await subjectOf(add({ ticketsubject: sent }, quirky)),
    await subjectOf(put(1, {}, quirky)),
    await subjectOf(put(1, { ticketsubject: sent }, quirky)),
  ]).toEqual([sent, sent, number]);
});

test('takes its comments and files along when it goes, and leaves its children', async () => {
  await add();
  await add({ parentstepidlist: '1' });
  await add({ parentstepidlist: '1,2' });
  const comment = { troubleshooterstepid: 1, contents: 'C', creatortype: 1, creatorid: 1 };
  await call(desk, 'POST', '/Troubleshooter/Comment', comment);
  const file = { troubleshooterstepid: 1, filename: 'a.txt', contents: 'aGVsbG8=' };
  await call(desk, 'POST', '/Troubleshooter/Attachment', file);
  const answer = await call(desk, 'DELETE', `${ROUTE}/1`);
  expect([answer.status, answer.text]).toEqual([200, '']);
  const missing = await call(desk, 'GET', `${ROUTE}/1`);
  expect([missing.status, missing.text]).toEqual([200, steps()]);
  expect((await call(desk, 'GET', ROUTE)).text).toBe(
    steps(step({ id: 2 }, { children: [3] }), step({ id: 3 }, { parents: [2] })),
  );
  expect(textsOf(await call(desk, 'GET', '/Troubleshooter/Comment'), 'id')).toEqual([]);
  const gone = await call(desk, 'GET', '/Troubleshooter/Attachment/2/1');
  expect([gone.status, gone.text]).toEqual([404, 'Attachment not Found']);
  expect(idOf(await add())).toBe(4);
});

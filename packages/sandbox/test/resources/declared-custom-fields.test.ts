import { startSandbox, type SandboxOptions } from '@kayako-orm/sandbox';

import { call, documentOf, idOf } from '../support/client.js';
import { addTicket, startDesk } from '../support/desk.js';

type Groups = NonNullable<SandboxOptions['customFields']>;

const CONTRACT: Groups = [
  {
    title: 'Contract',
    fields: [
      { title: 'Signed', type: 'date', name: 'signedon', isRequired: true },
      { title: 'Place', type: 'linkedSelect', options: [{ text: 'Europe', children: ['Berlin'] }] },
      { title: 'Serial', type: 'custom', userEditable: false, regexpValidate: '/^A/' },
    ],
  },
  { title: 'Users', groupType: 1, departmentIds: [], fields: [{ title: 'Size', type: 'text' }] },
];

test('fields that a sandbox is started with follow those that are there', async () => {
  await using desk = await startDesk({ customFields: CONTRACT });
  const ticketId = idOf(await addTicket(desk));
  const answer = await call(desk, 'GET', `/Tickets/TicketCustomField/${ticketId}`);
  expect(answer.text).toContain(
    [
      '<group id="2" title="Contract" displayorder="2">',
      '<field id="3" title="Signed" type="10" name="signedon" />',
      '<field id="4" title="Place" type="9" name="customfield4" />',
      '<field id="5" title="Serial" type="8" name="customfield5" />',
      '</group>',
      '</customfields>',
    ].join('\n'),
  );
  const definitions = await call(desk, 'GET', '/Base/CustomField');
  expect(definitions.text).toMatch(/fieldname="signedon" defaultvalue="" isrequired="1"/);
  expect(definitions.text).toMatch(/usereditable="0" staffeditable="1" regexpvalidate="\/\^A\/"/);
  expect((await call(desk, 'GET', '/Base/CustomField/ListOptions/4')).text).toBe(
    documentOf(
      '<customfieldoptions>',
      '<option customfieldoptionid="3" customfieldid="4" optionvalue="Europe" displayorder="3" isselected="0" parentcustomfieldoptionid="0" />',
      '<option customfieldoptionid="4" customfieldid="4" optionvalue="Berlin" displayorder="4" isselected="0" parentcustomfieldoptionid="3" />',
      '</customfieldoptions>',
    ),
  );
  const groups = await call(desk, 'GET', '/Base/CustomFieldGroup');
  expect(groups.text).toContain('title="Users" grouptype="1"');
});

test('departments made later show the fields, unless their group names its departments', async () => {
  const fields = [{ title: 'Size', type: 'text' }] as const;
  await using desk = await startDesk({
    data: 'empty',
    customFields: [
      { title: 'Everywhere', fields },
      { title: 'Nowhere', departmentIds: [99], fields },
    ],
  });
  const department = { title: 'New', type: 'public', module: 'tickets' };
  const id = idOf(await call(desk, 'POST', '/Base/Department', department));
  const linked = await call(desk, 'GET', `/Base/CustomFieldGroup/${id}`);
  expect(linked.text).toContain('Everywhere');
  expect(linked.text).not.toContain('Nowhere');
});

test('what cannot be a field is refused', async () => {
  const start = (...fields: object[]): Promise<unknown> =>
    startSandbox({ customFields: [{ title: 'Group', fields }] as unknown as Groups });
  await expect(start({ title: 'Size', type: 'number' })).rejects.toThrow(
    'the type of Size must be one of: text, textArea',
  );
  const named = (name: string): object => ({ title: `Field ${name}`, type: 'text', name });
  await expect(start(named('a b'))).rejects.toThrow('the name of Field a b must be');
  await expect(start(named('size'), named('size'))).rejects.toThrow('no other field');
});

test.each([
  [false, 'kept'],
  [true, 'lost'],
])(
  'what a POST leaves out, replaceCustomFields %s, is %s',
  async (replaceCustomFields, outcome) => {
    await using desk = await startDesk({ replaceCustomFields });
    const id = idOf(await addTicket(desk));
    const route = `/Tickets/TicketCustomField/${id}`;
    await call(desk, 'POST', route, { ordernumber1: 'kept' });
    const answer = await call(desk, 'POST', route, { platformname2: '2' });
    expect(answer.text).toContain('Mobile');
    expect(answer.text.includes('kept')).toBe(outcome === 'kept');
  },
);

import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, encodeForm, idOf, send, sign, type Answer } from '../support/client.js';
import { addTicket, startDesk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  // Generated tickets bring a field of every kind, linked to department 3.
  desk = await startDesk({ tickets: 1 });
});

afterAll(() => desk.close());

let ticketId: number;

beforeEach(async () => {
  desk.reset();
  ticketId = idOf(await addTicket(desk, { departmentid: 3 }));
});

const FIRST_GROUP = [
  '<group id="1" title="Ticket Details" displayorder="1">',
  '<field id="1" title="Order Number" type="1" name="ordernumber1" />',
  '<field id="2" title="Platform" type="6" name="platformname2" />',
  '</group>',
];

/** Every field of the second group with its value. */
function secondGroup(values: Readonly<Record<string, string>> = {}): string[] {
  return [
    '<group id="2" title="Billing Details" displayorder="2">',
    ...(
      [
        ['Invoice', 1, 'invoicenumber3'],
        ['Remarks', 2, 'billremarks4'],
        ['Portal Password', 3, 'portalsecret5'],
        ['Channels', 4, 'billchannels6'],
        ['Currency', 5, 'billcurrency7'],
        ['Products', 7, 'billproducts8'],
        ['Region', 9, 'billregion9'],
        ['Due Date', 10, 'billduedate10'],
        ['Receipt', 11, 'billreceipt11'],
      ] as const
    ).map(([title, type, name], index) => {
      const value = values[name];
      const tag = `<field id="${index + 3}" title="${title}" type="${type}" name="${name}"`;
      if (value === undefined) return `${tag} />`;
      const file = type === 11 ? ' filename="r.pdf"' : '';
      return `${tag}${file}><![CDATA[${value}]]></field>`;
    }),
    '</group>',
  ];
}

const documentWith = (values: Readonly<Record<string, string>> = {}): string =>
  documentOf('<customfields>', ...FIRST_GROUP, ...secondGroup(values), '</customfields>');

function post(form: string): Promise<Answer> {
  return send(`${desk.url}?e=/Tickets/TicketCustomField/${ticketId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `${encodeForm(sign(desk))}&${form}`,
  });
}

const read = (id = ticketId): Promise<Answer> =>
  call(desk, 'GET', `/Tickets/TicketCustomField/${id}`);

test('definitions are attributes, by display order', async () => {
  const answer = await call(desk, 'GET', '/Base/CustomField');
  const lines = answer.text.split('\n');
  expect(lines).toHaveLength(14);
  expect(lines.slice(1, 3)).toEqual([
    '<customfields>',
    '<customfield customfieldid="1" customfieldgroupid="1" title="Order Number" fieldtype="1" fieldname="ordernumber1" defaultvalue="" isrequired="0" usereditable="1" staffeditable="1" regexpvalidate="" displayorder="1" encryptindb="0" description="" grouptype="9" />',
  ]);
});

test('options are attributes, and a missing id is refused', async () => {
  const options = await call(desk, 'GET', '/Base/CustomField/ListOptions/2');
  expect(options.text).toBe(
    documentOf(
      '<customfieldoptions>',
      '<option customfieldoptionid="1" customfieldid="2" optionvalue="Desktop" displayorder="1" isselected="0" parentcustomfieldoptionid="0" />',
      '<option customfieldoptionid="2" customfieldid="2" optionvalue="Mobile" displayorder="2" isselected="0" parentcustomfieldoptionid="0" />',
      '</customfieldoptions>',
    ),
  );
  for (const path of ['', '/0']) {
    const answer = await call(desk, 'GET', `/Base/CustomField/ListOptions${path}`);
    expect([answer.status, answer.text]).toEqual([400, 'No Custom Field ID Provided']);
  }
  expect((await call(desk, 'GET', '/Base/CustomField/ListOptions/99')).text).toBe(
    documentOf('<customfieldoptions>', '</customfieldoptions>'),
  );
});

test('groups are listed, or those of a department', async () => {
  const group = (id: number, title: string, rest: string): string =>
    `<customfieldgroup customfieldgroupid="${id}" title="${title}" grouptype="9" visibilitytype="public" displayorder="${id}"${rest} />`;
  expect((await call(desk, 'GET', '/Base/CustomFieldGroup')).text).toBe(
    documentOf(
      '<customfieldgroups>',
      group(1, 'Ticket Details', ''),
      group(2, 'Billing Details', ''),
      '</customfieldgroups>',
    ),
  );
  expect((await call(desk, 'GET', '/Base/CustomFieldGroup/1')).text).toBe(
    documentOf(
      '<customfieldgroups>',
      group(1, 'Ticket Details', ' departmentid="1"'),
      '</customfieldgroups>',
    ),
  );
});

test('a ticket shows every field of its groups, unset ones without a value', async () => {
  expect((await read()).text).toBe(documentWith());
});

test('a ticket of a department made later shows the default group', async () => {
  const made = await call(desk, 'POST', '/Base/Department', {
    title: 'New',
    type: 'public',
    module: 'tickets',
  });
  const id = idOf(await addTicket(desk, { departmentid: idOf(made) }));
  expect((await read(id)).text).toBe(
    documentOf('<customfields>', ...FIRST_GROUP, '</customfields>'),
  );
});

test('values are sent as option ids and read as texts', async () => {
  const answer = await post(
    [
      'invoicenumber3=42',
      'billremarks4=a%20%3C%20b%20]]%3E',
      'portalsecret5=hunter2',
      'billchannels6[]=3&billchannels6[]=4',
      'billcurrency7=7',
      'billproducts8[0]=10&billproducts8[1]=8',
      'billregion9[0]=11&billregion9[1][11]=13',
      'billduedate10=05/24/2011',
    ].join('&'),
  );
  expect([answer.status, answer.text]).toEqual([
    200,
    documentWith({
      invoicenumber3: '42',
      billremarks4: 'a < b ]]]]><![CDATA[>',
      portalsecret5: 'hunter2',
      billchannels6: 'E-mail, Letter\\, registered',
      billcurrency7: 'USD',
      billproducts8: 'Phone\\, Fax & More, Desk',
      billregion9: 'Europe &gt; Málaga',
      billduedate10: '05/24/2011',
    }),
  ]);
  expect((await read()).text).toBe(answer.text);
});

test('fields that are not sent keep their value, and empty ones lose it', async () => {
  await post('invoicenumber3=42&billremarks4=x&billchannels6[]=3');
  await post('invoicenumber3=43&billchannels6[]=');
  expect((await read()).text).toBe(documentWith({ invoicenumber3: '43', billremarks4: 'x' }));
});

test('a parent of a linked select can stand alone', async () => {
  await post('invoicenumber3=1&billregion9[0]=14');
  expect((await read()).text).toBe(documentWith({ invoicenumber3: '1', billregion9: 'Asia' }));
});

test('texts of options are as good as their ids', async () => {
  await post('invoicenumber3=1&billcurrency7=EUR&billchannels6[]=Phone');
  expect((await read()).text).toBe(
    documentWith({ invoicenumber3: '1', billcurrency7: 'EUR', billchannels6: 'Phone' }),
  );
});

test('a file comes as a part of a multipart body', async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 45, 45]);
  const fields = { ...sign(desk), invoicenumber3: '1' };
  const parts = Object.entries(fields).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file =
    '--b\r\nContent-Disposition: form-data; name="billreceipt11"; filename="r.pdf"\r\nContent-Type: application/pdf\r\n\r\n';
  await send(`${desk.url}?e=/Tickets/TicketCustomField/${ticketId}`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: Buffer.concat([Buffer.from(parts.join('') + file), bytes, Buffer.from('\r\n--b--\r\n')]),
  });
  expect((await read()).text).toBe(
    documentWith({ invoicenumber3: '1', billreceipt11: bytes.toString('base64') }),
  );
});

test.each([
  ['billremarks4=x', 'invoicenumber3'],
  ['invoicenumber3=', 'invoicenumber3'],
  ['invoicenumber3=12x', 'invoicenumber3'],
  ['invoicenumber3[]=1', 'invoicenumber3'],
  ['invoicenumber3=1&billcurrency7=99', 'billcurrency7'],
  ['billcurrency7[]=6', 'invoicenumber3, billcurrency7'],
  ['invoicenumber3=1&billchannels6[]=1', 'billchannels6'],
  ['invoicenumber3=1&billregion9[0]=12', 'billregion9'],
  ['invoicenumber3=1&billregion9[0]=14&billregion9[1][14]=12', 'billregion9'],
])('refuses %s and stores nothing', async (form, names) => {
  const answer = await post(`billduedate10=x&${form}`);
  expect([answer.status, answer.text]).toEqual([400, `Custom Field Data is Invalid: ${names}`]);
  expect((await read()).text).toBe(documentWith());
});

test.each(['/99', '', '/abc'])('answers 404 to a POST to %j', async (path) => {
  const answer = await call(desk, 'POST', `/Tickets/TicketCustomField${path}`, {});
  expect([answer.status, answer.text]).toEqual([404, 'Ticket not Found']);
});

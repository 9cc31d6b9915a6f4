import {
  type CustomFieldInput,
  Kayako,
  type Ticket,
  type TicketCustomField,
} from '@kayako-orm/orm';
import { contentsOf, EVERY_KIND } from './support/custom-fields.js';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

const TWINS = [
  {
    title: 'First',
    fields: [
      { title: 'Reference', type: 'text', name: 'firstref' },
      { title: 'Size', type: 'select', name: 'size', options: ['S', 'M', 'M'] },
    ],
  },
  { title: 'Second', fields: [{ title: 'Reference', type: 'text', name: 'secondref' }] },
] as const;

let desk: Desk;
let ticket: Ticket;
beforeAll(async () => {
  desk = await startDesk({ customFields: [...EVERY_KIND, ...TWINS] });
  ticket = await samples.ticket(desk.kayako).add();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

/** What a call ends with; nothing may have been sent but readings. */
async function refusalOf(
  values: Readonly<Record<string, unknown>>,
): Promise<Error & { code?: string; fields?: readonly string[] }> {
  desk.requests();
  const error = await errorOf(() =>
    desk.kayako.setCustomFields(ticket, values as Record<string, CustomFieldInput>),
  );
  expect(desk.requests().filter((each) => !each.startsWith('GET'))).toEqual([]);
  return error;
}

describe('nothing is sent', () => {
  test('for fields that there are not, all named', async () => {
    const error = await refusalOf({ Numbr: '1', Number: '1', 'Door Code': 'x', Plan: 'none' });
    expect(error).toMatchObject({ code: 'UNKNOWN_FIELD', fields: ['Numbr', 'Door Code'] });
    expect(error.message).toMatch(/Ticket \d+: .*"Numbr", "Door Code".*Terms, Door code.*Platform/);
  });

  test('for a title of several fields, whose names do', async () => {
    expect(await refusalOf({ Reference: 'x' })).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringMatching(/firstref \(First\), secondref \(Second\)/) as string,
    });
    const answered = await desk.kayako.setCustomFields(ticket, { firstref: '1', secondref: '2' });
    const texts = answered
      .flatMap(({ fields }) => fields)
      .filter(({ title }) => title === 'Reference')
      .map(({ text }) => text);
    expect(texts).toEqual(['1', '2']);
  });

  test('for a field given by its title and its name', async () => {
    expect(await refusalOf({ Plan: 'Basic', plan: 'Basic' })).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringContaining('Plan is given twice') as string,
    });
  });

  test.each<[string, unknown, RegExp]>([
    ['Number', ['a'], /Number is of type text and takes a text/],
    ['Number', undefined, /takes a text, not undefined/],
    ['Number', NaN, /takes a text/],
    ['Terms', new Date(), /Terms is of type textArea and takes a text/],
    ['Serial', { fileName: 'a', contents: '' }, /takes a text/],
    ['Currency', 'GBP', /Currency has no option "GBP"\. Its options: "EUR", "USD"\./],
    ['Currency', 4711, /has no option 4711/],
    ['Currency', ['EUR'], /takes the text or the id of an option/],
    ['Currency', undefined, /takes the text or the id of an option, not undefined/],
    ['Plan', 'BASIC', /Plan has several options "BASIC".*\d+ \("Basic"\), \d+ \("basic "\)/],
    ['Size', 'M', /Size has several options "M".* the id/],
    ['Channels', 'Phone', /takes a list of texts or ids of options, not "Phone"/],
    ['Channels', undefined, /takes a list/],
    ['Channels', ['Phone', 'Fax'], /Channels has no option "Fax"/],
    ['Products', [null], /takes a list/],
    ['Place', 'Europe', /takes a list of an option and one that stands under it/],
    ['Place', ['Berlin'], /Place has no option "Berlin"\. Its options: "Europe", "Asia > Pacific"/],
    ['Place', ['Europe', 'Osaka'], /Place under Europe has no option "Osaka"/],
    ['Place', ['Europe', 'Berlin', 'Mitte'], /takes a list/],
    ['Signed', 'soon', /takes a date \(month\/day\/year\), not "soon"/],
    ['Signed', '24/05/2011', /takes a date/],
    ['Signed', 1306195200, /takes a Date/],
    ['Signed', new Date(NaN), /takes a Date of a year/],
    ['Scan', Buffer.from('x'), /takes \{ fileName, contents \}/],
    ['Scan', { fileName: 'a' }, /takes \{ fileName, contents \}/],
    ['Scan', { fileName: ' ', contents: '' }, /is no name of a file/],
    ['Scan', { fileName: '../a', contents: '' }, /Give it without a path/],
    ['Scan', { fileName: 'a\r\nb', contents: '' }, /is no name of a file/],
  ])('for %s: %p', async (title, value, message) => {
    const error = await refusalOf({ [title]: value });
    expect(error.code).toBe('INVALID_VALUE');
    expect(error.message).toMatch(message);
  });

  test('for several values that do not fit, all named', async () => {
    const error = await refusalOf({ Currency: 'GBP', Number: 'ok', Signed: 'soon', Plan: 'None' });
    expect(error.message.split('\n')).toHaveLength(3);
  });

  test('and no password shown', async () => {
    const error = await refusalOf({ 'Door code': ['hunter2'] });
    expect(error.message).toMatch(/Door code is of type password/);
    expect(error.message).not.toContain('hunter2');
  });

  test('for a file that is to be removed, unless there is none', async () => {
    const { kayako } = desk;
    const other = await samples.ticket(kayako).add();
    expect(contentsOf(await kayako.setCustomFields(other, { Scan: null })).Scan).toBeNull();
    await kayako.setCustomFields(ticket, { Scan: { fileName: 'a', contents: 'b' } });
    expect(await refusalOf({ Scan: null })).toMatchObject({
      code: 'FIELD_NOT_CLEARABLE',
      fields: ['Scan'],
    });
  });

  test('for what is no ticket, or no object of values', async () => {
    const { kayako } = desk;
    const set = kayako.setCustomFields.bind(kayako) as (...given: unknown[]) => Promise<unknown>;
    const mistakes: unknown[][] = [
      [0, {}],
      [1.5, {}],
      ['1', {}],
      [null, {}],
      [{ id: 1 }, {}],
      [1, null],
      [1, 'Number'],
      [1, ['Number']],
      [1, { Number: 'x' }, { signal: 'no' }],
    ];
    desk.requests();
    for (const mistake of mistakes) {
      expect(await errorOf(() => set(...mistake))).toMatchObject({ code: 'INVALID_VALUE' });
    }
    const unsaved = samples.ticket(kayako);
    expect(await errorOf(() => kayako.setCustomFields(unsaved, {}))).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['id'],
    });
    await using other = new Kayako(desk.sandbox);
    expect(await errorOf(() => other.setCustomFields(ticket, {}))).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
    expect(desk.requests()).toEqual([]);
  });

  test('to a ticket that there is not', async () => {
    desk.requests();
    expect(await errorOf(() => desk.kayako.setCustomFields(4711, { Number: '1' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(desk.requests()).toEqual(['GET /Tickets/TicketCustomField/4711']);
  });
});

describe('required fields', () => {
  const fields = [
    { title: 'Serial', type: 'text', name: 'serial', isRequired: true, regexpValidate: '/^A/' },
    { title: 'Plan', type: 'select', isRequired: true, options: ['Basic', 'Pro'] },
    { title: 'Tags', type: 'checkbox', isRequired: true, options: ['a\\', 'a, b', 'b'] },
    { title: 'Place', type: 'linkedSelect', options: [{ text: 'A > B', children: ['C'] }] },
    { title: 'Scan', type: 'file', isRequired: true },
    { title: 'Inner', type: 'text', isRequired: true, userEditable: false },
    { title: 'Note', type: 'text', name: 'note' },
  ] as const;
  let strict: Desk;
  let made: Ticket;
  beforeAll(async () => {
    strict = await startDesk({ customFields: [{ title: 'Group', fields }] });
  });
  beforeEach(async () => {
    made = await samples.ticket(strict.kayako).add();
  });
  afterAll(async () => {
    await strict[Symbol.asyncDispose]();
  });

  const Scan = { fileName: 's.bin', contents: Buffer.from('7363616e', 'hex') };
  const set = (values: Record<string, CustomFieldInput>): Promise<TicketCustomField[]> =>
    strict.kayako.setCustomFields(made, values);

  test('that are empty are asked for, all at once', async () => {
    strict.requests();
    expect(await errorOf(() => set({ Note: 'x', Plan: null }))).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['Plan', 'Serial', 'Tags', 'Scan'],
    });
    expect(
      await errorOf(() => set({ Scan: null, Serial: '', Plan: 'Pro', Tags: [] })),
    ).toMatchObject({ code: 'REQUIRED_FIELDS', fields: ['Serial', 'Tags', 'Scan'] });
    expect(strict.requests().filter((each) => each.startsWith('POST'))).toEqual([]);
  });

  test('that hold a value go along as they are', async () => {
    await set({ Serial: 'A1', Plan: 'Pro', Tags: ['a\\', 'b'], Scan });
    const answered = await set({ Note: 'new' });
    expect(contentsOf(answered)).toMatchObject({
      Serial: 'A1',
      Plan: 'Pro',
      Scan: Scan.contents,
      Note: 'new',
    });
    expect(strict.sandbox.requests.at(-1)?.body).toEqual({
      serial: 'A1',
      customfield4: '4',
      customfield5: ['5', '7'],
      note: 'new',
    });
  });

  test('with values that the help desk refuses leave everything as it was', async () => {
    const error = await errorOf(() => set({ Serial: 'B1', Plan: 'Pro', Tags: ['b'], Scan }));
    expect(error).toMatchObject({
      code: 'BAD_REQUEST',
      body: 'Custom Field Data is Invalid: serial',
    });
    expect(contentsOf(await made.customFields.all()).Plan).toBeNull();
  });
});

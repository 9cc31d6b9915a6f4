import fc from 'fast-check';
import {
  CustomFieldDefinition,
  type CustomFieldInput,
  Kayako,
  Ticket,
  TicketCustomField,
} from '@kayako-orm/orm';
import { contentsOf, EVERY_KIND, fieldOf, VALUES } from './support/custom-fields.js';
import { type Desk, errorOf, existing, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

const SCAN = { fileName: 'Übersicht "neu".pdf', contents: Buffer.from([0, 255, 13, 10, 45, 45]) };

/** What is read of fields of which nothing is set. */
const UNSET: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    Object.entries(VALUES).map(([title, value]) => [title, Array.isArray(value) ? [] : null]),
  ),
  Scan: null,
  'Order Number': null,
  Platform: null,
};

const inputs = { ...VALUES, Scan: SCAN } as Record<string, CustomFieldInput>;

describe.each(['live', 'docs'] as const)('on a help desk that answers in the %s form', (form) => {
  let desk: Desk;
  let ticket: Ticket;
  beforeAll(async () => {
    desk = await startDesk({ form, customFields: EVERY_KIND });
  });
  beforeEach(async () => {
    ticket = await samples.ticket(desk.kayako).add();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('every kind is set, read and cleared', async () => {
    const { kayako } = desk;
    const answered = await kayako.setCustomFields(ticket, inputs);
    const all = { ...UNSET, ...VALUES, Scan: SCAN.contents };
    expect(contentsOf(answered)).toEqual(all);
    expect(contentsOf(await ticket.customFields.all())).toEqual(all);
    expect((await fieldOf(ticket, 'Scan')).fileName).toBe(SCAN.fileName);

    const cleared = Object.fromEntries(Object.keys(VALUES).map((title) => [title, null]));
    await kayako.setCustomFields(ticket, cleared);
    expect(contentsOf(await ticket.customFields.all())).toEqual({
      ...UNSET,
      Scan: SCAN.contents,
    });
  });

  it.each(Object.entries(inputs))('%s alone is set and leaves the rest', async (title, input) => {
    const before = { 'Order Number': '7', Platform: 'Mobile' };
    await desk.kayako.setCustomFields(ticket, before);
    const answered = await desk.kayako.setCustomFields(ticket, { [title]: input });
    const value = title === 'Scan' ? SCAN.contents : VALUES[title];
    expect(contentsOf(answered)).toEqual({ ...UNSET, ...before, [title]: value });
  });
});

describe('custom fields', () => {
  let desk: Desk;
  let ticket: Ticket;
  beforeAll(async () => {
    desk = await startDesk({ customFields: EVERY_KIND });
    ticket = await samples.ticket(desk.kayako).add();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  /** Ids of options by their texts; of a linked select as `parent/child`. */
  async function idsOf(title: string): Promise<Record<string, string>> {
    const field = await existing(desk.kayako.first(CustomFieldDefinition, { title }));
    const options = await field.options.all();
    const textOf = (id: number | null): string =>
      options.find((option) => option.id === id)?.optionValue ?? '';
    return Object.fromEntries(
      options.map(({ id, optionValue, parentCustomFieldOptionId: parent }) => [
        parent === null ? optionValue : `${textOf(parent)}/${optionValue}`,
        String(id),
      ]),
    );
  }

  const lastBody = (): unknown => desk.sandbox.requests.at(-1)?.body;

  it('are sent as ids under their opaque names, the given ones alone', async () => {
    const { kayako } = desk;
    const [plans, places] = [await idsOf('Plan'), await idsOf('Place')];
    const asia = places['Asia > Pacific'] ?? '';
    await kayako.setCustomFields(ticket.id, {
      Plan: 'Basic',
      place: ['Asia > Pacific', 'Other'],
      Products: [],
      Signed: new Date('2024-02-29T23:59:59Z'),
    });
    expect(lastBody()).toEqual({
      plan: plans.Basic,
      place: [asia, { [asia]: places['Asia > Pacific/Other'] }],
      customfield9: [''],
      customfield12: '02/29/2024',
    });
    await kayako.setCustomFields(ticket.id, { place: ['Asia > Pacific'], plan: null });
    expect(lastBody()).toEqual({ plan: '', place: [asia] });
    await kayako.setCustomFields(ticket.id, { place: null });
    expect(lastBody()).toEqual({ place: [''] });
  });

  it('take options by id, by their exact text, and else by the only one alike', async () => {
    const { kayako } = desk;
    const { Basic = '', 'basic ': basic = '' } = await idsOf('Plan');
    for (const [given, sent] of [
      ['Basic', Basic],
      ['basic ', basic],
      [Number(basic), basic],
      [' PRO & CO', (await idsOf('Plan'))['Pro & Co']],
    ] as const) {
      await kayako.setCustomFields(ticket.id, { Plan: given });
      expect(lastBody()).toEqual({ plan: sent });
    }
    const channels = await idsOf('Channels');
    await kayako.setCustomFields(ticket, {
      Channels: ['phone', Number(channels.Phone), 'E-mail'],
    });
    expect(lastBody()).toEqual({ channels: [channels.Phone, channels['E-mail']] });
  });

  it('take numbers as text, days as text, and text as a file', async () => {
    const answered = await desk.kayako.setCustomFields(ticket, {
      Number: 42,
      Signed: '2011-05-24',
      Scan: { fileName: 'notes.txt', contents: 'Grüße' },
    });
    expect(contentsOf(answered)).toMatchObject({
      Number: '42',
      Signed: new Date('2011-05-24T00:00:00Z'),
      Scan: Buffer.from('Grüße'),
    });
    const empty = { fileName: 'empty.bin', contents: new Uint8Array() };
    const emptied = await desk.kayako.setCustomFields(ticket, { Scan: empty });
    expect(contentsOf(emptied).Scan).toEqual(Buffer.alloc(0));
  });

  it('take text whose ends of lines and control characters do not come back', async () => {
    const set = async (text: string): Promise<unknown> =>
      contentsOf(await desk.kayako.setCustomFields(ticket, { Terms: text })).Terms;
    expect(await set('one\ntwo')).toBe('one\ntwo');
    expect(await set('one\r\ntwo')).toBe('one\ntwo');
    expect(await set('one\rtwo')).toBe('one\ntwo');
    expect(await set('one\ntwo\u0007')).toBe('one\ntwo');
  });

  it('cost one reading and one writing while the look-up tables are known', async () => {
    const { kayako } = desk;
    kayako.invalidateLookups();
    desk.requests();
    await kayako.setCustomFields(ticket.id, { Number: '1', Plan: 'Basic', Currency: 'EUR' });
    const [first, second, ...others] = desk.requests();
    const route = `/Tickets/TicketCustomField/${ticket.id}`;
    expect([first, second, others.at(-1)]).toEqual([
      `GET ${route}`,
      'GET /Base/CustomField',
      `POST ${route}`,
    ]);
    expect(others.slice(0, -1).sort()).toEqual([
      'GET /Base/CustomField/ListOptions/7',
      'GET /Base/CustomField/ListOptions/8',
    ]);
    await kayako.setCustomFields(ticket.id, { Plan: 'Pro & Co' });
    expect(desk.requests()).toEqual([`GET ${route}`, `POST ${route}`]);
    kayako.invalidateLookups();
    await kayako.setCustomFields(ticket.id, { Number: '2' });
    expect(desk.requests()).toEqual([`GET ${route}`, 'GET /Base/CustomField', `POST ${route}`]);
    const groups = await kayako.setCustomFields(ticket.id, {});
    expect(contentsOf(groups)).toMatchObject({ Number: '2', Plan: 'Pro & Co', Currency: 'EUR' });
    await kayako.setCustomFields(ticket.id, { Scan: null }).catch(() => undefined);
    expect(desk.requests().filter((each) => each.startsWith('POST'))).toEqual([]);
  });

  it('that came along with a ticket are read anew after a writing through it', async () => {
    const { kayako } = desk;
    const loaded = await existing(
      kayako.repository(Ticket).where({ id: ticket.id }).include('customFields').first(),
    );
    await kayako.setCustomFields(loaded, { Number: 'new' });
    desk.requests();
    expect(contentsOf(await loaded.customFields.all()).Number).toBe('new');
    expect(desk.requests()).toEqual([`GET /Tickets/TicketCustomField/${ticket.id}`]);
  });

  it('tell the listeners of readings', async () => {
    await using other = await startDesk();
    const made = await samples.ticket(other.kayako).add();
    const told: unknown[] = [];
    other.kayako.repository(TicketCustomField).on('loaded', ({ entity }) => {
      told.push(entity);
    });
    expect(await other.kayako.setCustomFields(made, { 'Order Number': '1' })).toEqual(told);
  });

  it('hold what was set last, whatever is set in whichever order', async () => {
    const { kayako } = desk;
    const assigned = fc.record(
      {
        Number: fc.string({ unit: fc.constantFrom('a', ',', '\\', '>', '<', '&', ']', 'ß') }),
        Channels: fc.subarray(['E-mail', 'Letter, registered', 'Phone', 'Back\\slash']),
        Products: fc.subarray(['Desk', 'Chat', 'Phone, Fax']),
        Currency: fc.constantFrom('EUR', 'USD', null),
        Place: fc.constantFrom([], ['Europe'], ['Europe', 'Other'], ['Asia > Pacific', 'Other']),
        Signed: fc.constantFrom(null, new Date('1999-12-31'), new Date('2024-02-29')),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(assigned, { minLength: 1, maxLength: 4 }), async (calls) => {
        const fresh = await samples.ticket(kayako).add();
        const expected: Record<string, unknown> = { ...UNSET };
        for (const values of calls) {
          await kayako.setCustomFields(fresh, values);
          Object.assign(expected, values, values.Number === '' ? { Number: null } : {});
        }
        expect(contentsOf(await fresh.customFields.all())).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('days', () => {
  it('are written and read in the order of the help desk', async () => {
    await using desk = await startDesk({ customFields: EVERY_KIND }, { dateFormat: 'eu' });
    const ticket = await samples.ticket(desk.kayako).add();
    const Signed = new Date('2011-05-24T00:00:00Z');
    const answered = await desk.kayako.setCustomFields(ticket, { Signed });
    expect(desk.sandbox.requests.at(-1)?.body).toEqual({ customfield12: '24/05/2011' });
    expect(contentsOf(answered).Signed).toEqual(Signed);
    expect((await fieldOf(ticket, 'Signed')).text).toBe('24/05/2011');

    await using american = new Kayako(desk.sandbox);
    const read = await existing(american.get(Ticket, ticket.id));
    const field = await fieldOf(read, 'Signed');
    expect(await errorOf(() => field.value)).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringMatching(/Signed: "24\/05\/2011" is no date.*dateFormat/) as string,
    });
    expect(field.text).toBe('24/05/2011');
    expect(JSON.stringify(field)).toContain('24/05/2011');
    expect(Object.keys(field)).not.toContain('value');
  });

  it('need an order that there is', async () => {
    const open = (): unknown => new Kayako({ url: '', dateFormat: 'iso' } as never);
    expect(await errorOf(open)).toMatchObject({
      code: 'CONFIG_MISSING',
      message: expect.stringMatching(
        /dateFormat must be 'us' or 'eu'.*apiKey is missing/,
      ) as string,
    });
  });
});

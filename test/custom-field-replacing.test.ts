import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CustomFieldInput, Kayako, type Ticket } from '@kayako-orm/orm';
import { contentsOf, EVERY_KIND, VALUES } from './support/custom-fields.js';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import { startProxy, type Treatment } from './support/proxy.js';
import * as samples from './support/samples.js';

const SCAN = Buffer.from('89504e470d0a1a0a00ff', 'hex');
const ALL = {
  ...VALUES,
  Scan: { fileName: 'scan.png', contents: SCAN },
  'Order Number': '7',
  Platform: 'Mobile',
} as Record<string, CustomFieldInput>;
const READ = { ...VALUES, Scan: SCAN, 'Order Number': '7', Platform: 'Mobile' };

/** A help desk of an old build: a POST empties what it does not send (§15.10). */
const OLD = { customFields: EVERY_KIND, replaceCustomFields: true };

/** The words of a route that say what is done, without readings. */
function writings(desk: Desk): number {
  return desk.requests().filter((each) => each.startsWith('POST')).length;
}

describe('a help desk that replaces the whole set', () => {
  let desk: Desk;
  let ticket: Ticket;
  beforeAll(async () => {
    desk = await startDesk(OLD);
  });
  beforeEach(async () => {
    ticket = await samples.ticket(desk.kayako).add();
    await desk.kayako.setCustomFields(ticket, ALL);
    desk.requests();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it.each(['Order Number', 'Scan'])(
    'gets what was there again when %s is set, and nothing is lost',
    async (title) => {
      const input = title === 'Scan' ? { fileName: 'b', contents: 'new' } : 'new';
      const answered = await desk.kayako.setCustomFields(ticket, { [title]: input });
      expect(writings(desk)).toBe(2);
      const expected = { ...READ, [title]: title === 'Scan' ? Buffer.from('new') : 'new' };
      expect(contentsOf(answered)).toEqual(expected);
      expect(contentsOf(await ticket.customFields.all())).toEqual(expected);
    },
  );

  it('gets options again whose texts alone are not clear', async () => {
    const odd = { Channels: ['Back\\slash', 'Letter, registered'], Place: ['Asia > Pacific'] };
    await desk.kayako.setCustomFields(ticket, odd);
    const before = contentsOf(await ticket.customFields.all());
    const answered = await desk.kayako.setCustomFields(ticket, { Number: 'x' });
    expect(contentsOf(answered)).toEqual({ ...before, Number: 'x' });
  });

  it('is asked once where nothing else is set', async () => {
    const other = await samples.ticket(desk.kayako).add();
    desk.requests();
    await desk.kayako.setCustomFields(other, { Number: '1' });
    expect(writings(desk)).toBe(1);
  });

  it('keeps what several calls at the same time set', async () => {
    const { kayako } = desk;
    await Promise.all([
      kayako.setCustomFields(ticket, { Number: 'one' }),
      kayako.setCustomFields(ticket.id, { Plan: 'Basic' }),
      kayako.setCustomFields(ticket, { Currency: null }),
      kayako.setCustomFields(ticket, { Terms: 'four' }),
    ]);
    expect(contentsOf(await ticket.customFields.all())).toEqual({
      ...READ,
      Number: 'one',
      Plan: 'Basic',
      Currency: null,
      Terms: 'four',
    });
  });
});

describe('a writing that is aborted', () => {
  it('before anything is sent sends nothing, and lets the next one go on', async () => {
    await using desk = await startDesk(OLD);
    const ticket = await samples.ticket(desk.kayako).add();
    await desk.kayako.setCustomFields(ticket, ALL);
    await using proxy = await startProxy(desk.sandbox);
    await using kayako = new Kayako({ ...desk.sandbox, url: proxy.url });
    const abort = new AbortController();
    const reason = new Error('enough');
    proxy.treat = () => {
      abort.abort(reason);
      return 'pass';
    };
    desk.requests();
    const given = kayako.setCustomFields(ticket.id, { Number: '1' }, { signal: abort.signal });
    const next = kayako.setCustomFields(ticket.id, { Terms: '2' });
    expect(await errorOf(() => given)).toBe(reason);
    expect(contentsOf(await next)).toEqual({ ...READ, Terms: '2' });
    expect(
      await errorOf(() => kayako.setCustomFields(ticket.id, {}, { signal: abort.signal })),
    ).toBe(reason);
    expect(writings(desk)).toBe(2);
  });

  it('while it waits for another sends nothing', async () => {
    await using desk = await startDesk(OLD);
    const ticket = await samples.ticket(desk.kayako).add();
    const abort = new AbortController();
    const reason = new Error('enough');
    const first = desk.kayako.setCustomFields(ticket, { Number: '1' });
    const second = desk.kayako.setCustomFields(ticket, { Number: '2' }, { signal: abort.signal });
    abort.abort(reason);
    expect(await errorOf(() => second)).toBe(reason);
    await first;
    const third = await desk.kayako.setCustomFields(ticket, {});
    expect(contentsOf(third).Number).toBe('1');
  });

  it('when values were sent rejects at once, and is seen through', async () => {
    await using desk = await startDesk(OLD);
    const ticket = await samples.ticket(desk.kayako).add();
    await desk.kayako.setCustomFields(ticket, ALL);
    await using proxy = await startProxy(desk.sandbox);
    await using kayako = new Kayako({ ...desk.sandbox, url: proxy.url });
    const abort = new AbortController();
    const reason = new Error('enough');
    let seen = 0;
    proxy.treat = async (route): Promise<Treatment> => {
      if (!route.startsWith('/Tickets/TicketCustomField')) return 'pass';
      seen += 1;
      // The second is the POST: it is held until the caller has been told.
      if (seen === 2) {
        abort.abort(reason);
        await told;
      }
      return 'pass';
    };
    const given = kayako.setCustomFields(ticket.id, { Number: '1' }, { signal: abort.signal });
    const told = errorOf(() => given);
    expect(await told).toBe(reason);
    // The next call for the same ticket comes when it is done.
    const groups = await kayako.setCustomFields(ticket.id, {});
    expect(contentsOf(groups)).toEqual({ ...READ, Number: '1' });
  });
});

describe('a set that cannot be restored', () => {
  it('is told of, with the fields that are empty now', async () => {
    await using desk = await startDesk(OLD);
    const ticket = await samples.ticket(desk.kayako).add();
    await desk.kayako.setCustomFields(ticket, {
      Number: '1',
      Terms: 'all',
      'Door code': 'hunter2',
    });
    await using proxy = await startProxy(desk.sandbox);
    await using kayako = new Kayako({ ...desk.sandbox, url: proxy.url });
    let seen = 0;
    proxy.treat = (route) => {
      if (route.startsWith('/Tickets/TicketCustomField')) seen += 1;
      return seen === 3 ? 'refuse' : 'pass';
    };
    const error = await errorOf(() => kayako.setCustomFields(ticket.id, { Number: '2' }));
    expect(error).toMatchObject({
      code: 'CHANGE_IGNORED',
      fields: ['Terms', 'Door code'],
      cause: expect.objectContaining({ code: 'SERVER_ERROR' }) as object,
    });
    expect(error.message).not.toContain('hunter2');
  });
});

describe('a help desk that answers 200 but', () => {
  const DEFINITIONS =
    '<customfield customfieldid="1" title="Note" fieldtype="1" fieldname="note"/>' +
    '<customfield customfieldid="2" title="Tags" fieldtype="4" fieldname="tags"/>' +
    '<customfield customfieldid="3" title="More" fieldtype="1" fieldname="more"/>';
  const OPTIONS =
    '<option customfieldoptionid="1" optionvalue="a"/><option customfieldoptionid="2" optionvalue="b"/>';

  interface Shown {
    readonly note: string;
    readonly tags: string;
    readonly more?: string;
  }

  /** Three fields as a server shows them, whatever it is sent. */
  async function lying(
    answer: (method: string, posts: number) => Shown,
    call: (kayako: Kayako) => Promise<unknown>,
    defined: (readings: number) => boolean = () => true,
  ): Promise<{ outcome: unknown; posts: number; bodies: string[] }> {
    let posts = 0;
    const bodies: string[] = [];
    let definitions = 0;
    const server = createServer((request, response) => {
      const route = new URL(request.url ?? '', 'http://desk').searchParams.get('e') ?? '';
      if (request.method === 'POST') {
        posts += 1;
        request.setEncoding('utf8').once('data', (body: string) => bodies.push(body));
      }
      const { note, tags, more = '' } = answer(request.method ?? '', posts);
      const isList = route === '/Base/CustomField';
      if (isList) definitions += 1;
      const body = isList
        ? `<customfields>${defined(definitions) ? DEFINITIONS : ''}</customfields>`
        : route.startsWith('/Base')
          ? `<customfieldoptions>${OPTIONS}</customfieldoptions>`
          : `<customfields><group id="1" title="G"><field id="1" type="1" name="note" title="Note">${note}</field><field id="2" type="4" name="tags" title="Tags">${tags}</field><field id="3" type="1" name="more" title="More">${more}</field></group></customfields>`;
      response.end(`<?xml version="1.0"?>${body}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    try {
      await using kayako = new Kayako({ url, apiKey: 'k', secretKey: 's' });
      const outcome = await call(kayako).catch((error: unknown) => error);
      return { outcome, posts, bodies };
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  it.each<[string, Record<string, CustomFieldInput>, string[]]>([
    ['a text stays', { Note: 'new' }, ['Note']],
    ['a text is not cleared', { Note: null }, ['Note']],
    ['options stay', { Tags: ['b'] }, ['Tags']],
    ['an option is missing', { Tags: ['a', 'b'] }, ['Tags']],
    ['all stays', { Tags: [], Note: 'new' }, ['Tags', 'Note']],
  ])('%s is told of', async (_what, values, fields) => {
    const { outcome } = await lying(
      () => ({ note: 'old', tags: 'a' }),
      (kayako) => kayako.setCustomFields(5, values),
    );
    expect(outcome).toMatchObject({ code: 'CHANGE_IGNORED', fields });
  });

  it('empties what was set is told of', async () => {
    const { outcome, posts } = await lying(
      (method) => ({ note: method === 'GET' ? 'old' : '', tags: 'a' }),
      (kayako) => kayako.setCustomFields(5, { Note: 'new' }),
    );
    expect([outcome, posts]).toEqual([
      expect.objectContaining({ code: 'CHANGE_IGNORED', fields: ['Note'] }),
      1,
    ]);
  });

  it('rewrites a text, or shows options in another order, is believed', async () => {
    const { outcome } = await lying(
      (method) => (method === 'GET' ? { note: 'old', tags: '' } : { note: 'New', tags: 'b, a' }),
      (kayako) => kayako.setCustomFields(5, { Note: ' new', Tags: ['a', 'b'] }),
    );
    expect(outcome).toHaveLength(1);
  });

  it('empties other fields for good is told of, after one attempt to set them again', async () => {
    const { outcome, posts } = await lying(
      (method) => (method === 'GET' ? { note: 'old', tags: 'a' } : { note: 'new', tags: '' }),
      (kayako) => kayako.setCustomFields(5, { Note: 'new' }),
    );
    expect([outcome, posts]).toEqual([
      expect.objectContaining({ code: 'CHANGE_IGNORED', fields: ['Tags'] }),
      2,
    ]);
  });

  it('held an option that is none any more says that it is lost', async () => {
    const { outcome, posts } = await lying(
      (method) => (method === 'GET' ? { note: 'old', tags: 'gone' } : { note: 'new', tags: '' }),
      (kayako) => kayako.setCustomFields(5, { Note: 'new' }),
    );
    expect([outcome, posts]).toEqual([
      expect.objectContaining({ code: 'CHANGE_IGNORED', fields: ['Tags'] }),
      2,
    ]);
  });

  it('has fields that are newer than the look-up table is asked for them again, once', async () => {
    const set = (kayako: Kayako): Promise<unknown> => kayako.setCustomFields(5, { Note: 'new' });
    const truth = (method: string): Shown => ({
      note: method === 'GET' ? '' : 'new',
      tags: '',
    });
    const known = await lying(truth, set, (readings) => readings > 1);
    expect(known).toMatchObject({ outcome: [expect.anything()], posts: 1 });
    const unknown = await lying(truth, set, () => false);
    expect(unknown).toMatchObject({ outcome: { code: 'UNKNOWN_FIELD' }, posts: 0 });
  });

  it('empties one field while somebody else sets another sends that one as it is now', async () => {
    const { outcome, bodies } = await lying(
      (method, posts) => {
        if (method === 'GET') return { note: 'old', tags: 'a', more: 'ours' };
        return { note: 'new', tags: posts === 1 ? '' : 'a', more: 'theirs' };
      },
      (kayako) => kayako.setCustomFields(5, { Note: 'new' }),
    );
    expect(outcome).toHaveLength(1);
    expect(bodies.map((body) => new URLSearchParams(body).get('more'))).toEqual([null, 'theirs']);
  });
});

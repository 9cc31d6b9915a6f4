import { CustomField, CustomFile, Kayako, Ticket } from '@kayako-orm/orm';
import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';
import { EVERY_KIND } from './support/custom-fields.js';
import { errorOf, existing } from './support/desk.js';
import { type Proxy, startProxy, type Treatment } from './support/proxy.js';
import * as samples from './support/samples.js';

class Contract extends Ticket {
  @CustomField('Number') contractNumber!: string | null;
  @CustomField('Products', { type: 'list' }) products!: string[];
  @CustomField('Signed', { type: 'date' }) signed!: Date | null;
  @CustomField('Scan', { type: 'file' }) scan!: CustomFile | null;
}

const FIELDS = '/Tickets/TicketCustomField';

let sandbox: Sandbox;
let proxy: Proxy;
let kayako: Kayako;

const contract = (fields: Partial<Contract> = {}): Contract =>
  kayako.create(Contract, { ...samples.ticketFields(), ...fields });
const readAnew = async (id: number): Promise<Contract> =>
  existing(new Kayako({ ...sandbox }).get(Contract, id));
const failing = (method: string, status: number, body: string): void => {
  proxy.treat = (route, sent) =>
    sent === method && route.startsWith(FIELDS) ? { status, body } : 'pass';
};

beforeAll(async () => {
  sandbox = await startSandbox({ customFields: EVERY_KIND });
  proxy = await startProxy(sandbox);
  kayako = new Kayako({ ...sandbox, url: proxy.url });
});
beforeEach(() => {
  proxy.treat = () => 'pass';
});
afterAll(async () => {
  await kayako.close();
  await proxy[Symbol.asyncDispose]();
  await sandbox.close();
});

describe('a reading that fails', () => {
  it('is not taken for fields of which nothing is set', async () => {
    const { id } = await contract({ contractNumber: 'KEEP' }).add();
    failing('GET', 404, '<html>404 no such route</html>');
    const unset = kayako.repository(Contract).where({ id, contractNumber: null });
    for (const call of [
      () => unset.all(),
      () => unset.delete(),
      () => kayako.get(Contract, id),
      () => unset.count(),
    ]) {
      expect(await errorOf(call)).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await readAnew(id)).toMatchObject({ contractNumber: 'KEEP' });
  });

  it('of a ticket that is deleted meanwhile leaves the ticket out', async () => {
    const made = [await contract().add(), await contract().add()];
    const ids = made.map(({ id }) => id);
    const gone = `${FIELDS}/${ids[0] ?? 0}`;
    proxy.treat = (route) => (route === gone ? { status: 404, body: 'Ticket not Found' } : 'pass');
    const contracts = kayako.repository(Contract).where({ id: ids });
    expect((await contracts.all()).map(({ id }) => id)).toEqual([ids[1]]);
    expect((await contracts.where({ contractNumber: null }).all()).map(({ id }) => id)).toEqual([
      ids[1],
    ]);
    expect(await errorOf(() => made[0]?.reload())).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a date that makes no sense names the ticket and the field', async () => {
    const { id } = await contract({ signed: new Date('2024-02-29') }).add();
    await using european = new Kayako({ ...sandbox, dateFormat: 'eu' });
    const error = await errorOf(() => european.get(Contract, id));
    expect(error.message).toContain(`Contract ${id}.signed`);
    expect(error.message).toContain('dateFormat');
  });
});

describe('an add that fails half-way', () => {
  it('leaves a ticket that save() completes, whatever was given as null', async () => {
    const made = contract({ contractNumber: 'C-1', scan: null, signed: null });
    failing('POST', 400, 'Custom Field Data is Invalid: x');
    expect(await errorOf(() => made.add())).toMatchObject({ code: 'BAD_REQUEST' });
    expect(made.isNew).toBe(false);
    proxy.treat = () => 'pass';
    await made.save();
    expect(await readAnew(made.id)).toMatchObject({ contractNumber: 'C-1' });
  });

  it('is told by ensure(), which takes nobody else for it', async () => {
    failing('POST', 400, 'Custom Field Data is Invalid: x');
    const key = { subject: `Only one ${samples.unique()}`, departmentId: 1 };
    const rest = { ...samples.ticketFields(), contractNumber: 'C-2' };
    const error = await errorOf(() => kayako.ensure(Contract, key, { ...rest, ...key }));
    expect(error).toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('saving', () => {
  it('sends the custom fields also where the help desk ignores a field of the ticket', async () => {
    const made = await contract({ contractNumber: 'C-3' }).add();
    made.statusId = 999;
    made.contractNumber = 'C-4';
    const error = await errorOf(() => made.save());
    expect(error).toMatchObject({ code: 'CHANGE_IGNORED', fields: ['statusId'] });
    expect(made.statusId).toBe(999);
    expect(await readAnew(made.id)).toMatchObject({ contractNumber: 'C-4', statusId: 1 });
  });

  it('makes what came along of them be read anew', async () => {
    const { id } = await contract({ contractNumber: 'C-5' }).add();
    const made = await kayako
      .repository(Contract)
      .where({ id })
      .include('customFields')
      .firstOrFail();
    made.contractNumber = 'C-6';
    await made.save();
    const groups = await made.customFields.all();
    const texts = groups.flatMap(({ fields }) => fields).map(({ text }) => text);
    expect(texts).toContain('C-6');
    expect(texts).not.toContain('C-5');
  });

  it('names the property of a field that the ticket does not show', async () => {
    const made = await contract().add();
    failing('GET', 200, '<?xml version="1.0"?><customfields></customfields>');
    made.contractNumber = 'C-7';
    const error = await errorOf(() => made.save());
    expect(error).toMatchObject({ code: 'UNKNOWN_FIELD', fields: ['contractNumber'] });
    expect(error.message).not.toContain('contractnumber');
  });
});

describe('files', () => {
  const KEY = Buffer.from('hello world, this is a config').toString('base64');

  it('that look as if encoded twice are sent along as they are', async () => {
    await using desk = await startSandbox({
      replaceCustomFields: true,
      customFields: [
        {
          title: 'Files',
          fields: [
            { title: 'Key', type: 'file' },
            { title: 'Note', type: 'text' },
          ],
        },
      ],
    });
    await using client = new Kayako(desk);
    const ticket = await samples.ticket(client).add();
    await client.setCustomFields(ticket, { Key: { fileName: 'key.txt', contents: KEY } });
    const stored = async (): Promise<string | undefined> => {
      const groups = await ticket.customFields.all();
      return groups.flatMap(({ fields }) => fields).find(({ title }) => title === 'Key')?.text;
    };
    const before = await stored();
    expect(before).toBe(Buffer.from(KEY).toString('base64'));
    await client.setCustomFields(ticket, { Note: 'x' });
    expect(await stored()).toBe(before);
  });

  it('that were not saved are overwritten by reload(), as everything is, and can be set again', async () => {
    const made = await contract().add();
    const scan = new CustomFile('new.pdf', 'NEW');
    made.scan = scan;
    await made.reload();
    expect(made.scan).toBeNull();
    made.scan = scan;
    await made.save();
    expect((await readAnew(made.id)).scan).toMatchObject({ fileName: 'new.pdf' });
  });

  it('that the help desk no longer shows are gone after reload()', async () => {
    const made = await contract({ scan: new CustomFile('a.txt', 'A') }).add();
    failing('GET', 200, '<?xml version="1.0"?><customfields></customfields>');
    await made.reload();
    expect(made.scan).toBeNull();
  });

  it('that somebody else has changed are a conflict', async () => {
    const { id } = await contract({ scan: new CustomFile('a.txt', 'A') }).add();
    const session = kayako.session();
    const mine = await existing(session.repository(Contract).get(id));
    mine.scan = new CustomFile('mine.txt', 'M');
    const theirs = await readAnew(id);
    theirs.scan = new CustomFile('theirs.txt', 'T');
    await theirs.save();
    const error = await errorOf(() => session.flush({ ifUnchanged: true }));
    expect(error).toMatchObject({ report: { steps: [{ error: { code: 'CONFLICT' } }] } });
    expect((await readAnew(id)).scan).toMatchObject({ fileName: 'theirs.txt' });
  });
});

describe('sessions', () => {
  it('tell a step as failed whose only request failed', async () => {
    const { id } = await contract({ contractNumber: 'C-8' }).add();
    const session = kayako.session();
    const mine = await existing(session.repository(Contract).get(id));
    mine.contractNumber = 'C-9';
    failing('POST', 400, 'Custom Field Data is Invalid: x');
    const error = await errorOf(() => session.flush());
    expect(error).toMatchObject({ report: { done: 0, failed: 1 } });
  });

  it('keep what was saved against a reading that began before', async () => {
    const { id } = await contract({ contractNumber: 'old' }).add();
    const session = kayako.session();
    const mine = await existing(session.repository(Contract).get(id));
    mine.contractNumber = 'new';
    const gate = (): { open: () => void; opened: Promise<void> } => {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      return { open, opened };
    };
    const [posting, post, read, reply] = [gate(), gate(), gate(), gate()];
    let isReading = false;
    proxy.treat = async (route, method): Promise<Treatment> => {
      if (!route.startsWith(FIELDS)) return 'pass';
      if (method === 'POST') {
        posting.open();
        await post.opened;
        return 'pass';
      }
      if (!isReading) return 'pass';
      return { until: reply.opened, answered: read.open };
    };
    const flushing = session.flush();
    await posting.opened;
    isReading = true;
    // It has the old value, and arrives when the new one is saved.
    const reading = session.repository(Contract).get(id);
    await read.opened;
    post.open();
    await flushing;
    reply.open();
    await reading;
    expect(mine.contractNumber).toBe('new');
    expect(await readAnew(id)).toMatchObject({ contractNumber: 'new' });
  });
});

describe('required fields', () => {
  class Order extends Ticket {
    @CustomField('Note') note!: string | null;
    @CustomField('Code') code!: string | null;
  }

  it('are found before the ticket is added', async () => {
    await using desk = await startSandbox({
      customFields: [
        {
          title: 'Order',
          fields: [
            { title: 'Note', type: 'text' },
            { title: 'Code', type: 'text', isRequired: true },
            { title: 'Undeclared', type: 'text', isRequired: true },
          ],
        },
      ],
    });
    await using client = new Kayako(desk);
    const order = client.create(Order, { ...samples.ticketFields(), note: 'x' });
    expect(await errorOf(() => order.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['code', 'Undeclared'],
    });
    expect(order.isNew).toBe(true);
    expect(desk.requests.some(({ method }) => method === 'POST')).toBe(false);
    // Without any custom field the help desk asks for none.
    await client.create(Order, samples.ticketFields()).add();
  });
});

it('refuses two properties for one field', async () => {
  class Twice extends Ticket {
    @CustomField('Number') one!: string | null;
    @CustomField('contractnumber') other!: string | null;
  }
  const error = await errorOf(() => kayako.get(Twice, 1));
  expect(error).toMatchObject({ code: 'METADATA_INVALID' });
  expect(error.message).toContain('Twice.other: it is the custom field "Number", and so is one');
});

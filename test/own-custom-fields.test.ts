import { CustomField, CustomFile, Kayako, Ticket, User } from '@kayako-orm/orm';
import { EVERY_KIND } from './support/custom-fields.js';
import { type Desk, errorOf, existing, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

class Contract extends Ticket {
  @CustomField('Number') contractNumber!: string | null;
  @CustomField('Plan') plan!: string | null;
  @CustomField('Products', { type: 'list' }) products!: string[];
  @CustomField('Place', { type: 'list' }) place!: string[];
  @CustomField('Signed', { type: 'date' }) signed!: Date | null;
  @CustomField('scan', { type: 'file' }) scan!: CustomFile | null;
}

const GET = 'GET /Tickets/TicketCustomField';
const SET = 'POST /Tickets/TicketCustomField';

let desk: Desk;
let sales: number;

/** A contract that was added, in a department of its own with others. */
async function added(fields: Partial<Contract> = {}): Promise<Contract> {
  const contract = desk.kayako.create(Contract, {
    ...samples.ticketFields(),
    departmentId: sales,
    ...fields,
  });
  return contract.add();
}

beforeAll(async () => {
  desk = await startDesk({ customFields: EVERY_KIND });
});
beforeEach(async () => {
  sales = (await samples.department(desk.kayako).add()).id;
  desk.requests();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

describe('adding and reading', () => {
  it('sets the fields once the ticket is there, and reads them with it', async () => {
    const given = {
      contractNumber: 'C-1',
      plan: 'Basic',
      products: ['Chat', 'Phone, Fax'],
      place: ['Europe', 'Berlin'],
      signed: new Date('2024-02-29T00:00:00Z'),
      scan: new CustomFile('scan.txt', 'signed by both'),
    };
    const contract = await added(given);
    expect(contract).toMatchObject(given);
    const { id } = contract;
    const requests = desk.requests();
    expect(requests.filter((each) => each.startsWith('POST'))).toEqual([
      'POST /Tickets/Ticket',
      `${SET}/${id}`,
    ]);
    const read = await existing(desk.kayako.get(Contract, id));
    expect(read).toMatchObject(given);
    expect(read.toJSON()).toMatchObject({
      contractNumber: 'C-1',
      signed: '2024-02-29T00:00:00.000Z',
      scan: { fileName: 'scan.txt', contents: Buffer.from('signed by both').toString('base64') },
    });
    expect(desk.requests()).toEqual([`GET /Tickets/Ticket/${id}`, `${GET}/${id}`]);
  });

  it('holds null and empty lists where nothing is set', async () => {
    const contract = await added();
    const nothing = {
      contractNumber: null,
      plan: null,
      products: [],
      place: [],
      signed: null,
      scan: null,
    };
    expect(contract).toMatchObject(nothing);
    expect(await desk.kayako.get(Contract, contract.id)).toMatchObject(nothing);
  });

  it('refuses a value that does not fit before the ticket is added', async () => {
    const error = await errorOf(() => added({ plan: 'Gold', products: ['Desk', 'Fax'] }));
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('Contract.plan: The custom field Plan has no option "Gold"');
    expect(error.message).toContain('Contract.products');
    expect(desk.requests().filter((each) => each.startsWith('POST'))).toEqual([]);
  });

  it('keeps plain tickets as they are: no request for what they do not declare', async () => {
    const { id } = await added({ contractNumber: 'C-2' });
    desk.requests();
    await desk.kayako.get(Ticket, id);
    expect(desk.requests()).toEqual([`GET /Tickets/Ticket/${id}`]);
  });
});

describe('saving', () => {
  it('sends the custom fields alone where nothing else has changed, and only those', async () => {
    const contract = await added({ contractNumber: 'C-3', products: ['Desk'] });
    const { id } = contract;
    desk.requests();
    contract.products.push('Chat');
    await contract.save();
    expect(desk.requests().filter((each) => !each.startsWith('GET'))).toEqual([`${SET}/${id}`]);
    expect(await desk.kayako.get(Contract, id)).toMatchObject({
      contractNumber: 'C-3',
      products: ['Desk', 'Chat'],
    });
  });

  it('sends both where both have changed, and neither again', async () => {
    const contract = await added({ contractNumber: 'C-4' });
    const { id } = contract;
    contract.subject = 'Renewed';
    contract.contractNumber = null;
    contract.signed = new Date('2025-01-01T00:00:00Z');
    desk.requests();
    await contract.save();
    expect(desk.requests().filter((each) => !each.startsWith('GET'))).toEqual([
      `PUT /Tickets/Ticket/${id}`,
      `${SET}/${id}`,
    ]);
    await contract.save();
    expect(desk.requests().filter((each) => each.startsWith('POST'))).toEqual([]);
    expect(await desk.kayako.get(Contract, id)).toMatchObject({
      subject: 'Renewed',
      contractNumber: null,
      signed: new Date('2025-01-01T00:00:00Z'),
    });
  });

  it('keeps what was not saved, so that it can be corrected and saved again', async () => {
    const contract = await added({ contractNumber: 'C-5' });
    contract.subject = 'Corrected';
    contract.plan = 'Gold';
    expect(await errorOf(() => contract.save())).toMatchObject({ code: 'INVALID_VALUE' });
    expect(contract.subject).toBe('Corrected');
    contract.plan = 'Basic';
    await contract.save();
    expect(await desk.kayako.get(Contract, contract.id)).toMatchObject({
      subject: 'Corrected',
      plan: 'Basic',
      contractNumber: 'C-5',
    });
  });

  it('reads anew with reload()', async () => {
    const contract = await added({ contractNumber: 'C-6' });
    await desk.kayako.setCustomFields(contract.id, { Number: 'C-7' });
    expect(contract.contractNumber).toBe('C-6');
    await contract.reload();
    expect(contract.contractNumber).toBe('C-7');
    desk.requests();
    await contract.save();
    expect(desk.requests().filter((each) => each.startsWith('POST'))).toEqual([]);
  });

  it('changes the fields of many, and tells of them before', async () => {
    const [one, other] = [await added({ plan: 'Basic' }), await added({ contractNumber: 'C-8' })];
    const contracts = desk.kayako.repository(Contract).where({ departmentId: sales });
    const dry = await contracts.update({ plan: 'Basic' }, { dryRun: true });
    expect(dry.rows.map(({ status }) => status)).toEqual(['unchanged', 'planned']);
    await contracts.update({ plan: 'Basic' });
    for (const { id } of [one, other]) {
      expect(await desk.kayako.get(Contract, id)).toMatchObject({ plan: 'Basic' });
    }
  });

  it('is part of a session: tracked, flushed, one object for each id', async () => {
    const { id } = await added({ contractNumber: 'C-9' });
    const session = desk.kayako.session();
    const contract = await existing(session.repository(Contract).get(id));
    contract.contractNumber = 'C-10';
    const report = await session.flush();
    expect(report.done).toBe(1);
    expect(await desk.kayako.get(Contract, id)).toMatchObject({ contractNumber: 'C-10' });
    expect((await session.flush()).steps).toEqual([]);
  });
});

describe('queries', () => {
  beforeEach(async () => {
    await added({ contractNumber: 'C-20', products: ['Desk'], subject: 'One' });
    await added({ contractNumber: 'C-30', products: ['Desk', 'Chat'], subject: 'Two' });
    await added({ contractNumber: 'X-40', signed: new Date('2020-05-05T00:00:00Z') });
    desk.requests();
  });
  const contracts = (): ReturnType<typeof query> => query();
  const query = () => desk.kayako.repository(Contract).where({ departmentId: sales });
  const read = (): number => desk.requests().filter((each) => each.startsWith(GET)).length;

  it('filters by them', async () => {
    const numbers = async (condition: object): Promise<(string | null)[]> =>
      contracts()
        .where(condition as never)
        .pluck('contractNumber')
        .all();
    expect(await numbers({ contractNumber: 'C-20' })).toEqual(['C-20']);
    expect(await numbers({ contractNumber: { startsWith: 'C-' } })).toEqual(['C-20', 'C-30']);
    expect(await numbers({ products: 'Chat' })).toEqual(['C-30']);
    expect(await numbers({ signed: { lt: new Date('2021-01-01') } })).toEqual(['X-40']);
    expect(await numbers({ not: { contractNumber: ['C-20', 'X-40'] } })).toEqual(['C-30']);
    expect(await numbers({ or: [{ products: 'Chat' }, { subject: 'One' }] })).toEqual([
      'C-20',
      'C-30',
    ]);
    expect(await contracts().where({ signed: null }).count()).toBe(2);
  });

  it('reads them of no row that something else rules out', async () => {
    await contracts()
      .where({ subject: 'Two', contractNumber: { contains: '3' } })
      .all();
    expect(read()).toBe(1);
  });

  it('reads them of the rows alone that are handed out, where they decide nothing', async () => {
    expect(await contracts().orderBy('id', 'desc').first()).toMatchObject({
      contractNumber: 'X-40',
    });
    expect(read()).toBe(1);
    expect(await contracts().count()).toBe(3);
    expect(await contracts().pluck('subject').all()).toHaveLength(3);
    expect(await contracts().exists()).toBe(true);
    expect(read()).toBe(0);
  });

  it('orders by them', async () => {
    const found = contracts().orderBy('contractNumber', 'desc').take(2).pluck('contractNumber');
    expect(await found.all()).toEqual(['X-40', 'C-30']);
    expect(read()).toBe(3);
  });

  it('hands them to functions', async () => {
    const found = await contracts()
      .filter(({ contractNumber }) => contractNumber === 'C-30')
      .all();
    expect(found).toHaveLength(1);
  });

  it('says in explain what it costs', async () => {
    const decided = String(await contracts().where({ plan: 'Basic', subject: 'One' }).explain());
    expect(decided).toContain('and subject = "One", before the rest is filtered');
    expect(String(await contracts().explain())).toContain(
      'contractNumber, plan, products, place, signed, scan: one request for each row that is handed out',
    );
    expect(String(await contracts().pluck('subject').explain())).not.toContain('one request');
  });

  it('leaves out a ticket that is deleted meanwhile, and counts its requests', async () => {
    const run = await contracts()
      .where({ contractNumber: { startsWith: 'C-' } })
      .run();
    expect(run.rows).toHaveLength(2);
    expect(run.cost.requests).toBe(desk.requests().length);
  });
});

describe('the definitions of the help desk', () => {
  class Drifted extends Ticket {
    @CustomField('Order no.') orderNumber!: string | null;
    @CustomField('Signed') signed!: string | null;
    @CustomField('Products', { type: 'date' }) products!: Date | null;
    @CustomField('Number') contractNumber!: string | null;
  }

  it('are compared before the first request, and every difference is named', async () => {
    const { id } = await added();
    desk.requests();
    for (const call of [
      () => desk.kayako.get(Drifted, id),
      () => desk.kayako.create(Drifted, samples.ticketFields()).add(),
      () => desk.kayako.repository(Drifted).where({ id }).all(),
    ]) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ code: 'METADATA_INVALID' });
      const lines = error.message.split('\n');
      expect(lines).toHaveLength(3);
      expect(lines[0]).toContain(
        'Drifted.orderNumber: the help desk has no custom field "Order no."',
      );
      expect(lines[1]).toContain(
        'Declare it as @CustomField("Signed", { type: \'date\' }) signed!: Date | null',
      );
      expect(lines[2]).toContain(
        '@CustomField("Products", { type: \'list\' }) products!: string[]',
      );
    }
    expect(desk.requests().filter((each) => each.startsWith('POST'))).toEqual([]);
  });

  it('may have the same title twice; the opaque name tells them apart', async () => {
    await using other = await startDesk({
      customFields: [
        {
          title: 'First',
          fields: [
            { title: 'Code', type: 'text', name: 'firstcode' },
            { title: 'Code', type: 'text', name: 'secondcode' },
          ],
        },
      ],
    });
    class Ambiguous extends Ticket {
      @CustomField('Code') code!: string | null;
    }
    class Exact extends Ticket {
      @CustomField('secondcode') code!: string | null;
    }
    const error = await errorOf(() => other.kayako.repository(Ambiguous).where({ id: 1 }).all());
    expect(error.message).toContain('firstcode, secondcode');
    const ticket = await samples.ticket(other.kayako).add();
    await other.kayako.setCustomFields(ticket.id, { firstcode: 'a', secondcode: 'b' });
    expect(await other.kayako.get(Exact, ticket.id)).toMatchObject({ code: 'b' });
  });

  it('are for tickets only', async () => {
    class Customer extends User {
      @CustomField('Number') number!: string | null;
    }
    const error = await errorOf(() => desk.kayako.get(Customer, 1));
    expect(error).toMatchObject({ code: 'METADATA_INVALID' });
    expect(error.message).toContain('extends Ticket');
  });

  it('are the business of each connection', async () => {
    await using plain = new Kayako(desk.sandbox);
    const { id } = await added({ contractNumber: 'C-50' });
    expect(await plain.get(Contract, id)).toMatchObject({ contractNumber: 'C-50' });
  });
});

it('gives up with the signal', async () => {
  const { id } = await added({ contractNumber: 'C-60' });
  const abort = new AbortController();
  const reason = new Error('enough');
  const reading = desk.kayako.get(Contract, id, { signal: abort.signal });
  abort.abort(reason);
  expect(await errorOf(() => reading)).toBe(reason);
});

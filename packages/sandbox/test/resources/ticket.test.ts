import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, element, idOf, textsOf, type FormFields } from '../support/client.js';
import { addTicket, ANONYMOUS_TICKET, NOW, startDesk, USER, walk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(() => {
  desk.reset();
});

/** The ticket that `TICKET` makes, with some lines replaced. */
function ticketLines(changes: Readonly<Record<string, string | number>> = {}): string[] {
  const lines = Object.entries({
    displayid: 'SET BELOW',
    departmentid: 1,
    statusid: 1,
    priorityid: 1,
    typeid: 1,
    userid: 1,
    userorganization: 'Example Ltd.',
    userorganizationid: 1,
    ownerstaffid: 0,
    ownerstaffname: '',
    fullname: 'Test User',
    email: 'test@example.com',
    lastreplier: 'Test User',
    subject: 'Printer on fire',
    creationtime: NOW,
    lastactivity: NOW,
    laststaffreply: 0,
    lastuserreply: NOW,
    slaplanid: 0,
    nextreplydue: 0,
    resolutiondue: 0,
    replies: 0,
    ipaddress: '127.0.0.1',
    creator: 2,
    creationmode: 4,
    creationtype: 1,
    isescalated: 0,
    escalationruleid: 0,
    templategroupid: 1,
    tags: '',
    templategroupname: 'Default',
    ...changes,
  });
  return lines.map(([name, value]) => element(name, value));
}

function postLines(changes: Readonly<Record<string, string | number>> = {}): string[] {
  const lines = Object.entries({
    id: 1,
    ticketpostid: 1,
    ticketid: 1,
    dateline: NOW,
    userid: 1,
    fullname: 'Test User',
    email: 'test@example.com',
    emailto: '',
    ipaddress: '127.0.0.1',
    hasattachments: 0,
    creator: 2,
    isthirdparty: 0,
    ishtml: 0,
    isemailed: 0,
    staffid: 0,
    issurveycomment: 0,
    contents: 'It burns.',
    isprivate: 0,
    ...changes,
  });
  return ['<post>', ...lines.map(([name, value]) => element(name, value)), '</post>'];
}

function displayIdOf(text: string): string {
  return /<displayid><!\[CDATA\[([A-Z]{3}-[1-9]\d{2}-[1-9]\d{4})\]\]>/.exec(text)?.[1] ?? 'NONE';
}

describe('creation', () => {
  test('by a user answers the whole ticket with its first post', async () => {
    const answer = await addTicket(desk);
    const displayid = displayIdOf(answer.text);
    expect([answer.status, answer.text]).toEqual([
      200,
      documentOf(
        '<tickets>',
        '<ticket id="1" flagtype="0">',
        ...ticketLines({ displayid }),
        '<posts>',
        ...postLines(),
        '</posts>',
        '</ticket>',
        '</tickets>',
      ),
    ]);
    expect((await call(desk, 'GET', '/Tickets/Ticket/1')).text).toBe(answer.text);
    expect((await call(desk, 'GET', `/Tickets/Ticket/${displayid}`)).text).toBe(answer.text);
    expect((await call(desk, 'GET', '/Tickets/Ticket/ListAll/1')).text).toBe(
      documentOf(
        '<tickets>',
        '<ticket id="1" flagtype="0">',
        ...ticketLines({ displayid }),
        '</ticket>',
        '</tickets>',
      ),
    );
  });

  test('by staff shows the staff member and mails the customer', async () => {
    const fields = {
      ...ANONYMOUS_TICKET,
      staffid: 1,
      email: 'New.One@example.org',
      fullname: 'New <b>"One"</b>',
    };
    const answer = await call(desk, 'POST', '/Tickets/Ticket', fields);
    expect(answer.text).toBe(
      documentOf(
        '<tickets>',
        '<ticket id="1" flagtype="0">',
        ...ticketLines({
          displayid: displayIdOf(answer.text),
          userid: 2,
          userorganization: '',
          userorganizationid: '',
          fullname: 'Ada Admin',
          email: 'admin@example.com',
          lastreplier: 'Ada Admin',
          laststaffreply: NOW,
          lastuserreply: 0,
          creator: 1,
        }),
        '<posts>',
        ...postLines({
          userid: 0,
          fullname: 'Ada Admin',
          email: 'admin@example.com',
          emailto: 'new.one@example.org',
          creator: 1,
          staffid: 1,
        }),
        '</posts>',
        '</ticket>',
        '</tickets>',
      ),
    );
    const user = await call(desk, 'GET', '/Base/User/2');
    expect([
      textsOf(user, 'fullname'),
      textsOf(user, 'email'),
      textsOf(user, 'usergroupid'),
    ]).toEqual([["New 'One'"], ['new.one@example.org'], ['2']]);
  });

  test('by staff on the phone keeps the name and address of the customer', async () => {
    const answer = await call(desk, 'POST', '/Tickets/Ticket', {
      ...ANONYMOUS_TICKET,
      staffid: 1,
      type: 'phone',
    });
    expect([
      textsOf(answer, 'fullname')[0],
      textsOf(answer, 'email')[0],
      textsOf(answer, 'creationtype'),
    ]).toEqual(['Somebody', 'test@example.com', ['2']]);
  });

  test('with autouserid finds the user or makes one', async () => {
    const found = await call(desk, 'POST', '/Tickets/Ticket', {
      ...ANONYMOUS_TICKET,
      autouserid: 1,
    });
    const made = await call(desk, 'POST', '/Tickets/Ticket', {
      ...ANONYMOUS_TICKET,
      autouserid: 1,
      userid: 0,
      email: 'else@example.org',
    });
    const again = await call(desk, 'POST', '/Base/User', { ...USER, email: 'ELSE@example.org' });
    expect([textsOf(found, 'userid')[0], textsOf(made, 'userid')[0]]).toEqual(['1', '2']);
    expect(textsOf(made, 'creator')[0]).toBe('2');
    expect(again.status).toBe(400);
  });

  test('checks in the order of the specification', async () => {
    expect(
      await walk(desk, 'POST', '/Tickets/Ticket', [
        {},
        { subject: '0' },
        { subject: 'S' },
        { fullname: 'F' },
        { email: 'else@example.org' },
        { contents: ' ' },
        { contents: 'C' },
        { departmentid: 99 },
        { ticketstatusid: 99 },
        { ticketpriorityid: 99 },
        { tickettypeid: 99 },
        { userid: 99, staffid: 99 },
        { departmentid: 2 },
        { departmentid: 1 },
        { ticketstatusid: 1 },
        { ticketpriorityid: 1 },
        { tickettypeid: 1 },
        { staffid: 1 },
        { userid: 1 },
        { email: 'TEST@example.com' },
      ]),
    ).toEqual([
      '400 Subject is empty',
      '400 Subject is empty',
      '400 Fullname is empty',
      '400 Email is empty',
      '400 Contents is empty',
      '400 Contents is empty',
      '400 Department ID is empty',
      '400 Ticket Status ID is empty',
      '400 Ticket Priority ID is empty',
      '400 Ticket Type ID is empty',
      '400 Staff ID, User ID and Auto User ID values are empty or not provided',
      '400 Department ID is Invalid',
      '400 Department App is not Tickets',
      '400 Ticket Status ID is Invalid',
      '400 Ticket Priority ID is Invalid',
      '400 Ticket Type ID is Invalid',
      '400 Staff ID is Invalid',
      '400 User ID is Invalid',
      '400 User Email is Invalid',
      '200',
    ]);
  });

  test.each<[string, FormFields]>([
    ['a staff id of 0 beside a user', { staffid: 0 }],
    ['an unknown staff id beside autouserid', { staffid: 99, autouserid: 1 }],
  ])('refuses %s', async (_case, fields) => {
    const answer = await addTicket(desk, fields);
    expect([answer.status, answer.text]).toEqual([400, 'Staff ID is Invalid']);
  });

  test('takes a user id that is empty for one that is wrong', async () => {
    const answer = await addTicket(desk, { userid: '', staffid: 1 });
    expect(answer.text).toBe('User ID is Invalid');
  });

  test('takes any address with a lenient creator', async () => {
    const lenient = await startDesk({ lenientCreator: true });
    const answer = await addTicket(lenient, { email: 'Else@example.org' });
    await lenient.close();
    expect([textsOf(answer, 'email')[0], textsOf(answer, 'userid')[0]]).toEqual([
      'else@example.org',
      '1',
    ]);
  });

  test('ignores an unknown owner and an unknown template group', async () => {
    const answer = await addTicket(desk, {
      ownerstaffid: 99,
      templategroup: 'None',
      emailqueueid: 9,
    });
    expect([textsOf(answer, 'ownerstaffid'), textsOf(answer, 'templategroupid')]).toEqual([
      ['0'],
      ['1'],
    ]);
  });
});

describe('change', () => {
  beforeEach(async () => {
    await addTicket(desk);
  });

  const put = (fields: FormFields): ReturnType<typeof call> =>
    call(desk, 'PUT', '/Tickets/Ticket/1', fields);

  test('takes everything it may change', async () => {
    await call(desk, 'POST', '/Base/Department', { title: 'Two', type: 'public', app: 'tickets' });
    await call(desk, 'POST', '/Base/User', USER);
    const answer = await put({
      subject: 'New <subject>',
      fullname: 'Någon',
      email: 'Else@Example.org',
      departmentid: 3,
      ticketstatusid: 2,
      ticketpriorityid: 4,
      tickettypeid: 3,
      ownerstaffid: 1,
      userid: 2,
      contents: 'ignored',
    });
    expect(answer.text).toBe(
      documentOf(
        '<tickets>',
        '<ticket id="1" flagtype="0">',
        ...ticketLines({
          displayid: displayIdOf(answer.text),
          departmentid: 3,
          statusid: 2,
          priorityid: 4,
          typeid: 3,
          userid: 2,
          userorganization: '',
          userorganizationid: '',
          ownerstaffid: 1,
          ownerstaffname: 'Ada Admin',
          fullname: 'Någon',
          email: 'Else@Example.org',
          subject: 'New <subject>',
        }),
        '<posts>',
        ...postLines(),
        '</posts>',
        '</ticket>',
        '</tickets>',
      ),
    );
  });

  test('ignores what makes no sense', async () => {
    const before = await call(desk, 'GET', '/Tickets/Ticket/1');
    const answer = await put({
      departmentid: 2,
      ticketstatusid: 99,
      ticketpriorityid: 0,
      tickettypeid: 'x',
      ownerstaffid: 99,
      userid: 0,
      templategroup: 'None',
    });
    expect([answer.status, answer.text]).toEqual([200, before.text]);
  });

  test('unassigns with 0 and empties texts', async () => {
    await put({ ownerstaffid: 1 });
    const answer = await put({ ownerstaffid: 0, subject: '', fullname: '' });
    expect(answer.text).toContain(
      '<ownerstaffid><![CDATA[0]]></ownerstaffid>\n<ownerstaffname />\n',
    );
    expect(answer.text).toContain('<subject />');
  });

  test('takes the display id', async () => {
    const displayId = displayIdOf((await call(desk, 'GET', '/Tickets/Ticket/1')).text);
    const answer = await call(desk, 'PUT', `/Tickets/Ticket/${displayId}`, { subject: 'X' });
    expect(textsOf(answer, 'subject')).toEqual(['X']);
  });

  test('of a missing one is 404', async () => {
    const answer = await call(desk, 'PUT', '/Tickets/Ticket/99', { subject: 'X' });
    expect([answer.status, answer.text]).toEqual([404, 'Ticket not Found']);
  });
});

describe('a status tied to a department', () => {
  let large: Sandbox;
  let strict: Sandbox;

  // Status 4 and type 6 belong to department 3, whose child is 4.
  beforeAll(async () => {
    large = await startDesk({ tickets: 40 });
    strict = await startDesk({ tickets: 40, strictQuirks: true });
  });

  afterAll(async () => {
    await large.close();
    await strict.close();
  });

  test('is refused in another department, before anything changes', async () => {
    const id = idOf(await addTicket(large));
    const before = await call(large, 'GET', `/Tickets/Ticket/${id}`);
    const status = await call(large, 'PUT', `/Tickets/Ticket/${id}`, {
      subject: 'X',
      ticketstatusid: 4,
    });
    const type = await call(large, 'PUT', `/Tickets/Ticket/${id}`, { tickettypeid: 6 });
    expect([status.status, status.text]).toEqual([
      400,
      'Ticket Status (4) & Department ID (1) Mismatch',
    ]);
    expect([type.status, type.text]).toEqual([400, 'Ticket Type (6) & Department ID (1) Mismatch']);
    expect((await call(large, 'GET', `/Tickets/Ticket/${id}`)).text).toBe(before.text);
  });

  test('is taken with its department, or in a child of that', async () => {
    const id = idOf(await addTicket(large));
    for (const departmentid of [3, 4]) {
      const answer = await call(large, 'PUT', `/Tickets/Ticket/${id}`, {
        departmentid,
        ticketstatusid: 4,
      });
      expect([textsOf(answer, 'departmentid'), textsOf(answer, 'statusid')]).toEqual([
        [String(departmentid)],
        ['4'],
      ]);
    }
  });

  test('is refused with 200 where bugs are reproduced', async () => {
    const id = idOf(await addTicket(strict));
    const answer = await call(strict, 'PUT', `/Tickets/Ticket/${id}`, { ticketstatusid: 4 });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('\nTicket Status (4) & Department ID (1) Mismatch in ./');
  });

  test('counts in lists only with its department', async () => {
    const statuses = async (desk: Sandbox, route: string): Promise<Set<string>> =>
      new Set(textsOf(await call(desk, 'GET', route), 'statusid'));
    expect(await statuses(large, '/Tickets/Ticket/ListAll/1,3,4/4')).toEqual(new Set(['4']));
    expect(await statuses(large, '/Tickets/Ticket/ListAll/4/4')).toEqual(new Set());
    expect(await statuses(large, '/Tickets/Ticket/ListAll/3')).toContain('4');
    // The bug compares the id of the status, 4, with the departments.
    expect(await statuses(strict, '/Tickets/Ticket/ListAll/3')).not.toContain('4');
  });

  test('zeroes what is due when it is resolved', async () => {
    const list = await call(
      large,
      'GET',
      '/Tickets/Ticket/ListAll/1,3,4/-1/-1/-1/1/0/duetime/DESC',
    );
    const id = idOf(list);
    expect(textsOf(list, 'nextreplydue')).not.toEqual(['0']);
    const answer = await call(large, 'PUT', `/Tickets/Ticket/${id}`, { ticketstatusid: 3 });
    expect(
      ['nextreplydue', 'resolutiondue', 'slaplanid'].map((name) => textsOf(answer, name)),
    ).toEqual([['0'], ['0'], ['0']]);
  });
});

describe('deletion', () => {
  test('takes everything with it, and happens once', async () => {
    await addTicket(desk);
    await addTicket(desk);
    const children = {
      TicketNote: { contents: 'n', fullname: 'S' },
      TicketAttachment: { ticketpostid: 1, filename: 'a.txt', contents: 'AAEC' },
      TicketTimeTrack: {
        contents: 't',
        staffid: 1,
        worktimeline: 1,
        billtimeline: 1,
        timespent: 1,
        timebillable: 1,
      },
    };
    for (const [controller, fields] of Object.entries(children)) {
      await call(desk, 'POST', `/Tickets/${controller}`, { ticketid: 1, ...fields });
    }
    expect((await call(desk, 'DELETE', '/Tickets/Ticket/1')).text).toBe('');
    // A child that was still there would be one of another ticket, and that is 400.
    for (const controller of ['TicketPost', ...Object.keys(children)]) {
      expect((await call(desk, 'GET', `/Tickets/${controller}/2/1`)).status).toBe(404);
    }
    for (const route of [
      '/Tickets/Ticket/1',
      '/Tickets/TicketPost/ListAll/1',
      '/Tickets/TicketPost/1/1',
      '/Tickets/TicketNote/ListAll/1',
      '/Tickets/TicketAttachment/ListAll/1',
      '/Tickets/TicketTimeTrack/ListAll/1',
      '/Tickets/TicketCustomField/1',
    ]) {
      const answer = await call(desk, 'GET', route);
      expect([answer.status, answer.text]).toEqual([404, 'Ticket not Found']);
    }
    const again = await call(desk, 'DELETE', '/Tickets/Ticket/1');
    expect([again.status, again.text]).toEqual([404, 'Ticket not Found']);
    expect(idOf(await addTicket(desk))).toBe(3);
  });

  test('by a display id deletes nothing', async () => {
    const strict = await startDesk({ strictQuirks: true });
    const displayId = displayIdOf((await addTicket(strict)).text);
    const pretended = await call(strict, 'DELETE', `/Tickets/Ticket/${displayId}`);
    const stillThere = await call(strict, 'GET', '/Tickets/Ticket/1');
    await strict.close();
    const honest = await call(
      desk,
      'DELETE',
      `/Tickets/Ticket/${displayIdOf((await addTicket(desk)).text)}`,
    );
    expect([pretended.status, stillThere.status, honest.status]).toEqual([200, 200, 404]);
  });
});

describe('the list', () => {
  beforeEach(async () => {
    await call(desk, 'POST', '/Base/Department', { title: 'Two', type: 'public', app: 'tickets' });
    await call(desk, 'POST', '/Base/User', USER);
    await addTicket(desk, { subject: 'one' });
    await addTicket(desk, {
      subject: 'two',
      ticketstatusid: 3,
      ownerstaffid: 1,
      ticketpriorityid: 4,
    });
    await addTicket(desk, {
      subject: 'three',
      departmentid: 3,
      userid: 2,
      email: 'zoe@example.org',
    });
    await addTicket(desk, { subject: 'four', ticketstatusid: 2, ticketpriorityid: 3 });
  });

  test.each([
    ['1', ['one', 'four']],
    ['1,3', ['one', 'three', 'four']],
    ['1/-1', ['one', 'four']],
    ['1/99', ['one', 'four']],
    ['1/3', ['two']],
    ['1/1,2,3', ['one', 'two', 'four']],
    ['1/x,3', ['two']],
    ['-1', []],
    ['99', []],
    ['2', []],
    ['1,3/1,2,3/0', ['one', 'three', 'four']],
    ['1,3/1,2,3/1', ['two']],
    ['1,3/1,2,3/99', []],
    ['1,3/1,2,3/-1/2', ['three']],
    ['1,3/1,2,3/-1/-1/2', ['one', 'two']],
    ['1,3/1,2,3/-1/-1/2/1', ['two', 'three']],
    ['1,3/1,2,3/-1/-1/2/3', ['four']],
    ['1,3/1,2,3/-1/-1/2/4', []],
    ['1,3/1,2,3/-1/-1/-1/2', ['one', 'two', 'three', 'four']],
    ['1,3/1,2,3/-1/-1/0/0/ticketid/desc', ['four', 'three', 'two', 'one']],
    ['1,3/1,2,3/-1/-1/-1/-1/nonsense/DESC', ['four', 'three', 'two', 'one']],
    ['1,3/1,2,3/-1/-1/-1/-1/ticketid/sideways', ['one', 'two', 'three', 'four']],
    ['1,3/1,2,3/-1/-1/-1/-1/prioritytitle/ASC', ['four', 'one', 'three', 'two']],
    ['1,3/1,2,3/-1/-1/-1/-1/ticketstatustitle/ASC', ['two', 'four', 'one', 'three']],
    ['1,3/1,2,3/-1/-1/-1/-1/departmenttitle/DESC', ['three', 'one', 'two', 'four']],
    ['1,3/1,2,3/-1/-1/-1/-1/lastreplier/DESC', ['three', 'one', 'two', 'four']],
    ['1,3/1,2,3/-1/-1/-1/-1/isresolved/DESC', ['two', 'one', 'three', 'four']],
  ])('of %s', async (path, subjects) => {
    const answer = await call(desk, 'GET', `/Tickets/Ticket/ListAll/${path}`);
    expect(answer.status).toBe(200);
    expect(textsOf(answer, 'subject')).toEqual(subjects);
    expect(answer.text).not.toContain('<posts>');
  });

  test('is limited to an address by a body', async () => {
    const body = await call(desk, 'POST', '/Tickets/Ticket/ListAll/1,3/1,2,3', {
      email: 'zoe@example.org',
    });
    const query = await call(desk, 'GET', '/Tickets/Ticket/ListAll/1,3/1,2,3', {
      email: 'zoe@example.org',
    });
    expect(textsOf(body, 'subject')).toEqual(['three']);
    expect(textsOf(query, 'subject')).toHaveLength(4);
  });

  test('is counted', async () => {
    expect((await call(desk, 'GET', '/Tickets/Ticket/GetTicketCount/1,3/1,2,3/0')).text).toBe(
      documentOf('<tickets>', element('totalcount', 3), '</tickets>'),
    );
    const body = { email: 'zoe@example.org' };
    const limited = await call(desk, 'POST', '/Tickets/Ticket/GetTicketCount/1,3/1,2,3', body);
    expect(textsOf(limited, 'totalcount')).toEqual(['1']);
  });
});

import { type Sandbox } from '@kayako-orm/sandbox';

import { call, documentOf, element, idOf, textsOf, type FormFields } from '../support/client.js';
import { addTicket, NOW, startDesk, USER, walk } from '../support/desk.js';

let desk: Sandbox;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

beforeEach(async () => {
  desk.reset();
  await addTicket(desk);
  await addTicket(desk);
});

const post = (controller: string, fields: FormFields): ReturnType<typeof call> =>
  call(desk, 'POST', `/Tickets/${controller}`, fields);

const NOTE = { ticketid: 1, contents: 'A note', fullname: 'System' };
const TRACK = {
  ticketid: 1,
  contents: 'Worked',
  staffid: 1,
  worktimeline: 100,
  billtimeline: 200,
  timespent: 300,
  timebillable: 0,
};
const FILE = { ticketid: 1, ticketpostid: 1, filename: 'a.TXT', contents: 'aGVsbG8=' };

describe.each([
  [
    'TicketPost',
    'Ticket Post not Found',
    'Post does not belong to the specified ticket',
    () => ({ ticketid: 1, contents: 'Reply', staffid: 1 }),
    3,
  ],
  [
    'TicketNote',
    'Ticket note not Found',
    'Ticket note does not belong to the specified ticket',
    () => NOTE,
    1,
  ],
  [
    'TicketTimeTrack',
    'Ticket time tracking note not Found',
    'Ticket time tracking note does not belong to the specified ticket',
    () => TRACK,
    1,
  ],
  [
    'TicketAttachment',
    'Attachment not Found',
    'Attachment does not belong to the specified ticket',
    () => FILE,
    1,
  ],
] as const)('%s', (controller, missing, foreign, fields, id) => {
  beforeEach(async () => {
    await post(controller, fields());
  });

  test.each(['GET', 'DELETE'] as const)(
    '%s tells a missing ticket, a missing row and a foreign one apart',
    async (method) => {
      const answers = await Promise.all(
        [`99/${id}`, 'x/1', '1/99', '1/abc123', `2/${id}`].map((path) =>
          call(desk, method, `/Tickets/${controller}/${path}`),
        ),
      );
      expect(answers.map(({ status, text }) => [status, text])).toEqual([
        [404, 'Ticket not Found'],
        [404, 'Ticket not Found'],
        [404, missing],
        [404, missing],
        [400, foreign],
      ]);
    },
  );

  test('filters its list by the second id without complaint', async () => {
    const one = await call(desk, 'GET', `/Tickets/${controller}/ListAll/1/${id}`);
    const none = await call(desk, 'GET', `/Tickets/${controller}/ListAll/1/99`);
    const single = await call(desk, 'GET', `/Tickets/${controller}/1/${id}`);
    expect(idOf(one)).toBe(idOf(single));
    expect(none.text).toMatch(/<(\w+)>\n<\/\1>$/);
    expect(none.status).toBe(200);
  });

  test('is gone after its deletion, and its id is not used again', async () => {
    expect((await call(desk, 'DELETE', `/Tickets/${controller}/1/${id}`)).text).toBe('');
    expect((await call(desk, 'GET', `/Tickets/${controller}/1/${id}`)).status).toBe(404);
    expect(idOf(await post(controller, fields()))).toBe(id + 1);
  });

  test('has no list for a missing ticket', async () => {
    const answer = await call(desk, 'GET', `/Tickets/${controller}/ListAll/99`);
    expect([answer.status, answer.text]).toEqual([404, 'Ticket not Found']);
  });
});

describe('posts', () => {
  const reply = (
    changes: Readonly<Record<string, string | number>>,
    extra: readonly string[] = [],
  ): string =>
    documentOf(
      '<posts>',
      '<post>',
      ...Object.entries({
        id: 3,
        ticketpostid: 3,
        ticketid: 1,
        dateline: NOW,
        userid: 0,
        fullname: 'Ada Admin',
        email: 'admin@example.com',
        emailto: '',
        ipaddress: '127.0.0.1',
        hasattachments: 0,
        creator: 1,
        isthirdparty: 0,
        ishtml: 0,
        isemailed: 0,
        staffid: 1,
        issurveycomment: 0,
        contents: 'Reply',
        isprivate: 0,
        ...changes,
      }).map(([name, value]) => element(name, value)),
      ...extra,
      '</post>',
      '</posts>',
    );

  test('by staff count as replies', async () => {
    const answer = await post('TicketPost', {
      ticketid: 1,
      contents: 'Reply',
      staffid: 1,
      subject: 'ignored',
    });
    expect(answer.text).toBe(reply({}));
    const ticket = await call(desk, 'GET', '/Tickets/Ticket/1');
    expect(
      ['replies', 'lastreplier', 'laststaffreply'].map((name) => textsOf(ticket, name)[0]),
    ).toEqual(['1', 'Ada Admin', String(NOW)]);
  });

  test('by a user win over staff and are never private', async () => {
    const fields = { ticketid: 1, contents: 'Reply', staffid: 99, userid: 1, isprivate: 1 };
    expect((await post('TicketPost', fields)).text).toBe(
      reply({
        userid: 1,
        fullname: 'Test User',
        email: 'test@example.com',
        creator: 2,
        staffid: 0,
      }),
    );
  });

  test('that are private do not count', async () => {
    const fields = { ticketid: 1, contents: 'Reply', staffid: 1, isprivate: 1 };
    expect(textsOf(await post('TicketPost', fields), 'isprivate')).toEqual(['1']);
    expect(textsOf(await call(desk, 'GET', '/Tickets/Ticket/1'), 'replies')).toEqual(['0']);
  });

  test('bring files in pairs', async () => {
    const answer = await post('TicketPost', {
      ticketid: 1,
      contents: 'Reply',
      staffid: 1,
      filename: 'a.txt',
      filecontent: 'aGVsbG8=',
      filename9: 'b.bin',
      filecontent9: 'AAEC',
      filename3: 'lonely.txt',
      filename10: 'too-far.txt',
      filecontent10: 'AAEC',
    });
    const file = (
      id: number,
      name: string,
      size: number,
      type: string,
      contents: string,
    ): string[] => [
      '<attachment>',
      element('id', id),
      element('filename', name),
      element('filesize', size),
      element('filetype', type),
      element('dateline', NOW),
      element('contents', contents),
      '</attachment>',
    ];
    expect(answer.text).toBe(
      reply({ hasattachments: 1 }, [
        '<attachments>',
        ...file(1, 'a.txt', 5, 'text/plain', 'aGVsbG8='),
        ...file(2, 'b.bin', 3, 'application/octet-stream', 'AAEC'),
        '</attachments>',
      ]),
    );
    expect((await call(desk, 'GET', '/Tickets/Ticket/1')).text).not.toContain('<attachment');
  });

  test('are checked in the order of the specification', async () => {
    expect(
      await walk(desk, 'POST', '/Tickets/TicketPost', [
        {},
        { ticketid: 99 },
        { contents: '0' },
        { contents: 'Reply' },
        { userid: 99, staffid: 99 },
        { ticketid: 1 },
        { userid: 0 },
        { staffid: 1 },
      ]),
    ).toEqual([
      '400 No Ticket ID Specified',
      '400 No Contents Specified',
      '400 No Contents Specified',
      '400 Staff ID and User ID is empty',
      '404 Ticket not Found',
      '400 User ID is Invalid',
      '400 Staff ID is Invalid',
      '200',
    ]);
  });

  test('are filtered harder in their own resource than inside a ticket', async () => {
    const contents = 'a\u0001b\u200dc\u00add\ufeffe\ue000f\u0085g\th\u{1f600}';
    await post('TicketPost', { ticketid: 1, contents, staffid: 1 });
    const own = await call(desk, 'GET', '/Tickets/TicketPost/1/3');
    const nested = await call(desk, 'GET', '/Tickets/Ticket/1');
    expect(textsOf(own, 'contents')).toEqual(['abcdefg\th\u{1f600}']);
    expect(textsOf(nested, 'contents')[1]).toBe(contents.replace('\u0001', ''));
  });

  test('take their files with them and leave the count of replies', async () => {
    await post('TicketPost', {
      ticketid: 1,
      contents: 'R',
      staffid: 1,
      filename: 'a',
      filecontent: 'AAEC',
    });
    await call(desk, 'DELETE', '/Tickets/TicketPost/1/3');
    expect((await call(desk, 'GET', '/Tickets/TicketAttachment/ListAll/1')).text).toBe(
      documentOf('<attachments>', '</attachments>'),
    );
    expect(textsOf(await call(desk, 'GET', '/Tickets/Ticket/1'), 'replies')).toEqual(['1']);
  });
});

describe('attachments', () => {
  const document = (contents: readonly string[]): string =>
    documentOf(
      '<attachments>',
      '<attachment>',
      element('id', 1),
      element('ticketid', 1),
      element('ticketpostid', 1),
      element('filename', 'a.TXT'),
      element('filesize', 5),
      element('filetype', 'text/plain'),
      element('dateline', NOW),
      ...contents,
      '</attachment>',
      '</attachments>',
    );

  test('have contents only in the single get', async () => {
    const made = await post('TicketAttachment', FILE);
    const list = await call(desk, 'GET', '/Tickets/TicketAttachment/ListAll/1');
    const single = await call(desk, 'GET', '/Tickets/TicketAttachment/1/1');
    expect([made.text, list.text, single.text]).toEqual([
      document([]),
      document([]),
      document([element('contents', 'aGVsbG8=')]),
    ]);
  });

  test('show on their post as long as it has any', async () => {
    await post('TicketAttachment', FILE);
    const withFile = await call(desk, 'GET', '/Tickets/TicketPost/1/1');
    await call(desk, 'DELETE', '/Tickets/TicketAttachment/1/1');
    const without = await call(desk, 'GET', '/Tickets/TicketPost/1/1');
    expect([textsOf(withFile, 'hasattachments'), textsOf(without, 'hasattachments')]).toEqual([
      ['1'],
      ['0'],
    ]);
    expect(without.text).not.toContain('<attachments>');
  });

  test.each([
    ['aGVs\nbG8=', 'aGVsbG8=', '5'],
    ['aGVsbG8', 'aGVsbG8=', '5'],
    ['', '', '0'],
  ])('decode %j leniently', async (contents, written, size) => {
    await post('TicketAttachment', { ...FILE, contents });
    const answer = await call(desk, 'GET', '/Tickets/TicketAttachment/1/1');
    expect([textsOf(answer, 'contents'), textsOf(answer, 'filesize')]).toEqual([[written], [size]]);
  });

  test('are checked in the order of the specification', async () => {
    expect(
      await walk(desk, 'POST', '/Tickets/TicketAttachment', [
        {},
        { ticketid: 99 },
        { ticketpostid: 99 },
        { ticketid: 1 },
        { ticketpostid: 2 },
        { ticketpostid: 1 },
        { filename: 'a.txt' },
        { contents: '' },
      ]),
    ).toEqual([
      '400 No Ticket ID Specified',
      '400 No Ticket Post ID Specified',
      '404 Ticket not Found',
      '404 Ticket Post not found',
      '404 Ticket Post not found',
      '400 No file name specified',
      '400 No contents specified',
      '200',
    ]);
  });
});

describe('notes', () => {
  test('carry everything in attributes', async () => {
    await call(desk, 'POST', '/Base/Staff', {
      firstname: 'A\u0001 &',
      lastname: '"B"',
      email: 'b@example.com',
      username: 'b',
      password: 'x',
      staffgroupid: 2,
    });
    const fields = {
      ticketid: 1,
      contents: 'x ]]> y',
      staffid: 2,
      fullname: 'Z',
      forstaffid: 1,
      notecolor: 9,
    };
    expect((await post('TicketNote', fields)).text).toBe(
      documentOf(
        '<notes>',
        `<note type="ticket" id="1" ticketid="1" notecolor="9" creatorstaffid="2" forstaffid="1" creatorstaffname="A\u0001 &amp; &quot;B&quot;" creationdate="${NOW}"><![CDATA[x ]]]]><![CDATA[> y]]></note>`,
        '</notes>',
      ),
    );
  });

  test('without a staff account keep the name', async () => {
    const answer = await post('TicketNote', { ...NOTE, staffid: 99, forstaffid: 99, contents: '' });
    expect(answer.text).toContain(
      `<note type="ticket" id="1" ticketid="1" notecolor="1" creatorstaffid="0" forstaffid="0" creatorstaffname="System" creationdate="${NOW}" />\n`,
    );
  });

  test('are checked in the order of the specification', async () => {
    expect(
      await walk(desk, 'POST', '/Tickets/TicketNote', [
        { staffid: 99 },
        { ticketid: 99 },
        { ticketid: 1 },
        { staffid: 1 },
        { contents: '' },
      ]),
    ).toEqual([
      '400 No Ticket ID Specified',
      '404 Ticket not Found',
      '400 No fullname or staff id specified',
      '400 No contents specified',
      '200',
    ]);
  });
});

describe('time tracks', () => {
  test('carry everything in attributes, under other names than they are sent', async () => {
    const fields = { ...TRACK, workerstaffid: 1, notecolor: 3 };
    const attributes =
      'timeworked="300" timebillable="0" billdate="200" workdate="100" workerstaffid="1" workerstaffname="Ada Admin" creatorstaffid="1" creatorstaffname="Ada Admin" notecolor="3"';
    expect((await post('TicketTimeTrack', fields)).text).toBe(
      documentOf(
        '<timetracks>',
        `<timetrack id="1" ticketid="1" ${attributes}><![CDATA[Worked]]></timetrack>`,
        '</timetracks>',
      ),
    );
    expect((await call(desk, 'GET', '/Tickets/Ticket/1')).text).toContain(
      `<note type="timetrack" id="1" ticketid="1" ${attributes}><![CDATA[Worked]]></note>\n<posts>`,
    );
  });

  test('are checked in the order of the specification', async () => {
    expect(
      await walk(desk, 'POST', '/Tickets/TicketTimeTrack', [
        { workerstaffid: 0 },
        { ticketid: 99 },
        { ticketid: 1 },
        { staffid: 1 },
        { contents: '' },
        { worktimeline: 100 },
        { billtimeline: 100 },
        { timespent: '' },
        { timebillable: '' },
        { workerstaffid: 1 },
      ]),
    ).toEqual([
      '400 No Ticket ID Specified',
      '404 Ticket not Found',
      '400 No staff id specified',
      '400 No contents specified',
      '400 No work timeline specified',
      '400 No bill timeline specified',
      '400 No time spent specified',
      '400 No time billable specified',
      '400 Invalid worker staff id specified',
      '200',
    ]);
  });
});

test('ids of children are global, not per ticket', async () => {
  const ids = [];
  for (const ticketid of [1, 2, 1]) ids.push(idOf(await post('TicketNote', { ...NOTE, ticketid })));
  expect(ids).toEqual([1, 2, 3]);
});

describe('the search', () => {
  beforeEach(async () => {
    await call(desk, 'POST', '/Base/User', USER);
    await addTicket(desk, {
      subject: 'Broken lamp',
      userid: 2,
      email: 'zoe@example.org',
      contents: 'Glass (everywhere)',
    });
    await post('TicketNote', { ...NOTE, ticketid: 3, contents: 'Send a bulb' });
  });

  const search = async (fields: FormFields): Promise<number[]> => {
    const answer = await post('TicketSearch', fields);
    return [...answer.text.matchAll(/<ticket id="(\d+)"/g)].map(([, id]) => Number(id));
  };

  test.each<[FormFields, number[]]>([
    [{ query: '3', ticketid: 1 }, [3]],
    [{ query: '99', ticketid: 1 }, []],
    [{ query: 'BROKEN', ticketid: 1 }, [3]],
    [{ query: 'everywhere', contents: 1 }, [3]],
    [{ query: 'lamp burns', contents: 1 }, [1, 2, 3]],
    [{ query: 'lamp burns', contents: 1, phrase: 1 }, []],
    [{ query: 'lamp broken', contents: 1, phrase: 1 }, [3]],
    [{ query: 'zoë', author: 1 }, [3]],
    [{ query: 'zoe@example', author: 1 }, [3]],
    [{ query: 'zoe@', email: 1 }, [3]],
    [{ query: 'example.com', creatoremail: 1 }, [1, 2]],
    [{ query: 'weiß', fullname: 1 }, [3]],
    [{ query: 'bulb', notes: 1 }, [3]],
    [{ query: '2', usergroup: 1 }, [1, 2, 3]],
    [{ query: 'Registered', usergroup: 1 }, []],
    [{ query: 'Example', userorganization: 1 }, [1, 2]],
    [{ query: 'zoe', user: 1 }, [3]],
    [{ query: 'vip', tags: 1 }, []],
    [{ query: 'lamp', contents: 0, notes: 1 }, []],
    [{ query: 'lamp', contents: 1, ticketid: 1, notes: 1 }, [3]],
    [{ query: 'lamp' }, []],
    [{ contents: 1 }, []],
    [{ query: '$^&*', contents: 1 }, []],
  ])('for %j', async (fields, ids) => {
    expect(await search(fields)).toEqual(ids);
  });

  test('answers with posts, and an empty root for nothing', async () => {
    expect((await post('TicketSearch', { query: 'bulb', notes: 1 })).text).toContain(
      '<posts>\n<post>',
    );
    expect((await post('TicketSearch', {})).text).toBe(documentOf('<tickets>', '</tickets>'));
  });

  test('stops at the limit of the desk', async () => {
    for (let more = 0; more < 50; more += 1) await addTicket(desk);
    expect(await search({ query: 'burns', contents: 1 })).toHaveLength(50);
  });
});

describe('the counts', () => {
  test('have their four containers on an empty desk', async () => {
    desk.reset();
    expect((await call(desk, 'GET', '/Tickets/TicketCount')).text).toBe(
      documentOf(
        '<ticketcount>',
        '<departments>',
        '</departments>',
        '<!-- Ticket Count grouped by Status -->',
        '<statuses>',
        '</statuses>',
        '<!-- Ticket Count grouped by Owner Staff -->',
        '<owners>',
        '</owners>',
        '<!-- Unassigned Ticket Count grouped by Department -->',
        '<unassigned>',
        '</unassigned>',
        '</ticketcount>',
      ),
    );
  });

  test('count what there is', async () => {
    await addTicket(desk, { ticketstatusid: 3, tickettypeid: 2, ownerstaffid: 1 });
    const at = `lastactivity="${NOW}"`;
    expect((await call(desk, 'GET', '/Tickets/TicketCount')).text).toBe(
      documentOf(
        '<ticketcount>',
        '<departments>',
        '<department id="1">',
        element('totalitems', 3),
        element('lastactivity', NOW),
        element('totalunresolveditems', 2),
        `<ticketstatus id="1" ${at} totalitems="2" />`,
        `<ticketstatus id="3" ${at} totalitems="1" />`,
        `<tickettype id="1" ${at} totalitems="2" totalunresolveditems="2" />`,
        `<tickettype id="2" ${at} totalitems="1" totalunresolveditems="0" />`,
        `<ownerstaff id="0" ${at} totalitems="2" totalunresolveditems="2" />`,
        `<ownerstaff id="1" ${at} totalitems="1" totalunresolveditems="0" />`,
        '</department>',
        '</departments>',
        '<!-- Ticket Count grouped by Status -->',
        '<statuses>',
        `<ticketstatus id="1" ${at} totalitems="2" />`,
        `<ticketstatus id="3" ${at} totalitems="1" />`,
        '</statuses>',
        '<!-- Ticket Count grouped by Owner Staff -->',
        '<owners>',
        `<ownerstaff id="0" ${at} totalitems="2" totalunresolveditems="2" />`,
        `<ownerstaff id="1" ${at} totalitems="1" totalunresolveditems="0" />`,
        '</owners>',
        '<!-- Unassigned Ticket Count grouped by Department -->',
        '<unassigned>',
        `<department id="1" ${at} totalitems="2" totalunresolveditems="2" />`,
        '</unassigned>',
        '</ticketcount>',
      ),
    );
  });
});

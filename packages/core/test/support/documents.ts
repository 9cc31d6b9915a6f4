import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOREVER } from '../../src/codec/date.js';
import { type EntityClass } from '../../src/metadata/constructor.js';
import { bytesOf } from './chunks.js';
import { Attachment, Count, Department, Note, Ticket, User } from './desk.js';

/** A reply and what its records hold. */
export interface SampleDocument {
  readonly name: string;
  readonly type: EntityClass;
  readonly bytes: Uint8Array;
  readonly contents: readonly Readonly<Record<string, unknown>>[];
}

export function fixture(file: string): Uint8Array {
  return readFileSync(join(__dirname, '../fixtures', file));
}

const DEPARTMENTS = [
  {
    id: 1,
    title: 'R&D & "Support" ]]> <b>first</b> level',
    type: 'public',
    parentDepartmentId: null,
    displayOrder: 0,
    userVisibilityCustom: true,
    userGroupIds: [1, 3],
  },
  {
    id: 2,
    title: 'Zahlung – Überweisung 💶',
    type: 'private',
    parentDepartmentId: 1,
    displayOrder: 0,
    userVisibilityCustom: false,
    userGroupIds: [],
  },
];

const USERS = [
  {
    id: 112359,
    fullName: 'José Ñandú',
    email: ['jose@example.com', 'second@example.com'],
    userOrganizationId: null,
    salutation: '',
    dateline: new Date('2010-01-01T00:00:00Z'),
    userExpiry: FOREVER,
    isEnabled: true,
  },
  {
    id: 112360,
    fullName: '',
    email: [],
    userOrganizationId: 7,
    salutation: 'Dr.',
    dateline: null,
    userExpiry: new Date('2030-01-01T00:00:00Z'),
    isEnabled: false,
  },
  {
    id: null,
    fullName: '',
    email: [],
    userOrganizationId: null,
    salutation: null,
    dateline: null,
    userExpiry: FOREVER,
    isEnabled: false,
  },
];

function note(id: number, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { id, ticketId: 5, noteColor: null, creatorStaffName: '', dateline: null, ...fields };
}

const TICKETS = [
  {
    id: 5,
    displayId: 'VBQ-173-79628',
    subject: 'It does not print &amp; it &#7; smells',
    statusId: 4,
    userOrganizationId: null,
    replies: 2,
    lastActivity: new Date(1_335_793_205_000),
    tags: ['printer', 'smoke', 'fire'],
    watchers: [
      { staffId: 1, name: 'John & Mary "O"' },
      { staffId: 2, name: '' },
    ],
    userNotes: [{ id: 11, creatorStaffName: 'A', contents: 'likes tea' }],
    organizationNotes: [{ id: 13, creatorStaffName: 'C', contents: 'pays late' }],
    posts: [
      {
        id: 21,
        ticketId: 5,
        creator: 'user',
        dateline: new Date(1_335_793_205_000),
        contents: 'See <post><id>99</id></post> & <![CDATA[ nested',
      },
      {
        id: 22,
        ticketId: 5,
        creator: 'staff',
        dateline: new Date(1_335_793_300_000),
        contents: '',
      },
    ],
    notes: [
      note(12, {
        noteColor: 'blue',
        creatorStaffName: 'B',
        dateline: new Date(1_335_793_206_000),
        contents: 'call back',
      }),
      note(15, { contents: 'second\nline' }),
    ],
    timeTracks: [note(14, { noteColor: 'code:9', creatorStaffName: 'D', contents: '' })],
  },
  {
    id: 6,
    displayId: '',
    subject: '',
    statusId: null,
    userOrganizationId: null,
    replies: 0,
    lastActivity: null,
    tags: [],
    watchers: [],
    userNotes: [],
    organizationNotes: [],
    posts: [],
    notes: [],
    timeTracks: [],
  },
];

const ATTACHMENTS = [
  { id: 3, fileName: 'naïve.txt', fileSize: 4, contents: Buffer.from([0x00, 0xff, 0x10, 0x80]) },
  { id: 4, fileName: 'empty', fileSize: 0, contents: Buffer.alloc(0) },
  { id: 5, fileName: 'listed', fileSize: 0, contents: null },
];

/** One department whose title is what a damaged document makes of it. */
function titled(name: string, title: string, ...parts: (string | number)[]): SampleDocument {
  const contents = [{ ...DEPARTMENTS[1], id: 7, title, type: '', parentDepartmentId: null }];
  return { name, type: Department, bytes: bytesOf(...parts), contents };
}

const START =
  '<?xml version="1.0" encoding="UTF-8"?>\n<departments>\n<department><id>7</id>\n<title>';
const END = '</title>\n</department>\n</departments>';
const WHOLE = `${START}<![CDATA[Sales]]>${END}`;
const NOTICE = 'Notice: Undefined index: a & b < c in /var/www/api.php on line 12';

/** Replies as the server makes them and as its documentation shows them. */
export const REGULAR_DOCUMENTS: readonly SampleDocument[] = [
  {
    name: 'departments',
    type: Department,
    bytes: fixture('departments.live.xml'),
    contents: DEPARTMENTS,
  },
  {
    name: 'departments as documented',
    type: Department,
    bytes: fixture('departments.docs.xml'),
    contents: DEPARTMENTS,
  },
  { name: 'users', type: User, bytes: fixture('users.live.xml'), contents: USERS },
  {
    name: 'tickets with notes and posts',
    type: Ticket,
    bytes: fixture('tickets.live.xml'),
    contents: TICKETS,
  },
  {
    name: 'attachments',
    type: Attachment,
    bytes: fixture('attachments.live.xml'),
    contents: ATTACHMENTS,
  },
  {
    name: 'a count whose root is the record',
    type: Count,
    bytes: fixture('count.live.xml'),
    contents: [
      {
        departmentIds: [1, 2],
        owners: [
          { staffId: null, name: 'nobody' },
          { staffId: 9, name: 'Ann' },
        ],
      },
    ],
  },
  { name: 'an empty list', type: Note, bytes: fixture('notes.empty.xml'), contents: [] },
];

/** Replies with the damage that real help desks produce. */
export const DAMAGED_DOCUMENTS: readonly SampleDocument[] = [
  titled('a PHP notice as text in front', 'Sales', `\n${NOTICE}\n`, WHOLE),
  titled('a PHP notice as HTML in front', 'Sales', `<div style="a">${NOTICE}<br/></div>`, WHOLE),
  titled('no declaration', 'Sales', `${NOTICE}\n`, WHOLE.slice(WHOLE.indexOf('<departments>'))),
  titled('a notice after the root', 'Sales', WHOLE, `\n<br />${NOTICE} & <departments><b>`),
  titled('a byte order mark', 'Sales', 0xef, 0xbb, 0xbf, WHOLE),
  titled(
    'bytes of another character set',
    'M\ufffdller \ufffd x',
    START,
    '<![CDATA[M',
    0xfc,
    'ller ',
    0xe2,
    0x82,
    ' x]]>',
    END,
  ),
  titled('multi-byte characters outside CDATA', 'Ü€💶 漢字', START, 'Ü€💶 漢字', END),
  titled(
    'control characters and non-characters in CDATA',
    'abcd]]&e',
    START,
    '<![CDATA[a\u0001b\u000bc\uffffd]\u0000]&\ufffee]]>',
    END,
  ),
  titled('a control character inside a delimiter', 'x', START, '<![CD\u0002ATA[x]\u0003]>', END),
  titled(
    'references to illegal characters',
    'abcde',
    START,
    'a&#0;b&#x1F;c&#xFFFE;d&#55296;e&#x110000;',
    END,
  ),
  titled(
    'ampersands that start no reference',
    'a & b &nbsp; &copy & < &#x; &#12a; && &',
    START,
    'a & b &nbsp; &copy &amp; &lt; &#x; &#12a; && &',
    END,
  ),
  titled(
    'references inside CDATA stay as they are',
    'a & &amp; &#7; &nbsp; b',
    START,
    '<![CDATA[a & &amp; &#7; &nbsp; b]]>',
    END,
  ),
  titled('CDATA beside text', 'a&b]&c>', START, 'a<![CDATA[&]]>b]<![CDATA[&]]>c<![CDATA[>]]>', END),
  titled('line ends of every kind', 'a\nb\nc\n\nd', START, '<![CDATA[a\r\nb\rc\r\r\nd]]>', END),
  {
    name: 'attributes with control characters',
    type: Note,
    bytes: bytesOf(
      '<?xml version="1.0"?><notes><note creatorstaffname="A\u0001nn &amp; B&#8;ob & C" id="1" unknown="&nbsp;"',
      ' ticketid="5">text</note></notes>',
    ),
    contents: [note(1, { creatorStaffName: 'Ann & Bob & C', contents: 'text' })],
  },
];

import fc from 'fast-check';
import { FOREVER } from '../../src/codec/date.js';
import { bytesOf, cutAt } from '../support/chunks.js';
import { Decoding } from '../support/decoding.js';
import { Post, Ticket, User } from '../support/desk.js';

function isLegal(character: string): boolean {
  const isControl = character < ' ' && character !== '\n' && character !== '\t';
  return !isControl && character !== '\ufffe' && character !== '\uffff';
}

/** Text as a server sends it: legal characters. Parsers read every line end as \n. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(']]>', '<![CDATA[', ']', '&', '&amp;', '<', '>', '"', "'", '\n', '\t', ' '),
      fc.constantFrom('ä', '€', '💶', '\ufeff', '\u0085', '\u2028', '</user>', '&#65;', '<!--'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Array.from(parts.join('')).filter(isLegal).join(''));

type Writer = (text: string) => string;

const asCdata: Writer = (value) => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const asEscaped: Writer = (value) =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const writer = fc.constantFrom(asCdata, asEscaped);
const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

interface UserValues {
  readonly id: number;
  readonly fullName: string;
  readonly email: readonly string[];
  readonly userOrganizationId: number | null;
  readonly salutation: string | null;
  readonly dateline: number | null;
  readonly userExpiry: number | null;
  readonly isEnabled: boolean;
}

const user: fc.Arbitrary<UserValues> = fc.record({
  id,
  fullName: text,
  email: fc.array(
    text.filter((each) => each !== ''),
    { maxLength: 3 },
  ),
  userOrganizationId: fc.option(id),
  salutation: fc.option(text),
  dateline: fc.option(seconds),
  userExpiry: fc.option(seconds),
  isEnabled: fc.boolean(),
});

function element(name: string, value: string, write: Writer): string {
  return value === '' ? `<${name} />\n` : `<${name}>${write(value)}</${name}>\n`;
}

function userElement(values: UserValues, write: Writer): string {
  return [
    '<user>\n',
    element('id', String(values.id), write),
    element('fullname', values.fullName, write),
    ...values.email.map((each) => element('email', each, write)),
    values.userOrganizationId === null
      ? '<userorganizationid />'
      : element('userorganizationid', String(values.userOrganizationId), write),
    values.salutation === null ? '' : element('salutation', values.salutation, write),
    element('dateline', String(values.dateline ?? 0), write),
    element('userexpiry', String(values.userExpiry ?? 0), write),
    element('isenabled', values.isEnabled ? '1' : '0', write),
    '</user>\n',
  ].join('');
}

function decodedUser(values: UserValues): Record<string, unknown> {
  return {
    ...values,
    dateline: values.dateline === null ? null : new Date(values.dateline * 1000),
    userExpiry: values.userExpiry === null ? FOREVER : new Date(values.userExpiry * 1000),
  };
}

interface TicketValues {
  readonly id: number;
  readonly subject: string;
  readonly note: string;
  readonly posts: readonly string[];
}

const ticket: fc.Arbitrary<TicketValues> = fc.record({
  id,
  subject: text,
  note: text,
  posts: fc.array(text, { maxLength: 3 }),
});

function ticketElement(values: TicketValues, write: Writer): string {
  const posts = values.posts.map(
    (contents, index) =>
      `<post>${element('id', String(index + 1), write)}${element('contents', contents, write)}</post>`,
  );
  return [
    `<ticket flagtype="0" id="${values.id}">`,
    `<watcher name="${asEscaped(values.subject).replace(/[\n\t]/g, ' ')}" staffid="3" />`,
    `<note type="user" id="4">${write(values.note)}</note>`,
    `<posts>\n${posts.join('\n')}</posts>`,
    element('subject', values.subject, write),
    '</ticket>',
  ].join('');
}

function decodedTicket({ id, subject, note, posts }: TicketValues): Record<string, unknown> {
  return expect.objectContaining({
    id,
    subject,
    watchers: [{ staffId: 3, name: subject.replace(/[\n\t]/g, ' ') }],
    userNotes: [{ id: 4, creatorStaffName: '', contents: note }],
    posts: posts.map((contents, index): unknown =>
      expect.objectContaining({ id: index + 1, contents }),
    ),
  }) as Record<string, unknown>;
}

const places = fc.array(fc.nat(100_000), { maxLength: 12 });

function cutAnywhere(bytes: Uint8Array, anywhere: readonly number[]): Uint8Array[] {
  return cutAt(
    bytes,
    anywhere.map((place) => place % bytes.length).sort((first, second) => first - second),
  );
}

describe('random records, in CDATA or escaped, cut anywhere', () => {
  const decoding = new Decoding();

  it('are decoded to what was written: values, dates, lists and missing elements', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(user, { maxLength: 5 }),
        writer,
        places,
        async (users, write, cuts) => {
          const document = `<?xml version="1.0" encoding="UTF-8"?>\n<users>\n${users.map((each) => userElement(each, write)).join('')}</users>`;
          expect(await decoding.contents(User, cutAnywhere(bytesOf(document), cuts))).toEqual(
            users.map(decodedUser),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are decoded to what was written: attributes, nested and embedded rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(ticket, { maxLength: 4 }),
        writer,
        places,
        async (tickets, write, cuts) => {
          const document = `<?xml version="1.0"?><tickets>${tickets.map((each) => ticketElement(each, write)).join('\n')}</tickets>`;
          expect(await decoding.contents(Ticket, cutAnywhere(bytesOf(document), cuts))).toEqual(
            tickets.map(decodedTicket),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('yield every record that was complete before the reply broke off, and no other', async () => {
    const document = `<posts>${[1, 2, 3, 4].map((each) => `<post><id>${each}</id></post>`).join('')}</posts>`;
    const bytes = bytesOf(document);
    const ends = [...document.matchAll(/<\/post>/g)].map(({ index }) => index + '</post>'.length);
    for (let length = 1; length < bytes.length; length += 1) {
      const { batches, error } = await decoding.read(Post, [bytes.subarray(0, length)]);
      const complete = ends.filter((end) => end <= length).length;
      expect(batches.flat().map((post) => post.id)).toEqual([1, 2, 3, 4].slice(0, complete));
      expect(error).toHaveProperty('code', length < '<posts>'.length ? 'NOT_XML' : 'TRUNCATED');
    }
  });
});

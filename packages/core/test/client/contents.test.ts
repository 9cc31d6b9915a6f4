import { type ServerResponse } from 'node:http';
import { type ApiRequest, type ContentsReply, type MeteredOptions } from '../../src/client.js';
import { type FieldMetadata } from '../../src/metadata/entity-metadata.js';
import { metadataOf } from '../../src/metadata/metadata-of.js';
import { FileSource } from '../../src/http/file-source.js';
import { failureOf } from '../support/calls.js';
import { Attachment } from '../support/desk.js';
import { rows } from '../support/rows.js';
import { closeEverything, connect, firstReceived, serve } from '../support/servers.js';

afterEach(closeEverything);

const METADATA = metadataOf(Attachment);
const REQUEST: ApiRequest = { method: 'GET', route: '/Tickets/TicketAttachment/1/7' };
const HEAD = '<?xml version="1.0"?><attachments>';

function contentsField(): FieldMetadata {
  const field = METADATA.fields.get('contents');
  if (field === undefined) throw new Error('no contents');
  return field;
}

function attachmentXml(id: number, contents: string | null): string {
  const element = contents === null ? '' : `<contents><![CDATA[${contents}]]></contents>`;
  return `<attachment><id>${id}</id>${element}<filesize>5</filesize></attachment>`;
}

interface Outcome {
  readonly bytes: Buffer;
  readonly reply: ContentsReply<Attachment>;
}

async function readFrom(
  answer: (reply: ServerResponse) => void,
  options?: MeteredOptions,
  budget = {},
): Promise<Outcome> {
  const server = await serve(answer);
  const client = connect(server.url, { budget });
  const contents = client.readContents(REQUEST, METADATA, contentsField(), rows, options);
  const chunks: Uint8Array[] = [];
  let next = await contents.next();
  for (; next.done !== true; next = await contents.next()) chunks.push(next.value);
  return { bytes: Buffer.concat(chunks), reply: next.value };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('readContents', () => {
  it('gives the contents and the rest of the record', async () => {
    const { bytes, reply } = await readFrom((response) =>
      response.end(`${HEAD}${attachmentXml(7, base64('hello'))}</attachments>`),
    );
    expect(bytes.toString()).toBe('hello');
    expect(reply).toMatchObject({ record: { id: 7, fileSize: 5, contents: null }, size: 5 });
  });

  it.each([
    ['plain text', `<contents>${base64('hello')}</contents>`],
    [
      'lines',
      `<contents>\n${base64('hello').slice(0, 3)}\r\n${base64('hello').slice(3)}</contents>`,
    ],
    ['two sections', '<contents><![CDATA[aGVs]]><![CDATA[bG8=]]></contents>'],
    ['unknown elements inside', '<contents>aGVs<x>AAAA<contents>AAAA</contents></x>bG8</contents>'],
  ])('reads contents of %s', async (_what, element) => {
    const { bytes, reply } = await readFrom((response) =>
      response.end(`${HEAD}<attachment>${element}<id>7</id></attachment></attachments>`),
    );
    expect(bytes.toString()).toBe('hello');
    expect(reply).toMatchObject({ record: { id: 7 }, size: 5 });
  });

  it('tells contents that are empty from contents that are missing', async () => {
    const [empty, missing, none] = ['<contents />', '', null].map((element) =>
      readFrom((response) =>
        response.end(
          element === null
            ? `${HEAD}</attachments>`
            : `${HEAD}<attachment>${element}</attachment></attachments>`,
        ),
      ),
    );
    expect((await empty)?.reply.size).toBe(0);
    expect((await missing)?.reply).toMatchObject({ record: {}, size: null });
    expect((await none)?.reply).toEqual({ record: null, size: null });
  });

  it('finds the first record behind what is none', async () => {
    const { bytes, reply } = await readFrom((response) =>
      response.end(
        `${HEAD}<x>1</x>${attachmentXml(7, base64('hello'))}<x><contents>AAAA</contents></x></attachments>`,
      ),
    );
    expect(bytes.toString()).toBe('hello');
    expect(reply).toMatchObject({ record: { id: 7 }, size: 5 });
  });

  it.each(['QQ', 'QQ==', ''])('refuses contents that come twice, first as "%s"', async (first) => {
    const twice = attachmentXml(7, base64('hello')).replace(
      '<id>',
      `<contents>${first}</contents><id>`,
    );
    const read = readFrom((response) => response.end(`${HEAD}${twice}</attachments>`));
    expect(await failureOf(read)).toMatchObject({
      code: 'RECORD_INVALID',
      message: expect.stringContaining('contents is not of type bytes: it came twice') as string,
    });
  });

  it('reads the first record alone, and no element of that name elsewhere', async () => {
    const { bytes, reply } = await readFrom((response) =>
      response.end(
        `${HEAD}<attachment><x><contents>AAAA</contents></x><id>7</id></attachment>${attachmentXml(8, base64('hello'))}</attachments>`,
      ),
    );
    expect(bytes.toString()).toBe('');
    expect(reply).toMatchObject({ record: { id: 7 }, size: null });
  });

  it.each([
    ['NOT_FOUND', (reply: ServerResponse) => reply.writeHead(404).end('Attachment not Found')],
    ['EMPTY_BODY', (reply: ServerResponse) => reply.end()],
    ['NOT_XML', (reply: ServerResponse) => reply.end('Uncaught Exception\nRouter: x\nno in y:1')],
    ['UNEXPECTED_ROOT', (reply: ServerResponse) => reply.end('<?xml version="1.0"?><posts/>')],
    [
      'TRUNCATED',
      (reply: ServerResponse) => reply.end(`${HEAD}<attachment><contents><![CDATA[aGVs`),
    ],
    ['RECORD_INVALID', (reply: ServerResponse) => reply.end(`${HEAD}<attachment></x>`)],
  ])('ends with %s as every reading does', async (code, answer) => {
    expect(await failureOf(readFrom(answer))).toMatchObject({ code });
  });

  it('gives what came before the reply broke off', async () => {
    const server = await serve((reply) => {
      reply.write(`${HEAD}<attachment><contents><![CDATA[aGVs`);
      reply.write('bG8g', () => setImmediate(() => reply.socket?.resetAndDestroy()));
    });
    const contents = connect(server.url).readContents(REQUEST, METADATA, contentsField(), rows);
    let text = '';
    const error = await failureOf(
      (async () => {
        for await (const chunk of contents) text += Buffer.from(chunk).toString();
      })(),
    );
    expect(error).toMatchObject({ code: 'TRUNCATED' });
    expect('hello '.startsWith(text)).toBe(true);
  });

  it('counts bytes against a budget, and no rows', async () => {
    const answer = (response: ServerResponse): unknown =>
      response.end(`${HEAD}${attachmentXml(7, base64('hello'))}</attachments>`);
    expect(await failureOf(readFrom(answer, {}, { bytes: 60 }))).toMatchObject({
      code: 'BUDGET_EXCEEDED',
      resource: 'bytes',
    });
    expect((await readFrom(answer, {}, { rows: 0 })).bytes.toString()).toBe('hello');
  });

  it('hands contents out while they come', async () => {
    let finish = (): void => undefined;
    const server = await serve((reply) => {
      reply.write(`${HEAD}<attachment><contents><![CDATA[`);
      reply.write('QUJD'.repeat(20_000));
      finish = () => reply.end(`]]></contents></attachment></attachments>`);
    });
    const contents = connect(server.url).readContents(REQUEST, METADATA, contentsField(), rows);
    const first = await contents.next();
    expect(Buffer.from(first.value as Uint8Array).toString()).toMatch(/^(?:ABC)+$/);
    finish();
    let length = (first.value as Uint8Array).byteLength;
    for await (const chunk of contents) length += chunk.byteLength;
    expect(length).toBe(60_000);
  });
});

describe('files of a request', () => {
  it('travel with the authentication in a multipart body of known length', async () => {
    const server = await serve((reply) => reply.end(`${HEAD}</attachments>`));
    const client = connect(server.url, { nonce: () => 'pinned' });
    const contents = FileSource.of(Buffer.from('\u0000+/='.repeat(1000)));
    await client.execute({
      method: 'POST',
      route: '/Tickets/TicketAttachment',
      parameters: [['filename', 'a b.txt']],
      files: [['contents', contents]],
    });
    const request = firstReceived(server);
    expect(request.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(request.body)));
    expect(request.headers).not.toHaveProperty('transfer-encoding');
    expect(request.body).toContain('name="filename"\r\n\r\na b.txt\r\n');
    expect(request.body).toContain('name="salt"\r\n\r\npinned\r\n');
    expect(request.body).toContain(Buffer.from('\u0000+/='.repeat(1000)).toString('base64'));
    expect(request.url).not.toContain('salt');
  });
});

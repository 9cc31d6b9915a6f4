import { Readable } from 'node:stream';
import fc from 'fast-check';
import { type FormValue } from '../../src/codec/codec.js';
import { FileSource } from '../../src/http/file-source.js';
import { encodeForm } from '../../src/http/form.js';
import { type FileParameters, MultipartBody } from '../../src/http/multipart-body.js';
import { parsePhpForm } from '../support/php-form.js';

interface Sent {
  readonly boundary: string;
  readonly text: string;
  readonly body: MultipartBody;
}

async function sent(
  parameters: readonly (readonly [string, FormValue])[],
  files: FileParameters = [],
): Promise<Sent> {
  for (const [, source] of files) await source.open();
  const body = new MultipartBody(parameters, files);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const boundary = /^multipart\/form-data; boundary=([\w-]+)$/.exec(body.contentType)?.[1] ?? '';
  return { boundary, text: Buffer.concat(chunks).toString(), body };
}

/** Names and values by the rules of RFC 7578 and, between quotation marks, of PHP. */
function partsOf({ boundary, text }: Sent): [name: string, value: string][] {
  expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
  expect(text.endsWith(`\r\n--${boundary}--\r\n`)).toBe(true);
  return text
    .slice(`--${boundary}\r\n`.length, -`\r\n--${boundary}--\r\n`.length)
    .split(`\r\n--${boundary}\r\n`)
    .map((part) => {
      const end = part.indexOf('\r\n\r\n');
      const head =
        /^Content-Disposition: form-data; name="((?:[^"\\\r\n]|\\["\\])*)"$/.exec(
          part.slice(0, end),
        ) ?? [];
      return [(head[1] ?? '').replace(/\\(["\\])/g, '$1'), part.slice(end + 4)];
    });
}

describe('a multipart body', () => {
  it('names lists and maps as PHP does, and leaves values as they are', async () => {
    const body = await sent([
      ['fullname', 'Zoë & "Co"\r\n+1%41'],
      ['email', ['a@b.c', 'd@e.f']],
      ['none', []],
      ['field', { 7: 'seven' }],
    ]);
    expect(partsOf(body)).toEqual([
      ['fullname', 'Zoë & "Co"\r\n+1%41'],
      ['email[]', 'a@b.c'],
      ['email[]', 'd@e.f'],
      ['none[]', ''],
      ['field[7]', 'seven'],
    ]);
  });

  it('sends a file as base64 text behind the parameters', async () => {
    const file = FileSource.of(Buffer.from('contents of a file'));
    const stream = new FileSource(Readable.from(['strea', 'm']));
    const body = await sent(
      [['filename', 'a.txt']],
      [
        ['contents', file],
        ['more', stream],
      ],
    );
    expect(partsOf(body)).toEqual([
      ['filename', 'a.txt'],
      ['contents', Buffer.from('contents of a file').toString('base64')],
      ['more', Buffer.from('stream').toString('base64')],
    ]);
    expect(body.body.contentLength).toBeUndefined();
  });

  it('sends a file that has a name as it is, whatever the name', async () => {
    const { boundary, text, body } = await sent(
      [['a', 'b']],
      [
        ['scan', FileSource.of(Buffer.from('contents')), 'Grüße "1".pdf\r\nX: y'],
        ['empty', FileSource.of(new Uint8Array()), 'none'],
      ],
    );
    const parts = text.split(`--${boundary}`).slice(2);
    expect(parts).toEqual([
      '\r\nContent-Disposition: form-data; name="scan"; filename="Grüße \\"1\\".pdf%0D%0AX: y"\r\nContent-Type: application/octet-stream\r\n\r\ncontents\r\n',
      '\r\nContent-Disposition: form-data; name="empty"; filename="none"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n',
      '--\r\n',
    ]);
    expect(body.contentLength).toBe(Buffer.byteLength(text));
  });

  it('knows its length where the files know theirs', async () => {
    const parameters = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(parameters, fc.uint8Array({ maxLength: 50 }), async (values, bytes) => {
        const { body, text } = await sent(Object.entries(values), [['f', FileSource.of(bytes)]]);
        expect(body.contentLength).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it('lets no name end its line or its quotation marks', async () => {
    const body = await sent([['a"; filename="b\r\nX: y\\\0', 'v']]);
    expect(partsOf(body)).toEqual([['a"; filename="b%0D%0AX: y\\%00', 'v']]);
  });

  it('says what the same parameters say in a URL-encoded form', async () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const value = fc.oneof(
      text,
      fc.array(text, { maxLength: 3 }),
      fc.dictionary(key, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(key, value, { minKeys: 1, noNullPrototype: true }),
        async (values) => {
          const parts = partsOf(await sent(Object.entries(values)));
          const asForm = parts.map((part) => part.map(encodeURIComponent).join('=')).join('&');
          expect(parsePhpForm(asForm)).toEqual(parsePhpForm(encodeForm(Object.entries(values))));
        },
      ),
    );
  });

  it('has a boundary of its own', () => {
    expect(new MultipartBody([], []).contentType).not.toBe(new MultipartBody([], []).contentType);
  });
});

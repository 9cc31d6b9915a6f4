// Streams of attachments and a help desk that lies, stalls or hangs up.
import { randomBytes } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AttachmentEntity, Entity, Field, Kayako, TicketAttachment } from '@kayako-orm/orm';
import { errorOf } from './support/desk.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const OPTIONS = { apiKey: 'test-key', secretKey: 'test-secret' };

let server: Server;
let url: string;
let kayako: Kayako;
let sockets: Set<Socket>;
let handler: Handler;
let requests: IncomingMessage[];

beforeEach(async () => {
  sockets = new Set();
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    request.on('error', () => undefined);
    handler(request, response);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/`;
  kayako = new Kayako({ ...OPTIONS, url });
});
afterEach(async () => {
  await kayako.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Resolves when no connection is open. */
async function disconnected(): Promise<void> {
  for (const socket of sockets) await new Promise((resolve) => socket.once('close', resolve));
  expect(sockets.size).toBe(0);
}

/** What a counter says when it has not moved for many turns of the event loop. */
async function settled(count: () => number): Promise<number> {
  for (let still = 0, last = -1; still < 300; still += 1) {
    if (count() !== last) still = 0;
    last = count();
    await new Promise(setImmediate);
  }
  return count();
}

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

function record(fields: Record<string, string | number>): string {
  const elements = Object.entries(fields).map(
    ([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<?xml version="1.0"?><attachments><attachment>${elements.join('')}</attachment></attachments>`;
}

/** An attachment that the help desk is said to have. */
function known(): TicketAttachment {
  const attachment = kayako.create(TicketAttachment, { fileName: 'a', ticketId: 1 });
  (attachment as { id: number }).id = 7;
  return attachment;
}

function fresh(): TicketAttachment {
  return kayako.create(TicketAttachment, { fileName: 'a', ticketId: 1, ticketPostId: 2 });
}

async function* endlessly(): AsyncGenerator<Uint8Array> {
  for (;;) yield await Promise.resolve(Buffer.alloc(65_536));
}

/** Answers when the body has come to its end. */
const afterBody =
  (answer: (body: Buffer) => string): Handler =>
  (request, response) => {
    buffer(request).then(
      (body) => response.end(answer(body)),
      () => undefined,
    );
  };

describe('a download fails', () => {
  it.each([
    [4, /came as 5 bytes, but its record says 4/],
    [6, /came as 5 bytes, but its record says 6/],
    [0, /came as 5 bytes, but its record says 0/],
  ])('when the record says %i bytes', async (filesize, message) => {
    handler = (_request, response) =>
      response.end(record({ filesize, contents: base64('hello'), id: 7 }));
    const chunks: Buffer[] = [];
    const error = await errorOf(async () => {
      for await (const chunk of known().download()) chunks.push(chunk as Buffer);
    });
    expect(error).toMatchObject({
      code: 'SIZE_MISMATCH',
      name: 'SizeMismatchError',
      route: '/Tickets/TicketAttachment/1/7',
      size: 5,
      fileSize: filesize,
      message: expect.stringMatching(message) as string,
    });
    expect(Buffer.concat(chunks).toString()).toBe('hello');
  });

  it.each([
    ['RECORD_INVALID', 'has no contents', record({ id: 7, filesize: 5 })],
    ['RECORD_INVALID', 'is another record', record({ id: 8, filesize: 5, contents: 'aGVsbG8=' })],
    ['NOT_FOUND', 'is empty', '<?xml version="1.0"?><attachments></attachments>'],
    ['UNEXPECTED_ROOT', 'is another document', '<?xml version="1.0"?><posts></posts>'],
    ['TRUNCATED', 'breaks off', record({ id: 7, filesize: 5, contents: 'aGVsbG8=' }).slice(0, -30)],
    ['EMPTY_BODY', 'is nothing', ''],
  ])('with %s when the reply %s', async (code, _what, document) => {
    handler = (_request, response) => response.end(document);
    expect(await errorOf(() => buffer(known().download()))).toMatchObject({ code });
  });

  it('not when an empty file comes without its element', async () => {
    handler = (_request, response) => response.end(record({ id: 7, filesize: 0 }));
    expect(await buffer(known().download())).toEqual(Buffer.alloc(0));
  });

  it('not when the base64 is wrapped and has no padding', async () => {
    const contents = base64('hello')
      .replace('=', '')
      .replace(/(.{3})/g, '$1\r\n ');
    handler = (_request, response) => response.end(record({ id: 7, contents, filesize: 5 }));
    expect((await buffer(known().download())).toString()).toBe('hello');
  });
});

describe('a download that is given up', () => {
  const reason = new Error('enough');

  it('before its first read makes no request', async () => {
    handler = (_request, response) => response.end();
    const abort = new AbortController();
    const stream = known().download({ signal: abort.signal });
    abort.abort(reason);
    expect(await errorOf(() => buffer(stream))).toBe(reason);
    known().download().destroy();
    expect(requests).toEqual([]);
  });

  it.each(['before the headers', 'within the contents'])(
    'by its signal fails with the reason and leaves no connection: %s',
    async (when) => {
      const abort = new AbortController();
      const { signal } = abort;
      handler = (_request, response) => {
        if (when === 'within the contents') {
          response.write(record({ id: 7, contents: base64('hello') }).slice(0, -40));
        }
        setImmediate(() => {
          abort.abort(reason);
        });
      };
      expect(await errorOf(() => buffer(known().download({ signal })))).toBe(reason);
      await disconnected();
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    },
  );

  it('by destroy() closes its connection, although nothing comes', async () => {
    const stream = known().download();
    const asked = new Promise<void>((resolve) => {
      handler = (_request, response) => {
        response.write('<?xml version="1.0"?><attachments>');
        resolve();
      };
    });
    stream.resume();
    await asked;
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;
    await disconnected();
    expect(stream.destroyed).toBe(true);
  });
});

describe('back-pressure', () => {
  it('holds the help desk back while nobody reads a download', async () => {
    const chunk = 'QUJD'.repeat(16 * 1024);
    let written = 0;
    handler = (_request, response) => {
      response.write(record({ id: 7, contents: '' }).split(']]></contents>')[0] ?? '');
      const write = (): void => {
        while (written < 3000 && !response.destroyed) {
          written += 1;
          if (!response.write(chunk)) {
            response.once('drain', write);
            return;
          }
        }
      };
      write();
    };
    const stream = known().download();
    await new Promise((resolve) => stream.once('readable', resolve));
    // 64 KiB each: 200 MB would be on their way without it.
    expect(await settled(() => written)).toBeLessThan(400);
    stream.destroy();
    await disconnected();
  });

  it('holds the source of an upload back while the help desk does not read', async () => {
    handler = (request) => request.pause();
    let given = 0;
    const source = Readable.from(
      (async function* () {
        for (; given < 3000; given += 1) yield await Promise.resolve(Buffer.alloc(65_536));
      })(),
      { highWaterMark: 1 },
    );
    const abort = new AbortController();
    const outcome = errorOf(() => fresh().upload(source, { signal: abort.signal }));
    expect(await settled(() => given)).toBeLessThan(400);
    const reason = new Error('enough');
    abort.abort(reason);
    expect(await outcome).toBe(reason);
    expect(source.destroyed).toBe(true);
    // A paused connection does not notice that it was closed.
    requests[0]?.resume();
    await disconnected();
  });
});

describe('an upload', () => {
  it('sends base64 in a multipart body whose length is known when the size is', async () => {
    const bytes = Buffer.concat([randomBytes(100_001), Buffer.from([0, 1, 2, 27, 255])]);
    for (const [source, size] of [
      [Readable.from([bytes]), bytes.length],
      [Readable.from([bytes]), undefined],
    ] as const) {
      let sent: Buffer = Buffer.alloc(0);
      handler = afterBody((body) => {
        sent = body;
        return record({ id: 7, filesize: bytes.length });
      });
      await fresh().upload(source, { size });
      const { headers } = requests.at(-1) ?? {};
      expect(headers?.['content-type']).toMatch(/^multipart\/form-data; boundary=[\w-]+$/);
      expect(headers?.['content-length']).toBe(size === undefined ? size : String(sent.length));
      expect(headers?.['transfer-encoding']).toBe(size === undefined ? 'chunked' : undefined);
      expect(sent.toString('latin1')).toContain(`name="contents"\r\n\r\n${base64(bytes)}\r\n`);
      expect(sent.toString('latin1')).toContain('name="apikey"\r\n\r\ntest-key\r\n');
      expect(sent.length).toBeLessThan((bytes.length * 4) / 3 + 2000);
    }
  });

  it('is what add() does with contents that are here', async () => {
    let sent = '';
    handler = afterBody((body) => {
      sent = body.toString();
      return record({ id: 7, filesize: 3 });
    });
    const attachment = fresh();
    attachment.setContents(Buffer.from([251, 255, 254]));
    await attachment.add();
    expect(requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(requests[0]?.headers['content-length']).toBe(String(sent.length));
    expect(sent).toContain('name="contents"\r\n\r\n+//+\r\n');
    expect(attachment.getContents()).toEqual(Buffer.from([251, 255, 254]));
  });

  it('of which the help desk kept another number of bytes says which attachment that is', async () => {
    handler = afterBody(() => record({ id: 7, filesize: 2 }));
    const attachment = fresh();
    expect(await errorOf(() => attachment.upload(Readable.from(['hello'])))).toMatchObject({
      code: 'SIZE_MISMATCH',
      size: 5,
      fileSize: 2,
      message: expect.stringMatching(/kept 2 bytes of the 5.*TicketAttachment 7 exists/) as string,
    });
    expect(attachment.id).toBe(7);
  });

  it.each([
    [200, 'SIZE_MISMATCH', /kept 1000000000 bytes/],
    [400, 'BAD_REQUEST', /No, thank you/],
    [413, 'BAD_REQUEST', /No, thank you/],
  ])(
    'that is answered with %i before it was read ends its source and its connection',
    async (status, code, message) => {
      handler = (_request, response) => {
        response.writeHead(status);
        response.end(status === 200 ? record({ id: 7, filesize: 1e9 }) : 'No, thank you');
      };
      const source = Readable.from(endlessly());
      expect(await errorOf(() => fresh().upload(source))).toMatchObject({
        code,
        message: expect.stringMatching(message) as string,
      });
      expect(source.destroyed).toBe(true);
      await disconnected();
    },
  );

  it('that is hung up on ends its source, and its generator if it is one', async () => {
    handler = (request) => {
      request.once('data', () => request.socket.destroy());
    };
    let returned = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield* endlessly();
      } finally {
        returned = true;
      }
    }
    expect(await errorOf(() => fresh().upload(endless()))).toMatchObject({ code: 'UNREACHABLE' });
    expect(await settled(() => Number(returned))).toBe(1);
  });

  it('whose source stalls ends with the signal, before and after its first piece', async () => {
    handler = () => undefined;
    for (const pieces of [0, 1]) {
      const source = new Readable({ read: () => undefined });
      for (let count = 0; count < pieces; count += 1) source.push('abc');
      const abort = new AbortController();
      const outcome = errorOf(() => fresh().upload(source, { signal: abort.signal }));
      if (pieces === 0) await new Promise(setImmediate);
      else
        await new Promise<void>((resolve) => {
          handler = () => {
            resolve();
          };
        });
      const reason = new Error('enough');
      abort.abort(reason);
      expect(await outcome).toBe(reason);
      expect(source.destroyed).toBe(true);
      expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
      await disconnected();
      expect(requests).toHaveLength(pieces);
    }
  });

  it('that is refused beforehand ends its source', async () => {
    handler = () => undefined;
    const aborted = Readable.from(['a']);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    expect(await errorOf(() => fresh().upload(aborted, { signal }))).toBe(reason);
    expect(aborted.destroyed).toBe(true);
    const attachment = fresh();
    await kayako.close();
    const closed = Readable.from(['a']);
    expect(await errorOf(() => attachment.upload(closed))).toMatchObject({ code: 'CLOSED' });
    expect(closed.destroyed).toBe(true);
    expect(requests).toEqual([]);
  });

  it.each<[string, string, (source: Readable) => Promise<unknown>]>([
    ['was added already', 'ACTION_NOT_AVAILABLE', (source) => known().upload(source)],
    ['is frozen', 'ACTION_NOT_AVAILABLE', (source) => Object.freeze(fresh()).upload(source)],
    [
      'is being uploaded',
      'ACTION_NOT_AVAILABLE',
      (source) => {
        const attachment = fresh();
        attachment.upload(endlessly()).catch(() => undefined);
        return attachment.upload(source);
      },
    ],
    [
      'has a value that cannot be sent',
      'INVALID_VALUE',
      (source) => Object.assign(fresh(), { ticketId: 'x' }).upload(source),
    ],
    ['has a size that is none', 'INVALID_VALUE', (source) => fresh().upload(source, { size: -1 })],
    [
      'has a signal that is none',
      'INVALID_VALUE',
      (source) => fresh().upload(source, { signal: {} as AbortSignal }),
    ],
    [
      'is refused by a listener',
      'NOPE',
      (source) => {
        kayako.repository(TicketAttachment).on('beforeAdd', () => {
          throw Object.assign(new Error('no'), { code: 'NOPE' });
        });
        return fresh().upload(source);
      },
    ],
  ])('of what %s ends its source', async (_what, code, upload) => {
    handler = () => undefined;
    const source = new Readable({ read: () => undefined });
    expect(await errorOf(() => upload(source))).toMatchObject({ code });
    expect(source.destroyed).toBe(true);
  });

  it('that the help desk does not take times out and ends its source', async () => {
    handler = (request) => request.pause();
    const impatient = new Kayako({ ...OPTIONS, url, timeouts: { headersMs: 50 } });
    const source = Readable.from(endlessly());
    const attachment = impatient.create(TicketAttachment, {
      fileName: 'a',
      ticketId: 1,
      ticketPostId: 2,
    });
    expect(await errorOf(() => attachment.upload(source))).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('timeouts.headersMs') as string,
    });
    expect(source.destroyed).toBe(true);
    await impatient.close();
  });

  it('ends its source with close()', async () => {
    handler = () => void kayako.close();
    const source = new Readable({ read: () => undefined });
    source.push('abc');
    expect(await errorOf(() => fresh().upload(source))).toMatchObject({ code: 'CLOSED' });
    expect(source.destroyed).toBe(true);
  });

  it.each([
    ['null', null, undefined, /not null/],
    ['nothing', undefined, undefined, /not undefined/],
    ['a number', 7, undefined, /not number/],
    ['bytes', Buffer.from('abc'), undefined, /setContents\(\) and add\(\)/],
    ['a stream of negative size', Readable.from(['a']), { size: -1 }, /whole number of bytes/],
    ['a stream whose size is text', Readable.from(['a']), { size: '5' }, /whole number of bytes/],
    ['a stream with no signal', Readable.from(['a']), { signal: {} }, /must be an AbortSignal/],
    ['a stream with no options', Readable.from(['a']), null, /options of a call/],
  ])('of %s is refused', async (_what, source, options, message) => {
    handler = () => undefined;
    const untyped = fresh() as unknown as { upload(...given: unknown[]): Promise<unknown> };
    expect(await errorOf(() => untyped.upload(source, options))).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringMatching(message) as string,
    });
    expect(requests).toEqual([]);
  });

  it('needs a connection, and so does a download', async () => {
    const attachment = new TicketAttachment();
    expect(await errorOf(() => attachment.upload('a'))).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
      message: expect.stringContaining('TicketAttachment.upload()') as string,
    });
    expect(await errorOf(() => attachment.download())).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
      message: expect.stringContaining('TicketAttachment.download()') as string,
    });
  });
});

describe('an attachment of another resource', () => {
  @Entity({
    route: '/Knowledgebase/Attachment',
    root: 'kbattachments',
    element: 'kbattachment',
    actions: ['get', 'add'],
    access: [{ kind: 'scoped', operation: 'ListAll', scope: 'kbArticleId' }],
  })
  class ArticleAttachment extends AttachmentEntity {
    @Field({ type: 'id', required: 'add' }) kbArticleId!: number | null;
  }

  it('keeps no contents although the answer repeats them', async () => {
    handler = afterBody(
      () =>
        `<kbattachments><kbattachment><id>3</id><kbarticleid>4</kbarticleid><filename>a</filename><filesize>5</filesize><contents>${base64('hello')}</contents></kbattachment></kbattachments>`,
    );
    const attachment = kayako.create(ArticleAttachment, { fileName: 'a', kbArticleId: 4 });
    await attachment.upload(Readable.from(['hello']));
    expect(attachment).toMatchObject({ id: 3, kbArticleId: 4, fileSize: 5, contents: null });
    expect((await buffer(attachment.download())).toString()).toBe('hello');
    expect(requests.map(({ url }) => url?.split('&')[0])).toEqual([
      '/?e=/Knowledgebase/Attachment',
      '/?e=/Knowledgebase/Attachment/4/3',
    ]);
  });
});

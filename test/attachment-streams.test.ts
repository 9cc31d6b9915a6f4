// Contents of attachments as streams, both ways, against the help desk.
import { randomBytes } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished, pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { type Ticket, TicketAttachment, type TicketPost } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
let folder: string;
let ticket: Ticket;
let reply: TicketPost;
beforeAll(async () => {
  desk = await startDesk({}, { maxConcurrency: 1 });
  folder = await mkdtemp(join(tmpdir(), 'kayako-orm-'));
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  ({ ticket, reply } = await samples.answeredTicket(desk.kayako));
  desk.requests();
});

function fresh(fileName = 'a.bin'): TicketAttachment {
  return reply.attachments.create({ fileName });
}

function inParts(bytes: Buffer): Readable {
  return Readable.from([bytes.subarray(0, 2), bytes.subarray(2)]);
}

/** What the help desk holds of the ticket's attachments. */
async function held(): Promise<string[]> {
  await desk.sandbox.settled();
  const attachments = await desk.kayako
    .repository(TicketAttachment)
    .where({ ticketId: ticket.id })
    .all();
  return attachments.map(({ fileName, fileSize }) => `${fileName} ${fileSize}`);
}

const SIZES = [0, 1, 2, 3, 4, 65_535, 65_536, 65_537, 2_000_003];

type Source = Parameters<TicketAttachment['upload']>;

describe('a round trip', () => {
  describe.each<[string, (bytes: Buffer, path: string) => Source]>([
    ['a path', (_bytes, path) => [path]],
    ['a URL', (_bytes, path) => [pathToFileURL(path)]],
    ['a stream of known size', (bytes) => [inParts(bytes), { size: bytes.length }]],
    ['a stream of unknown size', (bytes) => [inParts(bytes)]],
  ])('from %s', (_name, sourceOf) => {
    it.each(SIZES)('of %i bytes keeps each of them', async (size) => {
      const bytes = randomBytes(size);
      const path = join(folder, 'source');
      await writeFile(path, bytes);
      const attachment = await fresh().upload(...sourceOf(bytes, path));
      expect(attachment.fileSize).toBe(size);
      const copy = join(folder, 'copy');
      await pipeline(attachment.download(), createWriteStream(copy));
      expect((await readFile(copy)).equals(bytes)).toBe(true);
      expect((await attachment.loadContents()).equals(bytes)).toBe(true);
    });
  });

  it('keeps bytes that no text and no XML may hold', async () => {
    const bytes = Buffer.from([
      ...Array(256).keys(),
      ...Buffer.from(']]>&amp;\r\n\ufffe--kayako-orm'),
    ]);
    const attachment = await fresh().upload(Readable.from([bytes]));
    expect(await buffer(attachment.download())).toEqual(bytes);
  });

  it('takes text as UTF-8', async () => {
    const attachment = await fresh('a.txt').upload(Readable.from(['Grü', 'ße 💶']));
    expect((await buffer(attachment.download())).toString()).toBe('Grüße 💶');
  });
});

describe('upload', () => {
  it('is add() with other contents: one request, all fields as the help desk answered, the ticket told', async () => {
    expect(await ticket.attachments.all()).toEqual([]);
    const attachment = fresh('notes.txt');
    desk.requests();
    expect(await attachment.upload(Readable.from(['abc']))).toBe(attachment);
    expect(desk.requests()).toEqual(['POST /Tickets/TicketAttachment']);
    expect(attachment).toMatchObject({
      ticketId: ticket.id,
      ticketPostId: reply.id,
      fileName: 'notes.txt',
      fileSize: 3,
      fileType: 'text/plain',
    });
    expect(attachment.id).toBeGreaterThan(0);
    expect((await reply.attachments.all()).map(({ id }) => id)).toEqual([attachment.id]);
  });

  it('keeps no contents, neither those that were sent nor those that were set before', async () => {
    const attachment = fresh();
    attachment.setContents('old');
    await attachment.upload(Readable.from(['new']));
    expect(attachment.contents).toBeNull();
    expect(await errorOf(() => attachment.getContents())).toMatchObject({
      code: 'CONTENTS_NOT_LOADED',
    });
    expect((await attachment.loadContents()).toString()).toBe('new');
  });

  it('can be done again after delete(), and only with a new source', async () => {
    const attachment = await fresh().upload(Readable.from(['one']));
    const { id } = attachment;
    expect(await errorOf(() => attachment.upload(Readable.from(['two'])))).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
    await attachment.delete();
    expect(await errorOf(() => attachment.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['contents'],
    });
    await attachment.upload(Readable.from(['two']));
    expect(attachment.id).not.toBe(id);
    expect((await buffer(attachment.download())).toString()).toBe('two');
  });

  it('checks all fields before it touches the source', async () => {
    const source = Readable.from(['abc']);
    const attachment = desk.kayako.create(TicketAttachment, {});
    for (const given of [source, join(folder, 'none')]) {
      expect(await errorOf(() => attachment.upload(given))).toMatchObject({
        code: 'REQUIRED_FIELDS',
        fields: ['fileName', 'ticketId', 'ticketPostId'],
      });
    }
    expect(source.destroyed).toBe(false);
    Object.assign(attachment, { fileName: 'a', ticketId: ticket.id, ticketPostId: reply.id });
    await attachment.upload(source);
    expect(attachment.fileSize).toBe(3);
  });

  it('ends the source when the help desk refuses', async () => {
    const source = Readable.from(['abc']);
    const attachment = fresh();
    attachment.ticketPostId = 4711;
    expect(await errorOf(() => attachment.upload(source))).toMatchObject({
      code: 'NOT_FOUND',
      body: 'Ticket Post not found',
    });
    expect(source.destroyed).toBe(true);
    expect(attachment.isNew).toBe(true);
  });

  it('adds nothing when the source fails, at once or later, and gives its error', async () => {
    const failure = new Error('disk on fire');
    const sent: number[] = [];
    for (const chunks of [0, 1, 40]) {
      const source = Readable.from(
        (async function* () {
          for (let count = 0; count < chunks; count += 1)
            yield await Promise.resolve(randomBytes(50_000));
          throw failure;
        })(),
      );
      const attachment = fresh();
      expect(await errorOf(() => attachment.upload(source))).toBe(failure);
      expect(attachment.isNew).toBe(true);
      sent.push(desk.requests().length);
    }
    // A source that fails at once sends nothing at all.
    expect(sent[0]).toBe(0);
    expect(await held()).toEqual([]);
  });

  it.each([5, 100_000, 499_999, 500_001])(
    'adds nothing when a source of 500,000 bytes was to have %i',
    async (size) => {
      const source = Readable.from([randomBytes(250_000), randomBytes(250_000)]);
      expect(await errorOf(() => fresh().upload(source, { size }))).toMatchObject({
        code: 'INVALID_VALUE',
      });
      expect(source.destroyed).toBe(true);
      expect(await held()).toEqual([]);
    },
  );

  it('sends nothing from a path that cannot be read', async () => {
    expect(await errorOf(() => fresh().upload(join(folder, 'none')))).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringContaining('ENOENT') as string,
    });
    expect(desk.requests()).toEqual([]);
  });

  it('copies what is being downloaded, although only one request may wait at a time', async () => {
    const bytes = randomBytes(400_000);
    const original = await fresh('original').upload(Readable.from([bytes]));
    const copy = await fresh('copy').upload(original.download(), { size: original.fileSize });
    expect((await buffer(copy.download())).equals(bytes)).toBe(true);
  });
});

describe('download', () => {
  it('requests at the first read, once, and keeps nothing', async () => {
    const attachment = await fresh().upload(Readable.from(['abc']));
    desk.requests();
    const stream = attachment.download();
    await new Promise(setImmediate);
    expect(desk.requests()).toEqual([]);
    expect((await buffer(stream)).toString()).toBe('abc');
    expect(desk.requests()).toEqual([
      `GET /Tickets/TicketAttachment/${ticket.id}/${attachment.id}`,
    ]);
    expect(attachment.contents).toBeNull();
    attachment.download().destroy();
    expect(desk.requests()).toEqual([]);
  });

  it('may be done several times at once', async () => {
    const bytes = randomBytes(200_000);
    const attachment = await fresh().upload(Readable.from([bytes]));
    const all = await Promise.all([1, 2, 3].map(() => buffer(attachment.download())));
    expect(all.every((each) => each.equals(bytes))).toBe(true);
  });

  it('lets go of its signal at its end, and so does an upload', async () => {
    const { signal } = new AbortController();
    const attachment = await fresh().upload(Readable.from(['abc']), { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await buffer(attachment.download({ signal }));
    const left = attachment.download({ signal });
    await new Promise((resolve) => left.once('data', resolve));
    await new Promise((resolve) => left.once('close', resolve).destroy());
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('works for an attachment of a list', async () => {
    await fresh().upload(Readable.from(['abc']));
    const [listed] = await ticket.attachments.all();
    if (listed === undefined) throw new Error('none listed');
    expect((await buffer(listed.download())).toString()).toBe('abc');
  });

  it('fails for one that has no id, and for one that is gone', async () => {
    expect(await errorOf(() => buffer(fresh().download()))).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['id'],
    });
    const attachment = await fresh().upload(Readable.from(['abc']));
    const twin = await desk.kayako.get(TicketAttachment, ticket.id, attachment.id);
    await attachment.delete();
    expect(await errorOf(() => buffer(attachment.download()))).toMatchObject({
      code: 'REQUIRED_FIELDS',
    });
    if (twin === null) throw new Error('not found');
    expect(await errorOf(() => buffer(twin.download()))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('ends the transfer when the stream is destroyed or left', async () => {
    const attachment = await fresh().upload(Readable.from([Buffer.alloc(20_000_000)]));
    for (const leave of [
      (stream: Readable) => stream.destroy(),
      (stream: Readable) => stream.destroy(new Error('enough')),
    ]) {
      const stream = attachment.download();
      const events: string[] = [];
      for (const event of ['end', 'error', 'close']) stream.on(event, () => events.push(event));
      await new Promise((resolve) => stream.once('data', resolve));
      const closed = new Promise((resolve) => stream.once('close', resolve));
      leave(stream);
      await closed;
      expect(events).toEqual(stream.errored === null ? ['close'] : ['error', 'close']);
    }
    for await (const chunk of attachment.download()) {
      expect((chunk as Buffer).byteLength).toBeGreaterThan(0);
      break;
    }
    await desk.sandbox.settled();
    const downloads = desk.sandbox.requests.slice(-3);
    expect(downloads.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  describe('that is destroyed looks complete to nobody', () => {
    /** Copies what it reads; it is slow, so that the stream holds some more. */
    const slowly = (): Writable =>
      new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => setImmediate(done) });

    it.each<[string, (stream: Readable) => Promise<unknown>]>([
      ['pipeline', (stream) => pipeline(stream, createWriteStream(join(folder, 'part')))],
      ['a slow pipeline', (stream) => pipeline(stream, slowly())],
      ['finished', (stream) => finished(stream.resume())],
      ['buffer', (stream) => buffer(stream)],
      ['a loop', (stream) => stream.forEach(() => undefined)],
      ['an upload', (stream) => fresh('copy').upload(stream)],
    ])('%s', async (_name, read) => {
      const attachment = await fresh().upload(Readable.from([Buffer.alloc(20_000_000)]));
      for (const turns of [0, 1, 2, 3, 5, 8]) {
        const stream = attachment.download();
        const events: string[] = [];
        stream.on('end', () => events.push('end'));
        // Node's errors are of another realm than jest's, so errorOf() would not take them.
        const outcome = read(stream).then(
          () => 'complete',
          (error: unknown) => error,
        );
        await new Promise((resolve) => stream.once('readable', resolve));
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        stream.destroy();
        expect(await outcome).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
        expect(events).toEqual([]);
      }
      expect(await held()).toEqual(['a.bin 20000000']);
    });
  });
});

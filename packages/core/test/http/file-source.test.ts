import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { FileSource, type UploadSource } from '../../src/http/file-source.js';
import { failureOf } from '../support/calls.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kayako-orm-'));
  await writeFile(join(folder, 'Grüße.txt'), 'hello');
});
afterAll(() => rm(folder, { recursive: true }));

async function contentsOf(source: UploadSource, size?: number): Promise<Buffer> {
  const file = new FileSource(source);
  file.announce(size);
  try {
    await file.open();
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.read()) chunks.push(chunk);
    expect(file.bytesRead).toBe(Buffer.concat(chunks).byteLength);
    return Buffer.concat(chunks);
  } finally {
    file.close();
  }
}

function lockedStream(): ReadableStream {
  const stream = new Blob(['a']).stream();
  stream.getReader();
  return stream;
}

describe('the source of a file', () => {
  it('may be a path, as text or as a URL, whose size is asked for', async () => {
    const path = join(folder, 'Grüße.txt');
    for (const source of [path, pathToFileURL(path), pathToFileURL(path).href]) {
      expect((await contentsOf(source)).toString()).toBe('hello');
    }
    const file = new FileSource(path);
    expect(file.size).toBeUndefined();
    await file.open();
    expect(file.size).toBe(5);
    file.close();
  });

  it('may be any stream of bytes or text', async () => {
    async function* generated(): AsyncGenerator<Uint8Array | string> {
      yield await Promise.resolve('a');
      yield new Uint8Array([0, 255]);
    }
    expect(await contentsOf(generated())).toEqual(Buffer.from([97, 0, 255]));
    expect(await contentsOf(Readable.from([Buffer.from('b'), 'c']))).toEqual(Buffer.from('bc'));
    expect(await contentsOf(new Blob(['web']).stream())).toEqual(Buffer.from('web'));
    expect(await contentsOf(Readable.from([]))).toEqual(Buffer.alloc(0));
  });

  it('is text in UTF-8, also where a character is cut in two', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.array(fc.nat(50), { maxLength: 4 }),
        async (text, places) => {
          const edges = [0, ...places.map((place) => place % (text.length + 1)), text.length];
          edges.sort((first, second) => first - second);
          const pieces = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
          expect(await contentsOf(Readable.from(pieces))).toEqual(Buffer.from(text));
        },
      ),
    );
    const mixed = await contentsOf(Readable.from(['a\ud83d', Buffer.from('b')]));
    expect(mixed.toString()).toBe('a\ufffdb');
  });

  it.each([
    ['null', null, /not null/],
    ['nothing', undefined, /not undefined/],
    ['a number', 5, /not number/],
    ['an object', {}, /not Object/],
    ['a list', ['a'], /not Array/],
    ['bytes', Buffer.from('abc'), /setContents\(\) and add\(\)/],
    [
      'another address',
      new URL('http://me:secret@desk.invalid/a'),
      /^(?!.*secret).*another address/,
    ],
    ['a destroyed stream', Readable.from(['a']).destroy(), /was destroyed/],
    ['a stream with a reader', lockedStream(), /is being read elsewhere/],
  ])('is refused when it is %s', (_what, source, message) => {
    let error: unknown;
    try {
      new FileSource(source as unknown as UploadSource);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([-1, 1.5, NaN, '5', null, 2 ** 60])('is refused with a size of %p', (size) => {
    const source = new FileSource(Readable.from([]));
    expect(() => {
      source.announce(size as number);
    }).toThrow(/whole number/);
  });

  it('is refused when its path names no file', async () => {
    for (const path of [join(folder, 'none'), folder, '']) {
      expect(await failureOf(contentsOf(path))).toMatchObject({
        code: 'INVALID_VALUE',
        message: expect.stringContaining(`The file ${path} cannot be read`) as string,
      });
    }
  });

  it.each([
    [2, /more than the 2 bytes/],
    [0, /more than the 0 bytes/],
    [4, /ended after 3 bytes instead of 4/],
  ])('fails when it has another size than %i', async (size, message) => {
    expect(await failureOf(contentsOf(Readable.from(['a', 'bc']), size))).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringMatching(message) as string,
    });
  });

  it('fails when it gives neither bytes nor text', async () => {
    for (const chunk of [5, {}, new ArrayBuffer(2)]) {
      expect(await failureOf(contentsOf(Readable.from([chunk])))).toMatchObject({
        code: 'INVALID_VALUE',
      });
    }
  });

  it('is ended by close(), wherever it stands, and what it says to that is nobody’s', async () => {
    let returned = 0;
    const stubborn: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: 'a' }),
        return() {
          returned += 1;
          return Promise.reject(new Error('no'));
        },
      }),
    };
    const unread = new FileSource(stubborn);
    unread.close();
    const begun = new FileSource(stubborn);
    await begun.open();
    begun.close();
    await new Promise(setImmediate);
    expect(returned).toBe(2);

    const stream = new Readable({ read: () => undefined });
    new FileSource(stream).close();
    expect(stream.destroyed).toBe(true);
    new FileSource(join(folder, 'none')).close();
  });

  it.each([0, 1])(
    'is cancelled by close() when it is a web stream that stalls after %i pieces',
    async (pieces) => {
      const stalling = (cancel: () => void): ReadableStream<Uint8Array> => {
        let given = 0;
        const pull = (controller: ReadableStreamDefaultController): Promise<void> => {
          if (given === pieces) return new Promise(() => undefined);
          given += 1;
          controller.enqueue(Buffer.from('abc'));
          return Promise.resolve();
        };
        return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
      };
      const read = async (file: FileSource): Promise<void> => {
        await file.open();
        for await (const piece of file.read()) Buffer.from(piece);
      };
      for (const isRead of [true, false]) {
        const cancelled = new Promise<string>((resolve) => {
          const file = new FileSource(
            stalling(() => {
              resolve('cancelled');
            }),
          );
          if (isRead) read(file).catch(() => undefined);
          setImmediate(() => {
            file.close();
          });
        });
        expect(await cancelled).toBe('cancelled');
      }
    },
  );

  it('may be an iterator of plain JavaScript, which gives results without promises', async () => {
    const results = [
      { value: 'a', done: false },
      { value: undefined, done: true },
    ];
    const source = { [Symbol.asyncIterator]: () => ({ next: () => results.shift() }) };
    const file = new FileSource(source as unknown as UploadSource);
    await file.open(new AbortController().signal);
    const pieces = [];
    for await (const piece of file.read()) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('a');
  });

  it.each<[string, object]>([
    ['is none', { destroy: null }],
    ['has no events', { destroy: () => undefined, on: null }],
    [
      'throws',
      {
        destroy: (): never => {
          throw new Error('no');
        },
      },
    ],
  ])('is closed without an error when its destroy %s', (_what, members) => {
    const source: object = {
      ...members,
      [Symbol.asyncIterator]: () => ({ next: () => undefined }),
    };
    const file = new FileSource(source as unknown as UploadSource);
    expect(() => {
      file.close();
    }).not.toThrow();
  });

  it('is to be given as a stream when it is a path that holds more than it says', async () => {
    expect(await failureOf(contentsOf(join(folder, 'Grüße.txt'), 2))).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringContaining('createReadStream(path)') as string,
    });
  });

  it('is not waited for when the signal aborts', async () => {
    const stalled = new Readable({ read: () => undefined });
    const abort = new AbortController();
    const opening = failureOf(new FileSource(stalled).open(abort.signal));
    const reason = new Error('enough');
    abort.abort(reason);
    expect(await opening).toBe(reason);
    stalled.destroy();
  });
});

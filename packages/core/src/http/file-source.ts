import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { InvalidValueError } from '../errors/request-errors.js';
import { abortable } from './abortable.js';

/**
 * Where the contents of a file come from: the path of a file on this computer (text or a `file:` URL), or anything that
 * gives bytes or text piece by piece, such as a Readable. Text is sent as UTF-8. A generator that was read before gives
 * nothing more: that is an empty file.
 */
export type UploadSource = string | URL | AsyncIterable<Uint8Array | string>;

type Chunks = AsyncIterable<Uint8Array | string>;

const HIGH_SURROGATE_AT_END = /[\ud800-\udbff]$/;

/** What a value is, for messages. */
function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const { name } = (value.constructor as { readonly name?: unknown } | undefined) ?? {};
  return typeof name === 'string' ? name : 'an object';
}

/** The path that a source names, or null when it is no path. @throws {InvalidValueError} for another kind of URL. */
function pathOf(source: unknown): string | null {
  if (!(typeof source === 'string' || source instanceof URL)) return null;
  if (typeof source === 'string' && !source.startsWith('file://')) return source;
  try {
    return fileURLToPath(source);
  } catch {
    // Of another address nothing is shown: it may hold a password.
    throw new InvalidValueError(
      'The source of a file must be a path, a file: URL of this computer, or a stream. To send what another address holds, give its body as a stream.',
    );
  }
}

function checkedStream(source: unknown): Chunks {
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) {
    const { readable, locked } = source as Partial<Readable & ReadableStream>;
    if (readable !== false && locked !== true) return source as Chunks;
    throw new InvalidValueError(
      'The source of a file is a stream that has ended, was destroyed or is being read elsewhere; make a new one for each upload.',
    );
  }
  throw new InvalidValueError(
    source instanceof Uint8Array
      ? 'The source of a file must be a path or a stream. Bytes that are here are sent with setContents() and add().'
      : `The source of a file must be a path, a file: URL, or a stream of bytes or text, not ${kindOf(source)}.`,
  );
}

/**
 * What a source gives. That of a web stream is its reader, because returning from its own iterator would wait for a read
 * that is still pending instead of cancelling it.
 */
function iteratorOf(chunks: Chunks): AsyncIterator<Uint8Array | string> {
  if (!('getReader' in chunks)) return chunks[Symbol.asyncIterator]();
  const reader = (chunks as ReadableStream<Uint8Array | string>).getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<Uint8Array | string>>,
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/** The contents of a file, read once, while they are sent, and never held whole. */
export class FileSource {
  readonly #path: string | null;
  #chunks: Chunks | null;
  #iterator: AsyncIterator<Uint8Array | string> | null = null;
  #first: IteratorResult<Uint8Array | string> | null = null;
  #size: number | undefined;
  #bytesRead = 0;
  /** Half a character at the end of a text whose other half the next text may bring. */
  #half = '';

  /** Looks at nothing but its argument. @throws {InvalidValueError} for what is no source. */
  constructor(source: UploadSource) {
    this.#path = pathOf(source);
    this.#chunks = this.#path === null ? checkedStream(source) : null;
  }

  /** A source that is here already. */
  static of(bytes: Uint8Array): FileSource {
    const source = new FileSource(Readable.from([bytes]));
    source.announce(bytes.byteLength);
    return source;
  }

  /**
   * Says how many bytes there are, if that is known. A path is asked for it.
   * @throws {InvalidValueError} for what is no size.
   */
  announce(size: number | undefined): void {
    if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) {
      throw new InvalidValueError(
        `The size of a file is a whole number of bytes from 0, not ${String(size)}.`,
      );
    }
    this.#size = size;
  }

  /** In bytes; undefined where it is not known before the end. */
  get size(): number | undefined {
    return this.#size;
  }

  /** The bytes that were read so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /**
   * Reads the first piece, so that a source that fails at once is noticed before anything is sent, and one that sends a
   * request of its own does so first: it must not wait for the place among the requests that the upload holds.
   *
   * @throws {InvalidValueError} for a path that is no file that can be read.
   * @throws the source's own error, and the signal's reason.
   */
  async open(signal?: AbortSignal): Promise<void> {
    this.#chunks ??= await this.#openPath();
    signal?.throwIfAborted();
    this.#iterator = iteratorOf(this.#chunks);
    // An iterator of plain JavaScript may give its results without a promise.
    const first = Promise.resolve(this.#iterator.next());
    this.#first = await abortable(first, signal);
  }

  /** The bytes, after {@link open}. @throws {InvalidValueError} where they are more or fewer than the size. */
  async *read(): AsyncGenerator<Uint8Array> {
    const iterator = this.#iterator;
    let next = this.#first;
    if (iterator === null || next === null) throw new TypeError('the source is not open');
    for (; next.done !== true; next = await iterator.next()) {
      const bytes = this.#bytesOf(next.value);
      this.#count(bytes);
      yield bytes;
    }
    const rest = Buffer.from(this.#half);
    this.#count(rest);
    if (rest.byteLength > 0) yield rest;
    if (this.#size !== undefined && this.#bytesRead < this.#size) {
      throw new InvalidValueError(
        `The source of the file ended after ${this.#bytesRead} bytes instead of ${this.#size}. Nothing was added.`,
      );
    }
  }

  /** Ends the source, wherever it stands. What it says to that changes nothing any more. */
  close(): void {
    if (this.#chunks !== null) void end(this.#chunks, this.#iterator);
    this.#chunks = null;
  }

  async #openPath(): Promise<Chunks> {
    const path = this.#path ?? '';
    try {
      const found = await stat(path);
      if (!found.isFile()) throw new Error('it is no file; give a stream of it');
      const file = await open(path);
      this.#size ??= found.size;
      return file.createReadStream();
    } catch (error) {
      throw new InvalidValueError(
        `The file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        { cause: error },
      );
    }
  }

  #bytesOf(chunk: unknown): Uint8Array {
    if (typeof chunk === 'string') {
      const text = this.#half + chunk;
      const end = HIGH_SURROGATE_AT_END.test(text) ? text.length - 1 : text.length;
      this.#half = text.slice(end);
      return Buffer.from(text.slice(0, end));
    }
    if (!(chunk instanceof Uint8Array)) {
      throw new InvalidValueError(
        `The source of a file must give bytes or text, not ${kindOf(chunk)}.`,
      );
    }
    if (this.#half === '') return chunk;
    const bytes = Buffer.concat([Buffer.from(this.#half), chunk]);
    this.#half = '';
    return bytes;
  }

  #count(bytes: Uint8Array): void {
    this.#bytesRead += bytes.byteLength;
    if (this.#size === undefined || this.#bytesRead <= this.#size) return;
    throw new InvalidValueError(
      this.#path === null
        ? `The source of the file holds more than the ${this.#size} bytes that were announced. Nothing was added.`
        : `The file ${this.#path} holds more than the ${this.#size} bytes that it was to have. Nothing was added; give a stream of it, such as createReadStream(path).`,
    );
  }
}

async function end(chunks: Chunks, begun: AsyncIterator<unknown> | null): Promise<void> {
  const { destroy, on } = chunks as { readonly destroy?: unknown; readonly on?: unknown };
  try {
    if (typeof destroy !== 'function') await (begun ?? iteratorOf(chunks)).return?.();
    else {
      if (typeof on === 'function') on.call(chunks, 'error', () => undefined);
      destroy.call(chunks);
    }
  } catch {
    // It was given up already.
  }
}

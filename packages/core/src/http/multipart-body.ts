import { randomBytes } from 'node:crypto';
import { base64Length, encodeBase64 } from '../codec/base64.js';
import { type FileSource } from './file-source.js';
import { formPairs, type Parameters } from './form.js';

/** Parameters whose values are files; with a file name, as browsers upload them. */
export type FileParameters = readonly (readonly [
  name: string,
  source: FileSource,
  fileName?: string,
])[];

interface FilePart {
  readonly head: Uint8Array;
  readonly source: FileSource;
  readonly isUpload: boolean;
}

const END_OF_LINE = '\r\n';

/**
 * A name between quotation marks, which the server reads with backslashes; nothing that it holds ends the line.
 * Names are in UTF-8, as values are.
 */
function quoted(name: string): string {
  const escaped = name
    .replace(/["\\]/g, '\\$&')
    .replace(/[\r\n\0]/g, (character) => encodeURIComponent(character));
  return `"${escaped}"`;
}

function uploadHead(fileName: string): string {
  return `; filename=${quoted(fileName.toWellFormed())}${END_OF_LINE}Content-Type: application/octet-stream`;
}

/**
 * Parameters as `multipart/form-data`, with names in PHP's notation (§1.3). Files come last and are read while the body is
 * sent: as base64 text in ordinary fields, because that is what the API reads (§3.3), or where they have a name as they
 * are (§6.6).
 */
export class MultipartBody implements AsyncIterable<Uint8Array> {
  readonly contentType: string;
  /** In bytes; undefined where the size of a file is not known. */
  readonly contentLength: number | undefined;
  readonly #fields: Uint8Array;
  readonly #files: readonly FilePart[];
  readonly #end: Uint8Array;

  /** @param files open ones. */
  constructor(parameters: Parameters, files: FileParameters) {
    // Nobody who writes a value can know it, so no value needs to be searched for it.
    const boundary = `kayako-orm-${randomBytes(24).toString('hex')}`;
    const head = (name: string, more = ''): string =>
      `--${boundary}${END_OF_LINE}Content-Disposition: form-data; name=${quoted(name)}${more}${END_OF_LINE.repeat(2)}`;
    this.contentType = `multipart/form-data; boundary=${boundary}`;
    this.#fields = Buffer.from(
      Array.from(
        formPairs(parameters, (text) => text.toWellFormed()),
        ([name, text]) => `${head(name)}${text}${END_OF_LINE}`,
      ).join(''),
    );
    this.#files = files.map(([name, source, fileName]) => ({
      head: Buffer.from(head(name, fileName === undefined ? '' : uploadHead(fileName))),
      source,
      isUpload: fileName !== undefined,
    }));
    this.#end = Buffer.from(`--${boundary}--${END_OF_LINE}`);
    this.contentLength = this.#length();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield this.#fields;
    for (const { head, source, isUpload } of this.#files) {
      yield head;
      yield* isUpload ? source.read() : encodeBase64(source.read());
      yield Buffer.from(END_OF_LINE);
    }
    yield this.#end;
  }

  #length(): number | undefined {
    let length = this.#fields.byteLength + this.#end.byteLength;
    for (const { head, source, isUpload } of this.#files) {
      if (source.size === undefined) return undefined;
      const size = isUpload ? source.size : base64Length(source.size);
      length += head.byteLength + size + END_OF_LINE.length;
    }
    return length;
  }
}

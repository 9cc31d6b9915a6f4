import { randomBytes } from 'node:crypto';
import { base64Length, encodeBase64 } from '../codec/base64.js';
import { type FileSource } from './file-source.js';
import { formPairs, type Parameters } from './form.js';

/** Parameters whose values are files. */
export type FileParameters = readonly (readonly [name: string, source: FileSource])[];

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

/**
 * Parameters as `multipart/form-data`, with names in PHP's notation (§1.3). Files come last, as base64 text in ordinary
 * fields, because that is what the API reads (§3.3), and are read while the body is sent.
 */
export class MultipartBody implements AsyncIterable<Uint8Array> {
  readonly contentType: string;
  /** In bytes; undefined where the size of a file is not known. */
  readonly contentLength: number | undefined;
  readonly #fields: Uint8Array;
  readonly #files: readonly { readonly head: Uint8Array; readonly source: FileSource }[];
  readonly #end: Uint8Array;

  /** @param files open ones. */
  constructor(parameters: Parameters, files: FileParameters) {
    // Nobody who writes a value can know it, so no value needs to be searched for it.
    const boundary = `kayako-orm-${randomBytes(24).toString('hex')}`;
    const head = (name: string): string =>
      `--${boundary}${END_OF_LINE}Content-Disposition: form-data; name=${quoted(name)}${END_OF_LINE.repeat(2)}`;
    this.contentType = `multipart/form-data; boundary=${boundary}`;
    this.#fields = Buffer.from(
      Array.from(
        formPairs(parameters, (text) => text.toWellFormed()),
        ([name, text]) => `${head(name)}${text}${END_OF_LINE}`,
      ).join(''),
    );
    this.#files = files.map(([name, source]) => ({ head: Buffer.from(head(name)), source }));
    this.#end = Buffer.from(`--${boundary}--${END_OF_LINE}`);
    this.contentLength = this.#length();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield this.#fields;
    for (const { head, source } of this.#files) {
      yield head;
      yield* encodeBase64(source.read());
      yield Buffer.from(END_OF_LINE);
    }
    yield this.#end;
  }

  #length(): number | undefined {
    let length = this.#fields.byteLength + this.#end.byteLength;
    for (const { head, source } of this.#files) {
      if (source.size === undefined) return undefined;
      length += head.byteLength + base64Length(source.size) + END_OF_LINE.length;
    }
    return length;
  }
}

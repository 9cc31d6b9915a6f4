import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';

import { FormMap } from './form-map.js';

export interface UploadedFile {
  readonly name: string;
  readonly contents: Uint8Array;
}

const MAX_PARTS = 20_000;
const MAX_FIELD_NAME_BYTES = 4096;

/**
 * Collects the fields and files of a `multipart/form-data` body. A damaged body yields what could be read of it, as PHP
 * does; the missing authentication is then what the client hears about.
 */
export class MultipartReader {
  readonly #form = new FormMap();
  readonly #files = new Map<string, UploadedFile>();
  readonly #parser: BusboyInstance | undefined;
  readonly #finished: Promise<void>;
  #damaged = false;

  constructor(contentType: string) {
    this.#parser = createParser(contentType);
    const parser = this.#parser;
    if (parser === undefined) {
      this.#finished = Promise.resolve();
      return;
    }
    parser.on('field', (name, value) => {
      this.#form.setByName(name, value);
    });
    parser.on('file', (name, stream, filename) => {
      this.#collect(name, stream, filename);
    });
    this.#finished = new Promise((resolve) => {
      parser.on('finish', resolve);
      parser.on('error', () => {
        this.#damaged = true;
        resolve();
      });
    });
  }

  write(chunk: Uint8Array): void {
    if (!this.#damaged) this.#parser?.write(chunk);
  }

  async finish(): Promise<{ form: FormMap; files: Map<string, UploadedFile> }> {
    if (!this.#damaged) this.#parser?.end();
    await this.#finished;
    return { form: this.#form, files: this.#files };
  }

  #collect(name: string, stream: BusboyFileStream, filename: string): void {
    const chunks: Uint8Array[] = [];
    stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    stream.on('end', () => {
      this.#files.set(name, { name: filename, contents: Buffer.concat(chunks) });
    });
    // The parser reports the damage itself.
    stream.on('error', () => undefined);
  }
}

function createParser(contentType: string): BusboyInstance | undefined {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fieldNameSize: MAX_FIELD_NAME_BYTES,
        // The body as a whole is limited already.
        fieldSize: Number.POSITIVE_INFINITY,
        parts: MAX_PARTS,
      },
    });
  } catch {
    // No boundary in the content type.
    return undefined;
  }
}

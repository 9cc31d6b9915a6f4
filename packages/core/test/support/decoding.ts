import { ApiClient } from '../../src/client.js';
import { type EntityClass } from '../../src/metadata/constructor.js';
import { metadataOf } from '../../src/metadata/metadata-of.js';
import { chunkedDispatcher } from './chunked-dispatcher.js';
import { contentsOf, rows } from './rows.js';

/** Reads chunked documents with one client, from bytes to rows. */
export class Decoding {
  #chunks: readonly Uint8Array[] = [];
  readonly #client = new ApiClient({
    url: 'http://desk.invalid/api/index.php',
    apiKey: 'key',
    secretKey: 'secret',
    dispatcher: chunkedDispatcher(() => this.#chunks),
  });

  /** The batches of one document, and the error that ended it, if any. */
  async read<Row extends object>(
    type: EntityClass<Row>,
    chunks: readonly Uint8Array[],
  ): Promise<{ batches: Row[][]; error: unknown }> {
    const metadata = metadataOf(type);
    this.#chunks = chunks;
    const batches: Row[][] = [];
    try {
      const reply = this.#client.read({ method: 'GET', route: metadata.route }, metadata, rows);
      for await (const batch of reply) batches.push(batch);
    } catch (error) {
      return { batches, error };
    }
    return { batches, error: undefined };
  }

  /** What all records of one document hold. */
  async contents(
    type: EntityClass,
    chunks: readonly Uint8Array[],
  ): Promise<Record<string, unknown>[]> {
    const { batches, error } = await this.read(type, chunks);
    if (error !== undefined) throw error as Error;
    return batches.flat().map(contentsOf);
  }
}

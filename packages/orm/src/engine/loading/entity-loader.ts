import {
  abortable,
  type CallOptions,
  type EntityClass,
  type EntityMetadata,
  KayakoResponseError,
} from '@kayako-orm/core';

type Read = (
  metadata: EntityMetadata,
  ids: readonly number[],
  options: CallOptions,
) => Promise<Map<number, object>>;

/** The references of one class that were asked for within one turn of the event loop. */
interface Batch {
  readonly ids: Set<number>;
  readonly found: Promise<Map<number, object>>;
  readonly abort: AbortController;
  /** Callers who have not given up. */
  waiting: number;
}

/** Loads references. Those asked for within one turn of the event loop are read together, each entity once. */
export class EntityLoader {
  readonly #read: Read;
  /** The entity of an id, if it is here already. */
  readonly known: (metadata: EntityMetadata, id: number) => object | undefined;
  readonly #batches = new Map<EntityClass, Batch>();

  constructor(read: Read, known: (metadata: EntityMetadata, id: number) => object | undefined) {
    this.#read = read;
    this.known = known;
  }

  /** The entity of an id, or null when the help desk does not have it. */
  async load(
    metadata: EntityMetadata,
    id: number,
    signal: AbortSignal | undefined,
  ): Promise<object | null> {
    signal?.throwIfAborted();
    const batch = this.#batches.get(metadata.type) ?? this.#begin(metadata);
    batch.ids.add(id);
    batch.waiting += 1;
    try {
      return (await abortable(batch.found, signal)).get(id) ?? null;
    } catch (error) {
      batch.waiting -= 1;
      const isGivenUp = signal?.aborted === true;
      // What nobody waits for any more need not be read, and nobody else may join it.
      if (isGivenUp && batch.waiting === 0) {
        batch.abort.abort(error);
        if (this.#batches.get(metadata.type) === batch) this.#batches.delete(metadata.type);
      }
      // The answer may have been about another one of the batch.
      const isAlone = batch.ids.size === 1;
      if (isGivenUp || isAlone || !(error instanceof KayakoResponseError)) throw error;
      return (await this.#read(metadata, [id], { signal })).get(id) ?? null;
    }
  }

  #begin(metadata: EntityMetadata): Batch {
    const ids = new Set<number>();
    const abort = new AbortController();
    const read = async (): Promise<Map<number, object>> => {
      await new Promise(setImmediate);
      if (this.#batches.get(metadata.type) === batch) this.#batches.delete(metadata.type);
      abort.signal.throwIfAborted();
      return this.#read(metadata, [...ids], { signal: abort.signal });
    };
    const batch: Batch = { ids, found: read(), abort, waiting: 0 };
    // Everybody who waits is told; nobody may be left.
    batch.found.catch(() => undefined);
    this.#batches.set(metadata.type, batch);
    return batch;
  }
}

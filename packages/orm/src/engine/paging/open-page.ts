import { abortWith } from '@kayako-orm/core';
import { ABANDONED } from '../runs/run.js';
import { type PageRequest } from './page-cursor.js';

/** Reads what a route answers. */
export type ReadPage<Row> = (route: string, signal: AbortSignal) => AsyncGenerator<Row[]>;

/** A page whose request is sent. What comes of it is taken batch by batch, at the pace of whoever takes it. */
export class OpenPage<Row> {
  readonly request: PageRequest;
  /** Batches taken before it was the page's turn. */
  readonly held: Row[][] = [];
  /** Ids of rows that were given before it was the page's turn. */
  readonly early: number[] = [];
  readonly #abort = new AbortController();
  readonly #letGo: () => void;
  readonly #batches: AsyncGenerator<Row[]>;
  #arrival: Promise<this> | null = null;
  #arrived: Row[] = [];
  #received = 0;
  #isPending = false;
  #isEnded = false;
  #failure: { readonly error: unknown } | null = null;

  /** @param outer ends the reading as well. */
  constructor(request: PageRequest, read: ReadPage<Row>, outer: AbortSignal | undefined) {
    this.request = request;
    this.#letGo = abortWith(outer, this.#abort);
    this.#batches = read(request.route, this.#abort.signal);
    void this.arrival;
  }

  /** Settles with the page when there is something to take. Never rejects: {@link check} tells of a failure. */
  get arrival(): Promise<this> {
    this.#arrival ??= this.#next();
    return this.#arrival;
  }

  /** The page has come to its end or failed; nothing more arrives. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Rows that were taken. */
  get received(): number {
    return this.#received;
  }

  /** What has arrived. */
  take(): Row[] {
    const rows = this.#arrived;
    this.#arrived = [];
    this.#arrival = null;
    this.#received += rows.length;
    return rows;
  }

  /** @throws what the reading failed with. */
  check(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    // Returning alone would wait for what is awaited.
    if (this.#isPending) this.#abort.abort(ABANDONED);
    await this.#batches.return(undefined).catch(() => undefined);
    this.#letGo();
  }

  async #next(): Promise<this> {
    this.#isPending = true;
    try {
      const result = await this.#batches.next();
      if (result.done === true) this.#end();
      else this.#arrived = result.value;
    } catch (error) {
      this.#failure = { error };
      this.#end();
    } finally {
      this.#isPending = false;
    }
    return this;
  }

  #end(): void {
    this.#isEnded = true;
    this.#letGo();
  }
}

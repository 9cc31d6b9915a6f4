import { channel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import { type Budget, type Meter, type MeteredOptions, abortWith } from '@kayako-orm/core';
import { nextMoment } from './moment.js';
import { type Explanation } from '../../entity/explanation.js';
import { type QueryCost, type QueryEvent } from '../../entity/query-cost.js';

const queries = channel('kayako-orm:query');

/** What a run was, told when it has ended. */
export interface RunReport {
  readonly cost: QueryCost;
  readonly explanation: Explanation;
}

export interface RunOptions extends MeteredOptions {
  /** The caller keeps the rows: where there is a session, they are its own. Default false, as for streams. */
  readonly keeps?: boolean;
  /** It is part of another run, which tells of it. */
  readonly isPart?: boolean;
  /** Given the function that ends what is under way. */
  readonly begun?: (abandon: () => void) => void;
  /** Told when the rows have come to their end. */
  readonly completed?: (report: RunReport) => void;
}

/** What is under way for a reader who has left ends with this. */
export const ABANDONED: Error = new Error('the reader of the query has left');

/** One execution of a query: its lifetime, what it costs, and what it may cost. */
export class Run {
  readonly meter: Meter;
  /** See {@link RunOptions.keeps}. */
  readonly keeps: boolean;
  /** When it began, in moments. */
  readonly began: number = nextMoment();
  readonly #entity: string;
  readonly #abort = new AbortController();
  readonly #letGo: () => void;
  readonly #started = performance.now();
  #explain: (() => Explanation) | null = null;
  #rowsKept = 0;
  #firstRowMs: number | null = null;
  #outcome: QueryEvent['outcome'] = 'abandoned';
  #error: unknown = undefined;
  #isPart = false;

  /** @param above counts the run as well. */
  constructor(
    entity: string,
    above: Meter,
    budget: Budget,
    { signal: caller, keeps = false }: RunOptions,
  ) {
    this.#entity = entity;
    this.keeps = keeps;
    this.meter = above.child('this query', budget, () => this.#planText());
    this.#letGo = abortWith(caller, this.#abort);
  }

  /** Aborts with the caller's. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What others rely on too: it is paid for by this run, but goes on when this one is given up. */
  shared(): Run {
    const run = new Run(this.#entity, this.meter, {}, { keeps: this.keeps });
    run.#explain = this.#explain;
    run.#isPart = true;
    return run;
  }

  /** Says what is being done. */
  planned(explain: () => Explanation): void {
    if (!this.#isPart) this.#explain = explain;
  }

  /** Counts rows that are handed out. */
  kept(rows: number): void {
    this.#firstRowMs ??= performance.now() - this.#started;
    this.#rowsKept += rows;
  }

  /** What the run was; to be asked when it has come to its end. */
  report(): RunReport {
    if (this.#explain === null) throw new TypeError('a run ended without a plan');
    return { cost: this.#cost(), explanation: this.#explain() };
  }

  /** Ends what is under way for a reader who has left. */
  abandon(): void {
    this.#abort.abort(ABANDONED);
  }

  complete(): void {
    this.#outcome = 'completed';
  }

  fail(error: unknown): void {
    this.#outcome = 'failed';
    this.#error = error;
  }

  /** Lets go of the caller's signal. */
  release(): void {
    this.#letGo();
  }

  /** Releases the run and tells whoever listens. */
  end(): void {
    this.release();
    if (!queries.hasSubscribers) return;
    const event: QueryEvent = {
      entity: this.#entity,
      cost: this.#cost(),
      explanation: this.#explain?.() ?? null,
      outcome: this.#outcome,
      error: this.#error,
    };
    queries.publish(event);
  }

  #cost(): QueryCost {
    const { requests, bytes, rows } = this.meter.usage;
    return {
      requests,
      bytes,
      rowsRead: rows,
      rowsKept: this.#rowsKept,
      firstRowMs: this.#firstRowMs,
      totalMs: performance.now() - this.#started,
    };
  }

  #planText(): string | null {
    return this.#explain === null ? null : String(this.#explain());
  }
}

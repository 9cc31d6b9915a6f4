import { type Explanation } from './explanation.js';

/** What one run of a query has cost, look-ups and relations in its condition included. */
export interface QueryCost {
  /** Requests sent. */
  readonly requests: number;
  /** Bytes of reply bodies, decompressed. */
  readonly bytes: number;
  /** Rows read from replies. */
  readonly rowsRead: number;
  /** Rows handed out, or counted here; a batch at a time. */
  readonly rowsKept: number;
  /** Milliseconds until the first row was there; null when there was none. */
  readonly firstRowMs: number | null;
  /** Milliseconds until the query ended, the time its reader took for the rows included. */
  readonly totalMs: number;
}

/** The rows of a query, what it did, and what that has cost. */
export interface QueryRun<Row> {
  readonly rows: Row[];
  readonly cost: QueryCost;
  readonly explanation: Explanation;
}

/** What is published on the diagnostics channel `kayako-orm:query` when a query over rows of the help desk has ended. */
export interface QueryEvent {
  readonly entity: string;
  readonly cost: QueryCost;
  /** What was done; null when it failed before it was planned. */
  readonly explanation: Explanation | null;
  /** What it ended with: all its rows, its reader going away, or an error. */
  readonly outcome: 'completed' | 'abandoned' | 'failed';
  /** The error of a failed one, else undefined. */
  readonly error: unknown;
}

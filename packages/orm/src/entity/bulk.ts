import { type CallOptions } from '@kayako-orm/core';
import { type FieldDifference } from './field-difference.js';

export interface BulkOptions extends CallOptions {
  /** Reads the rows and says what would be done, but changes nothing. Default false. */
  readonly dryRun?: boolean;
  /** More rows than this are refused before anything is changed. Default: no limit. */
  readonly max?: number;
}

/** What became of one row. */
export interface BulkRow<Entity> {
  readonly id: number;
  readonly entity: Entity;
  /**
   * `planned` in a dry run; `done`; `unchanged`: nothing to send; `failed`: see `error`; `skipped`: not tried, because a
   * row before it failed in a way that concerns all.
   */
  readonly status: 'planned' | 'done' | 'unchanged' | 'failed' | 'skipped';
  /** What an update changes; empty for a deletion. */
  readonly changes: readonly FieldDifference[];
  /** Why it failed, else undefined. */
  readonly error: Error | undefined;
}

/** What became of each row, in the order of the query. Look at `failed`: a row that fails does not throw. */
export interface BulkReport<Entity> {
  readonly rows: readonly BulkRow<Entity>[];
  /** How many rows have which status. */
  readonly planned: number;
  readonly done: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly skipped: number;
  /** Requests sent, those that read the rows included. */
  readonly requests: number;
  /** Bytes of reply bodies, decompressed. */
  readonly bytes: number;
  /** `<update of 12 Ticket: 11 done, 1 failed>` */
  toString(): string;
  /** The counts and what became of each row, without the entities. */
  toJSON(): object;
}

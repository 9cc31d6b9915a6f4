import { inspect } from 'node:util';
import { KayakoRequestError, type Usage } from '@kayako-orm/core';
import { showEntity } from '../entity/entity.js';
import { type FieldDifference } from '../entity/field-difference.js';

/** One request of a flush. */
export interface FlushStep {
  readonly action: 'add' | 'save' | 'delete';
  readonly entity: object;
  /** Method and route, for example `PUT /Base/Staff/3`. */
  readonly request: string;
  /**
   * What is new: of an added entity all fields that are given, of a saved one those that the program changed. What a
   * field will refer to when it has got an id stands there as text.
   */
  readonly changes: readonly FieldDifference[];
  /** All fields that are sent: those changed, those required, and those that the help desk would reset (§13.6). */
  readonly sent: readonly string[];
  /**
   * `planned` in a dry run; `done`; `failed`: see `error`; `skipped`: not tried, because of another one; `undone`: it was
   * added and has been deleted again.
   */
  readonly status: 'planned' | 'done' | 'failed' | 'skipped' | 'undone';
  /** Why it failed; of a step that is `done`, what a listener threw afterwards, or why it could not be undone. */
  readonly error: Error | undefined;
}

/** What became of each step, in the order in which they were sent. */
export interface FlushReport {
  readonly steps: readonly FlushStep[];
  /** How many steps have which status. */
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly undone: number;
  /** Requests sent, those that compared included. */
  readonly requests: number;
  /** Bytes of reply bodies, decompressed. */
  readonly bytes: number;
  /** One line for each step and each change. */
  toString(): string;
  /** The counts and the steps, without the entities. */
  toJSON(): object;
}

/**
 * Not all changes of a session could be written. `report` says what became of each; `cause` is the first failure.
 * What was not written is still to be written: mend it and flush again.
 */
export class FlushError extends KayakoRequestError {
  readonly code = 'FLUSH_FAILED';
  readonly report: FlushReport;

  constructor(message: string, report: FlushReport, cause: unknown) {
    super(message, { cause });
    this.report = report;
  }
}

function printStep({ entity, request, changes, status, error }: FlushStep): string {
  const lines = [`  ${status} ${request} ${showEntity(entity)}`];
  for (const { field, before, after } of changes) {
    const from = before === undefined ? '' : `${inspect(before)} → `;
    lines.push(`    ${field}: ${from}${inspect(after)}`);
  }
  if (error !== undefined) lines.push(`    ${error.message.split('\n')[0] ?? ''}`);
  return lines.join('\n');
}

export function flushReport(given: readonly FlushStep[], usage: Usage): FlushReport {
  const steps = Object.freeze(given.map((step) => Object.freeze({ ...step })));
  const count = (status: FlushStep['status']): number =>
    steps.filter((step) => step.status === status).length;
  const counts = {
    planned: count('planned'),
    done: count('done'),
    failed: count('failed'),
    skipped: count('skipped'),
    undone: count('undone'),
  };
  const { requests, bytes } = usage;
  const parts = Object.entries(counts).flatMap(([status, many]) =>
    many === 0 ? [] : [`${many} ${status}`],
  );
  const summary = `<flush: ${parts.join(', ') || 'nothing to write'}>`;
  const text = [summary, ...steps.map(printStep)].join('\n');
  return Object.freeze({
    steps,
    ...counts,
    requests,
    bytes,
    toString: () => text,
    toJSON: () => ({
      ...counts,
      requests,
      bytes,
      steps: steps.map(({ entity, error, ...step }) => ({
        ...step,
        entity: showEntity(entity),
        ...(error !== undefined && { error: error.message }),
      })),
    }),
    [inspect.custom]: () => text,
  });
}

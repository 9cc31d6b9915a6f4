import {
  type CallOptions,
  checkCall,
  InvalidValueError,
  isPlainObject,
  type Meter,
  UnknownFieldError,
} from '@kayako-orm/core';
import { forEachAtMost } from '../engine/runs/at-most.js';
import { type Connection } from '../repository/connection.js';
import { FlushError, type FlushReport, flushReport } from './flush-report.js';
import { FlushPlanner, type OpenStep } from './flush-steps.js';
import { conflictOf } from './unchanged.js';
import { type FilledReference } from './pending-references.js';
import { type UnitOfWork } from './unit-of-work.js';

export interface FlushOptions extends CallOptions {
  /** Says what would be sent, and sends nothing. Default false. */
  readonly dryRun?: boolean;
  /**
   * Reads again, before anything is written, all that is to be saved or deleted, and writes nothing where somebody else
   * has changed one of them. Between that reading and the write there is a moment in which it can still happen: the API
   * has no locks. Default false.
   */
  readonly ifUnchanged?: boolean;
  /**
   * What to do with entities that were added before a step failed: `keep` them, so that the next flush goes on from
   * there, or `undo`: delete them again, the last one first. What was saved or deleted stays so. Default `keep`.
   */
  readonly onFailure?: 'keep' | 'undo';
}

const OPTIONS: readonly string[] = ['dryRun', 'ifUnchanged', 'onFailure', 'signal'];

/** Entities read at the same time to be compared; the connection has a limit of its own. */
const CONCURRENCY = 4;

function checkOptions(given: unknown): FlushOptions {
  if (!isPlainObject(given)) throw new InvalidValueError('flush(): its options are an object.');
  const unknown = Object.keys(given).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `flush(): there is no option ${unknown.join(', ')}. Its options: ${OPTIONS.join(', ')}.`,
      unknown,
    );
  }
  const { dryRun, ifUnchanged, onFailure } = given;
  for (const [name, value] of Object.entries({ dryRun, ifUnchanged })) {
    if (value !== undefined && typeof value !== 'boolean') {
      throw new InvalidValueError(`flush(): ${name} is true or false.`);
    }
  }
  if (onFailure !== undefined && onFailure !== 'keep' && onFailure !== 'undo') {
    throw new InvalidValueError("flush(): onFailure is 'keep' or 'undo'.");
  }
  return checkCall(given);
}

/** Writes what is pending, one request after the other. */
export async function flush(
  unit: UnitOfWork,
  connection: Connection,
  given: unknown,
): Promise<FlushReport> {
  const options = checkOptions(given);
  options.signal?.throwIfAborted();
  unit.beginFlush();
  const meter = connection.client.meter.child('this flush', {}, () => null);
  const steps = new FlushPlanner(unit, connection.lifecycle).plan();
  if (options.dryRun === true) return flushReport(steps, meter.usage);
  const flushing = new Flushing(unit, connection, meter, options.signal);
  const isRefused = steps.some(({ status }) => status === 'failed');
  if (!isRefused && options.ifUnchanged === true) await flushing.compare(steps);
  if (steps.every(({ status }) => status === 'planned')) await flushing.write(steps);
  const failed = steps.find(({ error }) => error !== undefined);
  const isCut =
    options.signal?.aborted === true && steps.some(({ status }) => status === 'planned');
  if ((failed !== undefined || isCut) && options.onFailure === 'undo') await flushing.undo(steps);
  for (const step of steps) if (step.status === 'planned') step.status = 'skipped';
  unit.release();
  const report = flushReport(steps, meter.usage);
  if (failed !== undefined) throw new FlushError(failureMessage(report), report, failed.error);
  if (isCut) options.signal.throwIfAborted();
  return report;
}

function failureMessage({ steps, done, failed, skipped, undone }: FlushReport): string {
  const counts = Object.entries({ done, undone, failed, skipped })
    .filter(([, many]) => many > 0)
    .map(([status, many]) => `${many} ${status}`);
  const reasons = steps.flatMap(({ request, error }) => {
    if (error === undefined) return [];
    const { message } = error;
    return [message.startsWith(request) ? message : `${request}: ${message}`];
  });
  return `flush(): ${counts.join(', ')}. ${reasons.join('\n')}`;
}

class Flushing {
  readonly #unit: UnitOfWork;
  readonly #connection: Connection;
  readonly #meter: Meter;
  readonly #signal: AbortSignal | undefined;
  readonly #filled: FilledReference[] = [];
  readonly #toBeAdded = new Set<object>();

  constructor(
    unit: UnitOfWork,
    connection: Connection,
    meter: Meter,
    signal: AbortSignal | undefined,
  ) {
    this.#unit = unit;
    this.#connection = connection;
    this.#meter = meter;
    this.#signal = signal;
  }

  /** Fails the steps whose entities are not what they were when they were read. */
  async compare(steps: readonly OpenStep[]): Promise<void> {
    const options = { signal: this.#signal, meter: this.#meter };
    await forEachAtMost(
      steps.filter(({ action }) => action !== 'add'),
      CONCURRENCY,
      async (step) => {
        const conflict = await conflictOf(step.entity, this.#connection.executor, options);
        if (conflict === null) return;
        step.status = 'failed';
        step.error = conflict;
      },
    );
  }

  /** Sends the steps up to the first one that fails. */
  async write(steps: readonly OpenStep[]): Promise<void> {
    const { persister } = this.#connection;
    const { generation } = this.#unit;
    const isAborted = (): boolean => this.#signal?.aborted === true;
    for (const step of steps) {
      if (isAborted() || this.#unit.generation !== generation) return;
      const { action, entity } = step;
      if (!this.#unit.isWanted(action, entity)) continue;
      if (this.#unit.isToBeAdded(entity)) this.#toBeAdded.add(entity);
      const before = this.#unit.writtenAt(entity);
      try {
        this.#filled.push(...this.#unit.references.fillIn(entity));
        await persister[action](entity, { meter: this.#meter, signal: this.#signal, waits: true });
      } catch (error) {
        if (isAborted() && error === this.#signal?.reason) return;
        step.error = asError(error);
      }
      // A listener that fails afterwards ends the flush, but this was written.
      const isWritten = this.#unit.writtenAt(entity) !== before;
      step.status = isWritten ? 'done' : 'failed';
      if (step.error !== undefined) return;
    }
  }

  /** Deletes what was added. What refers to it waits for it again. */
  async undo(steps: readonly OpenStep[]): Promise<void> {
    const { persister } = this.#connection;
    const added = steps.filter(({ action, status }) => action === 'add' && status === 'done');
    for (const step of added.reverse()) {
      try {
        // The signal may be what the flush failed with.
        await persister.delete(step.entity, { meter: this.#meter });
      } catch (error) {
        step.error = asError(error);
        continue;
      }
      step.status = 'undone';
      this.#unit.undone(step.entity, this.#toBeAdded.has(step.entity));
      for (const filled of this.#filled) {
        if (filled.deferral.target === step.entity) this.#unit.references.empty(filled);
      }
    }
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

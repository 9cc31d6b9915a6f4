import { checkCall, InvalidValueError, isPlainObject, UnknownFieldError } from '@kayako-orm/core';
import { type ScanOptions } from '../entity/query.js';
import { type Pace, type SelectNode } from './select-node.js';

const OPTIONS: readonly string[] = ['concurrency', 'ordered', 'signal'];

/** A help desk has some tens of workers for all of its visitors. */
const MOST_PAGES = 16;

/**
 * Checks what a user gave to `scan`.
 *
 * @throws {UnknownFieldError} for an option that there is not.
 * @throws {InvalidValueError} for a value that an option cannot have.
 */
export function parseScan(
  { metadata, order, skip, limit }: SelectNode,
  options: ScanOptions,
): Pace {
  const owner = `${metadata.name}.scan()`;
  if (!isPlainObject(options)) {
    throw new InvalidValueError(`${owner}: its options are an object such as { concurrency: 4 }.`);
  }
  const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `${owner}: there is no option ${unknown.join(', ')}. Its options: ${OPTIONS.join(', ')}.`,
      unknown,
    );
  }
  const { concurrency = 1, ordered = true } = checkCall(options as ScanOptions);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_PAGES) {
    throw new InvalidValueError(`${owner}: concurrency is a whole number from 1 to ${MOST_PAGES}.`);
  }
  if (typeof ordered !== 'boolean') {
    throw new InvalidValueError(`${owner}: ordered is true or false.`);
  }
  if (!ordered && (order.length > 0 || skip > 0 || limit !== null)) {
    throw new InvalidValueError(
      `${owner}: ordered: false gives rows as they arrive, so orderBy(), skip() and take() would mean nothing. Leave them out, or leave ordered out.`,
    );
  }
  return Object.freeze({ concurrency, ordered });
}

import { InvalidValueError } from '@kayako-orm/core';
import { type RowFilter } from '../../query/select-node.js';

/** Asks a function of the user's. @throws {InvalidValueError} when it answers later: a promise would keep every row. */
export function keeps<Entity extends object>(filter: RowFilter<Entity>, row: Entity): boolean {
  const answer: unknown = filter(row);
  if (typeof answer === 'object' && answer !== null && 'then' in answer) {
    throw new InvalidValueError(
      'filter() takes a function that answers at once; it returned a promise. Read what it needs before the query.',
    );
  }
  return Boolean(answer);
}

import { InvalidValueError } from '@kayako-orm/core';

/** @throws {InvalidValueError} when a query is no text or an empty one. */
export function checkSearchQuery(search: string, query: unknown): void {
  if (typeof query === 'string' && query.trim() !== '') return;
  throw new InvalidValueError(`${search}: the query is empty. Give a text to search for.`);
}

import { inspect } from 'node:util';
import { type Usage } from '@kayako-orm/core';
import { type BulkReport, type BulkRow } from '../../entity/bulk.js';

function printRow({ id, status, changes, error }: BulkRow<unknown>): string {
  const shown = changes.map(
    ({ field, before, after }) => `${field} ${inspect(before)} → ${inspect(after)}`,
  );
  const reason = error === undefined ? [] : [error.message.split('\n')[0] ?? ''];
  return `  ${id} ${status}${[...shown, ...reason].map((part) => `: ${part}`).join('')}`;
}

/** What became of each row, with text forms that leave the entities out. */
export function bulkReport<Entity>(
  method: string,
  name: string,
  rows: readonly BulkRow<Entity>[],
  { requests, bytes }: Usage,
): BulkReport<Entity> {
  const count = (status: BulkRow<Entity>['status']): number =>
    rows.filter((row) => row.status === status).length;
  const counts = {
    planned: count('planned'),
    done: count('done'),
    unchanged: count('unchanged'),
    failed: count('failed'),
    skipped: count('skipped'),
  };
  const parts = Object.entries(counts).flatMap(([status, rowsOf]) =>
    rowsOf === 0 ? [] : [`${rowsOf} ${status}`],
  );
  const summary = `<${method} of ${rows.length} ${name}: ${parts.join(', ') || 'no row'}>`;
  const texts = {
    toString: () => summary,
    toJSON: () => ({
      ...counts,
      requests,
      bytes,
      rows: rows.map(({ id, status, changes, error }) => ({
        id,
        status,
        changes,
        ...(error !== undefined && { error: error.message }),
      })),
    }),
    [inspect.custom]: () => [summary, ...rows.map(printRow)].join('\n'),
  };
  return { rows, ...counts, requests, bytes, ...texts };
}

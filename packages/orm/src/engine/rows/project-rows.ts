import { type Selection } from '../../query/select-node.js';
import { frozenValue } from '../hydration/snapshot.js';

/** A value that changes inside an entity's own Date or array do not reach. */
function detached(value: unknown): unknown {
  const copy = frozenValue(value);
  return Array.isArray(copy) ? Object.freeze(copy) : copy;
}

function valueOf(row: object, field: string): unknown {
  return detached((row as Record<string, unknown>)[field]);
}

/** What a query hands out for each row: the row itself, some of its fields, or the value of one. */
export function projection(selection: Selection | null): (row: object) => unknown {
  if (selection === null) return (row) => row;
  const { fields, plucked } = selection;
  const [only = ''] = fields;
  if (plucked) return (row) => valueOf(row, only);
  return (row) => {
    const selected: Record<string, unknown> = {};
    for (const field of fields) selected[field] = valueOf(row, field);
    return Object.freeze(selected);
  };
}

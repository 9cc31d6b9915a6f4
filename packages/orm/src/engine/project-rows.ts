import { type Selection } from '../query/select-node.js';

function frozen(value: unknown): unknown {
  return Array.isArray(value) ? Object.freeze([...(value as unknown[])]) : value;
}

function valueOf(row: object, field: string): unknown {
  return frozen((row as Record<string, unknown>)[field]);
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

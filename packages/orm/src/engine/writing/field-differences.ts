import { type FieldDifference } from '../../entity/field-difference.js';
import { type FieldChange } from '../hydration/snapshot.js';

/** A file would be printed byte by byte. */
function shown(value: unknown): unknown {
  return value instanceof Uint8Array ? `(${value.byteLength} bytes)` : value;
}

/** Changes as they are shown to people and logs: no secret among them. */
export function fieldDifferences(changes: readonly FieldChange[]): readonly FieldDifference[] {
  return Object.freeze(
    changes.map(({ field, before, after }) =>
      Object.freeze(
        field.secret && !['boolean', 'number'].includes(typeof after)
          ? { field: field.name, before: undefined, after: '(secret)' }
          : { field: field.name, before: shown(before), after: shown(after) },
      ),
    ),
  );
}

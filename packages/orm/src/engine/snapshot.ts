import { type EntityMetadata, type FieldMetadata } from '@kayako-orm/core';
import { setSnapshot, snapshotOf } from '../entity/entity-state.js';

const writableFields = new WeakMap<object, readonly FieldMetadata[]>();

/** The fields that an action can send, in a fixed order. */
export function writableFieldsOf(metadata: EntityMetadata): readonly FieldMetadata[] {
  let fields = writableFields.get(metadata.type);
  if (fields === undefined) {
    fields = [...metadata.fields.values()].filter(
      ({ write }) => write.add !== null || write.save !== null,
    );
    writableFields.set(metadata.type, fields);
  }
  return fields;
}

/** A value that later changes inside the entity's own Date or array do not reach. */
function frozenValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return Array.isArray(value) ? [...(value as unknown[])] : value;
}

function sameValue(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((each, index) => each === right[index]);
  }
  return left === right;
}

/** Remembers the writable values as the server has them; entities that cannot be saved need no memory of them. */
export function takeSnapshot(entity: object, metadata: EntityMetadata): void {
  if (!metadata.actions.has('save')) return;
  const values = entity as Record<string, unknown>;
  setSnapshot(
    entity,
    writableFieldsOf(metadata).map((field) => frozenValue(values[field.name])),
  );
}

export interface FieldChange {
  readonly field: FieldMetadata;
  /** As the server had it: Dates as milliseconds. */
  readonly before: unknown;
  readonly after: unknown;
}

/** The writable fields whose values differ from the snapshot. */
export function changesOf(entity: object, metadata: EntityMetadata): FieldChange[] {
  const values = entity as Record<string, unknown>;
  const snapshot = snapshotOf(entity);
  return writableFieldsOf(metadata).flatMap((field, index) => {
    const before = snapshot?.[index];
    const after = values[field.name];
    return sameValue(before, frozenValue(after)) ? [] : [{ field, before, after }];
  });
}

/** Whether a value is the one that a snapshot holds. */
export function isUnchanged(before: unknown, value: unknown): boolean {
  return sameValue(before, frozenValue(value));
}

import { type EntityMetadata, type FieldMetadata } from '@kayako-orm/core';
import { setSnapshot, snapshotOf } from '../../entity/entity-state.js';

type Values = Readonly<Record<string, unknown>>;

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
export function frozenValue(value: unknown): unknown {
  if (value instanceof Date) return new Date(value);
  return Array.isArray(value) ? [...(value as unknown[])] : value;
}

/** Whether two values of a field are the same: dates by instant, lists by their members. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime();
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((each, index) => each === right[index]);
  }
  return left === right;
}

/** Remembers the writable values as the server has them; entities that cannot be saved need no memory of them. */
export function takeSnapshot(entity: object, metadata: EntityMetadata, values: Values): void {
  if (!metadata.actions.has('save')) return;
  setSnapshot(
    entity,
    writableFieldsOf(metadata).map((field) => frozenValue(values[field.name])),
  );
}

/** All values of an entity as they are now, out of reach of later changes. */
export function copyValues(entity: object, metadata: EntityMetadata): Values {
  const values = entity as Values;
  return Object.fromEntries(
    [...metadata.fields.keys()].map((name) => [name, frozenValue(values[name])]),
  );
}

export interface FieldChange {
  readonly field: FieldMetadata;
  /** As the server had it. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The writable fields whose values differ from the snapshot; none for an entity that cannot be saved and so has none.
 * @param values those of the entity, or what they will be.
 */
export function changesOf(
  entity: object,
  metadata: EntityMetadata,
  values = entity as Values,
): FieldChange[] {
  if (!metadata.actions.has('save')) return [];
  const snapshot = snapshotOf(entity);
  return writableFieldsOf(metadata).flatMap((field, index) => {
    const before = snapshot?.[index];
    const after = values[field.name];
    return sameValue(before, after) ? [] : [{ field, before, after: frozenValue(after) }];
  });
}

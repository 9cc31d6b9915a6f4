import {
  coerceField,
  type EntityMetadata,
  type FieldMetadata,
  InvalidValueError,
  isReadable,
  UndefinedConditionError,
  UnknownFieldError,
} from '@kayako-orm/core';
import { and, type ConditionNode, EVERYTHING, type InNode } from './condition-node.js';

/** Checks an id of a `get` or a condition. @throws {InvalidValueError} unless it is a positive whole number. */
export function parseId(owner: string, field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  // Id 0 reaches the whole list on the server, and text the item 0 (§1.2).
  throw new InvalidValueError(
    `${owner}.${field}: ${typeof value === 'string' ? JSON.stringify(value) : String(value)} is no id. Ids are whole numbers from 1.`,
  );
}

function conditionField(metadata: EntityMetadata, name: string): FieldMetadata {
  const field = metadata.fields.get(name);
  if (field !== undefined && isReadable(field) && field.codec !== null) return field;
  if (field !== undefined) {
    throw new UnknownFieldError(
      `${metadata.name}.${name} cannot stand in a condition: ${isReadable(field) ? 'it holds nested rows' : 'it is sent, but never returned'}.`,
      [name],
    );
  }
  const relation = metadata.relations.get(name);
  const hint =
    relation === undefined
      ? `Its fields: ${[...metadata.fields.values()]
          .filter(isReadable)
          .map((each) => each.name)
          .join(', ')}.`
      : relation.kind === 'belongsTo'
        ? `It is a relation; use ${relation.field}.`
        : 'It is a collection of children.';
  throw new UnknownFieldError(`${metadata.name} has no field ${name}. ${hint}`, [name]);
}

function refuseUndefined(metadata: EntityMetadata, name: string, value: unknown): void {
  if (value !== undefined) return;
  throw new UndefinedConditionError(
    `${metadata.name}.${name} is undefined in a condition. That never means "any": leave the key out, or use null for "none".`,
  );
}

function parseValue(metadata: EntityMetadata, field: FieldMetadata, value: unknown): unknown {
  refuseUndefined(metadata, field.name, value);
  if (value === null && field.name !== metadata.idField) return null;
  if (field.isReference || field.name === metadata.idField) {
    return parseId(metadata.name, field.name, value);
  }
  // A list field is compared element by element, so its codec makes a list of one of the value.
  const coerced = coerceField(metadata.name, field, value);
  return Array.isArray(coerced) ? (coerced as unknown[])[0] : coerced;
}

function parseField(metadata: EntityMetadata, name: string, value: unknown): InNode {
  refuseUndefined(metadata, name, value);
  const field = conditionField(metadata, name);
  const values = (Array.isArray(value) ? (value as unknown[]) : [value]).map((each) =>
    parseValue(metadata, field, each),
  );
  return Object.freeze({
    kind: 'in',
    field: name,
    list: Array.isArray(field.codec?.absent()),
    values: Object.freeze(values),
  });
}

/**
 * Checks what a user gave to `where` and turns it into a node.
 *
 * @throws {UndefinedConditionError} for `undefined`, at any place.
 * @throws {UnknownFieldError} for a name that is no readable field.
 * @throws {InvalidValueError} for a value that the field cannot have.
 */
export function parseCondition(metadata: EntityMetadata, condition: unknown): ConditionNode {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    if (condition === undefined) refuseUndefined(metadata, 'where(…)', condition);
    throw new InvalidValueError(
      `${metadata.name}: a condition is an object such as { id: 1 }, not ${condition === null ? 'null' : typeof condition}.`,
    );
  }
  return Object.entries(condition)
    .map(([name, value]) => parseField(metadata, name, value))
    .reduce<ConditionNode>(and, EVERYTHING);
}

import {
  coerceField,
  type EntityMetadata,
  type FieldMetadata,
  FieldNotClearableError,
  InvalidValueError,
  isReadable,
  RequiredFieldsError,
  sendableField,
  type WriteAction,
} from '@kayako-orm/core';
import { knownExtrasOf } from '../../entity/entity-state.js';
import { type FieldChange, sameValue, writableFieldsOf } from '../hydration/snapshot.js';

type Values = Record<string, unknown>;

function isMissing(field: FieldMetadata, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return !field.blankAllowed && field.codec?.isEmpty(value) === true;
}

/** All that is missing, at once: required fields, and groups of which one must be set. */
function refuseMissing(
  metadata: EntityMetadata,
  action: WriteAction,
  values: Values,
  apart: string | null = null,
): void {
  const missing = writableFieldsOf(metadata)
    .filter(({ name }) => name !== apart)
    .filter((field) => field.required[action] && isMissing(field, values[field.name]))
    .map((field) => field.name);
  const groups = action === 'add' ? metadata.alternatives : [];
  const open = groups.filter((group) =>
    group.every((name) => {
      const field = metadata.fields.get(name);
      return field === undefined || values[name] === false || isMissing(field, values[name]);
    }),
  );
  if (missing.length === 0 && open.length === 0) return;
  const sentences = [...missing, ...open.map((group) => `one of ${group.join(', ')}`)];
  throw new RequiredFieldsError(
    `${metadata.name}.${action}(): required and not set: ${sentences.join('; ')}.`,
    [...missing, ...open.flat()],
  );
}

/**
 * The values that adding sends, checked. Adding again repeats what was given before the first reply replaced it.
 * @param source the values of the entity, or what they will be.
 * @param apart a field whose value comes from elsewhere.
 */
export function addValues(
  entity: object,
  metadata: EntityMetadata,
  source = entity as Values,
  apart: string | null = null,
): Values {
  const given = knownExtrasOf(entity)?.given;
  const alternatives = new Set(metadata.alternatives.flat());
  const values: Values = {};
  for (const field of writableFieldsOf(metadata)) {
    if (field.write.add === null || field.name === apart) continue;
    const current = source[field.name];
    const replaced = given?.get(field.name);
    const value =
      replaced !== undefined && sameValue(current, replaced.reply) ? replaced.given : current;
    // A null among alternatives means "not by this one"; sent as 0 it would be taken for a choice (§6.1.2).
    if (value === undefined || (value === null && alternatives.has(field.name))) continue;
    values[field.name] = sendableField(metadata.name, field, value);
  }
  refuseMissing(metadata, 'add', values, apart);
  refuseDropped(metadata, Object.keys(values), values);
  return values;
}

/** A list of groups without its flag would be dropped, and what is meant for some be seen by all (§7.1). */
function refuseDropped(metadata: EntityMetadata, names: readonly string[], values: Values): void {
  const dropped = names
    .flatMap((name) => metadata.fields.get(name) ?? [])
    .filter((field) => field.onlyWith !== null && values[field.onlyWith] !== true)
    .filter((field) => !isEmptyValue(field, values[field.name]));
  if (dropped.length === 0) return;
  const reasons = dropped.map(({ name, onlyWith }) => `${name} needs ${onlyWith ?? ''}: true`);
  throw new InvalidValueError(
    `${metadata.name}: ${reasons.join(', ')}; the help desk drops it otherwise, and everybody is let in.`,
  );
}

/** Whether the server could take a value for "nothing", as some do with the 0 of a flag. */
export function isEmptyValue(field: FieldMetadata, value: unknown): boolean {
  return (
    value === undefined || value === null || value === false || field.codec?.isEmpty(value) === true
  );
}

function encoded(field: FieldMetadata, value: unknown): string {
  return JSON.stringify(value === undefined ? null : field.codec?.encode(value));
}

/** Whether two values are the same to the server: null and empty text, or two dates within one second. */
export function sendsSame(field: FieldMetadata, left: unknown, right: unknown): boolean {
  return (
    (left === undefined) === (right === undefined) && encoded(field, left) === encoded(field, right)
  );
}

/** The changes that the server can see, with values of the declared types. @throws {InvalidValueError} */
export function effectiveChanges(
  metadata: EntityMetadata,
  changes: readonly FieldChange[],
): FieldChange[] {
  return changes
    .filter(({ after }) => after !== undefined)
    .map((change) => ({
      ...change,
      after: coerceField(metadata.name, change.field, change.after),
    }))
    .filter(({ field, before, after }) => !sendsSame(field, before, after));
}

/** A save of an object that was never read would reset what the server resets when it is absent (§13.6). */
function refuseUnread(metadata: EntityMetadata, values: Values): void {
  const unknown = writableFieldsOf(metadata)
    .filter((field) => field.resetWhenAbsent && field.write.save !== null)
    .filter((field) => values[field.name] === undefined)
    .map((field) => field.name);
  if (unknown.length === 0) return;
  throw new RequiredFieldsError(
    `${metadata.name}.save(): ${unknown.join(', ')} would be reset, because this object was not read from the help desk. reload() it first, or set them.`,
    unknown,
  );
}

/** The values that saving sends, checked: what changed, what is required, and what the server would reset (§13.6). */
export function saveValues(
  entity: object,
  metadata: EntityMetadata,
  changes: readonly FieldChange[],
): Values {
  const fixed = changes
    .filter(({ field }) => field.write.save === null)
    .map(({ field }) => field.name);
  if (fixed.length > 0) {
    throw new InvalidValueError(
      `${metadata.name}.save(): ${fixed.join(', ')} can only be set when adding; the help desk does not change it later.`,
    );
  }
  const current = entity as Values;
  refuseMissing(metadata, 'save', current);
  refuseUnread(metadata, current);
  const stuck = changes
    .filter(
      ({ field, before, after }) =>
        !field.clearable &&
        isEmptyValue(field, after) &&
        // What is never read may hold anything.
        (!isReadable(field) || !isEmptyValue(field, before)),
    )
    .map(({ field }) => field.name);
  if (stuck.length > 0) {
    throw new FieldNotClearableError(
      `${metadata.name}.save(): ${stuck.join(', ')} cannot be cleared or switched off: the help desk takes nothing and 0 as "keep". Set another value, or reload().`,
      stuck,
    );
  }
  const changed = new Set(changes.map(({ field }) => field.name));
  refuseDropped(metadata, [...changed], current);
  const values: Values = {};
  for (const field of writableFieldsOf(metadata)) {
    const value = current[field.name];
    const sent = changed.has(field.name) || field.required.save || field.resetWhenAbsent;
    if (field.write.save === null || !sent || value === undefined) continue;
    values[field.name] = sendableField(metadata.name, field, value);
  }
  return values;
}

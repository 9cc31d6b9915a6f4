import { apartName, type EntityMetadata, type FieldMetadata, isReadable } from '@kayako-orm/core';
import { metadataOfEntity } from '../../entity/entity.js';
import { extrasOf, type GivenValue, knownExtrasOf } from '../../entity/entity-state.js';
import {
  isLoaded,
  type LoadableCollection,
  type LoadableRefs,
} from '../hydration/loaded-relation.js';
import {
  changesOf,
  copyValues,
  frozenValue,
  sameValue,
  takeSnapshot,
} from '../hydration/snapshot.js';

type Values = Record<string, unknown>;

/** An entity as it was when a request was sent, to tell what the user did while it was under way. */
export interface Departure {
  readonly values: Readonly<Values>;
  /** How often the entity's children had been written to through it. */
  readonly childWrites: number;
}

export function departureOf(entity: object, metadata: EntityMetadata): Departure {
  return {
    values: copyValues(entity, metadata),
    childWrites: knownExtrasOf(entity)?.childWrites ?? 0,
  };
}

/** Contents of files come with a single get only; no other reply says anything about them. */
function isTold(field: FieldMetadata, answered: unknown): boolean {
  return answered !== null || field.codec?.comparison !== 'none' || apartName(field) !== null;
}

/**
 * Takes over what the server answered: all readable fields and the children that came along. What the user changed
 * since the request was sent stays, as a change that was not saved yet.
 */
export function takeOver(
  entity: object,
  fresh: object,
  metadata: EntityMetadata,
  departure: Departure,
): void {
  const values = entity as Values;
  const known: Values = { ...departure.values };
  const unsaved = changesOf(entity, metadata);
  for (const field of metadata.fields.values()) {
    if (!isReadable(field)) continue;
    const answered = (fresh as Values)[field.name];
    if (answered === undefined) {
      // Kept apart: no reply says anything of it, so what was changed is still to be saved.
      const change = unsaved.find((each) => each.field === field);
      // Nothing is set in a new record.
      if (change !== undefined) known[field.name] = change.before ?? field.codec?.absent();
      continue;
    }
    if (!isTold(field, answered)) continue;
    known[field.name] = answered;
    if (sameValue(values[field.name], departure.values[field.name])) values[field.name] = answered;
  }
  takeSnapshot(entity, metadata, known);
  takeOverChildren(entity, fresh, departure.childWrites);
}

/**
 * Takes over some fields that were written or read by themselves. What the user changed since then stays.
 * @param answered their values by name.
 */
export function takeOverFields(
  entity: object,
  answered: Readonly<Values>,
  metadata: EntityMetadata,
  departure: Departure,
): void {
  const values = entity as Values;
  const unsaved = changesOf(entity, metadata).map(({ field, before }) => [field.name, before]);
  const known: Values = {
    ...copyValues(entity, metadata),
    ...(Object.fromEntries(unsaved) as Values),
    ...answered,
  };
  for (const [name, value] of Object.entries(answered)) {
    if (sameValue(values[name], departure.values[name])) values[name] = frozenValue(value);
  }
  takeSnapshot(entity, metadata, known);
}

/**
 * Takes over another reading of the same record, except for fields that the program has changed: they stay as they are,
 * and so does what the snapshot says they were.
 * @param waiting fields that wait for an id; they are left alone.
 */
export function takeOverReading(
  entity: object,
  fresh: object,
  metadata: EntityMetadata,
  waiting: ReadonlyMap<string, unknown>,
): void {
  const values = entity as Values;
  const changed = new Map(
    changesOf(entity, metadata).map((each) => [each.field.name, each.before]),
  );
  const known: Values = {};
  for (const field of metadata.fields.values()) {
    const { name } = field;
    const answered = (fresh as Values)[name];
    const told = isReadable(field) && answered !== undefined && isTold(field, answered);
    if (waiting.has(name)) {
      known[name] = told ? answered : values[name];
      continue;
    }
    if (told && !changed.has(name)) values[name] = answered;
    known[name] = changed.has(name) ? changed.get(name) : values[name];
  }
  takeSnapshot(entity, metadata, known);
  takeOverChildren(entity, fresh, knownExtrasOf(entity)?.childWrites ?? 0);
}

/** @param childWrites how often children had been written to when `fresh` was asked for. */
function takeOverChildren(entity: object, fresh: object, childWrites: number): void {
  const extras = extrasOf(entity);
  // What was loaded along with the entity stays with it.
  for (const [name, relation] of extras.relations) {
    if (!(relation as LoadableRefs | LoadableCollection)[isLoaded]) extras.relations.delete(name);
  }
  extras.embedded.clear();
  // Children that came along do not know of one that was added or deleted meanwhile.
  if (extras.childWrites !== childWrites) return;
  extras.stale.clear();
  for (const [relation, children] of knownExtrasOf(fresh)?.embedded ?? []) {
    extras.embedded.set(relation, children);
    for (const child of children) extrasOf(child).parent = { parent: entity, relation };
  }
}

/** Keeps what was given to `add()` where the reply replaced it, so that adding again repeats it. */
export function rememberGiven(
  entity: object,
  fresh: object,
  metadata: EntityMetadata,
  given: Readonly<Values>,
): void {
  const replies = copyValues(fresh, metadata);
  const remembered = new Map<string, GivenValue>();
  for (const field of metadata.fields.values()) {
    if (field.write.add === null || !isReadable(field)) continue;
    remembered.set(field.name, { given: given[field.name], reply: replies[field.name] });
  }
  extrasOf(entity).given = remembered;
}

/** Children of an entity were written to: those that came along with it are no longer true. */
export function invalidateChildren(parent: object, relation: string): void {
  const extras = extrasOf(parent);
  extras.childWrites += 1;
  extras.embedded.delete(relation);
  extras.stale.add(relation);
}

/** A child was added or deleted: its parent's embedded rows, and what they say of such children, are no longer true. */
export function invalidateParent(child: object): void {
  const link = knownExtrasOf(child)?.parent;
  if (link === undefined) return;
  invalidateChildren(link.parent, link.relation);
  const extras = extrasOf(link.parent);
  for (const rows of extras.embedded.values()) {
    for (const row of rows) {
      for (const relation of metadataOfEntity(row).relations.values()) {
        if (relation.kind === 'hasMany' && child instanceof relation.target()) {
          extrasOf(row).stale.add(relation.name);
        }
      }
    }
  }
}

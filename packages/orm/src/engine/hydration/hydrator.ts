import { type EntityMetadata, type RecordFactory, RelationHiddenError } from '@kayako-orm/core';
import { metadataOfEntity } from '../../entity/entity.js';
import { attach, extrasOf, knownExtrasOf, setWatch } from '../../entity/entity-state.js';
import { LoadWatch } from '../../entity/load-watch.js';
import { type Persister } from '../../entity/persister.js';
import { copyValues, takeSnapshot } from './snapshot.js';

/** What the value of a relation is called. */
const VALUE_TYPES = { belongsTo: 'Ref', belongsToMany: 'RefList', hasMany: 'Collection' } as const;

const checked = new WeakSet<object>();

/**
 * A class field of the same name as a relation hides it, silently: the relation would read undefined.
 * @throws {RelationHiddenError} naming the line to change; looked at once per class.
 */
function refuseHiddenRelations(entity: object, metadata: EntityMetadata): void {
  if (checked.has(metadata.type)) return;
  for (const { name, kind, target } of metadata.relations.values()) {
    if (!Object.hasOwn(entity, name)) continue;
    const type = `${VALUE_TYPES[kind]}<${target().name}>`;
    throw new RelationHiddenError(
      `${metadata.name}.${name} hides the relation of that name. Write "declare readonly ${name}: ${type};" with declare.`,
    );
  }
  checked.add(metadata.type);
}

/** A new instance that belongs to a connection. */
export function instantiate<Entity extends object>(
  metadata: EntityMetadata<Entity>,
  persister: Persister,
): Entity {
  const entity = new metadata.type();
  refuseHiddenRelations(entity, metadata);
  attach(entity, persister);
  return entity;
}

/** Another instance with the same values, as the server has them. Children that came along are not copied. */
export function copyEntity<Entity extends object>(
  entity: Entity,
  metadata: EntityMetadata<Entity>,
  persister: Persister,
): Entity {
  const copy = instantiate(metadata, persister);
  Object.assign(copy, copyValues(entity, metadata));
  takeSnapshot(copy, metadata, copy as Record<string, unknown>);
  return copy;
}

/** Ties an object that the user made to the connection. */
export function adopt(entity: object, persister: Persister): void {
  refuseHiddenRelations(entity, metadataOfEntity(entity));
  attach(entity, persister);
}

/** Makes the instances that records are decoded into. */
export class EntityFactory implements RecordFactory {
  readonly selection: ReadonlySet<string> | undefined;
  readonly #persister: Persister;
  readonly #scope: readonly (readonly [string, unknown])[];
  readonly #watch = new LoadWatch();

  /**
   * @param scope fields of every row that the reply does not repeat.
   * @param selection these fields alone are wanted, in plain objects.
   */
  constructor(
    persister: Persister,
    scope: Readonly<Record<string, unknown>> = {},
    selection?: ReadonlySet<string>,
  ) {
    this.#persister = persister;
    this.selection = selection;
    this.#scope = Object.entries(scope);
  }

  create(metadata: EntityMetadata): object {
    return instantiate(metadata, this.#persister);
  }

  nest(value: object): void {
    attach(value, this.#persister);
  }

  embed(entity: object, relation: string): object[] {
    const { embedded } = extrasOf(entity);
    let rows = embedded.get(relation);
    if (rows === undefined) {
      rows = [];
      embedded.set(relation, rows);
    }
    return rows;
  }

  /** Completes an entity whose record has ended, and the children that came inside it. */
  finish(entity: object): void {
    const values = entity as Record<string, unknown>;
    for (const [field, value] of this.#scope) values[field] ??= value;
    if (this.selection !== undefined) return;
    const metadata = metadataOfEntity(entity);
    takeSnapshot(entity, metadata, values);
    setWatch(entity, this.#watch);
    const extras = knownExtrasOf(entity);
    if (extras === undefined) return;
    for (const [name, children] of extras.embedded) {
      const relation = metadata.relations.get(name);
      if (relation === undefined) continue;
      for (const child of children) {
        const childValues = child as Record<string, unknown>;
        for (const shared of relation.shared) childValues[shared] ??= values[shared];
        if (metadata.idField !== null) childValues[relation.field] ??= values[metadata.idField];
        extrasOf(child).parent = { parent: entity, relation: name };
        this.finish(child);
      }
    }
  }
}

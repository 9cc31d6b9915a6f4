import {
  ActionNotAvailableError,
  type EmbeddedSource,
  type EntityClass,
  type PropertyDecorator,
  type ReferenceCondition,
  recordRelation,
  refuseStandardDecorators,
  type RelationMetadata,
  splitPath,
} from '@kayako-orm/core';
import { persisterOf } from './entity-state.js';

/** Where children stand inside their parent's own record. */
export interface EmbeddedOptions {
  /** The child's element, or `'container/element'`. */
  readonly element: string;
  /** Only elements whose attribute has this value. */
  readonly when?: EmbeddedSource['when'];
}

export interface HasManyOptions {
  /** Set when the server sends the children along with the parent. */
  readonly embedded?: EmbeddedOptions;
  /** Fields that parent and child share under the same name, such as `ticketId`. */
  readonly shared?: readonly string[];
  /** A boolean field of the parent that is false when it has no children. */
  readonly presence?: string;
}

export interface BelongsToOptions {
  /** For an id that belongs to one of several classes: which field says so, and what it is for this one. */
  readonly when?: ReferenceCondition;
}

function access(entity: object, relation: RelationMetadata): unknown {
  const persister = persisterOf(entity);
  if (persister !== undefined) return persister.relation(entity, relation);
  const { name } = entity.constructor;
  throw new ActionNotAvailableError(
    `${name}.${relation.name}: this object belongs to no connection. Make it with kayako.create(${name}, …).`,
  );
}

function relationDecorator(
  decorator: string,
  relation: Omit<RelationMetadata, 'name'>,
): PropertyDecorator {
  return (target, property) => {
    refuseStandardDecorators(decorator, property);
    recordRelation(target, { ...relation, name: property }, access);
  };
}

/**
 * Declares a reference to one other entity, by the field of this entity that holds its id.
 *
 * @example `@BelongsTo(() => Department, 'departmentId') declare readonly department: Ref<Department>;`
 */
export function BelongsTo(
  target: () => EntityClass,
  field: string,
  { when }: BelongsToOptions = {},
): PropertyDecorator {
  return relationDecorator('BelongsTo', {
    kind: 'belongsTo',
    target,
    field,
    when: when ?? null,
    embedded: null,
    shared: [],
    presence: null,
  });
}

/**
 * Declares references to several other entities, by the field of this entity that holds their ids.
 *
 * @example
 * ```ts
 * @BelongsToMany(() => KnowledgebaseCategory, 'categoryIds')
 * declare readonly categories: RefList<KnowledgebaseCategory>;
 * ```
 */
export function BelongsToMany(target: () => EntityClass, field: string): PropertyDecorator {
  return relationDecorator('BelongsToMany', {
    kind: 'belongsToMany',
    target,
    field,
    when: null,
    embedded: null,
    shared: [],
    presence: null,
  });
}

/**
 * Declares the children of this entity, by the field of the child that holds this entity's id.
 *
 * @example `@HasMany(() => TicketPost, 'ticketId') declare readonly posts: Collection<TicketPost>;`
 */
export function HasMany(
  target: () => EntityClass,
  foreignField: string,
  options: HasManyOptions = {},
): PropertyDecorator {
  const { embedded, shared = [], presence = null } = options;
  return relationDecorator('HasMany', {
    kind: 'hasMany',
    target,
    field: foreignField,
    when: null,
    embedded:
      embedded === undefined
        ? null
        : { path: splitPath(embedded.element), when: embedded.when ?? null },
    shared,
    presence,
  });
}

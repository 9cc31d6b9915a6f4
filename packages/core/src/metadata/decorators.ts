import { ActionNotAvailableError, MetadataError } from '../errors/request-errors.js';
import { type Constructor } from './constructor.js';
import { type FieldOptions } from './field-options.js';
import { type EntityOptions, recordFor } from './registry.js';
import { type RelationMetadata } from './entity-metadata.js';

/** A decorator of a property, in the form that `experimentalDecorators` calls. */
export type PropertyDecorator = (target: object, property: string) => void;

/**
 * With standard decorators a property decorator gets (undefined, context) and there is no class to record for.
 */
export function refuseStandardDecorators(decorator: string, second: unknown): void {
  if (typeof second === 'object' && second !== null && 'kind' in second && 'name' in second) {
    throw new MetadataError(
      `@${decorator} was called as a standard decorator. Entities need the compiler option ` +
        '"experimentalDecorators": true (tsc and esbuild: tsconfig.json; SWC: jsc.transform.legacyDecorator).',
    );
  }
}

/**
 * Declares a class as an entity: where it lives in the API and what can be done with it.
 *
 * @example
 * ```ts
 * @Entity({ route: '/Base/StaffGroup', root: 'staffgroups', element: 'staffgroup',
 *           actions: ['list', 'get', 'add', 'save', 'delete'] })
 * class StaffGroup { … }
 * ```
 */
export function Entity(options: EntityOptions): (type: Constructor) => void {
  return (type: Constructor, ...rest: unknown[]) => {
    refuseStandardDecorators('Entity', rest[0]);
    recordFor(type).entity = options;
  };
}

function recordField(isId: boolean, options: FieldOptions): PropertyDecorator {
  return (target: object, property: string) => {
    refuseStandardDecorators(isId ? 'Id' : 'Field', property);
    recordFor(target.constructor).fields.set(property, { name: property, isId, options });
  };
}

/** Declares a field. Its name on the wire is the property's in lower case unless `wire` says otherwise. */
export function Field(options: FieldOptions = {}): PropertyDecorator {
  return recordField(false, options);
}

/** Declares the field that holds the record's id: an element, or with `attribute: true` an attribute. */
export function Id(
  options: { readonly wire?: string; readonly attribute?: boolean } = {},
): PropertyDecorator {
  return recordField(true, { ...options, type: 'id', write: false });
}

/**
 * Records a relation and gives the class's prototype an accessor for it.
 *
 * @param access makes the relation's value for an instance; called at each access of the property.
 */
export function recordRelation(
  target: object,
  relation: RelationMetadata,
  access: (entity: object, relation: RelationMetadata) => unknown,
): void {
  recordFor(target.constructor).relations.set(relation.name, relation);
  Object.defineProperty(target, relation.name, {
    configurable: true,
    enumerable: false,
    get(this: object) {
      return access(this, relation);
    },
    // Without it, plain JavaScript would be told of a getter.
    set(this: object) {
      const { name, kind, field } = relation;
      const path = `${this.constructor.name}.${name}`;
      const hints = {
        belongsTo: `is a relation: write ${path}.set(…), or set ${field}.`,
        belongsToMany: `is a list of relations: set ${field}.`,
        hasMany: `is a collection: write ${path}.create(…).add() for a new one.`,
      };
      throw new ActionNotAvailableError(`${path} ${hints[kind]}`);
    },
  });
}

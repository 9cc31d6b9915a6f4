import { type Action, type RelationMetadata } from './entity-metadata.js';
import { type FieldOptions } from './field-options.js';

/** What `@Entity` takes. */
export interface EntityOptions {
  /** `/App/Controller`, for example `/Base/Department`. */
  readonly route: string;
  /** Name of the document's root element. */
  readonly root: string;
  /** Name of one record's element. Equal to `root` when the document is the record. */
  readonly element: string;
  /** What the resource offers. */
  readonly actions: readonly Action[];
  /** Groups of fields of which at least one must be set when adding. */
  readonly alternatives?: readonly (readonly string[])[];
  /** How lists of this resource are read. */
  readonly access?: readonly { readonly kind: string }[];
}

export interface RecordedField {
  readonly name: string;
  readonly isId: boolean;
  readonly options: FieldOptions;
}

/** What the decorators of one class recorded, unchecked and without what it inherits. */
export interface RecordedClass {
  entity: EntityOptions | undefined;
  readonly fields: Map<string, RecordedField>;
  readonly relations: Map<string, RelationMetadata>;
}

// On a global symbol: a class decorated through one copy of this package is known to every other copy.
const REGISTRY_KEY = Symbol.for('kayako-orm.registry.1');
const globals = globalThis as unknown as {
  [REGISTRY_KEY]: WeakMap<object, RecordedClass> | undefined;
};
const registry = (globals[REGISTRY_KEY] ??= new WeakMap<object, RecordedClass>());

/** What was recorded for the class itself, or undefined if it has no decorators. */
export function recordedClass(type: object): RecordedClass | undefined {
  return registry.get(type);
}

/** The record to add to, made at the first decorator of a class. */
export function recordFor(type: object): RecordedClass {
  let recorded = registry.get(type);
  if (recorded === undefined) {
    recorded = { entity: undefined, fields: new Map(), relations: new Map() };
    registry.set(type, recorded);
  }
  return recorded;
}

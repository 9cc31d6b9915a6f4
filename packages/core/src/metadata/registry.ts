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

interface Registry {
  readonly records: WeakMap<object, RecordedClass>;
  /** The same classes in the order of their first decorators. Weak: a class that nobody holds is gone. */
  readonly classes: Set<WeakRef<object>>;
  readonly collected: FinalizationRegistry<WeakRef<object>>;
}

function createRegistry(): Registry {
  const classes = new Set<WeakRef<object>>();
  const collected = new FinalizationRegistry<WeakRef<object>>((reference) => {
    classes.delete(reference);
  });
  return { records: new WeakMap(), classes, collected };
}

// On a global symbol: a class decorated through one copy of this package is known to every other copy.
const REGISTRY_KEY = Symbol.for('kayako-orm.registry.2');
const globals = globalThis as unknown as { [REGISTRY_KEY]: Registry | undefined };
const registry = (globals[REGISTRY_KEY] ??= createRegistry());

/** What was recorded for the class itself, or undefined if it has no decorators. */
export function recordedClass(type: object): RecordedClass | undefined {
  return registry.records.get(type);
}

/** The record to add to, made at the first decorator of a class. */
export function recordFor(type: object): RecordedClass {
  let recorded = registry.records.get(type);
  if (recorded === undefined) {
    recorded = { entity: undefined, fields: new Map(), relations: new Map() };
    registry.records.set(type, recorded);
    const reference = new WeakRef(type);
    registry.classes.add(reference);
    registry.collected.register(type, reference);
  }
  return recorded;
}

/** Every class with decorators of its own, in the order of their declaration. */
export function recordedClasses(): object[] {
  return [...registry.classes].flatMap((reference) => reference.deref() ?? []);
}

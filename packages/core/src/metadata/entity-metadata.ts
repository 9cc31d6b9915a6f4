import { type Codec } from '../codec/codec.js';
import { type Constructor, type EntityClass } from './constructor.js';

/** What can be done with a resource: the five columns of the API's table. */
export type Action = 'list' | 'get' | 'add' | 'save' | 'delete';

/** The actions that send fields. */
export type WriteAction = 'add' | 'save';

/** Where a field's text stands inside its record's element. */
export type ReadSource =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'element'; readonly path: readonly [string] | readonly [string, string] }
  | { readonly kind: 'content' }
  /** Not in the record at all: read and written by requests of its own, under this name. */
  | { readonly kind: 'apart'; readonly name: string };

/** How one of two alternatives with the same element name is told apart: by the value of an attribute. */
export interface Discriminator {
  readonly attribute: string;
  readonly value: string;
}

export interface FieldMetadata {
  readonly name: string;
  /** Of a single value, or of one item when `list`; null for nested elements. */
  readonly item: Codec<unknown> | null;
  /** Of the whole field; null for nested elements. */
  readonly codec: Codec<unknown> | null;
  readonly nested: Constructor | null;
  readonly list: boolean;
  /** Holds ids of other records. */
  readonly isReference: boolean;
  readonly sources: readonly ReadSource[];
  readonly when: Discriminator | null;
  /** The parameter name for each action, or null where the action does not send the field. */
  readonly write: Readonly<Record<WriteAction, string | null>>;
  readonly required: Readonly<Record<WriteAction, boolean>>;
  /** A required text that may be blank. */
  readonly blankAllowed: boolean;
  /** False where an empty value, or a flag's 0, means "keep" on the server: saving cannot clear it (§13.7). */
  readonly clearable: boolean;
  /** The flag that must be true for the server to keep what is sent; null for none. */
  readonly onlyWith: string | null;
  /** The server resets the field when a save does not send it (§13.6). */
  readonly resetWhenAbsent: boolean;
  /** Never shown by JSON, inspection or class-transformer. */
  readonly secret: boolean;
}

/** Child records that come inside their parent's element. */
export interface EmbeddedSource {
  readonly path: readonly [string] | readonly [string, string];
  readonly when: Discriminator | null;
}

/** A field that says to which class another field's id belongs, and its value for this one. */
export interface ReferenceCondition {
  readonly field: string;
  readonly is: string | number | boolean;
}

export interface RelationMetadata {
  readonly kind: 'belongsTo' | 'belongsToMany' | 'hasMany';
  readonly name: string;
  readonly target: () => EntityClass;
  /** `belongsTo`: the field of this entity that holds the id, `belongsToMany`: the ids. `hasMany`: the field of the child. */
  readonly field: string;
  /** For `belongsTo`: holds only where another field of this entity has this value. */
  readonly when: ReferenceCondition | null;
  /** For `hasMany`: fields of the same name and value in parent and child, besides `field`. */
  readonly shared: readonly string[];
  /** For `hasMany`: a boolean field that is false when there are no children. */
  readonly presence: string | null;
  /** For `hasMany`: where the children stand inside this record, if the server sends them along. */
  readonly embedded: EmbeddedSource | null;
}

export interface EntityMetadata<Entity extends object = object> {
  readonly type: EntityClass<Entity>;
  readonly name: string;
  readonly route: string;
  readonly root: string;
  readonly element: string;
  readonly actions: ReadonlySet<Action>;
  /** Name of the id field; null for records without one (counts). */
  readonly idField: string | null;
  readonly fields: ReadonlyMap<string, FieldMetadata>;
  readonly relations: ReadonlyMap<string, RelationMetadata>;
  /** Of each group, at least one field must be set when adding. */
  readonly alternatives: readonly (readonly string[])[];
  /** Access paths, opaque here: the query planner's vocabulary. */
  readonly access: readonly { readonly kind: string }[];
}

/** The name under which a field is read and written apart from its record; null for all others. */
export function apartName({ sources: [source] }: FieldMetadata): string | null {
  return source?.kind === 'apart' ? source.name : null;
}

export function isReadable(field: FieldMetadata): boolean {
  return field.sources.length > 0;
}

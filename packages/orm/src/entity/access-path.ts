import {
  Entity as CoreEntity,
  type Constructor,
  type EntityClass,
  type EntityOptions as CoreEntityOptions,
} from '@kayako-orm/core';

/** The whole list is one reply: `GET route`. What entities have that declare no other path. */
export interface WholeList {
  readonly kind: 'whole';
}

/** Pages of ascending ids: `GET route/operation/{marker}/{maxItems}`, rows with id ≥ marker (§5.4). */
export interface KeysetPages {
  readonly kind: 'keyset';
  readonly operation: string;
  readonly maxItems: number;
}

/** The list of one parent: `GET route/operation/{scope}`. The scope field must be in the condition. */
export interface ScopedList {
  readonly kind: 'scoped';
  /** Null where the parent's id follows the route directly. */
  readonly operation: string | null;
  readonly scope: string;
}

/** What stands in a path filter when the condition says nothing about its field. */
export type Wildcard =
  | { readonly kind: 'text'; readonly value: string }
  /** The ids of all these records; needed where the server's own wildcard means something else. */
  | {
      readonly kind: 'lookup';
      readonly entity: () => EntityClass;
      readonly where: Readonly<Record<string, unknown>>;
    };

export interface PathFilter {
  readonly field: string;
  readonly wildcard: Wildcard;
  /** What stands for "none" (null), or null where the server cannot filter for that. */
  readonly none: string | null;
}

/** A list filtered by path arguments and paged by offset: `GET route/operation/{filters}/{count}/{start}/{sort}` (§6.1.1). */
export interface FilteredPages {
  readonly kind: 'filtered';
  readonly operation: string;
  readonly filters: readonly PathFilter[];
  readonly pageSize: number;
  readonly sort: readonly string[];
}

/** One way to read a list of an entity. An entity declares its paths; the planner chooses. */
export type AccessPath = WholeList | KeysetPages | ScopedList | FilteredPages;

/** What `@Entity` takes. */
export interface EntityOptions extends CoreEntityOptions {
  /** How lists of this resource are read. Default: the whole list in one reply. */
  readonly access?: readonly AccessPath[];
}

/**
 * Declares a class as an entity: where it lives in the API, what can be done with it and how its lists are read.
 *
 * @example
 * ```ts
 * @Entity({ route: '/Base/StaffGroup', root: 'staffgroups', element: 'staffgroup',
 *           actions: ['list', 'get', 'add', 'save', 'delete'] })
 * class StaffGroup extends EditableEntity { … }
 * ```
 */
export const Entity: (options: EntityOptions) => (type: Constructor) => void = CoreEntity;

import {
  Entity as CoreEntity,
  type Constructor,
  type EntityClass,
  type EntityMetadata,
  type EntityOptions as CoreEntityOptions,
  type Parameters,
} from '@kayako-orm/core';

/** The whole list is one reply: `GET route`. What entities have that declare no other path. */
export interface WholeList {
  readonly kind: 'whole';
  /** Default `id`: ascending. `other`: rows are put into that order here. */
  readonly order?: 'id' | 'other';
  /** The list may be too long to be kept in memory or to be read for a few of its records. Default false. */
  readonly isLong?: boolean;
}

/** Pages of ascending ids: `GET route/operation/{marker}/{maxItems}`, rows with id ≥ marker (§5.4). */
export interface KeysetPages {
  readonly kind: 'keyset';
  readonly operation: string;
  readonly maxItems: number;
}

/** Counts what a list has: `GET route/operation/{filters}`, answered with one number in an element of the root. */
export interface CountOperation {
  readonly operation: string;
  readonly element: string;
}

/**
 * The list of one parent, in an order that the help desk's settings may turn: `GET route/operation/{scope}`.
 *
 * Where it is the only list, records are read below their parent too: `GET route/{scope}/{id}`.
 */
export interface ScopedList {
  readonly kind: 'scoped';
  /** Null where the parent's id follows the route directly. */
  readonly operation: string | null;
  /** The field that must be in the condition: the parent's id, or a list of ids that holds it. */
  readonly scope: string;
  /** Set where the list comes in pages: `GET route/operation/{scope}/{count}/{start}` (§8.1). */
  readonly pages?: { readonly size: number; readonly count: CountOperation };
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
  /**
   * The field, in the look-up's records and among the filters, that a value of this filter may be tied to: the server
   * lists such a value only beside the one that it is tied to.
   */
  readonly tiedTo?: string;
}

/** What tells which rows something happened to last, so that these can be read without all the others. */
export interface Activity {
  /** One of the fields that the list can be sorted by: a date that the server sets, by its own clock, when something happens to a row. */
  readonly field: string;
  /** How long after that date a row may still come into view: as long as the server works on one request. */
  readonly lateSeconds: number;
}

/** A list filtered by path arguments and paged by offset: `GET route/operation/{filters}/{count}/{start}/{column}/{direction}` (§6.1.1). */
export interface FilteredPages {
  readonly kind: 'filtered';
  readonly operation: string;
  /** Counts what the same filters list. */
  readonly count: CountOperation;
  readonly filters: readonly PathFilter[];
  /** Fields whose equality the server also filters by, sent as parameters of a POST. Its answer is a superset. */
  readonly parameters: readonly string[];
  readonly pageSize: number;
  /** The server's column for the id, and for the fields it can order by; numbers and dates only. */
  readonly sort: { readonly id: string; readonly fields: Readonly<Record<string, string>> };
  /** Left out where nothing tells. */
  readonly activity?: Activity;
}

/** One record by another unique field: `GET route/{value}`. */
export interface UniqueKey {
  readonly kind: 'key';
  readonly field: string;
  /** What a value must look like to be sent. */
  readonly pattern: RegExp;
}

/**
 * A search on the server that finds at least what the condition asks for: `POST route` with `query`. Its rows are read
 * again one by one, because a search may answer with values of another table (§5.5).
 *
 * A search that cuts its results at a limit, as that for tickets does (§6.8), finds less and is no access path.
 */
export interface SearchList {
  readonly kind: 'search';
  readonly route: string;
  /** Sent along with `query`. */
  readonly parameters: Parameters;
  /** Fields that are searched for a part of their text, and what text can be asked for without being changed. */
  readonly fields: Readonly<Record<string, RegExp>>;
}

/** One way to read rows of an entity. An entity declares its paths; the planner chooses. */
export type AccessPath =
  WholeList | KeysetPages | ScopedList | FilteredPages | UniqueKey | SearchList;

/** What `@Entity` takes. */
export interface EntityOptions extends CoreEntityOptions {
  /** How rows are read besides by id. Default: the whole list in one reply. */
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

const WHOLE_LIST: WholeList = { kind: 'whole' };

/** The entity's ways to its lists; `@Entity` declares them. */
export function accessPathsOf(metadata: EntityMetadata): readonly AccessPath[] {
  return metadata.access.length === 0 ? [WHOLE_LIST] : (metadata.access as readonly AccessPath[]);
}

/** The field that holds the id of the parent under which records are read, or null where they are read by id alone. */
export function parentFieldOf(metadata: EntityMetadata): string | null {
  const paths = accessPathsOf(metadata);
  const only = paths.length === 1 ? paths[0] : undefined;
  return only?.kind === 'scoped' && metadata.fields.get(only.scope)?.list === false
    ? only.scope
    : null;
}

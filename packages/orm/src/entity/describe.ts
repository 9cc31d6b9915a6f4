import {
  type Action,
  type EntityClass,
  type EntityMetadata,
  type FieldMetadata,
  isReadable,
  metadataOf,
  nestedMetadataOf,
  type RelationMetadata,
  type WriteAction,
} from '@kayako-orm/core';
import {
  type AccessPath,
  accessPathsOf,
  type FilteredPages,
  parentFieldOf,
} from './access-path.js';

/** How a field is called on the wire. */
export interface WireNames {
  /**
   * Where it stands in a record's element, in the notation of XPath: `statusid`, `usergroups/id`, `@id` for an
   * attribute, `text()` for the element's own text; `apart: Order number` for a custom field. Of several the first that brings a value wins. Empty for a field
   * that never comes back.
   */
  readonly read: readonly string[];
  /** The parameter that `add()` sends; null where it sends none. */
  readonly add: string | null;
  /** The parameter that `save()` sends; null where it sends none. */
  readonly save: string | null;
}

export interface FieldDescription {
  readonly name: string;
  /** For people: `text`, `Date`, `'public' | 'private'`, … */
  readonly type: string;
  readonly wire: WireNames;
  readonly readable: boolean;
  readonly addable: boolean;
  readonly savable: boolean;
  /** The actions that cannot do without it. */
  readonly required: readonly WriteAction[];
  /** Saving can empty it. */
  readonly clearable: boolean;
  /** The server resets the field when a save does not send it, so every save does. */
  readonly resetWhenAbsent: boolean;
  /** The fields of each element, for a list of nested elements; null for values. */
  readonly fields: readonly FieldDescription[] | null;
}

/** What an action needs and takes, by field name. */
export interface ActionFields {
  readonly required: readonly string[];
  /** Of each group at least one. */
  readonly oneOf: readonly (readonly string[])[];
  readonly optional: readonly string[];
}

/** One way to read rows of an entity; the planner chooses. */
export interface AccessDescription {
  /** `id`: one row by its id; `count`: a number of rows; otherwise the kind of an {@link AccessPath}. */
  readonly kind: 'id' | 'count' | AccessPath['kind'];
  /** What the help desk gives, for people: `all rows in one reply`. */
  readonly gives: string;
  /** With fields and the server's own arguments in braces: `GET /Tickets/TicketPost/ListAll/{ticketId}`. */
  readonly request: string;
}

export interface RelationDescription {
  readonly name: string;
  /** The name of the related class. */
  readonly target: string;
  readonly many: boolean;
  /** The field that holds the id or the ids: of this entity, or where it has many of its own, of the related one. */
  readonly field: string;
  /** The server may send the related rows along with this one. */
  readonly embedded: boolean;
}

/** What an entity class declares. Plain data: it can be sent as JSON. */
export interface EntityDescription {
  readonly name: string;
  readonly route: string;
  /** The element around all records. */
  readonly root: string;
  /** The element of one record. */
  readonly element: string;
  readonly actions: readonly Action[];
  readonly fields: readonly FieldDescription[];
  /** null when the entity lacks the action. */
  readonly add: ActionFields | null;
  readonly save: ActionFields | null;
  readonly access: readonly AccessDescription[];
  readonly relations: readonly RelationDescription[];
}

function readNames({ sources, when }: FieldMetadata): string[] {
  return sources.map((source) => {
    if (source.kind === 'attribute') return `@${source.name}`;
    if (source.kind === 'content') return 'text()';
    if (source.kind === 'apart') return `apart: ${source.name}`;
    const path = source.path.join('/');
    return when === null ? path : `${path}[@${when.attribute}='${when.value}']`;
  });
}

function describeField(field: FieldMetadata): FieldDescription {
  const { nested, write, required } = field;
  return {
    name: field.name,
    type: field.codec?.name ?? `list of ${nested?.name ?? 'rows'}`,
    wire: { read: readNames(field), ...write },
    readable: isReadable(field),
    addable: write.add !== null,
    savable: write.save !== null,
    required: (['add', 'save'] as const).filter((action) => required[action]),
    clearable: field.clearable && write.save !== null && !required.save,
    resetWhenAbsent: field.resetWhenAbsent,
    fields:
      nested === null ? null : [...nestedMetadataOf(nested).fields.values()].map(describeField),
  };
}

function actionFields(metadata: EntityMetadata, action: WriteAction): ActionFields | null {
  if (!metadata.actions.has(action)) return null;
  const oneOf = action === 'add' ? metadata.alternatives : [];
  const grouped = new Set(oneOf.flat());
  const sent = [...metadata.fields.values()].filter((field) => field.write[action] !== null);
  return {
    required: sent.filter((field) => field.required[action]).map(({ name }) => name),
    oneOf,
    optional: sent
      .filter((field) => !field.required[action] && !grouped.has(field.name))
      .map(({ name }) => name),
  };
}

const inBraces = (names: readonly string[]): string => names.map((name) => `{${name}}`).join('/');

function describeFiltered(route: string, path: FilteredPages): AccessDescription[] {
  const filters = path.filters.map(({ field }) => field);
  const request = `${route}/${path.operation}/${inBraces(filters)}`;
  const ordered = Object.keys(path.sort.fields);
  return [
    {
      kind: path.kind,
      gives: `the rows with these ${filters.join(', ')}, in pages of ${path.pageSize}, ordered by id or by ${ordered.join(', ')}`,
      request: `GET ${request}/${inBraces(['count', 'start', 'sortField', 'sortOrder'])}`,
    },
    ...path.parameters.map((field) => ({
      kind: path.kind,
      gives: `the same with this ${field}`,
      request: `POST ${request}/${inBraces(['count', 'start', 'sortField', 'sortOrder'])}`,
    })),
    {
      kind: 'count',
      gives: 'how many rows these filters list',
      request: `GET ${route}/${path.count.operation}/${inBraces(filters)}`,
    },
  ];
}

function describePath(metadata: EntityMetadata, path: AccessPath): AccessDescription[] {
  const { route } = metadata;
  const { kind } = path;
  switch (kind) {
    case 'whole':
      return [{ kind, gives: 'all rows in one reply', request: `GET ${route}` }];
    case 'keyset':
      return [
        {
          kind,
          gives: `pages of up to ${path.maxItems} rows by ascending id, from any id on`,
          request: `GET ${route}/${path.operation}/${inBraces(['marker', 'maxItems'])}`,
        },
      ];
    case 'scoped': {
      const { operation, scope, pages } = path;
      const list = [route, ...(operation === null ? [] : [operation]), `{${scope}}`].join('/');
      if (pages === undefined) {
        return [{ kind, gives: `the rows of one ${scope}`, request: `GET ${list}` }];
      }
      return [
        {
          kind,
          gives: `the rows of one ${scope}, in pages of ${pages.size}`,
          request: `GET ${list}/${inBraces(['count', 'start'])}`,
        },
        {
          kind: 'count',
          gives: `how many rows one ${scope} has`,
          request: `GET ${route}/${pages.count.operation}/{${scope}}`,
        },
      ];
    }
    case 'filtered':
      return describeFiltered(route, path);
    case 'key':
      return [
        { kind, gives: `one row by its ${path.field}`, request: `GET ${route}/{${path.field}}` },
      ];
    case 'search':
      return [
        {
          kind,
          gives: `the rows with a part of their ${Object.keys(path.fields).join(' or ')}, found by a search and read one by one`,
          request: `POST ${path.route}`,
        },
      ];
  }
}

function describeAccess(metadata: EntityMetadata): AccessDescription[] {
  const { actions, idField, route } = metadata;
  const parent = parentFieldOf(metadata);
  const ids = [...(parent === null ? [] : [parent]), idField ?? 'id'];
  return [
    ...(actions.has('get')
      ? [{ kind: 'id' as const, gives: 'one row by id', request: `GET ${route}/${inBraces(ids)}` }]
      : []),
    ...(actions.has('list')
      ? accessPathsOf(metadata).flatMap((path) => describePath(metadata, path))
      : []),
  ];
}

function describeRelation(relation: RelationMetadata): RelationDescription {
  const { name, target, kind, field, embedded } = relation;
  return {
    name,
    target: target().name,
    many: kind !== 'belongsTo',
    field,
    embedded: embedded !== null,
  };
}

/**
 * What an entity class declares: its fields with their names on the wire, what adding and saving need and take, how its
 * rows are read, its relations. For all classes see {@link Kayako.describe}.
 *
 * @throws {MetadataError} when the class is no entity or its decorators make no sense.
 * @example describe(User).add?.required // ['userGroupId', 'fullName', 'email', 'password']
 */
export function describe(type: EntityClass): EntityDescription {
  const metadata = metadataOf(type);
  return {
    name: metadata.name,
    route: metadata.route,
    root: metadata.root,
    element: metadata.element,
    actions: [...metadata.actions],
    fields: [...metadata.fields.values()].map(describeField),
    add: actionFields(metadata, 'add'),
    save: actionFields(metadata, 'save'),
    access: describeAccess(metadata),
    relations: [...metadata.relations.values()].map(describeRelation),
  };
}

import { type Codec } from '../codec/codec.js';
import { joinedBy, listOf } from '../codec/list.js';
import { id as idCodec } from '../codec/number.js';
import { MetadataError } from '../errors/request-errors.js';
import { type Constructor, type EntityClass } from './constructor.js';
import {
  type Action,
  type EntityMetadata,
  type FieldMetadata,
  type ReadSource,
  type RelationMetadata,
  type WriteAction,
} from './entity-metadata.js';
import { type FieldOptions } from './field-options.js';
import { designType, type FieldType, isListType, resolveFieldType } from './field-type.js';
import { definePlainForm } from './plain.js';
import {
  type EntityOptions,
  recordedClass,
  recordedClasses,
  type RecordedField,
} from './registry.js';

/** The fields of a class that are not an entity of their own: of an element nested in a record. */
export interface NestedMetadata {
  readonly type: EntityClass;
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldMetadata>;
}

const ACTIONS: readonly Action[] = ['list', 'get', 'add', 'save', 'delete'];

const entities = new WeakMap<object, EntityMetadata>();
const nested = new WeakMap<object, NestedMetadata>();

function lineage(type: object): object[] {
  const classes: object[] = [];
  for (let current: object | null = type; typeof current === 'function';) {
    classes.unshift(current);
    current = Object.getPrototypeOf(current) as object | null;
  }
  return classes;
}

function collect(type: object): {
  entity: EntityOptions | undefined;
  fields: Map<string, RecordedField>;
  relations: Map<string, RelationMetadata>;
} {
  let entity: EntityOptions | undefined;
  const fields = new Map<string, RecordedField>();
  const relations = new Map<string, RelationMetadata>();
  for (const each of lineage(type)) {
    const recorded = recordedClass(each);
    if (recorded === undefined) continue;
    entity = recorded.entity ?? entity;
    for (const [name, field] of recorded.fields) fields.set(name, field);
    for (const [name, relation] of recorded.relations) relations.set(name, relation);
  }
  return { entity, fields, relations };
}

export function splitPath(path: string): readonly [string] | readonly [string, string] {
  return path.split('/') as unknown as readonly [string] | readonly [string, string];
}

function sourcesOf(name: string, options: FieldOptions): ReadSource[] {
  if (options.read === false) return [];
  if (options.apart !== undefined) return [{ kind: 'apart', name: options.apart }];
  if (options.content === true) return [{ kind: 'content' }];
  const wire = typeof options.wire === 'string' ? options.wire : options.wire?.read;
  return [wire ?? name.toLowerCase()]
    .flat()
    .map((read) =>
      options.attribute === true
        ? { kind: 'attribute', name: read }
        : { kind: 'element', path: splitPath(read) },
    );
}

function includes(
  setting: boolean | WriteAction | readonly WriteAction[] | undefined,
  action: WriteAction,
): boolean {
  return typeof setting === 'boolean' ? setting : [setting].flat().includes(action);
}

function writeName(name: string, options: FieldOptions, action: WriteAction): string {
  const wire = typeof options.wire === 'string' ? options.wire : options.wire?.write;
  if (wire === undefined) return name.toLowerCase();
  return typeof wire === 'string' ? wire : wire[action];
}

function fieldTypeOf(type: Constructor, field: RecordedField): FieldType {
  const found = field.options.type ?? designType(type.prototype as object, field.name);
  if (found !== undefined) return found;
  throw new MetadataError(
    `${type.name}.${field.name}: its type cannot be told from the compiler's metadata. ` +
      `State it, for example @Field({ type: 'text' }) or @Field({ type: ['id'] }).`,
  );
}

function listCodec(item: Codec<unknown>, { separator, none }: FieldOptions): Codec<unknown> {
  const list = listOf(item);
  return separator === undefined ? list : joinedBy(separator, list, none);
}

function fieldMetadata(
  type: Constructor,
  field: RecordedField,
  actions: ReadonlySet<Action>,
): FieldMetadata {
  const { name, options } = field;
  const where = `${type.name}.${name}`;
  const declared = fieldTypeOf(type, field);
  const [single, list] = isListType(declared) ? [declared[0], true] : [declared, false];
  const resolved = resolveFieldType(single, where);
  const item = resolved.kind === 'value' ? resolved.codec : null;
  const sends = (action: WriteAction): string | null =>
    item !== null && actions.has(action) && includes(options.write ?? true, action)
      ? writeName(name, options, action)
      : null;
  const write = { add: sends('add'), save: sends('save') };
  const required = {
    add: includes(options.required, 'add') && write.add !== null,
    save: includes(options.required, 'save') && write.save !== null,
  };
  const sources = sourcesOf(name, options);
  if (resolved.kind === 'nested' && !(list && sources.every(({ kind }) => kind === 'element'))) {
    throw new MetadataError(
      `${where}: nested elements are repeated child elements; write type: [${resolved.type.name}], without attribute or content.`,
    );
  }
  if (options.separator !== undefined && !list) {
    throw new MetadataError(`${where}: a separator is for lists; write type: [...].`);
  }
  if (options.none !== undefined && options.separator === undefined) {
    throw new MetadataError(`${where}: none is for lists with a separator.`);
  }
  if (sources.some((source) => source.kind === 'element' && source.path.length > 2)) {
    throw new MetadataError(`${where}: a path on the wire is 'element' or 'container/element'.`);
  }
  return Object.freeze({
    name,
    item,
    codec: item !== null && list ? listCodec(item, options) : item,
    nested: resolved.kind === 'nested' ? resolved.type : null,
    list,
    isReference: item === idCodec,
    sources,
    when: options.when ?? null,
    write,
    required,
    blankAllowed: options.blankAllowed ?? false,
    clearable: options.clearable ?? true,
    onlyWith: options.onlyWith ?? null,
    resetWhenAbsent: options.resetWhenAbsent ?? false,
    secret: options.secret ?? sources.length === 0,
  });
}

/** Builds all fields, and adds what is wrong with them to the problems. */
function fieldsOf(
  type: Constructor,
  recorded: ReadonlyMap<string, RecordedField>,
  actions: ReadonlySet<Action>,
  problems: string[],
): Map<string, FieldMetadata> {
  const fields = new Map<string, FieldMetadata>();
  for (const field of recorded.values()) {
    try {
      fields.set(field.name, fieldMetadata(type, field, actions));
    } catch (error) {
      if (!(error instanceof MetadataError)) throw error;
      problems.push(error.message);
    }
  }
  return fields;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new MetadataError(problems.join('\n'));
}

/**
 * The metadata of an entity class, checked and frozen at its first use.
 * @throws {MetadataError} naming every problem, when the class is no entity or its decorators make no sense.
 */
export function metadataOf<Entity extends object>(
  type: EntityClass<Entity>,
): EntityMetadata<Entity> {
  const known = entities.get(type);
  if (known !== undefined) return known as EntityMetadata<Entity>;
  const { entity, fields: recorded, relations } = collect(type);
  if (entity === undefined) {
    const name = typeof type === 'function' ? (type as EntityClass).name : String(type);
    throw new MetadataError(
      `${name} is no entity: it needs @Entity({ route, root, element, actions }).`,
    );
  }
  const actions = new Set(entity.actions);
  const problems: string[] = [];
  const fields = fieldsOf(type, recorded, actions, problems);
  const idField = [...recorded.values()].find((field) => field.isId)?.name ?? null;
  if (idField === null && entity.actions.some((action) => action !== 'list')) {
    problems.push(`${type.name} needs an @Id(): its actions beyond 'list' address a record by id.`);
  }
  const ids = [...recorded.values()].filter((field) => field.isId).map((field) => field.name);
  if (ids.length > 1) problems.push(`${type.name} has several @Id(): ${ids.join(', ')}.`);
  const unknown = entity.actions.filter((action) => !ACTIONS.includes(action));
  if (unknown.length > 0) {
    problems.push(
      `${type.name}: there is no action ${unknown.join(', ')}; they are ${ACTIONS.join(', ')}.`,
    );
  }
  for (const { kind, name, field, when } of relations.values()) {
    if (kind === 'hasMany') continue;
    if (when !== null && !recorded.has(when.field))
      problems.push(`${type.name}: @BelongsTo ${name}: there is no field ${when.field}.`);
    const decorator = kind === 'belongsTo' ? 'BelongsTo' : 'BelongsToMany';
    if (!recorded.has(field))
      problems.push(`${type.name}: @${decorator} ${name}: there is no field ${field}.`);
    else if (fields.get(field)?.list === (kind === 'belongsTo'))
      problems.push(
        `${type.name}: @${decorator} ${name}: ${field} holds ${kind === 'belongsTo' ? 'a list' : 'one value'}.`,
      );
  }
  for (const name of (entity.alternatives ?? []).flat()) {
    if (!recorded.has(name))
      problems.push(`${type.name}: alternatives: there is no field ${name}.`);
  }
  refuse(problems);
  definePlainForm(type, [...fields.values()], relations.keys());
  const metadata: EntityMetadata<Entity> = Object.freeze({
    type,
    name: type.name,
    route: entity.route.replace(/\/+$/, ''),
    root: entity.root,
    element: entity.element,
    actions,
    idField,
    fields,
    relations,
    alternatives: entity.alternatives ?? [],
    access: entity.access ?? [],
  });
  entities.set(type, metadata);
  return metadata;
}

/**
 * Every class that has `@Entity`, or that adds fields or relations to one that has, in the order of their declaration. A
 * class that adds nothing is known by the one that it extends.
 */
export function entityClasses(): EntityClass[] {
  return recordedClasses().filter((type) => collect(type).entity !== undefined) as EntityClass[];
}

/** What reads the records of a reply that are no entities: a class with `@Field`s and no `@Entity`. */
export function recordMetadata<Record extends object>(
  type: EntityClass<Record>,
  { root, element }: Pick<EntityOptions, 'root' | 'element'>,
): EntityMetadata<Record> {
  const { name, fields } = nestedMetadataOf(type);
  return Object.freeze({
    type,
    name,
    route: '',
    root,
    element,
    actions: new Set<Action>(),
    idField: null,
    fields,
    relations: new Map(),
    alternatives: [],
    access: [],
  });
}

/** The metadata of a class for nested elements: it has `@Field`s, but no `@Entity`. */
export function nestedMetadataOf(type: Constructor): NestedMetadata {
  const known = nested.get(type);
  if (known !== undefined) return known;
  const problems: string[] = [];
  const fields = fieldsOf(type, collect(type).fields, new Set(), problems);
  refuse(problems);
  if (fields.size === 0) {
    throw new MetadataError(
      `${type.name} is used as the type of a field, but has no @Field of its own.`,
    );
  }
  definePlainForm(type, [...fields.values()]);
  const metadata = { type: type as EntityClass, name: type.name, fields };
  nested.set(type, metadata);
  return metadata;
}

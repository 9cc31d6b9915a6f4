import { CodecError } from '../codec/codec.js';
import { type Constructor } from '../metadata/constructor.js';
import {
  apartName,
  type Discriminator,
  type EmbeddedSource,
  type EntityMetadata,
  type FieldMetadata,
} from '../metadata/entity-metadata.js';
import { metadataOf, nestedMetadataOf } from '../metadata/metadata-of.js';
import { type RecordFactory } from './record-factory.js';

/** The instance under construction. */
export type Target = Record<string, unknown>;

/** Writes the text of an element or attribute into the instance. */
export type Assign = (target: Target, text: string) => void;

/** What to do when an element opens inside a record. */
export type ElementHandler =
  | { readonly kind: 'value'; readonly assign: Assign }
  | {
      readonly kind: 'container';
      readonly begin: Begin;
      readonly items: Map<string, ElementHandler>;
    }
  | { readonly kind: 'record'; readonly choices: readonly RecordChoice[] };

/** Called when a container opens: it says that its children are here, even if there are none. */
type Begin = ((target: Target, factory: RecordFactory) => void) | null;

export interface RecordChoice {
  readonly when: Discriminator | null;
  readonly shape: () => RecordShape;
  /** The list that the child goes into. */
  readonly list: (parent: Target, factory: RecordFactory) => object[];
}

/** How one record's element is turned into an instance: a table per element, compiled once per class. */
export interface RecordShape {
  readonly name: string;
  readonly create: (factory: RecordFactory) => Target;
  readonly attributes: ReadonlyMap<string, Assign>;
  readonly elements: ReadonlyMap<string, ElementHandler>;
  readonly content: Assign | null;
}

/** A value that does not fit its field; the reader adds which record it was. */
export class FieldError extends Error {
  constructor(
    field: string,
    expected: string,
    /** What was sent; null for a secret. */
    readonly text: string | null,
  ) {
    super(`${field} is not of type ${expected}`);
  }
}

function assigner(field: FieldMetadata): Assign {
  const { name, item, list } = field;
  if (item === null) throw new TypeError(`${name} is nested and has no text`);
  const decode = (text: string): unknown => {
    try {
      return item.decode(text);
    } catch (error) {
      if (error instanceof CodecError)
        throw new FieldError(name, error.message, field.secret ? null : text);
      throw error;
    }
  };
  if (list) {
    return (target, text) => {
      const value = text === '' ? null : decode(text);
      // Id 0 is "none", which is no member.
      if (value !== null) (target[name] as unknown[]).push(value);
    };
  }
  return (target, text) => {
    target[name] = decode(text);
  };
}

/** Of several names for one field the first wins, wherever it stands: a later one counts where nothing else came. */
function assignerOf(field: FieldMetadata, rank: number): Assign {
  const assign = assigner(field);
  if (rank === 0 || field.list) return assign;
  const absent = field.codec?.absent();
  return (target, text) => {
    if (target[field.name] === absent) assign(target, text);
  };
}

function both(first: Assign, second: Assign): Assign {
  return (target, text) => {
    first(target, text);
    second(target, text);
  };
}

class ShapeBuilder {
  readonly attributes = new Map<string, Assign>();
  readonly elements = new Map<string, ElementHandler>();
  content: Assign | null = null;

  addField(field: FieldMetadata): void {
    for (const [rank, source] of field.sources.entries()) {
      switch (source.kind) {
        case 'attribute':
          this.#addAssign(this.attributes, source.name, assignerOf(field, rank));
          break;
        case 'content':
          this.content = assigner(field);
          break;
        case 'apart':
          break;
        case 'element':
          if (field.nested !== null) this.#addNested(field, field.nested, source.path);
          else this.#addValue(assignerOf(field, rank), source.path);
          break;
      }
    }
  }

  addEmbedded(relation: string, target: () => EntityMetadata, source: EmbeddedSource): void {
    const choice: RecordChoice = {
      when: source.when,
      shape: () => entityShape(target()),
      list: (parent, factory) => factory.embed(parent, relation),
    };
    const begin: Begin = (parent, factory) => factory.embed(parent, relation);
    this.#addChoice(choice, source.path, begin);
  }

  #addNested(field: FieldMetadata, type: Constructor, path: EmbeddedSource['path']): void {
    const choice: RecordChoice = {
      when: field.when,
      shape: () => nestedShape(type),
      list: (parent) => parent[field.name] as object[],
    };
    this.#addChoice(choice, path, null);
  }

  #addAssign(table: Map<string, Assign>, name: string, assign: Assign): void {
    const present = table.get(name);
    table.set(name, present === undefined ? assign : both(present, assign));
  }

  #addValue(assign: Assign, path: EmbeddedSource['path']): void {
    const table = this.#tableFor(path, null);
    const name = path[path.length - 1] ?? '';
    const present = table.get(name);
    table.set(name, {
      kind: 'value',
      assign: present?.kind === 'value' ? both(present.assign, assign) : assign,
    });
  }

  #addChoice(choice: RecordChoice, path: EmbeddedSource['path'], begin: Begin): void {
    const table = this.#tableFor(path, begin);
    const name = path[path.length - 1] ?? '';
    const present = table.get(name);
    const choices = present?.kind === 'record' ? [...present.choices, choice] : [choice];
    table.set(name, { kind: 'record', choices });
  }

  #tableFor(path: EmbeddedSource['path'], begin: Begin): Map<string, ElementHandler> {
    if (path.length === 1) return this.elements;
    const present = this.elements.get(path[0]);
    if (present?.kind === 'container') return present.items;
    const items = new Map<string, ElementHandler>();
    this.elements.set(path[0], { kind: 'container', begin, items });
    return items;
  }
}

function absentValue(field: FieldMetadata): () => unknown {
  const { codec } = field;
  if (apartName(field) !== null) return () => undefined;
  return codec === null ? () => [] : () => codec.absent();
}

/** Fields first get the value of an absent element: the same set in the same order for every instance. */
function initializer(fields: Iterable<FieldMetadata>): (target: Target) => void {
  const initial = [...fields]
    .filter((field) => field.sources.length > 0)
    .map((field) => ({
      name: field.name,
      absent: absentValue(field),
    }));
  return (target) => {
    for (const { name, absent } of initial) target[name] = absent();
  };
}

const shapes = new WeakMap<object, RecordShape>();

function nestedShape(type: Constructor): RecordShape {
  const known = shapes.get(type);
  if (known !== undefined) return known;
  const metadata = nestedMetadataOf(type);
  const builder = new ShapeBuilder();
  for (const field of metadata.fields.values()) builder.addField(field);
  const initialize = initializer(metadata.fields.values());
  const shape: RecordShape = {
    name: metadata.name,
    create(factory) {
      const target = new metadata.type() as Target;
      factory.nest(target);
      initialize(target);
      return target;
    },
    attributes: builder.attributes,
    elements: builder.elements,
    content: builder.content,
  };
  shapes.set(type, shape);
  return shape;
}

/** The compiled decoding table of an entity. */
export function entityShape(metadata: EntityMetadata): RecordShape {
  const known = shapes.get(metadata.type);
  if (known !== undefined) return known;
  const builder = new ShapeBuilder();
  for (const field of metadata.fields.values()) builder.addField(field);
  const embeddedWithoutContainer: string[] = [];
  for (const relation of metadata.relations.values()) {
    if (relation.embedded === null) continue;
    builder.addEmbedded(relation.name, () => metadataOf(relation.target()), relation.embedded);
    if (relation.embedded.path.length === 1) embeddedWithoutContainer.push(relation.name);
  }
  const initialize = initializer(metadata.fields.values());
  const shape: RecordShape = {
    name: metadata.name,
    create(factory) {
      const target = factory.create(metadata) as Target;
      initialize(target);
      // Without a container, no element means that there are no such children.
      for (const relation of embeddedWithoutContainer) factory.embed(target, relation);
      return target;
    },
    attributes: builder.attributes,
    elements: builder.elements,
    content: builder.content,
  };
  shapes.set(metadata.type, shape);
  return shape;
}

const selections = new WeakMap<ReadonlySet<string>, RecordShape>();

/** The table that decodes some fields of an entity into plain objects; whatever else a record holds is passed over. */
export function selectionShape(
  metadata: EntityMetadata,
  selection: ReadonlySet<string>,
): RecordShape {
  const known = selections.get(selection);
  if (known !== undefined) return known;
  const fields = [...metadata.fields.values()].filter(({ name }) => selection.has(name));
  const builder = new ShapeBuilder();
  for (const field of fields) builder.addField(field);
  const initialize = initializer(fields);
  const shape: RecordShape = {
    name: metadata.name,
    create() {
      const target: Target = {};
      initialize(target);
      return target;
    },
    attributes: builder.attributes,
    elements: builder.elements,
    content: builder.content,
  };
  selections.set(selection, shape);
  return shape;
}

// Random queries over the rows of a help desk: what users may write, with values that are close to those that rows have.

import { metadataOf } from '@kayako-orm/core';
import { type EntityClass, FOREVER } from '@kayako-orm/orm';
import fc from 'fast-check';
import {
  type Condition,
  type Filter,
  type NaiveQuery,
  type Order,
  RelatedRow,
  type Row,
  SubQuery,
  type Table,
} from './naive-query.js';

type Value = string | number | boolean | Date | typeof FOREVER | null;
type Field = ReturnType<typeof comparableFields>[number];

/** Relations in a condition lead to rows whose relations are conditions again. */
const DEPTH = 2;

const LARGEST = Number.MAX_SAFE_INTEGER;
const FAR_DATES = [new Date(-1000), new Date('1999-12-31T23:59:59Z'), new Date(8.64e15)];

function comparableFields(type: EntityClass) {
  return [...metadataOf(type).fields.values()].flatMap((field) => {
    if (field.sources.length === 0 || field.codec === null) return [];
    const { comparison } = field.codec;
    if (comparison === 'none') return [];
    return [
      {
        name: field.name,
        comparison,
        isList: Array.isArray(field.codec.absent()),
        isKey: field.name === metadataOf(type).idField,
        isId: field.isReference || field.name === metadataOf(type).idField,
        // Elements that a blank separates on the wire: no blank is in them, and they are not empty.
        isWord: Array.isArray(field.codec.absent()) && !field.list,
        isExpiry: field.codec.absent() === FOREVER,
      },
    ];
  });
}

/** Values on either side of one, or that look like it. */
function neighbours(value: Value, { comparison, isId, isWord }: Field): Value[] {
  if (typeof value === 'number') {
    const numbers = [value + 1, value - 1, value * 2, LARGEST];
    return isId ? numbers.filter((each) => each >= 1) : [...numbers, 0, -1];
  }
  if (value instanceof Date) {
    const moved = [1000, -1000, 1, -1, 86_400_000].map((by) => new Date(value.getTime() + by));
    return [...moved, ...FAR_DATES];
  }
  if (typeof value !== 'string' || comparison !== 'text') return [value];
  const halves = [value.slice(0, -1), value.slice(1), value.toUpperCase(), value.toLowerCase()];
  const longer = [' ', '\u0000', '\ud83d', '😀', '\uffff', 'a'].map((more) => value + more);
  const near = [...halves, ...longer, ` ${value}`, value.normalize('NFD'), value.trim(), ''];
  return isWord ? near.filter((each) => /^\S+$/.test(each)) : near;
}

function valuesOf(pool: readonly Value[], field: Field): fc.Arbitrary<Value> {
  const found = fc.constantFrom(...pool);
  const near = found.chain((value) => fc.constantFrom(...neighbours(value, field)));
  return fc.oneof({ weight: 3, arbitrary: found }, near);
}

/** What a comparison can be made with: ids too are plain numbers there, and null is nothing to compare with. */
function boundsOf(pool: readonly Value[], field: Field): fc.Arbitrary<Value> {
  const values = valuesOf(pool, field);
  if (!field.isId) return values;
  return fc.oneof({ weight: 5, arbitrary: values }, fc.constantFrom(0, -1, -LARGEST, LARGEST));
}

/** Texts of rows, each as often as another; those that are not plain ASCII as often as all together. */
function textsOf(texts: readonly string[]): fc.Arbitrary<string> {
  const distinct = [...new Set(texts)];
  const strange = distinct.filter((text) => /[^ -~]/.test(text));
  const any = fc.constantFrom(...distinct);
  return strange.length === 0 ? any : fc.oneof(any, fc.constantFrom(...strange));
}

/** A piece of some text, perhaps cut within a character beyond the BMP, perhaps in another case. */
function piecesOf(texts: readonly string[]): fc.Arbitrary<string> {
  const piece = fc
    .tuple(textsOf(texts), fc.nat(40), fc.nat(12))
    .map(([text, start, length]) => text.slice(start % (text.length + 1)).slice(0, length));
  return fc.oneof(
    { weight: 3, arbitrary: piece },
    { weight: 2, arbitrary: piece.map((text) => text.toUpperCase()) },
    textsOf(texts),
    fc.constantFrom('', '😀', '\ud83d', 'İ', 'i\u0307', 'SS'),
  );
}

/** The same text but for its case, which may lengthen it. */
function twinsOf(texts: readonly string[]): fc.Arbitrary<string> {
  return textsOf(texts).chain((text) =>
    fc.constantFrom(text.toUpperCase(), text.toLowerCase(), text.toUpperCase().toLowerCase()),
  );
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

function patternsOf(texts: readonly string[]): fc.Arbitrary<RegExp> {
  const flags = fc.subarray(['g', 'i', 'm', 's', 'y']).map((each) => each.join(''));
  const sources = fc.oneof(
    piecesOf(texts).map(escaped),
    piecesOf(texts).map((text) => `^${escaped(text)}`),
    piecesOf(texts).map((text) => `${escaped(text)}$`),
    fc.constantFrom('.', '^.$', '^$', '[a-z]', String.raw`\s`, String.raw`\d{2}`, 'a|b', '^[^a]*$'),
  );
  const plain = fc.tuple(sources, flags).map(([source, each]) => new RegExp(source, each));
  const byCodePoint = fc.constantFrom('^.$', '[😀-😏]', String.raw`\p{Lu}`, '^..$', '[^\0-\uffff]');
  return fc.oneof(
    { weight: 4, arbitrary: plain },
    byCodePoint.map((source) => new RegExp(source, 'u')),
  );
}

function operatorsFor(pool: readonly Value[], field: Field): fc.Arbitrary<Condition> {
  const values = valuesOf(pool, field);
  const list = fc.array(values, { maxLength: 3 });
  const optional = { requiredKeys: [] as never[] };
  const choices: fc.Arbitrary<Condition>[] = [
    fc.record({ eq: values, ne: values, in: list, notIn: list }, optional),
  ];
  const present = pool.filter((value) => value !== null);
  const texts = present.filter((value) => typeof value === 'string');
  if (present.length > 0 && field.comparison !== 'equality') {
    const bound = boundsOf(present, field);
    choices.push(fc.record({ gt: bound, gte: bound, lt: bound, lte: bound }, optional));
    choices.push(fc.record({ gt: bound, lte: bound, ne: values }, optional));
  }
  if (texts.length > 0 && field.comparison === 'text') {
    const piece = piecesOf(texts);
    const ignoreCase = fc.boolean();
    const bound = valuesOf(texts, field);
    choices.push(
      fc.record({ contains: piece, startsWith: piece, endsWith: piece, ignoreCase }, optional),
      fc.record({ contains: piece, ignoreCase: fc.constant(true) }),
      fc.record({ eq: twinsOf(texts), ignoreCase: fc.constant(true) }),
      fc.record({ matches: patternsOf(texts), ignoreCase }, optional),
      fc.record({ eq: values, notIn: list, gte: bound, lt: bound, ignoreCase }, optional),
    );
  }
  return fc.oneof(...choices).map((operators) =>
    // ignoreCase alone says nothing, and is refused; so is no operator at all.
    Object.keys(operators).some((name) => name !== 'ignoreCase') ? operators : { in: [] },
  );
}

const tableOf = (tables: ReadonlyMap<EntityClass, Table>, type: EntityClass): Table => {
  const table = tables.get(type);
  if (table === undefined) throw new Error(`${type.name} was not loaded`);
  return table;
};

function fieldCondition(field: Field, rows: readonly Row[]): fc.Arbitrary<Condition>[] {
  const found = rows.flatMap((row) => row[field.name] as Value | Value[]);
  const pool = [
    ...(field.isExpiry ? [FOREVER] : []),
    ...(field.isKey || field.isList ? [] : [null]),
    ...found,
  ];
  if (pool.length === 0) return [];
  // Null is rare enough to be among the values of every field, though few rows have it.
  const values = valuesOf(pool, field);
  const operators = operatorsFor(pool, field);
  const condition = fc.oneof(
    values,
    fc.array(values, { maxLength: 4 }),
    field.isList
      ? fc.oneof(operators, values, fc.array(values, { maxLength: 2 })).map((some) => ({ some }))
      : operators,
  );
  return [condition.map((part) => ({ [field.name]: part }))];
}

/** What servers filter by: several references at once, each one id, a list of ids, or none. */
function references(fields: readonly Field[], rows: readonly Row[]): fc.Arbitrary<Condition> {
  const values = fields.map((field): [string, fc.Arbitrary<unknown>] => {
    const value = valuesOf([null, ...rows.map((row) => row[field.name] as Value)], field);
    return [field.name, fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 4 }))];
  });
  return fc.record(Object.fromEntries(values), { requiredKeys: [] });
}

/** Makes random queries; what it needs of each class is made once. */
export class QueryArbitraries {
  readonly #tables: ReadonlyMap<EntityClass, Table>;
  readonly #conditions = new Map<string, fc.Arbitrary<Condition>>();

  constructor(tables: ReadonlyMap<EntityClass, Table>) {
    this.#tables = tables;
  }

  conditions(type: EntityClass, depth = DEPTH): fc.Arbitrary<Condition> {
    const key = `${type.name} ${depth}`;
    const made = this.#conditions.get(key) ?? this.#makeConditions(type, depth);
    this.#conditions.set(key, made);
    return made;
  }

  orders(type: EntityClass): fc.Arbitrary<Order[]> {
    const fields = comparableFields(type).filter(({ isList }) => !isList);
    const term = fc.record({
      field: fc.constantFrom(...fields.map(({ name }) => name)),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    });
    const byId = fc.record({
      field: fc.constant('id'),
      direction: term.map((each) => each.direction),
    });
    return fc.array(fc.oneof({ weight: 4, arbitrary: term }, byId), { maxLength: 3 });
  }

  filters(type: EntityClass): fc.Arbitrary<Filter[]> {
    const filter = fc.record({
      field: fc.constantFrom(...comparableFields(type).map(({ name }) => name)),
      parity: fc.nat(1),
    });
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant<Filter[]>([]) },
      fc.array(filter, { minLength: 1, maxLength: 2 }),
    );
  }

  queries(type: EntityClass, depth = DEPTH): fc.Arbitrary<NaiveQuery> {
    const all = tableOf(this.#tables, type).rows.length;
    const beyond = fc.integer({ min: Math.max(0, all - 2), max: all + 2 });
    return fc.record({
      conditions: fc.oneof(
        { weight: 4, arbitrary: this.conditions(type, depth).map((condition) => [condition]) },
        fc.array(this.conditions(type, depth), { maxLength: 3 }),
      ),
      filters: this.filters(type),
      orders: this.orders(type),
      skip: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 3, arbitrary: fc.nat(5) },
        beyond,
      ),
      take: fc.oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        { weight: 4, arbitrary: fc.nat(8) },
        beyond,
      ),
    });
  }

  #makeConditions(type: EntityClass, depth: number): fc.Arbitrary<Condition> {
    const { rows } = tableOf(this.#tables, type);
    const fields = comparableFields(type);
    const leaf = fc.oneof(...fields.flatMap((field) => fieldCondition(field, rows)));
    if (depth === 0) return leaf;
    const referring = fields.filter(({ isId, isKey, isList }) => isId && !isKey && !isList);
    const related = this.#relations(type, depth);
    const inner = fc.oneof(
      { weight: 3, arbitrary: leaf },
      { weight: 2, arbitrary: this.conditions(type, depth - 1) },
      ...related,
    );
    return fc.oneof(
      { weight: 4, arbitrary: leaf },
      { weight: Math.min(4, referring.length), arbitrary: references(referring, rows) },
      fc.tuple(leaf, leaf).map(([one, other]): Condition => ({ ...one, ...other })),
      fc.array(inner, { maxLength: 3 }).map((or): Condition => ({ or })),
      fc.array(inner, { maxLength: 3 }).map((and): Condition => ({ and })),
      inner.map((not): Condition => ({ not })),
      fc.tuple(leaf, inner, inner).map(([one, not, or]) => ({ ...one, not, or: [or, one] })),
      ...related,
      ...related.map((each) => each.map((not): Condition => ({ not }))),
      ...related.map((each) => fc.tuple(leaf, each).map(([one, other]) => ({ ...one, ...other }))),
    );
  }

  /** For each relation: none, a row, a condition on its rows, or a query for them. */
  #relations(type: EntityClass, depth: number): fc.Arbitrary<Condition>[] {
    return [...metadataOf(type).relations.values()].flatMap(({ kind, name, target }) => {
      if (kind !== 'belongsTo') return [];
      const { rows } = tableOf(this.#tables, target());
      const part = fc.oneof(
        fc.constant(null),
        fc.constantFrom(...rows.map(({ id }) => new RelatedRow(id))),
        { weight: 4, arbitrary: this.conditions(target(), depth - 1) },
        { weight: 2, arbitrary: this.queries(target(), 0).map((query) => new SubQuery(query)) },
      );
      return [part.map((each): Condition => ({ [name]: each }))];
    });
  }
}

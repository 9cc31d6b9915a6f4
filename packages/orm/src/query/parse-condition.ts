import {
  coerceField,
  type Comparison,
  type EntityMetadata,
  type FieldMetadata,
  FOREVER,
  InvalidValueError,
  isReadable,
  metadataOf,
  type RelationMetadata,
  showValue,
  UndefinedConditionError,
  UnknownFieldError,
} from '@kayako-orm/core';
import { and, type ConditionNode, ELEMENT, EVERYTHING, not, or } from './condition-node.js';
import { type SelectNode, selectAll, selectNode } from './select-node.js';

/** Checks an id of a `get` or a condition. @throws {InvalidValueError} unless it is a positive whole number. */
export function parseId(owner: string, field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  // Id 0 reaches the whole list on the server, and text the item 0 (§1.2).
  throw new InvalidValueError(
    `${owner}.${field}: ${showValue(value)} is no id. Ids are whole numbers from 1.`,
  );
}

const EQUALITY = ['eq', 'ne', 'in', 'notIn'];
const ORDER = [...EQUALITY, 'gt', 'gte', 'lt', 'lte'];
const OPERATORS: Readonly<Record<Comparison, readonly string[]>> = {
  none: [],
  equality: EQUALITY,
  order: ORDER,
  text: [...ORDER, 'contains', 'startsWith', 'endsWith', 'matches', 'ignoreCase'],
};

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  if (value === FOREVER) return false;
  // Objects of another realm have an Object.prototype of their own.
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refuseUndefined(owner: string, name: string, value: unknown): void {
  if (value !== undefined) return;
  throw new UndefinedConditionError(
    `${owner}.${name} is undefined in a condition. That never means "any": leave the key out, or use null for "none".`,
  );
}

/** The conditions on one field: what its type allows, and how a value becomes one of that type. */
class FieldParser {
  readonly #metadata: EntityMetadata;
  readonly #field: FieldMetadata;
  /** {@link ELEMENT} inside a list. */
  readonly #name: string;
  readonly #isList: boolean;

  constructor(metadata: EntityMetadata, field: FieldMetadata, inside = false) {
    this.#metadata = metadata;
    this.#field = field;
    this.#isList = !inside && Array.isArray(field.codec?.absent());
    this.#name = inside ? ELEMENT : field.name;
  }

  parse(condition: unknown): ConditionNode {
    this.#refuseUndefined(condition);
    if (this.#isList) return this.#parseList(condition);
    if (Array.isArray(condition)) return this.#in(condition as unknown[], false);
    return isPlainObject(condition)
      ? this.#parseOperators(condition)
      : this.#in([condition], false);
  }

  #parseList(condition: unknown): ConditionNode {
    const element = new FieldParser(this.#metadata, this.#field, true);
    let inner = condition;
    if (isPlainObject(condition)) {
      const names = Object.keys(condition);
      if (names.length !== 1 || names[0] !== 'some') {
        this.#refuse(
          `a list takes a value, a list of values, or { some: … }, not { ${names.join(', ')} }`,
        );
      }
      inner = condition.some;
    }
    return Object.freeze({
      kind: 'some',
      field: this.#field.name,
      condition: element.parse(inner),
    });
  }

  #parseOperators(operators: Readonly<Record<string, unknown>>): ConditionNode {
    const known = OPERATORS[this.#field.codec?.comparison ?? 'equality'];
    const names = Object.keys(operators);
    const unknown = names.filter((name) => !known.includes(name));
    if (names.length === 0 || unknown.length > 0) {
      this.#refuse(
        `${unknown.join(', ') || '{}'} is no operator of it; those are ${known.join(', ')}`,
      );
    }
    for (const name of names) this.#refuseUndefined(operators[name]);
    const { ignoreCase = false, ...rest } = operators;
    if (typeof ignoreCase !== 'boolean') this.#refuse('ignoreCase is true or false');
    const nodes = Object.entries(rest).map(([name, value]) =>
      this.#parseOperator(name, value, ignoreCase),
    );
    return and(...nodes);
  }

  #parseOperator(operator: string, value: unknown, ignoreCase: boolean): ConditionNode {
    const field = this.#name;
    switch (operator) {
      case 'eq':
        return this.#in([value], ignoreCase);
      case 'ne':
        return not(this.#in([value], ignoreCase));
      case 'in':
        return this.#in(this.#array(operator, value), ignoreCase);
      case 'notIn':
        return not(this.#in(this.#array(operator, value), ignoreCase));
      case 'gt':
      case 'gte':
      case 'lt':
      case 'lte':
        if (value === null) this.#refuse(`${operator} compares with a value, not with null`);
        return Object.freeze({
          kind: 'compare',
          field,
          operator,
          value: this.#bound(value),
          ignoreCase,
        });
      case 'contains':
      case 'startsWith':
      case 'endsWith':
        if (typeof value !== 'string') return this.#refuse(`${operator} takes text`);
        return Object.freeze({ kind: 'text', field, operator, value, ignoreCase });
      default:
        return this.#match(value, ignoreCase);
    }
  }

  #match(value: unknown, ignoreCase: boolean): ConditionNode {
    if (!(value instanceof RegExp)) return this.#refuse('matches takes a regular expression');
    // g and y make test() remember where it was.
    const flags = value.flags.replace(/[gy]/g, '');
    const pattern = new RegExp(
      value.source,
      ignoreCase && !flags.includes('i') ? `${flags}i` : flags,
    );
    return Object.freeze({ kind: 'match', field: this.#name, pattern });
  }

  #in(values: readonly unknown[], ignoreCase: boolean): ConditionNode {
    // A hole in an array is an undefined that map() would pass over.
    const parsed = Array.from(values, (value) => {
      this.#refuseUndefined(value);
      return this.#value(value);
    });
    return Object.freeze({
      kind: 'in',
      field: this.#name,
      values: Object.freeze(parsed),
      ignoreCase,
    });
  }

  #value(value: unknown): unknown {
    const { name, isReference } = this.#field;
    if (value === null && name !== this.#metadata.idField) return null;
    if (isReference || name === this.#metadata.idField) {
      return parseId(this.#metadata.name, name, value);
    }
    return this.#coerce(value);
  }

  /** The other side of a comparison; ids are compared as numbers here, so 0 is fine. */
  #bound(value: unknown): unknown {
    if (!this.#field.isReference && this.#field.name !== this.#metadata.idField)
      return this.#coerce(value);
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      this.#refuse('an id is compared with a whole number');
    return value;
  }

  #coerce(value: unknown): unknown {
    // The codec of a list makes a list of one of a single value.
    const coerced = coerceField(this.#metadata.name, this.#field, value);
    if (!Array.isArray(coerced)) return coerced;
    if (coerced.length !== 1) this.#refuse(`${showValue(value)} is not one of its elements`);
    return (coerced as unknown[])[0];
  }

  #array(operator: string, value: unknown): readonly unknown[] {
    return Array.isArray(value) ? (value as unknown[]) : this.#refuse(`${operator} takes a list`);
  }

  #refuseUndefined(value: unknown): void {
    refuseUndefined(this.#metadata.name, this.#field.name, value);
  }

  #refuse(problem: string): never {
    throw new InvalidValueError(`${this.#metadata.name}.${this.#field.name}: ${problem}.`);
  }
}

function parseRelation(
  metadata: EntityMetadata,
  relation: RelationMetadata,
  value: unknown,
): ConditionNode {
  const { name, field } = relation;
  refuseUndefined(metadata.name, name, value);
  if (value === null) return parseCondition(metadata, { [field]: null });
  const target = metadataOf(relation.target());
  if (value instanceof target.type) {
    const id = (value as Record<string, unknown>)[target.idField ?? 'id'];
    return parseCondition(metadata, { [field]: parseId(target.name, target.idField ?? 'id', id) });
  }
  const query = (value as { readonly [selectNode]?: SelectNode } | null)?.[selectNode];
  if (query !== undefined && query.metadata.type !== target.type) {
    throw new InvalidValueError(
      `${metadata.name}.${name}: it refers to ${target.name}, but the query is for ${query.metadata.name}.`,
    );
  }
  const select = query ?? { ...selectAll(target), condition: parseCondition(target, value) };
  return Object.freeze({ kind: 'relation', relation: name, field, select });
}

function parseKey(metadata: EntityMetadata, name: string, value: unknown): ConditionNode {
  const combination = (): ConditionNode[] => {
    if (Array.isArray(value)) {
      return Array.from(value as unknown[], (each) => parseCondition(metadata, each));
    }
    refuseUndefined(metadata.name, name, value);
    throw new InvalidValueError(`${metadata.name}: ${name} takes a list of conditions.`);
  };
  switch (name) {
    case 'or':
      return or(...combination());
    case 'and':
      return and(...combination());
    case 'not':
      refuseUndefined(metadata.name, name, value);
      return not(parseCondition(metadata, value));
    default: {
      const relation = metadata.relations.get(name);
      if (relation?.kind === 'belongsTo') return parseRelation(metadata, relation, value);
      refuseUndefined(metadata.name, name, value);
      return new FieldParser(metadata, conditionField(metadata, name)).parse(value);
    }
  }
}

/** The field of a condition or an order. @throws {UnknownFieldError} when it is none that can be read and compared. */
export function conditionField(metadata: EntityMetadata, name: string): FieldMetadata {
  const field = metadata.fields.get(name);
  if (field !== undefined && isReadable(field) && (field.codec?.comparison ?? 'none') !== 'none') {
    return field;
  }
  if (field !== undefined) {
    const reason = isReadable(field)
      ? 'what it holds cannot be compared'
      : 'it is sent, but never returned';
    throw new UnknownFieldError(
      `${metadata.name}.${name} cannot stand in a condition: ${reason}.`,
      [name],
    );
  }
  const names = [...metadata.fields.values()].filter(isReadable).map((each) => each.name);
  const hint = metadata.relations.has(name)
    ? 'It is a collection of children.'
    : `Its fields: ${names.join(', ')}.`;
  throw new UnknownFieldError(`${metadata.name} has no field ${name}. ${hint}`, [name]);
}

/** @throws {InvalidValueError} for what is no plain object: a Map, a promise that was not awaited, an array. */
export function refuseNonConditions(
  metadata: EntityMetadata,
  condition: unknown,
): asserts condition is Readonly<Record<string, unknown>> {
  refuseUndefined(metadata.name, 'where(…)', condition);
  if (!isPlainObject(condition)) {
    throw new InvalidValueError(
      `${metadata.name}: a condition is a plain object such as { id: 1 }, not ${showValue(condition)}.`,
    );
  }
  if (Object.getOwnPropertySymbols(condition).length > 0) {
    throw new InvalidValueError(
      `${metadata.name}: a condition has names of fields as its keys, no symbols.`,
    );
  }
}

/**
 * Checks what a user gave to `where` and turns it into a node.
 *
 * @throws {UndefinedConditionError} for `undefined`, at any depth.
 * @throws {UnknownFieldError} for a name that is no readable field and no relation.
 * @throws {InvalidValueError} for a value or an operator that the field cannot have.
 */
export function parseCondition(metadata: EntityMetadata, condition: unknown): ConditionNode {
  refuseNonConditions(metadata, condition);
  const nodes = Object.entries(condition).map(([name, value]) => parseKey(metadata, name, value));
  return nodes.length === 0 ? EVERYTHING : and(...nodes);
}

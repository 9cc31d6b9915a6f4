import {
  coerceField,
  type Comparison,
  type EntityMetadata,
  type FieldMetadata,
  InvalidValueError,
  isPlainObject,
  showValue,
  UndefinedConditionError,
} from '@kayako-orm/core';
import { and, type ConditionNode, ELEMENT, EVERYTHING, not } from './condition-node.js';

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

/** @throws {UndefinedConditionError} */
export function refuseUndefined(owner: string, name: string, value: unknown): void {
  if (value !== undefined) return;
  throw new UndefinedConditionError(
    `${owner}.${name} is undefined in a condition. That never means "any": leave the key out, or use null for "none".`,
  );
}

/** The conditions on one field: what its type allows, and how a value becomes one of that type. */
export class FieldParser {
  readonly #metadata: EntityMetadata;
  readonly #field: FieldMetadata;
  /** {@link ELEMENT} inside a list. */
  readonly #name: string;
  readonly #isList: boolean;
  readonly #isElement: boolean;

  constructor(metadata: EntityMetadata, field: FieldMetadata, inside = false) {
    this.#metadata = metadata;
    this.#field = field;
    this.#isElement = inside;
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
    if (Object.keys(rest).length === 0) this.#refuse('ignoreCase needs an operator beside it');
    const nodes = Object.entries(rest).map(([name, value]) =>
      this.#parseOperator(name, value, ignoreCase),
    );
    return and(nodes);
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
        // Every text has it; what is left is that there is one.
        if (value === '') return this.#present();
        return Object.freeze({ kind: 'text', field, operator, value, ignoreCase });
      default:
        return this.#match(value, ignoreCase);
    }
  }

  /** Not null; for a field that never is, every row. */
  #present(): ConditionNode {
    const canBeNull = !this.#isElement && this.#field.codec?.absent() === null;
    return canBeNull ? not(this.#in([null], false)) : EVERYTHING;
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
    if (value === null && this.#isElement) {
      this.#refuse(
        'its elements are never null; for rows without any write { not: { … { some: … } } }',
      );
    }
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

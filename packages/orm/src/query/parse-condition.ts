import {
  type EntityMetadata,
  type FieldMetadata,
  InvalidValueError,
  isPlainObject,
  isReadable,
  metadataOf,
  type RelationMetadata,
  showValue,
  UnknownFieldError,
} from '@kayako-orm/core';
import { and, type ConditionNode, EVERYTHING, not, or } from './condition-node.js';
import { nearestName } from './nearest-name.js';
import { FieldParser, parseId, refuseUndefined } from './field-parser.js';
import { type SelectNode, selectAll, selectNode } from './select-node.js';

/** What a relation refers to, where another field does not say that the id belongs to another class. */
function parseRelation(
  metadata: EntityMetadata,
  relation: RelationMetadata,
  value: unknown,
): ConditionNode {
  const { when } = relation;
  const referred = parseReferred(metadata, relation, value);
  if (when === null) return referred;
  const applies = parseCondition(metadata, { [when.field]: when.is });
  return value === null ? or([not(applies), referred]) : and([applies, referred]);
}

function parseReferred(
  metadata: EntityMetadata,
  relation: RelationMetadata,
  value: unknown,
): ConditionNode {
  const { name, field } = relation;
  const isList = relation.kind === 'belongsToMany';
  refuseUndefined(metadata.name, name, value);
  if (value === null && !isList) return parseCondition(metadata, { [field]: null });
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
  if (query === undefined && !isPlainObject(value)) {
    const hint = value instanceof Promise ? ' Was an await forgotten?' : '';
    throw new InvalidValueError(
      `${metadata.name}.${name} refers to a ${target.name}: give one, a condition on it${isList ? ' or' : ','} a query for it${isList ? '' : ', or null'}, not ${showValue(value)}.${hint} By id, write ${field}.`,
    );
  }
  const select = query ?? { ...selectAll(target), condition: parseCondition(target, value) };
  return Object.freeze({ kind: 'relation', relation: name, field, isList, select });
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
      return or(combination());
    case 'and':
      return and(combination());
    case 'not':
      refuseUndefined(metadata.name, name, value);
      return not(parseCondition(metadata, value));
    default: {
      const relation = metadata.relations.get(name);
      if (relation !== undefined && relation.kind !== 'hasMany')
        return parseRelation(metadata, relation, value);
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
  const references = [...metadata.relations.values()].filter(({ kind }) => kind !== 'hasMany');
  const names = [
    ...[...metadata.fields.values()].filter(isReadable).map((each) => each.name),
    ...references.map((each) => each.name),
  ];
  const nearest = nearestName(name, names);
  const hint = metadata.relations.has(name)
    ? 'It is a collection of children: load them and filter them here.'
    : `${nearest === undefined ? '' : `Did you mean ${nearest}? `}There are: ${names.join(', ')}.`;
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
  return nodes.length === 0 ? EVERYTHING : and(nodes);
}

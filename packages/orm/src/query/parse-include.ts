import {
  type EntityMetadata,
  InvalidValueError,
  isPlainObject,
  metadataOf,
  type RelationMetadata,
  showValue,
  UnknownFieldError,
} from '@kayako-orm/core';
import { and, EVERYTHING } from './condition-node.js';
import { type IncludeNode } from './include-node.js';
import { nearestName } from './nearest-name.js';
import { conditionField, parseCondition } from './parse-condition.js';
import { type OrderTerm } from './select-node.js';

/** Each level multiplies the requests. */
const DEEPEST = 3;
const OPTIONS: readonly string[] = ['where', 'orderBy', 'take', 'include'];

function relationOf(metadata: EntityMetadata, name: string): RelationMetadata {
  const relation = metadata.relations.get(name);
  if (relation !== undefined) return relation;
  const names = [...metadata.relations.keys()];
  const nearest = nearestName(name, names);
  throw new UnknownFieldError(
    `include(): ${metadata.name} has no relation ${name}. ${nearest === undefined ? '' : `Did you mean ${nearest}? `}There are: ${names.join(', ') || 'none'}.`,
    [name],
  );
}

function parseOrder(metadata: EntityMetadata, order: unknown): OrderTerm[] {
  if (order === undefined) return [];
  if (!isPlainObject(order)) {
    throw new InvalidValueError("include(): orderBy is an object such as { dateline: 'desc' }.");
  }
  return Object.entries(order).map(([name, direction]) => {
    const { codec } = conditionField(metadata, name);
    if (direction !== 'asc' && direction !== 'desc') {
      throw new InvalidValueError(`include(): the direction of ${name} is 'asc' or 'desc'.`);
    }
    if (Array.isArray(codec?.absent())) {
      throw new InvalidValueError(
        `include(): ${metadata.name}.${name} is a list and has no order.`,
      );
    }
    return { field: name, direction };
  });
}

function parseTake(take: unknown): number | null {
  if (take === undefined) return null;
  if (Number.isSafeInteger(take) && Number(take) >= 0) return Number(take);
  throw new InvalidValueError('include(): take is a whole number from 0.');
}

function parseMember(
  metadata: EntityMetadata,
  name: string,
  given: unknown,
  depth: number,
): IncludeNode {
  const relation = relationOf(metadata, name);
  const target = metadataOf(relation.target());
  if (given === true) {
    return { relation, condition: EVERYTHING, order: [], limit: null, include: [] };
  }
  if (!isPlainObject(given)) {
    throw new InvalidValueError(
      `include(): ${metadata.name}.${name} is true or an object of ${OPTIONS.join(', ')}, not ${showValue(given)}.`,
    );
  }
  const known = relation.kind === 'hasMany' ? OPTIONS : ['include'];
  const unknown = Object.keys(given).filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `include(): ${metadata.name}.${name} has no option ${unknown.join(', ')}. There are: ${known.join(', ')}.`,
      unknown,
    );
  }
  return {
    relation,
    condition: 'where' in given ? parseCondition(target, given.where) : EVERYTHING,
    order: parseOrder(target, given.orderBy),
    limit: parseTake(given.take),
    include: given.include === undefined ? [] : parseTree(target, given.include, depth + 1),
  };
}

function parseTree(metadata: EntityMetadata, tree: unknown, depth: number): IncludeNode[] {
  if (!isPlainObject(tree)) {
    throw new InvalidValueError(
      `include() takes names of relations, or an object of them, not ${showValue(tree)}.`,
    );
  }
  if (depth > DEEPEST) {
    throw new InvalidValueError(`include() goes ${DEEPEST} levels deep at most.`);
  }
  return Object.entries(tree).map(([name, given]) => parseMember(metadata, name, given, depth));
}

/** `'posts.attachments'` as a tree. */
function treeOf(path: string): unknown {
  const [head = '', ...rest] = path.split('.');
  return { [head]: rest.length === 0 ? true : { include: treeOf(rest.join('.')) } };
}

/** Two lists of includes in one: what is said of the same relation holds together. */
function merge(left: readonly IncludeNode[], right: readonly IncludeNode[]): IncludeNode[] {
  const merged = new Map(left.map((node) => [node.relation.name, node]));
  for (const node of right) {
    const present = merged.get(node.relation.name);
    merged.set(
      node.relation.name,
      present === undefined
        ? node
        : {
            relation: node.relation,
            condition: and([present.condition, node.condition]),
            order: node.order.length > 0 ? node.order : present.order,
            limit: node.limit ?? present.limit,
            include: merge(present.include, node.include),
          },
    );
  }
  return [...merged.values()];
}

/**
 * Checks what a user gave to `include` and adds it to what was included before.
 *
 * @throws {UnknownFieldError} for a name that is no relation.
 * @throws {InvalidValueError} for anything else that is neither names nor a tree, or too deep.
 */
export function parseInclude(
  metadata: EntityMetadata,
  present: readonly IncludeNode[],
  given: readonly unknown[],
): readonly IncludeNode[] {
  if (given.length === 0) throw new InvalidValueError('include() takes names of relations.');
  return given.reduce<readonly IncludeNode[]>((nodes, each) => {
    const tree = typeof each === 'string' ? treeOf(each) : each;
    return merge(nodes, parseTree(metadata, tree, 1));
  }, present);
}

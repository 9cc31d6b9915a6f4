import { type EntityMetadata, ScopeRequiredError } from '@kayako-orm/core';
import {
  type AccessPath,
  type FilteredPages,
  type KeysetPages,
  type ScopedList,
  type WholeList,
} from '../entity/access-path.js';
import {
  and,
  type ConditionNode,
  conjuncts,
  EVERYTHING,
  type InNode,
} from '../query/condition-node.js';
import { type SelectNode } from '../query/select-node.js';
import { type RouteSegment, type SelectPlan, type SelectStep } from './select-plan.js';

const WHOLE_LIST: WholeList = { kind: 'whole' };

/** The condition taken apart: what a path can use, and what is left. */
class Condition {
  readonly #rest: Set<ConditionNode>;

  constructor(node: ConditionNode) {
    this.#rest = new Set(conjuncts(node));
  }

  /** Some conjunct holds for no row, so none does. */
  get isContradiction(): boolean {
    return [...this.#rest].some((node) => node.kind === 'in' && node.values.length === 0);
  }

  find(field: string): InNode | undefined {
    return [...this.#rest].find(
      (node): node is InNode => node.kind === 'in' && !node.list && node.field === field,
    );
  }

  /** The server answers this part. */
  settle(node: InNode): void {
    this.#rest.delete(node);
  }

  get residual(): ConditionNode | null {
    return this.#rest.size === 0 ? null : [...this.#rest].reduce(and, EVERYTHING);
  }
}

function distinct(values: readonly unknown[]): string[] {
  return [...new Set(values.map(String))];
}

function byId(metadata: EntityMetadata, condition: Condition, prefix: string): SelectStep[] | null {
  if (metadata.idField === null || !metadata.actions.has('get')) return null;
  const ids = condition.find(metadata.idField);
  if (ids === undefined) return null;
  condition.settle(ids);
  return distinct(ids.values).map((id) => ({ kind: 'record', route: `${prefix}/${id}` }));
}

function scopedSteps(
  metadata: EntityMetadata,
  condition: Condition,
  path: ScopedList,
): SelectStep[] {
  const scope = condition.find(path.scope);
  if (scope === undefined || scope.values.includes(null)) {
    throw new ScopeRequiredError(
      `${metadata.name}: lists need where({ ${path.scope} }) with one id or a list of ids; the API cannot list them all.`,
    );
  }
  condition.settle(scope);
  const [only, ...others] = distinct(scope.values);
  if (only !== undefined && others.length === 0) {
    const records = byId(metadata, condition, `${metadata.route}/${only}`);
    if (records !== null) return records;
  }
  const prefix = path.operation === null ? metadata.route : `${metadata.route}/${path.operation}`;
  return distinct(scope.values).map((id) => ({
    kind: 'list',
    route: `${prefix}/${id}`,
    scope: { [path.scope]: Number(id) },
  }));
}

function filteredSteps(
  metadata: EntityMetadata,
  condition: Condition,
  path: FilteredPages,
  limit: number | null,
): SelectStep[] {
  const filters = path.filters.map(({ field, wildcard, none }): RouteSegment => {
    const node = condition.find(field);
    const values = (node?.values as (number | null)[] | undefined)?.map((value) =>
      value === null ? none : String(value),
    );
    if (node !== undefined && values?.every((value) => value !== null) === true) {
      condition.settle(node);
      return distinct(values).join(',');
    }
    return wildcard.kind === 'text'
      ? wildcard.value
      : { kind: 'lookup', entity: wildcard.entity(), where: wildcard.where };
  });
  return [
    {
      kind: 'offset',
      route: `${metadata.route}/${path.operation}`,
      filters,
      pageSize: pageSize(path.pageSize, condition, limit),
      sort: path.sort,
    },
  ];
}

/** A small first page where the server answers the whole condition and few rows are wanted. */
function pageSize(largest: number, condition: Condition, limit: number | null): number {
  return limit !== null && condition.residual === null ? Math.min(limit, largest) : largest;
}

function keysetSteps(
  metadata: EntityMetadata,
  condition: Condition,
  path: KeysetPages,
  limit: number | null,
): SelectStep[] {
  return [
    {
      kind: 'keyset',
      route: `${metadata.route}/${path.operation}`,
      marker: 1,
      pageSize: pageSize(path.maxItems, condition, limit),
      single: false,
    },
  ];
}

function pathSteps(
  metadata: EntityMetadata,
  condition: Condition,
  path: AccessPath,
  limit: number | null,
): SelectStep[] {
  if (path.kind === 'scoped') return scopedSteps(metadata, condition, path);
  const records = byId(metadata, condition, metadata.route);
  if (records !== null) return records;
  switch (path.kind) {
    case 'whole':
      return [{ kind: 'list', route: metadata.route, scope: {} }];
    case 'keyset':
      return keysetSteps(metadata, condition, path, limit);
    case 'filtered':
      return filteredSteps(metadata, condition, path, limit);
  }
}

/** The entity's way to its lists; `@Entity` declares it. */
export function accessPathOf(metadata: EntityMetadata): AccessPath {
  return (metadata.access[0] as AccessPath | undefined) ?? WHOLE_LIST;
}

/**
 * Decides which requests answer a query. Pure: it sends nothing.
 * @throws {ScopeRequiredError} when children are asked for without their parent.
 */
export function planSelect(node: SelectNode): SelectPlan {
  const condition = new Condition(node.condition);
  const { metadata, limit } = node;
  const steps = pathSteps(metadata, condition, accessPathOf(metadata), limit);
  const residual = condition.residual;
  return {
    steps: new Condition(node.condition).isContradiction ? [] : steps,
    residual,
    limit,
  };
}

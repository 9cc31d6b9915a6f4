import { InvalidValueError } from '@kayako-orm/core';
import { type Explanation, type RelationReading } from '../../entity/explanation.js';
import { explainPlan } from '../../plan/explain-plan.js';
import { isSmallTable } from '../../plan/candidates.js';
import { planSelect } from '../../plan/plan-select.js';
import { type SelectPlan } from '../../plan/select-plan.js';
import {
  type ConditionNode,
  ELEMENT,
  type InNode,
  isNothing,
  NOTHING,
  type RelationNode,
} from '../../query/condition-node.js';
import { NO_FIELDS, type SelectNode } from '../../query/select-node.js';
import { simplifyCondition } from '../../query/simplify-condition.js';
import { type Run } from '../runs/run.js';
import { selectRows } from '../rows/select-rows.js';
import { idIn } from '../hydration/row-id.js';
import { type TableCache } from './table-cache.js';

type Execute = (plan: SelectPlan, node: SelectNode, run: Run) => AsyncIterable<object[]>;

/** Reads the relations in a condition. */
export class RelationResolver {
  readonly #connection: object;
  readonly #tables: TableCache;
  readonly #newRun: (node: SelectNode, whole: Run) => Run;
  readonly #execute: Execute;

  constructor(
    connection: object,
    tables: TableCache,
    newRun: (node: SelectNode, whole: Run) => Run,
    execute: Execute,
  ) {
    this.#connection = connection;
    this.#tables = tables;
    this.#newRun = newRun;
    this.#execute = execute;
  }

  /**
   * The query, simplified, with each relation in its condition replaced by the ids of the rows that it asks for. Nothing
   * is read where no row can match anyway.
   */
  async resolve<Entity extends object>(
    node: SelectNode<Entity>,
    run: Run,
  ): Promise<{ select: SelectNode<Entity>; relations: readonly RelationReading[] }> {
    const condition = node.limit === 0 ? NOTHING : simplifyCondition(node.condition);
    const relations: RelationReading[] = [];
    const replaced = await this.#replace(condition, run, relations);
    return { select: { ...node, condition: replaced }, relations };
  }

  async #replace(
    node: ConditionNode,
    run: Run,
    relations: RelationReading[],
  ): Promise<ConditionNode> {
    switch (node.kind) {
      case 'relation': {
        this.#refuseForeign(node);
        const { ids, reading } = await this.#idsOf(node.select, run);
        relations.push({ relation: node.relation, ids: ids.length, reading });
        const oneOf = (field: string): InNode => ({
          kind: 'in',
          field,
          values: ids,
          ignoreCase: false,
          isDerived: true,
        });
        return node.isList
          ? { kind: 'some', field: node.field, condition: oneOf(ELEMENT) }
          : oneOf(node.field);
      }
      case 'and':
      case 'or': {
        const conditions: ConditionNode[] = [];
        for (const each of node.conditions) {
          const replaced = simplifyCondition(await this.#replace(each, run, relations));
          if (node.kind === 'and' && isNothing(replaced)) return NOTHING;
          conditions.push(replaced);
        }
        return { ...node, conditions };
      }
      case 'not':
        return { ...node, condition: await this.#replace(node.condition, run, relations) };
      case 'in':
      case 'compare':
      case 'text':
      case 'match':
      case 'some':
        return node;
    }
  }

  /** Ids of another help desk would select whatever has the same ids here. */
  #refuseForeign({ relation, select }: RelationNode): void {
    if (select.connection === null || select.connection === this.#connection) return;
    throw new InvalidValueError(
      `${relation}: the query for ${select.metadata.name} belongs to another connection. Ask it first, and give the ids that it finds.`,
    );
  }

  /** The ids of a query that stands in another one's condition; a budget of its own holds as well. */
  async #idsOf(node: SelectNode, whole: Run): Promise<{ ids: number[]; reading: Explanation }> {
    const { metadata } = node;
    const run = this.#newRun(node, whole);
    try {
      const { select, relations } = await this.resolve(node, run);
      const ids: number[] = [];
      const plan = planSelect({ ...select, selection: NO_FIELDS });
      const reading = explainPlan(plan, select, relations);
      run.planned(() => reading);
      if (isWholeTable(plan, select)) {
        const rows = await this.#tables.rows(metadata.type, run);
        for (const row of selectRows(rows, select)) ids.push(idIn(row, metadata));
        return { ids, reading };
      }
      for await (const batch of this.#execute(plan, { ...select, selection: NO_FIELDS }, run)) {
        for (const row of batch) ids.push(idIn(row, metadata));
      }
      return { ids, reading };
    } finally {
      run.release();
    }
  }
}

/** Whether a plan reads a small table, which is kept. Functions of the user's get no rows that others share. */
function isWholeTable({ steps }: SelectPlan, { filters, metadata }: SelectNode): boolean {
  const [step] = steps;
  return (
    isSmallTable(metadata) &&
    filters.length === 0 &&
    steps.length === 1 &&
    step?.kind === 'list' &&
    Object.keys(step.scope).length === 0
  );
}

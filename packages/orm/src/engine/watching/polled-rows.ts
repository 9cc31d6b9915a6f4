import { type ActivityPlan, activityOf, planNewest, planSince } from '../../plan/plan-activity.js';
import { compileCondition } from '../../query/evaluate-condition.js';
import { type SelectNode, selectAll } from '../../query/select-node.js';
import { compareBy } from '../rows/order-rows.js';
import { keeps } from '../rows/keeps.js';
import { type LiveRows } from '../runs/row-source.js';
import { type RunOptions } from '../runs/run.js';

/** What was read the last time that all rows were, and holds until the next time. */
interface Settled<Entity extends object> {
  readonly select: SelectNode<Entity>;
  /** Path filters that leave nothing out; null where there is nothing to list. */
  readonly filters: readonly string[] | null;
  readonly fulfils: (row: Entity) => boolean;
}

/** When something happened to a row, in milliseconds; 0 for never. */
function timeOf(row: object, field: string): number {
  const value = (row as Record<string, unknown>)[field];
  return value instanceof Date ? value.getTime() : 0;
}

/** Reads the rows of one query again and again, by as little as the entity's access paths allow. */
export class PolledRows<Entity extends object> {
  readonly #node: SelectNode<Entity>;
  readonly #live: LiveRows;
  readonly #activity: ActivityPlan | null;
  #settled: Settled<Entity> | null = null;
  /** The latest activity that is known, by the server's clock; ours tells nothing of it. */
  #latest = 0;
  /** From when on is recent. */
  #since = 0;
  /** Behind the last rows that were more than a page holds; 0 where there were none since all rows were read. */
  #floor = 0;
  /** How many rows were. */
  #expected = 0;

  constructor(node: SelectNode<Entity>, live: LiveRows) {
    this.#node = node;
    this.#live = live;
    this.#activity = activityOf(node.metadata);
  }

  /** Whether {@link recent} tells anything; only after {@link all}. */
  get canTellRecent(): boolean {
    return this.#activity !== null;
  }

  /** Every row of the query. */
  async *all(options: RunOptions): AsyncGenerator<Entity[]> {
    if (this.#activity === null) {
      yield* this.#live.open(this.#node, options);
      return;
    }
    const { select, filters } = await this.#live.settle(this.#node, this.#activity.list, options);
    const holds = compileCondition(select.condition);
    const fulfils = (row: Entity): boolean =>
      holds(row) && select.filters.every((filter) => keeps(filter, row));
    this.#settled = { select, filters, fulfils };
    // Before the rows are read: what happens while they are has a later date than this.
    await this.#markLatest(this.#activity, filters, options);
    yield* this.#live.open(select, options);
  }

  /** The rows that something happened to lately, whether the query asks for them or not. */
  async *recent(options: RunOptions): AsyncGenerator<Entity[]> {
    const filters = this.#settled?.filters ?? null;
    if (this.#activity === null || filters === null) return;
    const { field } = this.#activity;
    const since = this.#since;
    const plan = planSince(this.#activity, filters, new Date(since), this.#expected);
    const byTime = compareBy([{ field, direction: 'asc' }]);
    const times: number[] = [];
    for await (const batch of this.#live.openPlan(plan, this.#everything(), options)) {
      const rows = batch.filter((row) => timeOf(row, field) >= since);
      for (const row of rows) times.push(timeOf(row, field));
      yield rows.sort(byTime);
    }
    this.#moveOn(this.#activity, times);
  }

  /** Whether the query asks for a row that {@link recent} brought. */
  fulfils(row: Entity): boolean {
    return this.#settled?.fulfils(row) === true;
  }

  /** Takes the latest activity as it is now: a row whose date lay ahead may be gone. */
  async #markLatest(
    activity: ActivityPlan,
    filters: readonly string[] | null,
    options: RunOptions,
  ): Promise<void> {
    let latest = 0;
    if (filters !== null) {
      const plan = planNewest(activity, filters);
      for await (const [row] of this.#live.openPlan(plan, this.#everything(), options)) {
        if (row !== undefined) latest = timeOf(row, activity.field);
      }
    }
    if (latest === this.#latest) return;
    this.#floor = 0;
    this.#moveOn(activity, [latest]);
  }

  /** @param times of all rows from `since` on; without any, nothing is later than before. */
  #moveOn({ lateSeconds, list }: ActivityPlan, times: readonly number[]): void {
    if (times.length === 0) return;
    this.#latest = times.reduce((latest, time) => Math.max(latest, time), 0);
    const recent = this.#latest - lateSeconds * 1000;
    const countFrom = (since: number): number => times.filter((time) => time >= since).length;
    // More than a page holds would be read whole by every poll: only what is later is looked at then.
    const isTooMany = countFrom(Math.max(this.#floor, recent)) >= list.maxPageSize;
    if (isTooMany) this.#floor = this.#latest + 1;
    this.#since = Math.max(this.#floor, recent);
    this.#expected = countFrom(this.#since);
  }

  #everything(): SelectNode<Entity> {
    return selectAll(this.#node.metadata);
  }
}

import { abortable, BudgetExceededError, type EntityClass, metadataOf } from '@kayako-orm/core';
import { parseCondition } from '../../query/parse-condition.js';
import { type SelectNode, selectAll } from '../../query/select-node.js';
import { type Run } from '../runs/run.js';

interface Entry {
  readonly rows: Promise<readonly object[]>;
  readonly readAt: number;
}

/** How long a table is taken to be true. */
const TIME_TO_LIVE_MS = 10_000;

/** The field and the id that a list is of, for classes that are listed by their parent. */
export type TableScope = Readonly<Record<string, number>>;

const WHOLE: TableScope = {};

/**
 * Small tables (departments, statuses, staff, …) that plans and relations need whole: read once for everybody, for a
 * short time. Their rows are shared, so nobody may change them or hand them out.
 */
export class TableCache {
  readonly #entries = new Map<EntityClass, Map<string, Entry>>();
  readonly #read: (node: SelectNode, run: Run) => AsyncIterable<object[]>;
  readonly #now: () => Date;

  constructor(read: (node: SelectNode, run: Run) => AsyncIterable<object[]>, now: () => Date) {
    this.#read = read;
    this.#now = now;
  }

  /** Forgets what is known of one class, or of all. */
  invalidate(entity?: EntityClass): void {
    if (entity === undefined) {
      this.#entries.clear();
      return;
    }
    // Other classes may stand for the same records.
    const { route } = metadataOf(entity);
    for (const each of this.#entries.keys()) {
      if (metadataOf(each).route === route) this.#entries.delete(each);
    }
  }

  /** All rows of a class, or of one parent. Whoever is the first to want them pays for them. */
  async rows<Entity extends object>(
    entity: EntityClass<Entity>,
    run: Run,
    scope = WHOLE,
  ): Promise<readonly Entity[]> {
    for (;;) {
      const known = this.#known(entity, scope);
      const rows = (known ?? this.#start(entity, run, scope)) as Promise<readonly Entity[]>;
      try {
        // The reading is shared with others, so a caller who gives up leaves it running.
        return await abortable(rows, run.signal);
      } catch (error) {
        // The budget of somebody else's query is spent, not this one's; what the caller aborts with is the caller's.
        const isTheirs = known !== undefined && !run.signal.aborted;
        if (!isTheirs || !(error instanceof BudgetExceededError)) throw error;
      }
    }
  }

  #known(entity: EntityClass, scope: TableScope): Promise<readonly object[]> | undefined {
    const entry = this.#entries.get(entity)?.get(JSON.stringify(scope));
    if (entry === undefined) return undefined;
    const age = Math.abs(this.#now().getTime() - entry.readAt);
    return age < TIME_TO_LIVE_MS ? entry.rows : undefined;
  }

  /** Begins to read a table. A failed reading is not kept. */
  #start(entity: EntityClass, run: Run, scope: TableScope): Promise<readonly object[]> {
    const rows = this.#table(entity, run.shared(), scope);
    const entry: Entry = { rows, readAt: this.#now().getTime() };
    const ofClass = this.#entries.get(entity) ?? new Map<string, Entry>();
    this.#entries.set(entity, ofClass);
    const key = JSON.stringify(scope);
    ofClass.set(key, entry);
    rows.catch(() => {
      if (ofClass.get(key) === entry) ofClass.delete(key);
    });
    return rows;
  }

  async #table(entity: EntityClass, run: Run, scope: TableScope): Promise<object[]> {
    const metadata = metadataOf(entity);
    const condition = parseCondition(metadata, scope);
    const rows: object[] = [];
    for await (const batch of this.#read({ ...selectAll(metadata), condition }, run)) {
      for (const row of batch) rows.push(row);
    }
    return rows;
  }
}

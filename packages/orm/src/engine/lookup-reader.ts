import { BudgetExceededError, type EntityClass, metadataOf } from '@kayako-orm/core';
import { type LookupSegment, type OffsetStep } from '../plan/select-plan.js';
import { parseCondition } from '../query/parse-condition.js';
import { type SelectNode, selectAll } from '../query/select-node.js';
import { type Run } from './run.js';
import { idIn, type ResolvedFilters } from './step-runner.js';

/** One record of a look-up table: its id, and the id that it is tied to. */
export interface LookupRow {
  readonly id: number;
  readonly tiedTo: number | null;
}

interface Entry {
  readonly rows: Promise<readonly LookupRow[]>;
  readonly readAt: number;
}

/** How long a look-up table is taken to be true. */
const TIME_TO_LIVE_MS = 10_000;

/** The small tables that plans need (all departments, all statuses): read once for everybody, for a short time. */
export class LookupReader {
  readonly #entries = new Map<EntityClass, Map<string, Entry>>();
  readonly #read: (node: SelectNode, run: Run) => AsyncIterable<object[]>;
  readonly #now: () => Date;

  constructor(read: (node: SelectNode, run: Run) => AsyncIterable<object[]>, now: () => Date) {
    this.#read = read;
    this.#now = now;
  }

  /** Forgets what is known of one class, or of all. */
  invalidate(entity?: EntityClass): void {
    if (entity === undefined) this.#entries.clear();
    else this.#entries.delete(entity);
  }

  /** The records of a table. Whoever is the first to want them pays for them. */
  async rows(segment: LookupSegment, run: Run): Promise<readonly LookupRow[]> {
    const key = JSON.stringify([segment.where, segment.tiedTo]);
    for (;;) {
      const known = this.#known(segment.entity, key);
      const rows = known ?? this.#start(segment, key, run);
      try {
        // The reading is shared with others, so a caller who gives up leaves it running.
        return await abortable(rows, run.signal);
      } catch (error) {
        // The budget of somebody else's query is spent, not this one's.
        if (known === undefined || !(error instanceof BudgetExceededError)) throw error;
      }
    }
  }

  /**
   * The path filters of a step as text: null where a look-up has no rows, because an empty filter would select something
   * else; `wider` where a filter had to name more than the condition does.
   */
  async filters(
    step: OffsetStep,
    run: Run,
  ): Promise<{ readonly filters: ResolvedFilters; readonly wider: boolean }> {
    let wider = false;
    const filters: (string | Set<number>)[] = step.filters.map((segment) =>
      typeof segment === 'string' ? segment : new Set(segment.kind === 'ids' ? segment.ids : []),
    );
    for (const [index, segment] of step.filters.entries()) {
      const own = filters[index];
      if (typeof segment === 'string' || segment.kind === 'ids' || !(own instanceof Set)) continue;
      for (const row of await this.rows(segment, run)) {
        own.add(row.id);
        const tied = filters[segment.tiedTo?.filter ?? -1];
        if (row.tiedTo === null || !(tied instanceof Set) || tied.has(row.tiedTo)) continue;
        tied.add(row.tiedTo);
        wider = true;
      }
    }
    const texts = filters.map((filter) =>
      typeof filter === 'string' ? filter : [...filter].join(','),
    );
    return { filters: texts.includes('') ? null : texts, wider };
  }

  #known(entity: EntityClass, key: string): Promise<readonly LookupRow[]> | undefined {
    const entry = this.#entries.get(entity)?.get(key);
    if (entry === undefined) return undefined;
    const age = Math.abs(this.#now().getTime() - entry.readAt);
    return age < TIME_TO_LIVE_MS ? entry.rows : undefined;
  }

  /** Begins to read a table. A failed reading is not kept. */
  #start(segment: LookupSegment, key: string, run: Run): Promise<readonly LookupRow[]> {
    const entry: Entry = {
      rows: this.#table(segment, run.shared()),
      readAt: this.#now().getTime(),
    };
    const entries = this.#entries.get(segment.entity) ?? new Map<string, Entry>();
    this.#entries.set(segment.entity, entries.set(key, entry));
    entry.rows.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return entry.rows;
  }

  async #table({ entity, where, tiedTo }: LookupSegment, run: Run): Promise<LookupRow[]> {
    const metadata = metadataOf(entity);
    const node = { ...selectAll(metadata), condition: parseCondition(metadata, where) };
    const found: LookupRow[] = [];
    for await (const batch of this.#read(node, run)) {
      for (const row of batch) {
        const tie = (row as Record<string, unknown>)[tiedTo?.field ?? ''];
        found.push({ id: idIn(row, metadata), tiedTo: typeof tie === 'number' ? tie : null });
      }
    }
    return found;
  }
}

function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

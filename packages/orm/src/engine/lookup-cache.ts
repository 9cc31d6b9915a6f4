import { type EntityClass } from '@kayako-orm/core';

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
export class LookupCache {
  readonly #entries = new Map<EntityClass, Map<string, Entry>>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The records under a key; `read` is called unless they are known or being read. A failed read is not kept. */
  rows(
    entity: EntityClass,
    key: string,
    read: () => Promise<readonly LookupRow[]>,
  ): Promise<readonly LookupRow[]> {
    const known = this.#entries.get(entity)?.get(key);
    const now = this.#now().getTime();
    if (known !== undefined && Math.abs(now - known.readAt) < TIME_TO_LIVE_MS) return known.rows;
    const entry: Entry = { rows: read(), readAt: now };
    const entries = this.#entries.get(entity) ?? new Map<string, Entry>();
    this.#entries.set(entity, entries.set(key, entry));
    entry.rows.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return entry.rows;
  }

  /** Forgets what is known of one class, or of all. */
  invalidate(entity?: EntityClass): void {
    if (entity === undefined) this.#entries.clear();
    else this.#entries.delete(entity);
  }
}

import { metadataOf } from '@kayako-orm/core';
import { type FilteredStep, type LookupSegment } from '../../plan/select-plan.js';
import { compileCondition } from '../../query/evaluate-condition.js';
import { parseCondition } from '../../query/parse-condition.js';
import { type Run } from '../runs/run.js';
import { idIn } from '../hydration/row-id.js';
import { type ResolvedFilters } from '../paging/step-runner.js';
import { type TableCache } from './table-cache.js';

/** One record of a look-up table: its id, and the id that it is tied to. */
interface LookupRow {
  readonly id: number;
  readonly tiedTo: number | null;
}

/** Turns the filters of an offset step into text; the tables that they need are read first. */
export class PathFilters {
  readonly #tables: TableCache;

  constructor(tables: TableCache) {
    this.#tables = tables;
  }

  /**
   * The filters as text: null where a look-up has no rows, because an empty filter would select something else; `wider`
   * where a filter had to name more than the condition does.
   */
  async resolve(
    step: FilteredStep,
    run: Run,
  ): Promise<{ readonly filters: ResolvedFilters; readonly wider: boolean }> {
    let wider = false;
    const filters: (string | Set<number>)[] = step.filters.map((segment) =>
      typeof segment === 'string' ? segment : new Set(segment.kind === 'ids' ? segment.ids : []),
    );
    for (const [index, segment] of step.filters.entries()) {
      const own = filters[index];
      if (typeof segment === 'string' || !(own instanceof Set)) continue;
      if (segment.kind === 'ids' && !segment.isDerived) continue;
      const lookup = segment.kind === 'ids' ? segment.existing : segment;
      for (const row of await this.#rows(lookup, run)) {
        if (segment.kind === 'lookup') own.add(row.id);
        else if (!own.has(row.id)) continue;
        const tied = filters[lookup.tiedTo?.filter ?? -1];
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

  /**
   * Whether each filter that names ids names at least one that counts there: one that exists, and that is tied to no
   * record that its own filter leaves out. Without any, the server lists something else (§6.1.1).
   */
  async areValid(step: FilteredStep, run: Run): Promise<boolean> {
    for (const segment of step.filters) {
      if (typeof segment === 'string' || segment.kind === 'lookup') continue;
      const { existing, ids } = segment;
      const tied = step.filters[existing.tiedTo?.filter ?? -1];
      const named = typeof tied === 'object' && tied.kind === 'ids' ? tied.ids : null;
      const counts = ({ id, tiedTo }: LookupRow): boolean =>
        ids.includes(id) && (tiedTo === null || named === null || named.includes(tiedTo));
      if (!(await this.#rows(existing, run)).some(counts)) return false;
    }
    return true;
  }

  async #rows({ entity, where, tiedTo }: LookupSegment, run: Run): Promise<LookupRow[]> {
    const metadata = metadataOf(entity);
    const rows = await this.#tables.rows(entity, run);
    return rows.filter(compileCondition(parseCondition(metadata, where))).map((row) => {
      const tie = (row as Record<string, unknown>)[tiedTo?.field ?? ''];
      return { id: idIn(row, metadata), tiedTo: typeof tie === 'number' ? tie : null };
    });
  }
}

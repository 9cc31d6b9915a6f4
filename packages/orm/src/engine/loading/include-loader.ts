import { KayakoResponseError, metadataOf } from '@kayako-orm/core';
import { type Persister } from '../../entity/persister.js';
import { isEverything } from '../../query/condition-node.js';
import { type IncludeNode } from '../../query/include-node.js';
import { forEachAtMost } from '../runs/at-most.js';
import { type EntityReader } from './entity-reader.js';
import {
  type LoadableCollection,
  type LoadableRefs,
  putLoaded,
  openChildren,
} from '../hydration/loaded-relation.js';
import { referredIds } from '../hydration/referred-ids.js';
import { isMissing } from '../paging/step-runner.js';
import { type Run } from '../runs/run.js';

/** Requests for children under way at the same time, for one query; the connection has a limit of its own. */
const CONCURRENCY = 4;
/** How many entities an include remembers for rows to come: the same user has more than one ticket. */
const MOST_REMEMBERED = 10_000;

/** Loads the relations of the rows of one run, batch by batch. */
export class IncludeLoader {
  readonly #reader: EntityReader;
  readonly #persister: Persister;
  readonly #run: Run;
  /** What rows of this run referred to, by include: what is loaded below it differs from one to the other. */
  readonly #remembered = new Map<IncludeNode, Map<number, object | null>>();

  constructor(reader: EntityReader, persister: Persister, run: Run) {
    this.#reader = reader;
    this.#persister = persister;
    this.#run = run;
  }

  async load(rows: readonly object[], include: readonly IncludeNode[]): Promise<void> {
    if (rows.length === 0) return;
    await forEachAtMost(include, include.length, (node) =>
      node.relation.kind === 'hasMany' ? this.#children(rows, node) : this.#references(rows, node),
    );
  }

  async #references(rows: readonly object[], node: IncludeNode): Promise<void> {
    const { relation, include } = node;
    const target = metadataOf(relation.target());
    const known = this.#remembered.get(node) ?? new Map<number, object | null>();
    this.#remembered.set(node, known);
    const idsOfRow = (row: object): number[] =>
      referredIds(relation, (field) => (row as Record<string, unknown>)[field]);
    const ids = [...new Set(rows.flatMap(idsOfRow))];
    const entities = new Map<number, object | null>();
    for (const id of ids) {
      const entity = known.get(id);
      if (entity === undefined) continue;
      entities.set(id, entity);
      // Those that were asked for last are forgotten last.
      known.delete(id);
      known.set(id, entity);
    }
    const missing = ids.filter((id) => !entities.has(id));
    const found = await this.#reader.read(target, missing, this.#run, true);
    await this.load([...found.values()], include);
    for (const id of missing) {
      const entity = found.get(id) ?? null;
      entities.set(id, entity);
      known.set(id, entity);
    }
    for (const row of rows) {
      const referred = idsOfRow(row)
        .sort((left, right) => left - right)
        .map((id) => entities.get(id) ?? null)
        .filter((entity) => entity !== null);
      (this.#relation(row, node) as LoadableRefs)[putLoaded](referred);
    }
    for (const id of known.keys()) {
      if (known.size <= MOST_REMEMBERED) break;
      known.delete(id);
    }
  }

  async #children(rows: readonly object[], node: IncludeNode): Promise<void> {
    const { condition, limit, include } = node;
    const areAll = isEverything(condition) && limit === null;
    const all: object[] = [];
    const { signal, meter, keeps } = this.#run;
    await forEachAtMost(rows, CONCURRENCY, async (row) => {
      const collection = this.#relation(row, node) as LoadableCollection;
      const items: object[] = [];
      const options = { signal, meter, keeps, isPart: true };
      try {
        for await (const batch of collection[openChildren](node, options)) {
          for (const child of batch) items.push(child);
        }
      } catch (error) {
        // The parent was deleted since it was read: it has no children any more.
        const isGone = error instanceof KayakoResponseError && isMissing(error) && !signal.aborted;
        if (!isGone) throw error;
      }
      collection[putLoaded](items, areAll);
      for (const child of items) all.push(child);
    });
    await this.load(all, include);
  }

  #relation(row: object, { relation }: IncludeNode): unknown {
    return this.#persister.relation(row, relation);
  }
}

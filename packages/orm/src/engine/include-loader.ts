import { type EntityClass, metadataOf } from '@kayako-orm/core';
import { type Persister } from '../entity/persister.js';
import { isEverything } from '../query/condition-node.js';
import { type IncludeNode } from '../query/include-node.js';
import { forEachAtMost } from './at-most.js';
import { type EntityReader } from './entity-reader.js';
import {
  type LoadableCollection,
  type LoadableRef,
  putLoaded,
  openChildren,
} from './loaded-relation.js';
import { type Run } from './run.js';

/** Requests for children under way at the same time, for one query; the connection has a limit of its own. */
const CONCURRENCY = 4;
/** How many entities of a class a query remembers for rows to come: the same user has more than one ticket. */
const MOST_REMEMBERED = 1000;

/** The entities that rows of one run referred to. */
class Remembered {
  readonly #entities = new Map<EntityClass, Map<number, object | null>>();

  of(type: EntityClass): Map<number, object | null> {
    const present = this.#entities.get(type) ?? new Map<number, object | null>();
    this.#entities.set(type, present);
    return present;
  }
}

/** Loads the relations of the rows of one run, batch by batch. */
export class IncludeLoader {
  readonly #reader: EntityReader;
  readonly #persister: Persister;
  readonly #run: Run;
  readonly #remembered = new Remembered();

  constructor(reader: EntityReader, persister: Persister, run: Run) {
    this.#reader = reader;
    this.#persister = persister;
    this.#run = run;
  }

  async load(rows: readonly object[], include: readonly IncludeNode[]): Promise<void> {
    if (rows.length === 0) return;
    await forEachAtMost(include, include.length, (node) =>
      node.relation.kind === 'belongsTo'
        ? this.#references(rows, node)
        : this.#children(rows, node),
    );
  }

  async #references(rows: readonly object[], node: IncludeNode): Promise<void> {
    const { relation, include } = node;
    const target = metadataOf(relation.target());
    const known = this.#remembered.of(target.type);
    const idOfRow = (row: object): number | null =>
      ((row as Record<string, unknown>)[relation.field] as number | null | undefined) ?? null;
    const ids = [...new Set(rows.map(idOfRow))].filter((id) => id !== null);
    const missing = ids.filter((id) => !known.has(id));
    const found = await this.#reader.read(target, missing, this.#run, true);
    await this.load([...found.values()], include);
    const entities = new Map(ids.map((id) => [id, known.get(id) ?? found.get(id) ?? null]));
    for (const row of rows) {
      const id = idOfRow(row);
      const ref = this.#relation(row, node) as LoadableRef;
      ref[putLoaded](id === null ? null : (entities.get(id) ?? null));
    }
    for (const id of missing) known.set(id, found.get(id) ?? null);
    for (const id of known.keys()) {
      if (known.size <= MOST_REMEMBERED) break;
      known.delete(id);
    }
  }

  async #children(rows: readonly object[], node: IncludeNode): Promise<void> {
    const { condition, limit, include } = node;
    const areAll = isEverything(condition) && limit === null;
    const all: object[] = [];
    const { signal, meter } = this.#run;
    await forEachAtMost(rows, CONCURRENCY, async (row) => {
      const collection = this.#relation(row, node) as LoadableCollection;
      const items: object[] = [];
      const options = { signal, meter, isPart: true };
      for await (const batch of collection[openChildren](node, options)) {
        for (const child of batch) items.push(child);
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

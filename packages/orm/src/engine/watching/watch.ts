import { setTimeout as delay } from 'node:timers/promises';
import { abortable } from '@kayako-orm/core';
import { type Change, type RemovedRow, type WatchOptions } from '../../entity/change.js';
import { type FieldOf } from '../../entity/fields.js';
import { type SelectNode } from '../../query/select-node.js';
import { type LiveRows } from '../runs/row-source.js';
import { type RunOptions } from '../runs/run.js';
import { CursorFormat } from './cursor-format.js';
import { type Address, KnownRows } from './known-rows.js';
import { PolledRows } from './polled-rows.js';
import { RowDigests } from './row-digests.js';

type DistributiveOmit<Value, Key extends PropertyKey> = Value extends unknown
  ? Omit<Value, Key>
  : never;

/** A change that nobody was told of yet: it is known when somebody was. */
export interface PendingChange<Entity> {
  readonly address: Address;
  /** undefined: the row is gone. */
  readonly digest: string | undefined;
  readonly change: DistributiveOmit<Change<Entity>, 'cursor'>;
}

/** How a watch polls. */
export interface WatchSettings extends Pick<WatchOptions, 'everyMs' | 'checkpoint'> {
  readonly sweepEvery: number;
}

const NO_FIELDS = Object.freeze([] as const);

/** What is known of the rows of a query, and how it is kept in step with the help desk. */
export class Watch<Entity extends object> {
  readonly #node: SelectNode<Entity>;
  readonly #live: LiveRows;
  readonly #settings: WatchSettings;
  readonly #digests: RowDigests;
  readonly #format: CursorFormat;
  #known: KnownRows;
  /** Whether what is known is to be compared with; otherwise the next poll only takes it in. */
  #hasBaseline: boolean;

  /** @throws {InvalidValueError} for a cursor of something else. */
  constructor(node: SelectNode<Entity>, live: LiveRows, from: unknown, settings: WatchSettings) {
    this.#node = node;
    this.#live = live;
    this.#settings = settings;
    this.#digests = new RowDigests(node.metadata);
    this.#format = new CursorFormat(node, this.#digests);
    this.#hasBaseline = (from ?? null) !== null;
    this.#known = this.#hasBaseline ? this.#format.read(from) : this.#rows([]);
  }

  /** Polls until the signal aborts. It holds no more than what is known, so it can be left and begun again. */
  async *poll(signal: AbortSignal): AsyncGenerator<PendingChange<Entity>[]> {
    const { everyMs, sweepEvery, checkpoint } = this.#settings;
    const rows = new PolledRows(this.#node, this.#live);
    for (let polls = 0; ; polls += 1) {
      signal.throwIfAborted();
      const { connection } = this.#live;
      const options = { signal, meter: connection.child('each poll', this.#node.budget, noPlan) };
      if (!this.#hasBaseline) {
        const known = await this.#takeStock(rows, options);
        signal.throwIfAborted();
        this.#known = known;
        this.#hasBaseline = true;
      } else if (polls % sweepEvery === 0 || !rows.canTellRecent) {
        yield* this.#compareAll(rows, options);
      } else yield* this.#compareRecent(rows, options);
      await abortable(Promise.resolve(checkpoint?.(this.#format.cursor(this.#known))), signal);
      await delay(everyMs, undefined, { signal }).catch(() => {
        signal.throwIfAborted();
      });
    }
  }

  /** The change as it is handed out: from now on it is known. */
  deliver({ address, digest, change }: PendingChange<Entity>): Change<Entity> {
    this.#known = this.#known.with(address, digest);
    return { ...change, cursor: this.#format.cursor(this.#known) };
  }

  async #takeStock(rows: PolledRows<Entity>, options: RunOptions): Promise<KnownRows> {
    const found: [Address, string][] = [];
    for await (const batch of rows.all(options)) {
      for (const row of batch) found.push([this.#digests.addressOf(row), this.#digests.of(row)]);
    }
    return this.#rows(found);
  }

  #rows(rows: readonly [Address, string][]): KnownRows {
    return KnownRows.of(this.#digests.addressLength, rows);
  }

  async *#compareAll(
    rows: PolledRows<Entity>,
    options: RunOptions,
  ): AsyncGenerator<PendingChange<Entity>[]> {
    const unseen = this.#known.unseen();
    for await (const batch of rows.all(options)) {
      for (const row of batch) unseen.see(this.#digests.addressOf(row));
      yield batch.flatMap((row) => this.#compare(row));
    }
    yield unseen.addresses().map((address) => this.#removed(address));
  }

  async *#compareRecent(
    rows: PolledRows<Entity>,
    options: RunOptions,
  ): AsyncGenerator<PendingChange<Entity>[]> {
    for await (const batch of rows.recent(options)) {
      yield batch.flatMap((row) => {
        if (rows.fulfils(row)) return this.#compare(row);
        const address = this.#digests.addressOf(row);
        return this.#known.digestOf(address) === undefined ? [] : [this.#removed(address)];
      });
    }
  }

  /** What has become of a row that fulfils the query; nothing where it is as it was. */
  #compare(entity: Entity): PendingChange<Entity>[] {
    const address = this.#digests.addressOf(entity);
    const digest = this.#digests.of(entity);
    const before = this.#known.digestOf(address);
    if (before === digest) return [];
    if (before === undefined) {
      return [{ address, digest, change: { kind: 'added', entity, fields: NO_FIELDS } }];
    }
    const fields = Object.freeze(this.#digests.differing(before, digest)) as FieldOf<Entity>[];
    return [{ address, digest, change: { kind: 'changed', entity, fields } }];
  }

  #removed(address: Address): PendingChange<Entity> {
    const { name } = this.#node.metadata;
    const entity = Object.defineProperty(this.#digests.named(address), 'toString', {
      value: () => `<${name} (${String(address.at(-1))})>`,
    });
    return {
      address,
      digest: undefined,
      change: {
        kind: 'removed',
        entity: Object.freeze(entity) as RemovedRow<Entity>,
        fields: NO_FIELDS,
      },
    };
  }
}

function noPlan(): null {
  return null;
}

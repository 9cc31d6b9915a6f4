/** The ids that address a row: for children of a ticket, the ticket's first. */
export type Address = readonly number[];

/** Rows whose ids lie beside each other are kept together; a bucket's slots fit in the bits of one number. */
const BUCKET = 32;

interface Bucket {
  /** All ids of the address but the last. */
  readonly scope: Address;
  readonly firstId: number;
  readonly digests: (string | undefined)[];
}

interface Place {
  readonly key: string;
  readonly slot: number;
}

function placeOf(address: Address): Place {
  const id = address.at(-1) ?? 0;
  const number = Math.floor(id / BUCKET);
  return { key: [...address.slice(0, -1), number].join('/'), slot: id % BUCKET };
}

function emptyBucket(address: Address): Bucket {
  const id = address.at(-1) ?? 0;
  const digests = new Array<string | undefined>(BUCKET).fill(undefined);
  return { scope: address.slice(0, -1), firstId: id - (id % BUCKET), digests };
}

/** By ascending ids, the first the strongest. */
function compareAddresses(one: Address, other: Address): number {
  for (const [index, id] of one.entries()) {
    const difference = id - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The digests of all rows that a watch knows, by address. Never changed: a version with another row shares all buckets
 * but one, so a cursor of each change costs little, and stays true however long it is kept.
 */
export class KnownRows {
  readonly #buckets: ReadonlyMap<string, Bucket>;

  private constructor(buckets: ReadonlyMap<string, Bucket>) {
    this.#buckets = buckets;
  }

  static of(rows: Iterable<readonly [Address, string]>): KnownRows {
    const buckets = new Map<string, Bucket>();
    for (const [address, digest] of rows) {
      const { key, slot } = placeOf(address);
      const bucket = buckets.get(key) ?? emptyBucket(address);
      // Nobody else has it yet.
      bucket.digests[slot] = digest;
      buckets.set(key, bucket);
    }
    return new KnownRows(buckets);
  }

  get size(): number {
    let size = 0;
    for (const { digests } of this.#buckets.values()) {
      for (const digest of digests) if (digest !== undefined) size += 1;
    }
    return size;
  }

  digestOf(address: Address): string | undefined {
    const { key, slot } = placeOf(address);
    return this.#buckets.get(key)?.digests[slot];
  }

  /** The same with one row set, or without it for undefined. */
  with(address: Address, digest: string | undefined): KnownRows {
    const { key, slot } = placeOf(address);
    const bucket = this.#buckets.get(key) ?? emptyBucket(address);
    const digests = bucket.digests.with(slot, digest);
    const buckets = new Map(this.#buckets);
    if (digests.some((each) => each !== undefined)) buckets.set(key, { ...bucket, digests });
    else buckets.delete(key);
    return new KnownRows(buckets);
  }

  /** All rows by ascending address. */
  *entries(): Generator<[Address, string]> {
    const buckets = [...this.#buckets.values()].sort((one, other) =>
      compareAddresses([...one.scope, one.firstId], [...other.scope, other.firstId]),
    );
    for (const { scope, firstId, digests } of buckets) {
      for (const [slot, digest] of digests.entries()) {
        if (digest !== undefined) yield [[...scope, firstId + slot], digest];
      }
    }
  }
}

/** Addresses that were met: one bit each. */
export class SeenRows {
  readonly #masks = new Map<string, number>();

  add(address: Address): void {
    const { key, slot } = placeOf(address);
    this.#masks.set(key, (this.#masks.get(key) ?? 0) | (1 << slot));
  }

  has(address: Address): boolean {
    const { key, slot } = placeOf(address);
    return ((this.#masks.get(key) ?? 0) & (1 << slot)) !== 0;
  }
}

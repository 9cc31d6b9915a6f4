/** The ids that address a row: for children of a ticket, the ticket's first. */
export type Address = readonly number[];

/** Rows of a chunk at first; it is split where it has come to hold more than twice as many. */
const CHUNK = 64;

/** Rows that follow each other. */
interface Chunk {
  /** Their addresses, one behind the other. */
  readonly ids: readonly number[];
  readonly digests: readonly string[];
}

interface Place {
  readonly chunk: number;
  /** Of the row in its chunk, or of the first one behind it. */
  readonly index: number;
  readonly isFound: boolean;
}

/** The first of ascending places at which something no longer holds. */
function firstWithout(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By ids, the first the strongest. @param start where the other address begins. */
function compareAddress(one: Address, others: readonly number[], start: number): number {
  for (const [index, id] of one.entries()) {
    const difference = id - (others[start + index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The digests of all rows that a watch knows, by address. Never changed: a version with another row shares all chunks
 * but one, so a cursor of each change costs little, and stays true however long it is kept.
 */
export class KnownRows {
  readonly #width: number;
  readonly #chunks: readonly Chunk[];

  private constructor(width: number, chunks: readonly Chunk[]) {
    this.#width = width;
    this.#chunks = chunks;
  }

  /** @param width how many ids an address has. */
  static of(width: number, rows: readonly (readonly [Address, string])[]): KnownRows {
    const sorted = rows.toSorted(([one], [other]) => compareAddress(one, other, 0));
    const distinct = sorted.filter(([address], index) => {
      const [next] = sorted[index + 1] ?? [];
      return next === undefined || compareAddress(address, next, 0) !== 0;
    });
    const chunks: Chunk[] = [];
    for (let start = 0; start < distinct.length; start += CHUNK) {
      const part = distinct.slice(start, start + CHUNK);
      chunks.push({
        ids: part.flatMap(([address]) => address),
        digests: part.map(([, digest]) => digest),
      });
    }
    return new KnownRows(width, chunks);
  }

  get size(): number {
    return this.#chunks.reduce((size, { digests }) => size + digests.length, 0);
  }

  digestOf(address: Address): string | undefined {
    const { chunk, index, isFound } = this.#find(address);
    return isFound ? this.#chunks[chunk]?.digests[index] : undefined;
  }

  /** The same with one row set, or without it for undefined. */
  with(address: Address, digest: string | undefined): KnownRows {
    const { chunk, index, isFound } = this.#find(address);
    const { ids, digests } = this.#chunks[chunk] ?? { ids: [], digests: [] };
    const isGone = digest === undefined;
    const width = this.#width;
    const changed = {
      ids: ids.toSpliced(index * width, isFound ? width : 0, ...(isGone ? [] : address)),
      digests: digests.toSpliced(index, isFound ? 1 : 0, ...(isGone ? [] : [digest])),
    };
    return new KnownRows(width, this.#chunks.toSpliced(chunk, 1, ...this.#fitting(changed)));
  }

  /** All rows by ascending address. */
  *entries(): Generator<[Address, string]> {
    for (const { ids, digests } of this.#chunks) {
      for (const [index, digest] of digests.entries()) {
        yield [ids.slice(index * this.#width, (index + 1) * this.#width), digest];
      }
    }
  }

  /** Finds out which rows nobody has seen. */
  unseen(): { see(address: Address): void; addresses(): Address[] } {
    const seen = this.#chunks.map(({ digests }) => new Uint8Array(digests.length));
    return {
      see: (address) => {
        const { chunk, index, isFound } = this.#find(address);
        if (isFound) seen[chunk]?.fill(1, index, index + 1);
      },
      addresses: () => {
        const marks = seen.flatMap((each) => [...each]);
        return [...this.entries()].flatMap(([address], row) => (marks[row] === 1 ? [] : [address]));
      },
    };
  }

  #find(address: Address): Place {
    const width = this.#width;
    const later = firstWithout(
      this.#chunks.length,
      (chunk) => compareAddress(address, this.#chunks[chunk]?.ids ?? [], 0) >= 0,
    );
    const chunk = Math.max(0, later - 1);
    const { ids = [], digests = [] } = this.#chunks[chunk] ?? {};
    const index = firstWithout(
      digests.length,
      (each) => compareAddress(address, ids, each * width) > 0,
    );
    const isFound = index < digests.length && compareAddress(address, ids, index * width) === 0;
    return { chunk, index, isFound };
  }

  /** A chunk that was changed: none where it is empty, two where it is too long. */
  #fitting({ ids, digests }: Chunk): Chunk[] {
    if (digests.length === 0) return [];
    if (digests.length <= 2 * CHUNK) return [{ ids, digests }];
    const half = CHUNK * this.#width;
    return [
      { ids: ids.slice(0, half), digests: digests.slice(0, CHUNK) },
      { ids: ids.slice(half), digests: digests.slice(CHUNK) },
    ];
  }
}

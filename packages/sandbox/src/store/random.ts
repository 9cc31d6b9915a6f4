const SEED = 0x5bd1e995;

/** A small reproducible generator (splitmix32): the same seed gives the same numbers. */
export class Random {
  #state: number;

  /** Further parts of the seed give unrelated sequences, such as one for each row. */
  constructor(...seed: readonly number[]) {
    this.#state = seed.reduce((state, part) => mix((state ^ part) >>> 0), SEED);
  }

  /** An integer of the closed range. */
  between(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  /** True once in so many times. */
  oneIn(count: number): boolean {
    return this.between(1, count) === 1;
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.between(0, values.length - 1)];
    if (value === undefined) throw new RangeError('Nothing to pick from');
    return value;
  }

  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    return mix(this.#state) / 4_294_967_296;
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

import { idOf } from '../entity/entity.js';
import { type Deferral, type Deferrals } from '../entity/persister.js';
import { definePlain } from './write-watch.js';

type Values = Record<string, unknown>;

/** A field that was filled in, and what was there before. */
export interface FilledReference {
  readonly owner: object;
  readonly field: string;
  readonly deferral: Deferral;
  readonly before: unknown;
  readonly value: unknown;
}

/**
 * Fields that wait for the id of an entity that has none yet. Meanwhile they hold what they held; what the program
 * assigns to them ends the waiting.
 */
export class PendingReferences implements Deferrals {
  readonly #deferred: (owner: object, target: object) => void;
  #fields = new WeakMap<object, Map<string, Deferral>>();

  /** @param deferred told of each field that begins to wait. */
  constructor(deferred: (owner: object, target: object) => void) {
    this.#deferred = deferred;
  }

  get(owner: object, field: string): Deferral | undefined {
    return this.#fields.get(owner)?.get(field);
  }

  /** The fields that wait, and for what. */
  of(owner: object): ReadonlyMap<string, Deferral> {
    return this.#fields.get(owner) ?? new Map();
  }

  set(owner: object, field: string, deferral: Deferral | undefined): void {
    this.#end(owner, field);
    if (deferral === undefined) return;
    this.#deferred(owner, deferral.target);
    const fields = this.#fields.get(owner) ?? new Map<string, Deferral>();
    this.#fields.set(owner, fields.set(field, deferral));
    const value = (owner as Values)[field];
    Object.defineProperty(owner, field, {
      configurable: true,
      enumerable: Object.hasOwn(owner, field),
      get: () => value,
      set: (assigned: unknown) => {
        this.#fields.get(owner)?.delete(field);
        definePlain(owner, field, assigned);
      },
    });
  }

  fill(owner: object): object[] {
    this.fillIn(owner);
    return [...this.of(owner).values()].map(({ target }) => target);
  }

  /** Fills in what has become known, and tells what. */
  fillIn(owner: object): FilledReference[] {
    return [...this.of(owner)].flatMap(([field, deferral]) => {
      const value = (deferral.target as Values)[deferral.source];
      if (value === undefined) return [];
      const before = (owner as Values)[field];
      (owner as Values)[field] = value;
      return [{ owner, field, deferral, before, value }];
    });
  }

  /** Takes back what {@link fillIn} did, unless the program has assigned something else. */
  empty({ owner, field, deferral, before, value }: FilledReference): void {
    if ((owner as Values)[field] !== value) return;
    (owner as Values)[field] = before;
    this.set(owner, field, deferral);
  }

  /** Entities without an id that the owner waits for. */
  newTargets(owner: object): object[] {
    return [...this.of(owner).values()]
      .map(({ target }) => target)
      .filter((target) => idOf(target) === undefined);
  }

  /** The owner waits for that entity no more. */
  dropTarget(owner: object, target: object): void {
    for (const [field, deferral] of [...this.of(owner)]) {
      if (deferral.target === target) this.set(owner, field, undefined);
    }
  }

  clear(): void {
    this.#fields = new WeakMap();
  }

  /** What the field holds stays. */
  #end(owner: object, field: string): void {
    if (this.get(owner, field) !== undefined) {
      // Assigning ends the waiting.
      (owner as Values)[field] = (owner as Values)[field];
    }
  }
}

import { BudgetExceededError } from '../errors/request-errors.js';
import { isPlainObject } from '../metadata/plain-object.js';

/** What may be spent at most. A key that is left out has no limit; 0 allows nothing. */
export interface Budget {
  /** Requests sent. One too many is refused before it is sent. */
  readonly requests?: number;
  /** Rows read from replies, before anything is filtered here. The first one over ends the call. */
  readonly rows?: number;
  /** Bytes of reply bodies, decompressed. The first one over ends the call. */
  readonly bytes?: number;
}

/** What has been spent. */
export interface Usage {
  /** Requests sent. */
  readonly requests: number;
  /** Rows read from replies, before anything is filtered here. */
  readonly rows: number;
  /** Bytes of reply bodies, decompressed, that were handed to the decoder. */
  readonly bytes: number;
}

export type Resource = keyof Usage;

export const RESOURCES: readonly Resource[] = ['requests', 'rows', 'bytes'];

/** What is wrong with a budget, in words; empty when it is one. */
export function budgetProblems(budget: unknown): string[] {
  // Of a promise, a Map or an instance no own property would be seen, and all would be allowed.
  if (!isPlainObject(budget)) {
    return [`budget must be an object of ${RESOURCES.join(', ')}`];
  }
  return Object.entries(budget).flatMap(([name, limit]: [string, unknown]) => {
    if (!RESOURCES.includes(name as Resource)) {
      return [`budget.${name} is no part of a budget; those are ${RESOURCES.join(', ')}`];
    }
    return typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 0
      ? []
      : [`budget.${name} must be a whole number from 0`];
  });
}

/** Counts what calls cost, on itself and on the meters above it, and refuses what goes beyond a budget. */
export class Meter {
  readonly #owner: string;
  readonly #budget: Budget;
  readonly #plan: () => string | null;
  readonly #parent: Meter | null;
  readonly #usage = { requests: 0, rows: 0, bytes: 0 };

  /**
   * @param owner whose budget it is, for messages.
   * @param plan what is being done, for messages.
   */
  constructor(
    owner: string,
    budget: Budget,
    plan: () => string | null = () => null,
    parent: Meter | null = null,
  ) {
    this.#owner = owner;
    this.#budget = budget;
    this.#plan = plan;
    this.#parent = parent;
  }

  get usage(): Usage {
    return { ...this.#usage };
  }

  /** A meter for a part of what this one counts. */
  child(owner: string, budget: Budget, plan: () => string | null): Meter {
    return new Meter(owner, budget, plan, this);
  }

  /** Counts a request that is about to be sent. @throws {BudgetExceededError} instead, when it is one too many. */
  request(label: string): void {
    if (this.#room('requests') < 1) throw this.#exceeded('requests', label);
    this.#add('requests', 1);
  }

  /** Counts bytes that arrived and cuts off those that are too many; then {@link refuse} is due. */
  bytes(chunk: Uint8Array): Uint8Array {
    const room = this.#room('bytes');
    this.#add('bytes', chunk.byteLength);
    return chunk.byteLength > room ? chunk.subarray(0, room) : chunk;
  }

  /** Counts rows that were read and cuts off those that are too many; then {@link refuse} is due. */
  rows<Row>(rows: Row[]): Row[] {
    const room = this.#room('rows');
    this.#add('rows', rows.length);
    return rows.length > room ? rows.slice(0, room) : rows;
  }

  /** @throws {BudgetExceededError} always: for what lies behind the last row or byte allowed. */
  refuse(resource: 'rows' | 'bytes', label: string): never {
    throw this.#exceeded(resource, label);
  }

  /** This meter and those above it. */
  #chain(): Meter[] {
    return this.#parent === null ? [this] : [this, ...this.#parent.#chain()];
  }

  #left(resource: Resource): number {
    return Math.max(0, (this.#budget[resource] ?? Infinity) - this.#usage[resource]);
  }

  /** How much of a resource is left, here and above. */
  #room(resource: Resource): number {
    return Math.min(...this.#chain().map((meter) => meter.#left(resource)));
  }

  #add(resource: Resource, count: number): void {
    for (const meter of this.#chain()) meter.#usage[resource] += count;
  }

  /** The error of the first meter that has nothing left, with the plan of this one. */
  #exceeded(resource: Resource, label: string): BudgetExceededError {
    const spent = this.#chain().find((meter) => meter.#left(resource) === 0) ?? this;
    return spent.#error(resource, label, this.#plan());
  }

  #error(resource: Resource, label: string, plan: string | null): BudgetExceededError {
    const limit = this.#budget[resource] ?? Infinity;
    const outcome = resource === 'requests' ? 'not sent' : 'stopped';
    return new BudgetExceededError(
      `${label}: ${outcome}, because the budget of ${this.#owner} is ${limit} ${resource}. ` +
        `Raise it, or ask for less.${plan === null ? '' : ` The plan was:\n${plan}`}`,
      resource,
      this.usage,
      plan,
    );
  }
}

import { type CallOptions } from '@kayako-orm/core';
import { knownExtrasOf } from '../../entity/entity-state.js';
import { type Lifecycle } from '../../entity/lifecycle.js';

/** Who knows which entities a program has already. */
export interface Identities {
  /**
   * The instance that stands for the record: one that is there already, brought up to date, or `fresh` itself.
   * @param began when the reading began; null for what may be old, which brings nothing up to date.
   */
  resolve<Entity extends object>(fresh: Entity, began: number | null): Entity;
}

export interface IntakeOptions extends CallOptions {
  /** The caller keeps the entities: they are those of the session. Rows of streams come and go. */
  readonly keeps: boolean;
  /** When the reading began. */
  readonly began: number;
}

/** What entities go through on their way from a reply to the program. */
export class Intake {
  readonly #lifecycle: Lifecycle;
  readonly #identities: Identities | null;

  /** @param identities null where each reading gives instances of its own. */
  constructor(lifecycle: Lifecycle, identities: Identities | null) {
    this.#lifecycle = lifecycle;
    this.#identities = identities;
  }

  /** @param isFresh false for rows that were read some time ago. */
  async take<Entity extends object>(
    rows: Entity[],
    options: IntakeOptions,
    isFresh = true,
  ): Promise<Entity[]> {
    const taken = this.#identify(rows, options, isFresh ? options.began : null);
    if (this.#lifecycle.hears('loaded')) await this.#tell(taken, options);
    return taken;
  }

  /** Only the first half of {@link take}, for children in the reply to a write: it is taken in before anybody is told. */
  identifyChildren(entity: object, options: IntakeOptions): void {
    const embedded = knownExtrasOf(entity)?.embedded;
    for (const [relation, children] of embedded ?? []) {
      embedded?.set(relation, this.#identify(children, options, options.began));
    }
  }

  /** The other half. */
  async tellOfChildren(entity: object, options: CallOptions): Promise<void> {
    if (!this.#lifecycle.hears('loaded')) return;
    for (const children of knownExtrasOf(entity)?.embedded.values() ?? []) {
      await this.#tell(children, options);
    }
  }

  #identify<Entity extends object>(
    rows: Entity[],
    { keeps }: IntakeOptions,
    began: number | null,
  ): Entity[] {
    const identities = this.#identities;
    if (identities === null || !keeps) return rows;
    return rows.map((row) => identities.resolve(row, began));
  }

  async #tell(entities: readonly object[], options: CallOptions): Promise<void> {
    for (const entity of entities) {
      await this.#lifecycle.loaded(entity, options);
      await this.tellOfChildren(entity, options);
    }
  }
}

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
    const identities = this.#identities;
    const began = isFresh ? options.began : null;
    const taken =
      identities === null || !options.keeps
        ? rows
        : rows.map((row) => identities.resolve(row, began));
    if (this.#lifecycle.hears('loaded')) await this.#tell(taken, options);
    return taken;
  }

  async #tell(entities: readonly object[], options: CallOptions): Promise<void> {
    for (const entity of entities) {
      await this.#lifecycle.loaded(entity, options);
      for (const children of knownExtrasOf(entity)?.embedded.values() ?? []) {
        await this.#tell(children, options);
      }
    }
  }
}

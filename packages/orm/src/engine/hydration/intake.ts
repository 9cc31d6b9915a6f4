import { type CallOptions } from '@kayako-orm/core';
import { knownExtrasOf } from '../../entity/entity-state.js';
import { type Lifecycle } from '../../entity/lifecycle.js';

/** Who knows which entities a program has already. */
export interface Identities {
  /** The instance that stands for the record: one that is there already, brought up to date, or `fresh` itself. */
  resolve<Entity extends object>(fresh: Entity): Entity;
}

export interface IntakeOptions extends CallOptions {
  /** The caller keeps the entities: they are those of the session. Rows of streams come and go. */
  readonly keeps: boolean;
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

  async take<Entity extends object>(rows: Entity[], options: IntakeOptions): Promise<Entity[]> {
    const identities = this.#identities;
    const taken =
      identities === null || !options.keeps ? rows : rows.map((row) => identities.resolve(row));
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

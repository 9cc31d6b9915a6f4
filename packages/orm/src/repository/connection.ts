import { ApiClient, type ConnectionOptions } from '@kayako-orm/core';
import { Lifecycle } from '../entity/lifecycle.js';
import { Intake } from '../engine/hydration/intake.js';
import { EntityLoader } from '../engine/loading/entity-loader.js';
import { EntityPersister } from '../engine/writing/entity-persister.js';
import { SelectExecutor } from '../engine/select/select-executor.js';
import { createRelation } from '../relations/relation-factory.js';
import { Ensuring } from './ensure-entity.js';

/** How to reach one help desk, and what this library may rely on. */
export interface KayakoOptions extends ConnectionOptions {
  /** The time, for how long look-up tables are taken to be true. Default: the system's. */
  readonly clock?: () => Date;
}

/** Under this key a connection is handed to repositories, and to nobody else. */
export const connectionOf: unique symbol = Symbol('kayako-orm.connection');

/** What repositories are made for: a `Kayako`. */
export interface Connected {
  readonly [connectionOf]: object;
}

/** Everything that works on one help desk, wired together. */
export class Connection {
  readonly client: ApiClient;
  readonly lifecycle = new Lifecycle();
  readonly persister: EntityPersister;
  readonly executor: SelectExecutor;
  readonly loader: EntityLoader;
  /** What `ensure` is about to find or add. */
  readonly ensuring = new Ensuring();

  /** @throws {ConfigurationError} naming every missing or unusable option. */
  constructor(options: KayakoOptions) {
    this.client = new ApiClient(options);
    this.persister = new EntityPersister(
      this.client,
      (entity, relation) =>
        createRelation(entity, relation, this.executor, this.loader, this.persister),
      this.lifecycle,
      (type) => {
        this.executor.tables.invalidate(type);
      },
    );
    const { clock = (): Date => new Date() } = options;
    const intake = new Intake(this.lifecycle, null);
    this.executor = new SelectExecutor(this.client, this.persister, intake, clock);
    this.loader = new EntityLoader((metadata, ids, call) =>
      this.executor.entities(metadata, ids, call),
    );
  }
}

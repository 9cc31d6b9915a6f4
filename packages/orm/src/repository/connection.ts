import { ApiClient, type ConnectionOptions } from '@kayako-orm/core';
import { EntityPersister } from '../engine/entity-persister.js';
import { SelectExecutor } from '../engine/select-executor.js';
import { createRelation } from '../relations/relation-factory.js';

/** Everything that works on one help desk, wired together. */
export class Connection {
  readonly client: ApiClient;
  readonly persister: EntityPersister;
  readonly executor: SelectExecutor;

  /** @throws {ConfigurationError} naming every missing or unusable option. */
  constructor(options: ConnectionOptions) {
    this.client = new ApiClient(options);
    this.persister = new EntityPersister(this.client, (entity, relation) =>
      createRelation(entity, relation, this.executor, this.persister),
    );
    this.executor = new SelectExecutor(this.client, this.persister);
  }
}

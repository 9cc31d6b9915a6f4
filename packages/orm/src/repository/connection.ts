import {
  ApiClient,
  type ConnectionOptions,
  DATE_FORMATS,
  type DateFormat,
  type EntityMetadata,
} from '@kayako-orm/core';
import { Lifecycle } from '../entity/lifecycle.js';
import { type Deferrals } from '../entity/persister.js';
import { CustomFieldCatalog } from '../engine/custom-fields/custom-field-catalog.js';
import { EntityCustomFields } from '../engine/custom-fields/entity-custom-fields.js';
import { CustomFieldWriter } from '../engine/custom-fields/custom-field-writer.js';
import { type Identities, Intake } from '../engine/hydration/intake.js';
import { EntityLoader } from '../engine/loading/entity-loader.js';
import { type TableCache } from '../engine/loading/table-cache.js';
import { Turns } from '../engine/runs/turns.js';
import { SelectExecutor } from '../engine/select/select-executor.js';
import { EntityPersister, type PersisterOptions } from '../engine/writing/entity-persister.js';
import { createRelation } from '../relations/relation-factory.js';
import { Ensuring } from './ensure-entity.js';

/** How to reach one help desk, and what this library may rely on. */
export interface KayakoOptions extends ConnectionOptions {
  /** The time, for how long look-up tables are taken to be true. Default: the system's. */
  readonly clock?: () => Date;
  /**
   * How the help desk writes days in custom fields, a setting there: `us` month/day/year (default), `eu` day/month/year.
   */
  readonly dateFormat?: DateFormat;
}

/** Under this key a connection is handed to repositories, and to nobody else. */
export const connectionOf: unique symbol = Symbol('kayako-orm.connection');

/** What repositories are made for: a `Kayako`. */
export interface Connected {
  readonly [connectionOf]: object;
}

/** What a connection has that knows the program's entities: that of a session. */
export interface Memory {
  readonly identities: Identities;
  readonly deferrals: Deferrals;
  /** The entity of an id, if it is here. */
  readonly known: (metadata: EntityMetadata, id: number) => object | undefined;
  readonly done: PersisterOptions['done'];
}

/** The options of the connection that are not the client's, with every default filled in. */
type OrmSettings = Required<Pick<KayakoOptions, 'clock' | 'dateFormat'>>;

/** Everything that works on one help desk, wired together. */
export class Connection {
  readonly client: ApiClient;
  readonly lifecycle: Lifecycle;
  readonly persister: EntityPersister;
  readonly executor: SelectExecutor;
  readonly loader: EntityLoader;
  /** What `ensure` is about to find or add, over any connection to this help desk. */
  readonly ensuring: Ensuring;
  readonly customFields: CustomFieldWriter;
  /** Writings that wait for each other, over any connection to this help desk. */
  readonly #turns: Turns;
  readonly #settings: OrmSettings;

  private constructor(
    client: ApiClient,
    lifecycle: Lifecycle,
    settings: OrmSettings,
    ensuring: Ensuring,
    turns: Turns,
    tables: TableCache | null,
    memory: Memory | null,
  ) {
    this.client = client;
    this.ensuring = ensuring;
    this.#turns = turns;
    this.#settings = settings;
    this.lifecycle = lifecycle;
    const intake = new Intake(lifecycle, memory?.identities ?? null);
    this.persister = new EntityPersister({
      client,
      relate: (entity, relation) =>
        createRelation(entity, relation, this.executor, this.loader, this.persister),
      lifecycle,
      intake,
      written: (type) => {
        this.executor.tables.invalidate(type);
      },
      done: (entity, action, id) => memory?.done(entity, action, id),
      deferrals: memory?.deferrals ?? null,
      dateFormat: settings.dateFormat,
      customFields: () => entityCustomFields,
    });
    this.executor = new SelectExecutor(client, this.persister, intake, settings.clock, tables);
    this.loader = new EntityLoader(
      (metadata, ids, call) => this.executor.entities(metadata, ids, call),
      (metadata, id) => memory?.known(metadata, id),
    );
    const { dateFormat } = settings;
    const { meter } = client;
    const catalog = new CustomFieldCatalog(this.executor.tables);
    const { runner, customFields: reader } = this.executor;
    this.customFields = new CustomFieldWriter({
      meter,
      runner,
      intake,
      catalog,
      dateFormat,
      turns,
    });
    const entityCustomFields = new EntityCustomFields({
      reader,
      catalog,
      writer: this.customFields,
      meter,
      dateFormat,
    });
  }

  /** @throws {ConfigurationError} naming every missing or unusable option. */
  static open(options: KayakoOptions): Connection {
    const given = options as Partial<KayakoOptions> | null | undefined;
    const { clock = (): Date => new Date(), dateFormat = 'us' } = given ?? {};
    const problems = Object.hasOwn(DATE_FORMATS, dateFormat)
      ? []
      : ["dateFormat must be 'us' or 'eu'"];
    const client = new ApiClient(options, problems);
    const settings = { clock, dateFormat };
    return new Connection(
      client,
      new Lifecycle(),
      settings,
      new Ensuring(),
      new Turns(),
      null,
      null,
    );
  }

  /** The same help desk, with entities of its own. */
  withMemory(memory: Memory): Connection {
    return new Connection(
      this.client,
      this.lifecycle,
      this.#settings,
      this.ensuring,
      this.#turns,
      this.executor.tables,
      memory,
    );
  }
}

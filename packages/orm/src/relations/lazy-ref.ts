import { inspect } from 'node:util';
import {
  type CallOptions,
  checkCall,
  type EntityMetadata,
  InvalidValueError,
  metadataOf,
  plainForm,
  type RelationMetadata,
  showValue,
  toPlain,
} from '@kayako-orm/core';
import { idOf, metadataOfEntity, showEntity } from '../entity/entity.js';
import { type Persister } from '../entity/persister.js';
import { persisterOf, watchOf } from '../entity/entity-state.js';
import { Ref } from '../entity/ref.js';
import {
  isLoaded,
  type LoadableRefs,
  putLoaded,
  showLoaded,
} from '../engine/hydration/loaded-relation.js';
import { referredIds } from '../engine/hydration/referred-ids.js';
import { type EntityLoader } from '../engine/loading/entity-loader.js';

function isWritable({ fields }: EntityMetadata, name: string): boolean {
  const write = fields.get(name)?.write;
  return write?.add !== null || write.save !== null;
}

/** A reference whose entity is read at the first `load()`. */
export class LazyRef<Entity extends object> extends Ref<Entity> implements LoadableRefs {
  readonly #owner: Record<string, unknown>;
  readonly #relation: RelationMetadata;
  readonly #loader: EntityLoader;
  readonly #persister: Persister;
  #loaded: Entity | undefined;
  #isLoaded = false;
  /** The id that was looked for along with the owner. */
  #loadedId: number | null = null;

  constructor(
    owner: object,
    relation: RelationMetadata,
    loader: EntityLoader,
    persister: Persister,
  ) {
    super();
    this.#owner = owner as Record<string, unknown>;
    this.#relation = relation;
    this.#loader = loader;
    this.#persister = persister;
  }

  override get id(): number | null {
    const deferred = this.#deferred();
    if (deferred !== undefined) return idOf(deferred) ?? null;
    const [id] = referredIds(this.#relation, (field) => this.#owner[field]);
    return id ?? null;
  }

  /** What was loaded along with the owner; undefined where nothing was. */
  get value(): Entity | null | undefined {
    if (!this.#isLoaded) return undefined;
    const { id } = this;
    const isKnown = id === null || id === this.#loadedId;
    return this.#present() ?? (isKnown ? null : undefined);
  }

  get [isLoaded](): boolean {
    return this.#isLoaded;
  }

  [putLoaded]([entity]: readonly object[]): void {
    const { id } = this;
    this.#isLoaded = true;
    this.#loadedId = id;
    this.#loaded = id === null ? undefined : (entity as Entity | undefined);
    showLoaded(this.#owner, this.#relation.name, this);
  }

  [plainForm](): unknown {
    const { value } = this;
    if (value !== null && value !== undefined) return toPlain(value);
    // What is referred to, but is not here, is left out rather than shown as none.
    return this.id === null ? value : undefined;
  }

  override async load(options: CallOptions = {}): Promise<Entity | null> {
    const present = this.#present();
    if (present !== undefined) return present;
    const { id } = this;
    if (id === null) return null;
    const metadata = metadataOf(this.#relation.target());
    const known = this.#loader.known(metadata, id);
    if (known !== undefined) {
      this.#loaded = known as Entity;
      return this.#loaded;
    }
    const ended = watchOf(this.#owner)?.begin(this.#owner, this.#relation.name);
    try {
      const entity = await this.#loader.load(metadata, id, checkCall(options).signal);
      if (entity === null) return null;
      // Meanwhile it may have been set, to this one or to another.
      const present = this.#present();
      if (this.id !== id) return entity as Entity;
      if (present !== undefined) return present;
      this.#loaded = entity as Entity;
      return this.#loaded;
    } finally {
      ended?.();
    }
  }

  override set(entity: Entity | null): void {
    const owner = metadataOfEntity(this.#owner);
    if (!isWritable(owner, this.#relation.field)) {
      throw new InvalidValueError(
        `${owner.name}.${this.#relation.name} is set by the help desk and cannot be changed.`,
      );
    }
    const { when } = this.#relation;
    if (entity === null) {
      // The id of an entity of another class is none of this reference's.
      if (!this.#applies()) return;
      this.#defer(undefined);
      this.#owner[this.#relation.field] = null;
      return;
    }
    const target = this.#relation.target();
    if (!(entity instanceof target)) {
      throw new InvalidValueError(
        `${owner.name}.${this.#relation.name} refers to a ${target.name}, not to ${showValue(entity)}.`,
      );
    }
    if (when !== null && !this.#applies() && !isWritable(owner, when.field)) {
      throw new InvalidValueError(
        `${owner.name}.${this.#relation.name}: ${when.field} says to whom ${this.#relation.field} refers, and the help desk sets it. Set ${this.#relation.field}.`,
      );
    }
    const { connection = this.#persister.connection } = persisterOf(entity) ?? {};
    if (connection !== this.#persister.connection) {
      throw new InvalidValueError(
        `${owner.name}.${this.#relation.name}: ${showEntity(entity)} belongs to another help desk.`,
      );
    }
    const id = idOf(entity);
    this.#defer(id === undefined ? entity : undefined);
    if (id !== undefined) this.#owner[this.#relation.field] = id;
    if (when !== null) this.#owner[when.field] = when.is;
    this.#loaded = entity;
  }

  /** Whether the field with the id speaks of this reference's class. */
  #applies(): boolean {
    const { when } = this.#relation;
    return when === null || this.#owner[when.field] === when.is;
  }

  /** @throws {InvalidValueError} where nobody would fill in the id. */
  #defer(target: Entity | undefined): void {
    const { deferrals } = this.#persister;
    const { name, field } = this.#relation;
    if (deferrals === null) {
      if (target === undefined) return;
      throw new InvalidValueError(
        `${name}.set(): the ${target.constructor.name} has no id yet. Add it first, or do both in a session.`,
      );
    }
    const source = target === undefined ? undefined : metadataOf(this.#relation.target()).idField;
    const deferral = target === undefined ? undefined : { target, source: source ?? 'id' };
    deferrals.set(this.#owner, field, deferral);
  }

  /** What is to be referred to once it has an id. */
  #deferred(): Entity | undefined {
    const { deferrals } = this.#persister;
    if (!this.#applies()) return undefined;
    return deferrals?.get(this.#owner, this.#relation.field)?.target as Entity | undefined;
  }

  /** The entity that is here, if it is still the one referred to; one that was deleted has lost its id. */
  #present(): Entity | undefined {
    const deferred = this.#deferred();
    if (deferred !== undefined) return deferred;
    const loaded = this.#loaded;
    const { id } = this;
    return loaded === undefined || id === null || idOf(loaded) !== id ? undefined : loaded;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  override toString(): string {
    return `<Ref ${this.#relation.target().name} (${this.id ?? 'none'})>`;
  }
}

import { inspect } from 'node:util';
import {
  type CallOptions,
  type EntityClass,
  InvalidValueError,
  metadataOf,
  type RelationMetadata,
  showValue,
} from '@kayako-orm/core';
import { idOf } from '../entity/entity.js';
import { Ref } from '../entity/ref.js';
import { type RowSource } from '../engine/row-source.js';
import { selectAll } from '../query/select-node.js';
import { parseCondition } from '../query/parse-condition.js';

/** A reference whose entity is read at the first `load()`. */
export class LazyRef<Entity extends object> extends Ref<Entity> {
  readonly #owner: Record<string, unknown>;
  readonly #relation: RelationMetadata;
  readonly #source: RowSource;
  #loaded: { readonly id: number; readonly entity: Entity } | undefined;

  constructor(owner: object, relation: RelationMetadata, source: RowSource) {
    super();
    this.#owner = owner as Record<string, unknown>;
    this.#relation = relation;
    this.#source = source;
  }

  override get id(): number | null {
    return (this.#owner[this.#relation.field] as number | null | undefined) ?? null;
  }

  override async load(options: CallOptions = {}): Promise<Entity | null> {
    const { id } = this;
    if (id === null) return null;
    // A deleted entity has lost its id.
    if (this.#loaded?.id === id && idOf(this.#loaded.entity) === id) return this.#loaded.entity;
    const metadata = metadataOf(this.#relation.target() as EntityClass<Entity>);
    const condition = parseCondition(metadata, { [metadata.idField ?? 'id']: id });
    for await (const [entity] of this.#source.open(
      { ...selectAll(metadata), condition, limit: 1 },
      options,
    )) {
      if (entity === undefined) continue;
      this.#loaded = { id, entity };
      return entity;
    }
    return null;
  }

  override set(entity: Entity | null): void {
    const owner = metadataOf(this.#owner.constructor as EntityClass);
    const write = owner.fields.get(this.#relation.field)?.write;
    if (write?.add === null && write.save === null) {
      throw new InvalidValueError(
        `${owner.name}.${this.#relation.name} is set by the help desk and cannot be changed.`,
      );
    }
    if (entity === null) {
      this.#owner[this.#relation.field] = null;
      return;
    }
    const target = this.#relation.target();
    if (!(entity instanceof target)) {
      throw new InvalidValueError(
        `${owner.name}.${this.#relation.name} refers to a ${target.name}, not to ${showValue(entity)}.`,
      );
    }
    const id = idOf(entity);
    if (id === undefined) {
      throw new InvalidValueError(
        `${this.#relation.name}.set(): the ${entity.constructor.name} has no id yet. Add it first.`,
      );
    }
    this.#owner[this.#relation.field] = id;
    this.#loaded = { id, entity };
  }

  [inspect.custom](): string {
    return this.toString();
  }

  override toString(): string {
    return `<Ref ${this.#relation.target().name} (${this.id ?? 'none'})>`;
  }
}

import { type RelationMetadata } from '@kayako-orm/core';
import { type Persister } from '../entity/persister.js';
import { type EntityLoader } from '../engine/loading/entity-loader.js';
import { type RowSource } from '../engine/runs/row-source.js';
import { LazyCollection } from './lazy-collection.js';
import { LazyRef } from './lazy-ref.js';
import { LazyRefList } from './lazy-ref-list.js';

/** Makes the value of a declared relation for one entity. */
export function createRelation(
  entity: object,
  relation: RelationMetadata,
  source: RowSource,
  loader: EntityLoader,
  persister: Persister,
): LazyRef<object> | LazyRefList<object> | LazyCollection<object> {
  switch (relation.kind) {
    case 'belongsTo':
      return new LazyRef(entity, relation, loader, persister);
    case 'belongsToMany':
      return new LazyRefList(entity, relation, source);
    case 'hasMany':
      return new LazyCollection(entity, relation, source, persister);
  }
}

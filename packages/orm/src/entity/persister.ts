import { type MeteredOptions, type RelationMetadata } from '@kayako-orm/core';

/** What an entity's own methods and relations call. The engine implements it; an entity holds no client. */
export interface Persister {
  add(entity: object, options?: MeteredOptions): Promise<void>;
  save(entity: object, options?: MeteredOptions): Promise<void>;
  delete(entity: object, options?: MeteredOptions): Promise<void>;
  reload(entity: object, options?: MeteredOptions): Promise<void>;
  /** The value of a relation: a Ref or a Collection. Makes no request. */
  relation(entity: object, relation: RelationMetadata): unknown;
}

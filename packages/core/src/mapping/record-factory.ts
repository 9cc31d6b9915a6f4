import { type EntityMetadata } from '../metadata/entity-metadata.js';

/** Makes the objects that records are decoded into, and takes the children that come inside a record. */
export interface RecordFactory {
  /** Decodes these fields alone, into plain objects that `create` is not asked for. Default: whole entities. */
  readonly selection?: ReadonlySet<string> | undefined;
  /** A new instance of the entity's class, before any field is set. */
  create(metadata: EntityMetadata): object;
  /** Told of each instance made for an element nested in a record, before any field is set. */
  nest(value: object): void;
  /** The list that children embedded in this record go into; called once per record and relation. */
  embed(entity: object, relation: string): object[];
}

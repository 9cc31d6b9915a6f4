import { type Readable } from 'node:stream';
import {
  type DateFormat,
  type FileSource,
  type MeteredOptions,
  type RelationMetadata,
} from '@kayako-orm/core';

export interface WriteOptions extends MeteredOptions {
  /** A request that was sent is waited for, also when the signal aborts: else whether it was made would be unknown. */
  readonly waits?: boolean;
}

export interface AddOptions extends WriteOptions {
  /** The contents of a file, sent in place of those that the entity holds. */
  readonly file?: FileSource;
}

/** A field that takes its value from another entity as soon as that one has been added. */
export interface Deferral {
  readonly target: object;
  /** The field of the target: its id, or one that parent and child share. */
  readonly source: string;
}

/** Fields that wait for entities without an id; a session fills them in when it is flushed. */
export interface Deferrals {
  get(owner: object, field: string): Deferral | undefined;
  /** undefined ends the waiting; the field keeps what it holds. */
  set(owner: object, field: string, deferral: Deferral | undefined): void;
  /** Fills in what has become known. @returns the entities that fields still wait for. */
  fill(owner: object): readonly object[];
}

/** What an entity's own methods and relations call. The engine implements it; an entity holds no client. */
export interface Persister {
  /** The same for all persisters of one help desk. */
  readonly connection: object;
  /** How the help desk writes a day. */
  readonly dateFormat: DateFormat;
  /** null where only entities with an id can be referred to. */
  readonly deferrals: Deferrals | null;
  add(entity: object, options?: AddOptions): Promise<void>;
  save(entity: object, options?: WriteOptions): Promise<void>;
  delete(entity: object, options?: WriteOptions): Promise<void>;
  reload(entity: object, options?: MeteredOptions): Promise<void>;
  /** {@link reload} that refuses a reply without all of the file's contents. */
  loadContents(entity: object, options?: MeteredOptions): Promise<void>;
  /** The contents of the file that the entity is. Makes no request before the first read. */
  download(entity: object, options?: MeteredOptions): Readable;
  /** The value of a relation: a Ref or a Collection. Makes no request. */
  relation(entity: object, relation: RelationMetadata): unknown;
}

import { type UploadedFile } from '../http/multipart-reader.js';
import { type Reply } from '../http/reply.js';
import { type Store } from '../store/store.js';
import { type Fields } from './fields.js';
import { type PathArguments } from './path-arguments.js';

/** Switches that change what operations answer (14). */
export interface Behaviour {
  /** Reproduce what the specification marks as bugs. */
  readonly strictQuirks: boolean;
  /** Accept a ticket whose e-mail is none of its user's (6.1.2). */
  readonly lenientCreator: boolean;
  /** Empty the custom fields that a POST does not send (15.10). */
  readonly replaceCustomFields: boolean;
}

/** One authenticated request as an operation sees it. */
export interface Call {
  readonly method: string;
  readonly args: PathArguments;
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, UploadedFile>;
  readonly store: Store;
  readonly behaviour: Behaviour;
  readonly remoteAddress: string;
  /** The current time in Unix seconds. */
  readonly now: number;
}

export type Operation = (call: Call) => Reply;

/**
 * What one controller of the API offers. An operation that is absent here is answered as 4.4 says; `actions` are the
 * named ones, by their lower-case name.
 */
export interface Controller {
  readonly app: string;
  readonly names: readonly string[];
  readonly list?: Operation;
  readonly get?: Operation;
  readonly create?: Operation;
  readonly update?: Operation;
  readonly delete?: Operation;
  readonly actions?: ReadonlyMap<string, Operation>;
}

import { type WriteAction } from './entity-metadata.js';
import { type FieldType } from './field-type.js';

/** What `@Field` takes. Everything has a default. */
export interface FieldOptions {
  /** Default: the type the compiler recorded (`emitDecoratorMetadata`). State it for unions, arrays and esbuild. */
  readonly type?: FieldType;
  /**
   * The name on the wire; default: the property's name in lower case. A list inside a container element is
   * `'container/item'`. Where reading and writing, or adding and saving, differ: an object. Of several names to read the
   * first that brings a value wins.
   */
  readonly wire?:
    | string
    | {
        readonly read?: string | readonly string[];
        readonly write?: string | Readonly<Record<WriteAction, string>>;
      };
  /** The value is an attribute of the record's element. */
  readonly attribute?: boolean;
  /** The value is the text of the record's element itself. */
  readonly content?: boolean;
  /**
   * The value is no part of the record: it is read and written by requests of its own, under this name. undefined in an
   * entity stands for a value that was not read.
   */
  readonly apart?: string;
  /** False for fields that are only sent, such as passwords. Default true. */
  readonly read?: boolean;
  /** A list is sent as one text with this between its values (`usergroupidlist=1,2`). Default: `name[]` for each. */
  readonly separator?: string;
  /** With a `separator`: what is sent for an empty list. Default: an empty text. */
  readonly none?: string;
  /** Which actions send the field: true for all that the entity has (default), false for none. */
  readonly write?: boolean | WriteAction | readonly WriteAction[];
  /** For which actions the field must be set. Default false. */
  readonly required?: boolean | WriteAction | readonly WriteAction[];
  /** A required text may be blank. Default false. */
  readonly blankAllowed?: boolean;
  /** False where the server takes an empty value, or a flag's 0, as "keep". Default true. */
  readonly clearable?: boolean;
  /** The flag without which the server drops what is sent: a boolean field of the same class. */
  readonly onlyWith?: string;
  /** The server resets the field when a save does not send it, so every save sends it. Default false. */
  readonly resetWhenAbsent?: boolean;
  /** Kept out of JSON, inspection and class-transformer's output. Default: fields that are never read. */
  readonly secret?: boolean;
  /** Read only from elements whose attribute has this value. */
  readonly when?: { readonly attribute: string; readonly value: string };
}

import { inspect } from 'node:util';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { type EntityMetadata, InvalidValueError } from '@kayako-orm/core';
import { type WatchCursor } from '../../entity/change.js';
import { identifySelect } from '../../query/identify-select.js';
import { type SelectNode } from '../../query/select-node.js';
import { type Address, KnownRows } from './known-rows.js';
import { DIGEST_BYTES, type RowDigests } from './row-digests.js';

/** Goes up when older texts can no longer be read. */
const VERSION = '1';

/** `version.entity.query.fields.rows`, the rows as base64. */
const TEXT = /^(\d+)\.([^.]+)\.([0-9a-f]+)\.([0-9a-f]+)\.([\w-]+)$/;

const COUNT_BYTES = 4;
const ID_BYTES = 8;

/** A version of what a watch knows; its text is made when somebody asks for it. */
class Cursor implements WatchCursor {
  readonly #format: CursorFormat;
  readonly #known: KnownRows;

  constructor(format: CursorFormat, known: KnownRows) {
    this.#format = format;
    this.#known = known;
  }

  toString(): string {
    return this.#format.textOf(this.#known);
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return `<WatchCursor of ${this.#known.size} rows>`;
  }
}

function refuse(reason: string): never {
  throw new InvalidValueError(`watch(): from ${reason}. Without it, the watch begins anew.`);
}

/** How the cursors of one query are written and read. */
export class CursorFormat {
  readonly #metadata: EntityMetadata;
  readonly #digests: RowDigests;
  readonly #query: string;
  readonly #fields: string;

  constructor(node: SelectNode, digests: RowDigests) {
    this.#metadata = node.metadata;
    this.#digests = digests;
    this.#query = crc32(identifySelect(node)).toString(16);
    this.#fields = crc32(digests.fields.map(({ name }) => name).join()).toString(16);
  }

  cursor(known: KnownRows): WatchCursor {
    return new Cursor(this, known);
  }

  textOf(known: KnownRows): string {
    const rows = deflateSync(this.#pack([...known.entries()])).toString('base64url');
    return [VERSION, this.#metadata.name, this.#query, this.#fields, rows].join('.');
  }

  /** @throws {InvalidValueError} for a cursor of something else, and for one that is damaged. */
  read(given: unknown): KnownRows {
    const { toJSON } = Object(given) as { readonly toJSON?: unknown };
    const text: unknown = typeof toJSON === 'function' ? toJSON.call(given) : given;
    const parts = typeof text === 'string' ? TEXT.exec(text) : null;
    if (parts === null) refuse('is no cursor of a watch');
    const [, version, entity, query, fields, rows = ''] = parts;
    if (version !== VERSION) refuse(`is a cursor of another version of this library`);
    if (entity !== this.#metadata.name) {
      refuse(`is a cursor for ${String(entity)}, but the query is for ${this.#metadata.name}`);
    }
    if (fields !== this.#fields) {
      refuse(`is a cursor for other fields of ${this.#metadata.name} than there are now`);
    }
    if (query !== this.#query) refuse(`is a cursor of another query for ${this.#metadata.name}`);
    return KnownRows.of(this.#digests.addressLength, this.#unpack(inflated(rows)));
  }

  /**
   * The number of rows, then column by column: ids as the difference to the row before, digests as they are. So the many
   * values that rows have in common lie side by side, and next to nothing is left of them.
   */
  #pack(rows: readonly (readonly [Address, string])[]): Buffer {
    const ids = this.#digests.addressLength;
    const fields = this.#digests.fields.length;
    const packed = Buffer.alloc(this.#length(rows.length));
    packed.writeUInt32LE(rows.length);
    let end = COUNT_BYTES;
    for (let column = 0; column < ids; column += 1) {
      let before = 0;
      for (const [address] of rows) {
        const id = address[column] ?? 0;
        end = packed.writeDoubleLE(id - before, end);
        before = id;
      }
    }
    for (let column = 0; column < fields; column += 1) {
      const start = column * DIGEST_BYTES;
      for (const [, digest] of rows) {
        end += packed.write(digest.slice(start, start + DIGEST_BYTES), end, 'latin1');
      }
    }
    return packed;
  }

  #unpack(packed: Buffer): [Address, string][] {
    const count = packed.length < COUNT_BYTES ? -1 : packed.readUInt32LE();
    if (packed.length !== this.#length(count)) refuse('is damaged');
    const ids = this.#digests.addressLength;
    const fields = this.#digests.fields.length;
    const before = new Array<number>(ids).fill(0);
    const firstDigest = COUNT_BYTES + ids * count * ID_BYTES;
    return Array.from({ length: count }, (_, row) => {
      const address = before.map((id, column) => {
        const difference = packed.readDoubleLE(COUNT_BYTES + (column * count + row) * ID_BYTES);
        before[column] = id + difference;
        return id + difference;
      });
      const digest = Array.from({ length: fields }, (_field, column) => {
        const start = firstDigest + (column * count + row) * DIGEST_BYTES;
        return packed.toString('latin1', start, start + DIGEST_BYTES);
      });
      return [address, digest.join('')];
    });
  }

  #length(rows: number): number {
    const perRow =
      this.#digests.addressLength * ID_BYTES + this.#digests.fields.length * DIGEST_BYTES;
    return COUNT_BYTES + rows * perRow;
  }
}

/** What was packed; a checksum of its own tells whether it is all there. */
function inflated(text: string): Buffer {
  try {
    return inflateSync(Buffer.from(text, 'base64url'));
  } catch {
    return refuse('is damaged');
  }
}

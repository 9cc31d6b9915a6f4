import { crc32 } from 'node:zlib';
import { type EntityMetadata, type FieldMetadata, isReadable } from '@kayako-orm/core';
import { addressFieldsOf } from '../hydration/record-route.js';
import { type Address } from './known-rows.js';

/** Bytes of one field's digest. */
export const DIGEST_BYTES = 4;

/** Fields that come with every row. Secrets leave no trace, and files are here only when they were asked for. */
function isWatched(field: FieldMetadata): boolean {
  return isReadable(field) && !field.secret && field.codec?.comparison !== 'none';
}

/** The value as it would be sent, so that two are the same exactly when their types say so; '' for none. */
function textOf({ codec }: FieldMetadata, value: unknown): string {
  if (value === null || value === undefined) return '';
  const sent = codec === null ? value : codec.encode(value);
  return typeof sent === 'string' ? `=${sent}` : JSON.stringify(sent);
}

/** What is remembered of rows instead of the rows themselves: a checksum of each field. */
export class RowDigests {
  readonly fields: readonly FieldMetadata[];
  readonly #addressFields: readonly string[];
  readonly #buffer: Buffer;

  constructor(metadata: EntityMetadata) {
    this.fields = [...metadata.fields.values()].filter(isWatched);
    this.#addressFields = addressFieldsOf(metadata);
    this.#buffer = Buffer.alloc(this.fields.length * DIGEST_BYTES);
  }

  /** How many ids address a row. */
  get addressLength(): number {
    return this.#addressFields.length;
  }

  addressOf(row: object): Address {
    return this.#addressFields.map((field) => (row as Record<string, number>)[field] ?? 0);
  }

  /** The ids of a row under the names of their fields. */
  named(address: Address): Record<string, number> {
    return Object.fromEntries(
      this.#addressFields.map((field, index) => [field, address[index] ?? 0]),
    );
  }

  /** The checksums of all fields, one behind the other, in text of one byte a character. */
  of(row: object): string {
    this.fields.forEach((field, index) => {
      const text = textOf(field, (row as Record<string, unknown>)[field.name]);
      this.#buffer.writeUInt32LE(crc32(text), index * DIGEST_BYTES);
    });
    return this.#buffer.toString('latin1');
  }

  /** Names of the fields that two digests differ in. */
  differing(before: string, after: string): string[] {
    const part = (digest: string, index: number): string =>
      digest.slice(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
    return this.fields
      .filter((_field, index) => part(before, index) !== part(after, index))
      .map(({ name }) => name);
  }
}

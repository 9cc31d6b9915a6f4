import {
  type ApiClient,
  type ApiRequest,
  type EntityMetadata,
  type FieldMetadata,
  type FileSource,
  isFileField,
  type MeteredOptions,
  MetadataError,
  NotFoundError,
  RecordInvalidError,
  type ReplyContext,
  SizeMismatchError,
} from '@kayako-orm/core';
import { type EntityFactory } from '../hydration/hydrator.js';
import { idIn } from '../hydration/row-id.js';

/** The field that holds the contents of a file. @throws {MetadataError} when there is none. */
export function fileFieldOf(metadata: EntityMetadata): FieldMetadata {
  const field = [...metadata.fields.values()].find(isFileField);
  if (field !== undefined) return field;
  throw new MetadataError(`${metadata.name} has no field of type 'bytes', so it is no file.`);
}

function fileSizeOf(record: object): unknown {
  return (record as { readonly fileSize?: unknown }).fileSize;
}

/** The contents of one file, checked at their end: they are those of the record asked for, and all of them. */
export async function* fileContents(
  client: ApiClient,
  request: ApiRequest,
  metadata: EntityMetadata,
  id: number,
  factory: EntityFactory,
  options: MeteredOptions,
): AsyncGenerator<Uint8Array> {
  const { name } = metadata;
  const reply = { method: request.method, route: request.route, status: 200, body: '' };
  const contents = client.readContents(request, metadata, fileFieldOf(metadata), factory, options);
  const { record, size } = yield* contents;
  if (record === null) {
    throw new NotFoundError(`the help desk does not have this ${name} any more.`, reply);
  }
  if (idIn(record, metadata) !== id) {
    throw new RecordInvalidError(
      `the reply holds ${name} ${idIn(record, metadata)} instead of ${id}.`,
      reply,
    );
  }
  refuseIncomplete(metadata, record, size, reply);
}

/**
 * @param size of the contents that came with the record; null where none did.
 * @throws {RecordInvalidError} when none came although the file is not empty.
 * @throws {SizeMismatchError} when they are not as many bytes as the record says.
 */
export function refuseIncomplete(
  metadata: EntityMetadata,
  record: object,
  size: number | null,
  reply: ReplyContext,
): void {
  const file = `${metadata.name} ${idIn(record, metadata)}`;
  const fileSize = fileSizeOf(record);
  if (size === null && fileSize !== 0) {
    throw new RecordInvalidError(`the reply holds no contents of ${file}.`, reply);
  }
  const received = size ?? 0;
  if (typeof fileSize !== 'number' || fileSize === received) return;
  throw new SizeMismatchError(
    `the contents of ${file} came as ${received} bytes, but its record says ${fileSize}. Download it again; if it repeats, the file is damaged there.`,
    reply,
    received,
    fileSize,
  );
}

/** @throws {SizeMismatchError} when the help desk kept more or fewer bytes of a file than were sent. */
export function refuseOtherSize(
  metadata: EntityMetadata,
  added: object,
  { bytesRead }: FileSource,
): void {
  const fileSize = fileSizeOf(added);
  if (typeof fileSize !== 'number' || fileSize === bytesRead) return;
  throw new SizeMismatchError(
    `the help desk kept ${fileSize} bytes of the ${bytesRead} that were sent. ${metadata.name} ${idIn(added, metadata)} exists; delete() it and upload it again.`,
    { method: 'POST', route: metadata.route, status: 200, body: '' },
    bytesRead,
    fileSize,
  );
}

import { type Readable } from 'node:stream';
import {
  type CallOptions,
  checkCall,
  ContentsNotLoadedError,
  Field,
  FileSource,
  Id,
  RequiredFieldsError,
  type UploadSource,
} from '@kayako-orm/core';
import { AddableEntity, persister, printEntity } from './entity.js';

/** What `upload()` takes. */
export interface UploadOptions extends CallOptions {
  /**
   * How many bytes a stream will give, if that is known. Then the request says how long it is, which some web servers
   * demand. A path needs none.
   */
  readonly size?: number | undefined;
}

/** A file that the help desk keeps (§6.3, §8.4). Its contents are moved whole or as a stream. */
export abstract class AttachmentEntity extends AddableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: 'add' }) fileName!: string;

  /** In bytes. */
  @Field({ type: 'integer', write: false }) readonly fileSize!: number;

  /** Accepted when adding, but the server derives it from the file name's extension. */
  @Field({ type: 'text' }) fileType!: string;

  @Field({ type: 'date', write: false }) readonly dateline!: Date | null;

  /** The file itself; null when it is not here. See {@link getContents}. */
  @Field({ type: 'bytes', required: 'add', blankAllowed: true }) contents!: Buffer | null;

  /** Sets the contents of a new attachment; text is taken as UTF-8. */
  setContents(contents: Uint8Array | string): void {
    this.contents = typeof contents === 'string' ? Buffer.from(contents) : Buffer.from(contents);
  }

  /**
   * The contents, if they are here: set by {@link setContents}, or read by `get` or {@link loadContents}.
   * @throws {ContentsNotLoadedError} for an attachment that came from a list or was uploaded.
   */
  getContents(): Buffer {
    // null comes from a record without contents, undefined from an attachment that was never given any.
    if (Buffer.isBuffer(this.contents)) return this.contents;
    throw new ContentsNotLoadedError(
      `${String(this)}: its contents are not here. Call await attachment.loadContents(), or attachment.download() for a stream.`,
    );
  }

  /**
   * The contents, fetched with one request unless they are here already.
   * @throws {RecordInvalidError} for a reply without contents.
   * @throws {SizeMismatchError} when they are not as many bytes as the help desk says; nothing is kept then.
   */
  async loadContents(options: CallOptions = {}): Promise<Buffer> {
    const { contents } = this;
    if (Buffer.isBuffer(contents)) return contents;
    await persister(this, 'loadContents').loadContents(this, checkCall(options));
    return this.contents ?? Buffer.alloc(0);
  }

  /**
   * `add()` with contents that are read while they are sent and never held whole: of a file (its path, or a `file:` URL),
   * or of a Readable or another async iterable of bytes or text (sent as UTF-8). What {@link setContents} was given is
   * dropped. The source is ended, whatever comes of the call, unless a field is missing: then it was not touched.
   *
   * @example
   * ```ts
   * await post.attachments.create({ fileName: 'backup.zip' }).upload('/var/backups/latest.zip');
   * ```
   * @throws {RequiredFieldsError} naming all missing fields, before the source is touched.
   * @throws {InvalidValueError} for what is no source or cannot be read, and for one that gives more or fewer bytes than
   *   its size says; nothing was added then.
   * @throws {SizeMismatchError} when the help desk kept more or fewer bytes; the attachment exists then.
   * @throws the source's own error when it fails; nothing was added then.
   */
  async upload(source: UploadSource, options: UploadOptions = {}): Promise<this> {
    const file = new FileSource(source);
    try {
      const { size, ...call } = checkCall(options);
      file.announce(size);
      await persister(this, 'upload').add(this, { ...call, file });
    } catch (error) {
      if (!(error instanceof RequiredFieldsError)) file.close();
      throw error;
    }
    return this;
  }

  /**
   * The contents as a stream of bytes. One request, made at the first read, as fast as the stream is read; destroying
   * the stream ends it. Nothing is kept in {@link contents}.
   *
   * The stream fails with a RequiredFieldsError for an attachment without id, a NotFoundError for one that is gone, a
   * RecordInvalidError for a reply without contents, and at its end with a SizeMismatchError where the bytes are not as
   * many as the help desk says: what was read until then is incomplete.
   *
   * @example
   * ```ts
   * await pipeline(attachment.download(), createWriteStream('backup.zip'));
   * ```
   */
  download(options: CallOptions = {}): Readable {
    return persister(this, 'download').download(this, checkCall(options));
  }

  override toString(): string {
    return printEntity(this, this.fileName);
  }
}

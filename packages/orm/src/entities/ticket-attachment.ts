import { ContentsNotLoadedError, Field, Id } from '@kayako-orm/core';
import { type CallOptions } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AddableEntity, printEntity } from '../entity/entity.js';
import { type ticketChild } from '../entity/markers.js';

/** A file attached to a post of a ticket (§6.3). Lists come without contents. */
@Entity({
  route: '/Tickets/TicketAttachment',
  root: 'attachments',
  element: 'attachment',
  actions: ['list', 'get', 'add', 'delete'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'ticketId' }],
})
export class TicketAttachment extends AddableEntity {
  declare readonly [ticketChild]: true;

  @Id() declare readonly id: number;

  @Field({ type: 'id', required: 'add' }) ticketId!: number | null;

  @Field({ type: 'id', required: 'add' }) ticketPostId!: number | null;

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
   * @throws {ContentsNotLoadedError} for an attachment that came from a list.
   */
  getContents(): Buffer {
    // null comes from a record without contents, undefined from an attachment that was never given any.
    if (Buffer.isBuffer(this.contents)) return this.contents;
    throw new ContentsNotLoadedError(
      `${String(this)}: lists come without contents. Call await attachment.loadContents().`,
    );
  }

  /** The contents, fetched with one request unless they are here already. */
  async loadContents(options?: CallOptions): Promise<Buffer> {
    if (!Buffer.isBuffer(this.contents)) await this.reload(options);
    return this.getContents();
  }

  override toString(): string {
    return printEntity(this, this.fileName);
  }
}

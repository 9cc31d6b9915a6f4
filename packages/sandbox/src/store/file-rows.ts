/** A file with its contents. */
export interface StoredFile {
  readonly id: number;
  readonly fileName: string;
  readonly fileType: string;
  readonly dateline: number;
  readonly contents: Uint8Array;
}

/** A file of an article or of a troubleshooter step. */
export interface ItemAttachment extends StoredFile {
  readonly itemId: number;
}

/** What can have files, and says whether it has any. */
export interface AttachmentOwner {
  readonly id: number;
  readonly hasAttachments: boolean;
}

import { escapedText, Field } from '@kayako-orm/core';

/** A file as the record that it is attached to names it; the file itself is an attachment with the same id. */
export class AttachedFile {
  @Field({ type: 'id' }) readonly id!: number;

  @Field({ type: escapedText }) readonly fileName!: string;

  /** For people, such as `88.42 KB`. */
  @Field({ type: 'text' }) readonly fileSize!: string;

  /** May be empty. */
  @Field({ type: 'text' }) readonly link!: string;
}

import { type Codec, CodecError } from '@kayako-orm/core';

/** A file in a custom field of a ticket. Frozen; to change a field, give it another one. */
export class CustomFile {
  readonly fileName: string;
  readonly contents: Buffer;

  /** @param contents text is taken as UTF-8. */
  constructor(fileName: string, contents: Uint8Array | string) {
    this.fileName = fileName;
    this.contents = typeof contents === 'string' ? Buffer.from(contents) : Buffer.from(contents);
    Object.freeze(this);
  }

  /** Whether another value is a file of the same name and contents. */
  equals(other: unknown): boolean {
    return (
      other instanceof CustomFile &&
      other.fileName === this.fileName &&
      other.contents.equals(this.contents)
    );
  }

  /** The contents in base64. */
  toJSON(): { fileName: string; contents: string } {
    return { fileName: this.fileName, contents: this.contents.toString('base64') };
  }
}

/** A custom field that holds a file. */
export const customFile: Codec<CustomFile | null> = {
  name: 'CustomFile',
  comparison: 'none',
  nullable: true,
  absent: () => null,
  decode() {
    throw new CodecError('a custom field is read apart from its record');
  },
  encode: (value) => (value === null ? '' : { ...value.toJSON() }),
  coerce(input) {
    if (input === null || input instanceof CustomFile) return input;
    throw new CodecError('CustomFile; write new CustomFile(fileName, contents)');
  },
  isEmpty: (value) => value === null,
};

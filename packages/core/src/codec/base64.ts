/** Bytes that are encoded at once: a multiple of three, so that no padding stands between the pieces. */
const PIECE_BYTES = 48 * 1024;

const FOREIGN = /[^A-Za-z0-9+/_-]/;
const FOREIGN_ALL = new RegExp(FOREIGN.source, 'g');

/** How long the base64 text of so many bytes is. */
export function base64Length(byteLength: number): number {
  return 4 * Math.ceil(byteLength / 3);
}

/** The base64 text of bytes that come in chunks of any size, as ASCII bytes in pieces of moderate size. */
export async function* encodeBase64(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.byteLength; start += PIECE_BYTES) {
      const piece = Buffer.concat([rest, chunk.subarray(start, start + PIECE_BYTES)]);
      const end = piece.byteLength - (piece.byteLength % 3);
      rest = piece.subarray(end);
      if (end > 0) yield Buffer.from(piece.toString('base64', 0, end), 'latin1');
    }
  }
  if (rest.byteLength > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}

/**
 * Decodes base64 that comes in pieces, as leniently as `Buffer.from(text, 'base64')` decodes it whole (§3.3): foreign
 * characters are passed over, padding may be missing and ends the text where it stands.
 */
export class Base64Decoder {
  /** Up to three characters that the next piece completes. */
  #rest = '';
  #padded = false;

  write(piece: string): Buffer {
    if (this.#padded) return Buffer.alloc(0);
    const padding = piece.indexOf('=');
    this.#padded = padding !== -1;
    const digits = this.#padded ? piece.slice(0, padding) : piece;
    const text = this.#rest + (FOREIGN.test(digits) ? digits.replace(FOREIGN_ALL, '') : digits);
    const end = text.length - (text.length % 4);
    this.#rest = text.slice(end);
    return Buffer.from(text.slice(0, end), 'base64');
  }

  /** The last bytes; there may be none. */
  end(): Buffer {
    return Buffer.from(this.#rest, 'base64');
  }
}

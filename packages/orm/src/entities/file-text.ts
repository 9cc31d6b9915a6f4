/** How well-known kinds of files begin, in Latin-1. */
const SIGNATURES: readonly string[] = [
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8\xff',
  'GIF87a',
  'GIF89a',
  '%PDF-',
  'PK\x03\x04',
  'PK\x05\x06',
  '\x1f\x8b\x08',
  'BZh',
  '7z\xbc\xaf\x27\x1c',
  'Rar!\x1a\x07',
  '\xfd7zXZ\x00',
  '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  '{\\rtf',
  'II*\x00',
  'MM\x00*',
  'RIFF',
  'OggS',
  'ID3',
];

const SHORTEST_ENCODED = 8;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const HEX_DIGITS = /^[0-9A-Fa-f]+$/;
const UNPRINTABLE = /[^\P{C}\t\n\r\p{Cf}]/u;

const utf8 = new TextDecoder('utf-8', { fatal: true });

function isPrintable(bytes: Buffer): boolean {
  try {
    return !UNPRINTABLE.test(utf8.decode(bytes));
  } catch {
    return false;
  }
}

/** The bytes that are encoded here, or null where these are the file itself. */
function decodedAgain(bytes: Buffer): Buffer | null {
  if (bytes.byteLength < SHORTEST_ENCODED) return null;
  const text = bytes.toString('latin1');
  // Checksums are in hexadecimal digits, all of which occur in base64.
  if (!BASE64.test(text) || HEX_DIGITS.test(text)) return null;
  const again = Buffer.from(text, 'base64');
  if (again.toString('base64') !== text) return null;
  const beginning = again.toString('latin1', 0, 16);
  const isKnown = SIGNATURES.some((signature) => beginning.startsWith(signature));
  return isKnown || isPrintable(again) ? again : null;
}

/**
 * The file in a custom field's text. The server encodes it once, but some replies are encoded twice (§6.6): what comes
 * out is decoded again where it is base64 as an encoder writes it (8 characters or more, not hexadecimal digits alone)
 * of printable UTF-8 text or of a well-known kind of file. A random key or a checksum stays as it is.
 */
export function decodeFile(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  return decodedAgain(bytes) ?? bytes;
}

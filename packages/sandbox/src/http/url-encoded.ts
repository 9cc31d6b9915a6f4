import { FormMap } from './form-map.js';

/** More parameters than any request of this API has; the rest is ignored, as PHP does at its own limit. */
const MAX_PAIRS = 20_000;

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Reads a query string or an `application/x-www-form-urlencoded` body. Empty pairs are ignored, the last of several
 * equal names wins, and a percent sign that starts no escape stands for itself (1.3).
 */
export function parseUrlEncoded(bytes: Uint8Array): FormMap {
  const form = new FormMap();
  let pairs = 0;
  let start = 0;
  while (start < bytes.length && pairs < MAX_PAIRS) {
    const next = bytes.indexOf(AMPERSAND, start);
    const end = next === -1 ? bytes.length : next;
    if (end > start) {
      const pair = bytes.subarray(start, end);
      const equals = pair.indexOf(EQUALS);
      const name = decodeComponent(equals === -1 ? pair : pair.subarray(0, equals));
      form.setByName(name, equals === -1 ? '' : decodeComponent(pair.subarray(equals + 1)));
      pairs += 1;
    }
    start = end + 1;
  }
  return form;
}

/** Undoes URL encoding; bytes that are not UTF-8 become replacement characters. */
export function decodeComponent(bytes: Uint8Array): string {
  const decoded = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const high = byte === PERCENT ? hexDigit(bytes[index + 1]) : -1;
    const low = high === -1 ? -1 : hexDigit(bytes[index + 2]);
    if (low !== -1) {
      decoded[length++] = high * 16 + low;
      index += 2;
    } else {
      decoded[length++] = byte === PLUS ? SPACE : byte;
    }
  }
  return decoded.toString('utf8', 0, length);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

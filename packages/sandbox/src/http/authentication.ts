import { createHmac, timingSafeEqual } from 'node:crypto';

/** The three values as received; a value that is missing or is an array is `undefined`. */
export interface Authentication {
  readonly apikey: string | undefined;
  readonly salt: string | undefined;
  readonly signature: string | undefined;
}

export const AUTHENTICATION_NAMES: readonly string[] = ['apikey', 'salt', 'signature'];

/** Base64 of the HMAC-SHA256 of the salt under the secret key, which is used literally (2). */
export function signatureOf(salt: string, secretKey: string): string {
  return createHmac('sha256', secretKey).update(salt).digest('base64');
}

/** The text a failed authentication is answered with, or `undefined` when it succeeds (2). */
export function authenticationFailure(
  received: Authentication,
  keys: { readonly apiKey: string; readonly secretKey: string },
): string | undefined {
  const { salt } = received;
  if (salt === undefined || salt === '' || salt === '0') return 'NO SALT PROVIDED!';
  // A plus sign that was not URL-encoded arrives as a blank.
  const signature = (received.signature ?? '').replaceAll(' ', '+');
  const known = equals((received.apikey ?? '').trim(), keys.apiKey);
  const signed = equals(signature, signatureOf(salt, keys.secretKey));
  return known && signed ? undefined : 'FAILED TO AUTHENTICATE';
}

function equals(received: string, expected: string): boolean {
  const receivedBytes = Buffer.from(received, 'utf8');
  const expectedBytes = Buffer.from(expected, 'utf8');
  return (
    receivedBytes.length === expectedBytes.length && timingSafeEqual(receivedBytes, expectedBytes)
  );
}

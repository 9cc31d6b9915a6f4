import { createHmac, randomBytes } from 'node:crypto';

/** Makes the salt of one request: any non-empty text other than "0" (§2). */
export type Nonce = () => string;

export const randomNonce: Nonce = () => randomBytes(16).toString('hex');

/** Base64 of the raw HMAC-SHA256 with the secret key over the salt (§2); nothing else is signed. */
export function sign(secretKey: string, salt: string): string {
  return createHmac('sha256', secretKey).update(salt).digest('base64');
}

import { type Parameters } from './form.js';
import { type Nonce, sign } from './signature.js';

const MASK = '***';

/** The keys of one help desk. They leave this object only inside a signed request. */
export class Credentials {
  readonly #apiKey: string;
  readonly #secretKey: string;
  readonly #nonce: Nonce;
  readonly #secrets: readonly string[];

  constructor(apiKey: string, secretKey: string, nonce: Nonce) {
    this.#apiKey = apiKey;
    this.#secretKey = secretKey;
    this.#nonce = nonce;
    this.#secrets = [secretKey, apiKey].flatMap((secret) => [secret, encodeURIComponent(secret)]);
  }

  /** The three parameters of section 2, with a fresh salt. */
  parameters(): Parameters {
    const salt = this.#nonce();
    return [
      ['apikey', this.#apiKey],
      ['salt', salt],
      ['signature', sign(this.#secretKey, salt)],
    ];
  }

  /** The text without keys and signatures: servers echo requests in error reports (§4.4, §10). */
  mask(text: string): string {
    const named = text.replace(
      /((?:apikey|salt|signature|password)\]?["']?\s*(?:=>|=|:)\s*["']?)[^&\s"'<>]+/gi,
      `$1${MASK}`,
    );
    return this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), named);
  }
}

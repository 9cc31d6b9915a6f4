import { type Parameters } from './form.js';
import { type Nonce, sign } from './signature.js';

const MASK = '***';
const NAMES = '(?:apikey|salt|signature|password)';

/** Values that stand beside a telling name: `name=value`, `"name":"value"`, `[name] => value`. */
const NAMED: readonly RegExp[] = [
  new RegExp(`(${NAMES}\\]\\s*=>\\s*)[^\\r\\n]+`, 'gi'),
  new RegExp(`(${NAMES}["']\\s*(?:=>|:)\\s*["'])[^"'\\r\\n]+`, 'gi'),
  new RegExp(`(${NAMES}\\]?\\s*(?:=|:|%(?:25)*3D)\\s*["']?)(?:(?!%(?:25)*26)[^&\\s"'<>])+`, 'gi'),
];

/** A salt or password that is shorter would blot out ordinary words. */
const SHORTEST_MASKED = 4;

/** A text without keys, salt, signature and passwords. */
export type Mask = (text: string) => string;

/** Whose salt a printed request holds: that of this request, that of another one, or none. */
export type PrintedSalt = 'own' | 'other' | 'none';

/** The parameters of one request with its authentication, and what tells of them in what the server says to it. */
export interface SignedParameters {
  readonly parameters: Parameters;
  readonly mask: Mask;
  /** Looks for the salt as the server prints requests (§10). */
  readonly printedSalt: (text: string) => PrintedSalt;
}

/** In front of the salt, as PHP's `print_r` shows it. */
const PRINTED = '[salt] => ';

function printedSalt(text: string, salt: string): PrintedSalt {
  let found: PrintedSalt = 'none';
  for (let at = text.indexOf(PRINTED); at !== -1; at = text.indexOf(PRINTED, at + 1)) {
    const value = text.slice(at + PRINTED.length);
    if (value.startsWith(salt) && /^(?:[\r\n]|$)/.test(value.slice(salt.length))) return 'own';
    found = 'other';
  }
  return found;
}

/** The value as servers repeat it: as it came, URL-encoded once or twice, or in JSON. */
function spellings(secret: string): string[] {
  const encoded = encodeURIComponent(secret.toWellFormed());
  const lower = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [encodeURIComponent(encoded), encoded, lower, secret.replaceAll('/', '\\/'), secret];
}

/** The keys of one help desk. They leave this object only inside a signed request. */
export class Credentials {
  readonly #apiKey: string;
  readonly #secretKey: string;
  readonly #nonce: Nonce;

  constructor(apiKey: string, secretKey: string, nonce: Nonce) {
    this.#apiKey = apiKey;
    this.#secretKey = secretKey;
    this.#nonce = nonce;
  }

  /** Adds the three parameters of section 2, with a fresh salt. */
  sign(parameters: Parameters): SignedParameters {
    const salt = this.#nonce();
    const signature = sign(this.#secretKey, salt);
    const passwords = parameters.flatMap(([name, value]) =>
      /password/i.test(name) && typeof value === 'string' ? [value] : [],
    );
    return {
      parameters: [
        ...parameters,
        ['apikey', this.#apiKey],
        ['salt', salt],
        ['signature', signature],
      ],
      // Salt and signature open the help desk as well as the keys do: it remembers no salt (§2).
      mask: (text) => this.#mask(text, [signature, salt, ...passwords]),
      printedSalt: (text) => printedSalt(text, salt),
    };
  }

  #mask(text: string, ofThisRequest: readonly string[]): string {
    const secrets = [
      this.#secretKey,
      this.#apiKey,
      ...ofThisRequest.filter((secret) => secret.length >= SHORTEST_MASKED),
    ];
    const named = NAMED.reduce((masked, pattern) => masked.replace(pattern, `$1${MASK}`), text);
    return secrets
      .flatMap(spellings)
      .reduce((masked, spelling) => masked.replaceAll(spelling, MASK), named);
  }
}

import { type Dispatcher } from 'undici';
import { ConfigurationError } from '../errors/request-errors.js';
import { type Budget, budgetProblems } from './meter.js';
import { type Nonce, randomNonce } from './signature.js';
import { DEFAULT_TIMEOUTS, type Timeouts } from './transport.js';
import { type UrlStyle } from './url-style.js';

/** How to reach one help desk. What is not listed here is ignored, so a started sandbox can be given as it is. */
export interface ConnectionOptions {
  /** The REST entry point, for example `https://support.example.com/api/index.php`. */
  readonly url: string;
  readonly apiKey: string;
  readonly secretKey: string;
  /** How routes are named in URLs. Default `'e'`: `index.php?e=/Base/User`. */
  readonly urlStyle?: UrlStyle;
  readonly timeouts?: Partial<Timeouts>;
  /** An undici dispatcher of your own (an agent with client certificates, say). It is not closed by `close()`. */
  readonly dispatcher?: Dispatcher;
  /** URL of an HTTP proxy. */
  readonly proxy?: string;
  /** Makes the salt of each request. Default: 16 random bytes in hexadecimal. */
  readonly nonce?: Nonce;
  /** Requests waiting for their reply at the same time; more wait in order. Default 4. */
  readonly maxConcurrency?: number;
  /**
   * What everything done through this connection may cost, from its first request to `close()`: for scripts and jobs. In
   * a service that lives on, give queries their own with `query.budget(…)`.
   */
  readonly budget?: Budget;
}

/** Options that were checked, with every default filled in. */
export interface ConnectionSettings {
  readonly url: URL;
  readonly apiKey: string;
  readonly secretKey: string;
  readonly urlStyle: UrlStyle;
  readonly timeouts: Timeouts;
  readonly dispatcher: Dispatcher | undefined;
  readonly proxy: string | undefined;
  readonly nonce: Nonce;
  readonly maxConcurrency: number;
  readonly budget: Budget;
}

function httpUrl(option: string, text: string, problems: string[]): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  problems.push(
    `${option} must be an http(s) address such as https://support.example.com/api/index.php`,
  );
  return undefined;
}

/** Timers count in 32 bits; a longer time would be over at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

function checkTimeouts(given: Partial<Timeouts>, problems: string[]): Timeouts {
  for (const [name, value] of Object.entries(given)) {
    if (!(name in DEFAULT_TIMEOUTS)) problems.push(`timeouts.${name} is no option`);
    else if (value !== undefined && !(value > 0 && value <= MAX_TIMEOUT_MS)) {
      problems.push(
        `timeouts.${name} must be a number of milliseconds from 1 to ${MAX_TIMEOUT_MS}`,
      );
    }
  }
  const { connectMs, headersMs, bodyIdleMs, totalMs } = given;
  return {
    connectMs: connectMs ?? DEFAULT_TIMEOUTS.connectMs,
    headersMs: headersMs ?? DEFAULT_TIMEOUTS.headersMs,
    bodyIdleMs: bodyIdleMs ?? DEFAULT_TIMEOUTS.bodyIdleMs,
    totalMs: totalMs ?? DEFAULT_TIMEOUTS.totalMs,
  };
}

/**
 * Checks the options of a connection and fills in the defaults.
 * @param others problems with options that are not of this package.
 * @throws {ConfigurationError} that names every missing or unusable option, never their values.
 */
export function connectionSettings(
  options: ConnectionOptions,
  others: readonly string[] = [],
): ConnectionSettings {
  const given = (options as ConnectionOptions | null | undefined) ?? ({} as ConnectionOptions);
  const problems: string[] = [...others];
  for (const name of ['url', 'apiKey', 'secretKey'] as const) {
    const value: unknown = given[name];
    if (value === undefined || value === null || value === '') problems.push(`${name} is missing`);
    else if (typeof value !== 'string') problems.push(`${name} must be text`);
  }
  const urlStyle = given.urlStyle ?? 'e';
  if (!['e', 'path', 'query'].includes(urlStyle))
    problems.push("urlStyle must be 'e', 'path' or 'query'");
  const maxConcurrency = given.maxConcurrency ?? 4;
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1) {
    problems.push('maxConcurrency must be a whole number from 1');
  }
  const url =
    typeof given.url === 'string' && given.url !== ''
      ? httpUrl('url', given.url, problems)
      : undefined;
  if (given.proxy !== undefined) httpUrl('proxy', given.proxy, problems);
  if (given.proxy !== undefined && given.dispatcher !== undefined) {
    problems.push('proxy and dispatcher exclude each other');
  }
  if (given.budget !== undefined) problems.push(...budgetProblems(given.budget));
  const timeouts = checkTimeouts(given.timeouts ?? {}, problems);
  if (url === undefined || problems.length > 0) {
    throw new ConfigurationError(`The connection cannot be set up: ${problems.join('; ')}.`);
  }
  url.hash = '';
  return {
    url,
    apiKey: given.apiKey,
    secretKey: given.secretKey,
    urlStyle,
    timeouts,
    dispatcher: given.dispatcher,
    proxy: given.proxy,
    nonce: given.nonce ?? randomNonce,
    maxConcurrency,
    budget: { ...given.budget },
  };
}

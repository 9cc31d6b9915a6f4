import {
  ClosedError,
  type KayakoRequestError,
  RequestTimeoutError,
  UnreachableError,
} from '../errors/request-errors.js';
import { type Timeouts } from './transport.js';

interface NetworkFailure {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly NetworkFailure[];
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name could not be resolved just now',
  ECONNREFUSED: 'nothing listens at that address',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
  UND_ERR_HEADERS_OVERFLOW: 'the reply has too many headers',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'who signed its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'who signed its certificate is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there, so the url may begin with http://',
};

export function closedError(label: string): ClosedError {
  return new ClosedError(`${label}: the connection was closed with close().`);
}

function timeout(
  label: string,
  what: string,
  option: string,
  limitMs: number,
): RequestTimeoutError {
  return new RequestTimeoutError(
    `${label}: ${what} within ${limitMs} ms (timeouts.${option}). Raise the limit if the help desk is just slow.`,
  );
}

/** The failure as a cause: undici adds to protocol errors what it read, which may repeat the request. */
export function harmlessCause(error: unknown): unknown {
  return error instanceof Error && 'data' in error ? new Error(error.message) : error;
}

/** What a failure below HTTP means to the caller. `origin` is the help desk's address without credentials. */
export function requestFailure(
  error: unknown,
  label: string,
  origin: string,
  timeouts: Timeouts,
): KayakoRequestError {
  const failure = error as NetworkFailure;
  const code = failure.code ?? failure.errors?.[0]?.code ?? '';
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return timeout(label, `no connection to ${origin}`, 'connectMs', timeouts.connectMs);
    case 'UND_ERR_HEADERS_TIMEOUT':
      return timeout(label, 'no answer came', 'headersMs', timeouts.headersMs);
    case 'UND_ERR_BODY_TIMEOUT':
      return timeout(label, 'the reply stalled: nothing came', 'bodyIdleMs', timeouts.bodyIdleMs);
    case 'UND_ERR_DESTROYED':
    case 'UND_ERR_CLOSED':
      return closedError(label);
    default: {
      const reason = EXPLANATIONS[code] ?? failure.message ?? String(error);
      return new UnreachableError(
        `${label}: ${origin} cannot be reached: ${reason}${code === '' ? '' : ` (${code})`}. ` +
          'Check the url and the network.',
        { cause: harmlessCause(error) },
      );
    }
  }
}

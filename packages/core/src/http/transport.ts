import { type MultipartBody } from './multipart-body.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  /** A form, already encoded, or one that is made while it is sent; undefined where the method has none. */
  readonly body: string | MultipartBody | undefined;
  /** What error messages call the request: the method and route, without authentication. */
  readonly label: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated headers joined. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body, decompressed, chunk by chunk as the network delivers it. Leaving the loop early closes the
   * connection; a body must be begun, or its connection stays busy.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request. Rejects with a `KayakoRequestError` (UNREACHABLE, TIMEOUT), or with `signal.reason` as it is
 * when the signal aborts, or with the body's own error when it fails while it is sent. Nothing is retried.
 */
export interface Transport {
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** A body that ended with an error after the headers had come; the reader decides what that means. */
export class BodyError extends Error {}

/** Time limits of one request, in milliseconds. */
export interface Timeouts {
  /** Until the connection (with TLS) stands. Default 10,000. */
  readonly connectMs: number;
  /**
   * From sending the request to the reply's headers; the server builds whole replies first. While a file is uploaded,
   * it runs only while the server takes nothing more. Default 60,000.
   */
  readonly headersMs: number;
  /** Between two chunks of the body while it is being read. Default 30,000. */
  readonly bodyIdleMs: number;
  /**
   * From sending the request to the end of the body, however long its reader takes meanwhile: a scan keeps several replies
   * open while it waits for its reader. Default: no limit, because lists may be long.
   */
  readonly totalMs: number | undefined;
}

export const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyIdleMs: 30_000,
  totalMs: undefined,
};

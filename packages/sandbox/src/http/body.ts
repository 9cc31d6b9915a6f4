import { type IncomingMessage } from 'node:http';

import { FormMap } from './form-map.js';
import { MultipartReader, type UploadedFile } from './multipart-reader.js';
import { parseUrlEncoded } from './url-encoded.js';

/** The largest form and JSON body; it is held in memory at once. */
export const MAX_FORM_BYTES: number = 64 * 1024 * 1024;

/** The largest multipart body: enough for an attachment of 200 MB in base64 beside the other fields. */
export const MAX_MULTIPART_BYTES: number = 384 * 1024 * 1024;

export type BodyKind = 'form' | 'multipart' | 'json' | 'other';

export interface Body {
  readonly kind: BodyKind;
  readonly form: FormMap;
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** Text members of a JSON object: good for authentication only (1.3). */
  readonly json: ReadonlyMap<string, string>;
}

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

export function bodyKindOf(contentType: string | undefined): BodyKind {
  const type = contentType?.toLowerCase() ?? '';
  if (type.includes('application/x-www-form-urlencoded')) return 'form';
  if (type.includes('multipart/form-data')) return 'multipart';
  if (type.includes('application/json')) return 'json';
  return 'other';
}

/**
 * Reads the whole body and parses it where its method and type allow that (1.3): PUT as a form only, POST as a form or
 * multipart. `formOnly` is the fallback of GET and DELETE without query, which ignores the type.
 * @throws {BodyTooLargeError} as soon as the limit is known to be passed
 */
export async function readBody(
  request: IncomingMessage,
  mode: 'post' | 'put' | 'formOnly' | 'ignore',
): Promise<Body> {
  const kind = bodyKindOf(request.headers['content-type']);
  const none = { kind, form: new FormMap(), files: new Map(), json: new Map() };
  if (mode === 'post' && kind === 'multipart') {
    const reader = new MultipartReader(request.headers['content-type'] ?? '');
    for await (const chunk of limited(request, MAX_MULTIPART_BYTES)) reader.write(chunk);
    return { ...none, ...(await reader.finish()) };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of limited(request, MAX_FORM_BYTES)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0 || mode === 'ignore') return none;
  if (kind === 'json') return { ...none, json: textMembers(bytes) };
  return kind === 'form' || mode === 'formOnly' ? { ...none, form: parseUrlEncoded(bytes) } : none;
}

async function* limited(request: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new BodyTooLargeError();
  let received = 0;
  // The answer to a body that is too large is sent on the same connection, so the loop must not destroy the request.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > maxBytes) throw new BodyTooLargeError();
    yield chunk;
  }
}

function textMembers(bytes: Buffer): Map<string, string> {
  const members = new Map<string, string>();
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return members;
  }
  if (typeof value !== 'object' || value === null) return members;
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' || typeof member === 'number') members.set(name, String(member));
  }
  return members;
}

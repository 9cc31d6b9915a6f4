import { type IncomingMessage } from 'node:http';

import { type Authentication, AUTHENTICATION_NAMES } from './authentication.js';
import { type Body, readBody } from './body.js';
import { FormMap } from './form-map.js';
import { type UploadedFile } from './multipart-reader.js';
import { findRoute, splitRoute, type Target } from './route.js';

/** A request as the rules of part 1 read it. */
export interface Incoming {
  readonly method: string;
  readonly url: string;
  /** Segments of the route, `undefined` if there is none. */
  readonly segments: readonly string[] | undefined;
  readonly authentication: Authentication;
  /** What the operation sees: the query of GET and DELETE, the form of POST and PUT, routing values left out. */
  readonly parameters: FormMap;
  readonly files: ReadonlyMap<string, UploadedFile>;
  readonly query: FormMap;
  readonly form: FormMap;
  readonly remoteAddress: string;
}

/** Reads the body and decides which of the places of 1.3 counts for this method. */
export async function readIncoming(request: IncomingMessage, target: Target): Promise<Incoming> {
  const method = request.method ?? 'GET';
  const query = without(target.query, ['e']);
  const body = await readBody(request, bodyMode(method, query));
  const route = findRoute(target, body.form);
  const form = without(body.form, ['e']);
  return {
    method,
    url: request.url ?? '',
    segments: route === undefined ? undefined : splitRoute(route),
    authentication: authenticationOf(method, query, form, body),
    parameters: isQueryMethod(method) && query.size > 0 ? query : form,
    files: body.files,
    query,
    form,
    remoteAddress: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  };
}

/** A copy without the values that prove who is asking. */
export function withoutAuthentication(form: FormMap): FormMap {
  return without(form, AUTHENTICATION_NAMES);
}

function isQueryMethod(method: string): boolean {
  return method !== 'POST' && method !== 'PUT';
}

function bodyMode(method: string, query: FormMap): 'post' | 'put' | 'formOnly' | 'ignore' {
  if (method === 'POST') return 'post';
  if (method === 'PUT') return 'put';
  return query.size === 0 ? 'formOnly' : 'ignore';
}

function authenticationOf(
  method: string,
  query: FormMap,
  form: FormMap,
  body: Body,
): Authentication {
  // PUT of another content type authenticates by the query but has no fields; POST never looks at the query (1.3).
  const byQuery = isQueryMethod(method)
    ? query.size > 0
    : method === 'PUT' && body.kind !== 'form' && body.kind !== 'json';
  const place: ReadonlyMap<string, unknown> = byQuery
    ? query
    : body.kind === 'json'
      ? body.json
      : form;
  return {
    apikey: textOf(place.get('apikey')),
    salt: textOf(place.get('salt')),
    signature: textOf(place.get('signature')),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function without(form: FormMap, names: readonly string[]): FormMap {
  const copy = new FormMap();
  for (const [name, value] of form) {
    if (!names.includes(name)) copy.set(name, value);
  }
  return copy;
}

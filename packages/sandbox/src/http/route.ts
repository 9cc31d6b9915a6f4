import { type FormMap } from './form-map.js';
import { decodeComponent, parseUrlEncoded } from './url-encoded.js';

/** The request target taken apart: where each of the three URL styles keeps its route, and the ordinary query (1.1). */
export interface Target {
  /** Path after the entry point, `undefined` when the path is not that of the API. */
  readonly pathInfo: string | undefined;
  /** Text before the first `&` of a query that begins with a slash. */
  readonly bareRoute: string | undefined;
  readonly query: FormMap;
}

const ENTRY_POINT = /^\/api(?:\/index\.php(\/.*)?|\/)?$/;

/** What may stand in a segment; anything else is answered with 400 (1.2). */
const PERMITTED = /^[A-Za-z0-9\s,~%.:=_-]*$/;

export function parseTarget(url: string): Target {
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const rawQuery = mark === -1 ? '' : url.slice(mark + 1);
  const entry = ENTRY_POINT.exec(path);
  const ampersand = rawQuery.indexOf('&');
  const first = ampersand === -1 ? rawQuery : rawQuery.slice(0, ampersand);
  const bareRoute = first.startsWith('/') ? first : undefined;
  return {
    pathInfo: entry === null ? undefined : decodeText(entry[1] ?? ''),
    bareRoute,
    query: parseUrlEncoded(
      Buffer.from(bareRoute === undefined ? rawQuery : rawQuery.slice(first.length), 'latin1'),
    ),
  };
}

/** Looks for the route in the order of 1.1: `e` in query or body, path info, bare query string. */
export function findRoute(target: Target, body: FormMap): string | undefined {
  if (target.pathInfo === undefined) return undefined;
  for (const form of [target.query, body]) {
    const e = form.get('e');
    if (typeof e === 'string' && e.startsWith('/')) return decodeText(e);
  }
  // `index.php/?/Tickets/…` has a path, but no route in it.
  return /^\/*$/.test(target.pathInfo) ? target.bareRoute : target.pathInfo;
}

/** The segments of a route; leading, doubled and trailing slashes are dropped (1.1). */
export function splitRoute(route: string): string[] {
  return route
    .split('/')
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
}

export function isPermittedSegment(segment: string): boolean {
  return PERMITTED.test(segment);
}

/** A path argument after sanitising (1.2). */
export function sanitiseArgument(segment: string): string {
  return segment.replace(/[^A-Za-z0-9_:,-]/g, '');
}

function decodeText(text: string): string {
  return decodeComponent(Buffer.from(text, 'utf8'));
}

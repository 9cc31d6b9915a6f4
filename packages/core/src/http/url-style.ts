/** The three ways to name a route (§1.1): `e` parameter, path info, bare query string. */
export type UrlStyle = 'e' | 'path' | 'query';

/** The request's URL: the entry point, the route in the chosen style, and a query that is already encoded. */
export function requestUrl(entry: URL, style: UrlStyle, route: string, query: string): URL {
  const url = new URL(entry);
  const path = route.split('/').map(encodeURIComponent).join('/').replaceAll('%2C', ',');
  switch (style) {
    case 'e':
      url.search = [url.search.slice(1), `e=${path}`, query].filter(Boolean).join('&');
      return url;
    case 'path':
      url.pathname = url.pathname.replace(/\/$/, '') + path;
      url.search = [url.search.slice(1), query].filter(Boolean).join('&');
      return url;
    case 'query':
      url.search = [path, url.search.slice(1), query].filter(Boolean).join('&');
      return url;
  }
}

import { requestUrl, type UrlStyle } from '../../src/http/url-style.js';

const ENTRY = 'https://desk.example.com/api/index.php';

function url(entry: string, style: UrlStyle, route: string, query = 'apikey=k&salt=s'): string {
  return requestUrl(new URL(entry), style, route, query).href;
}

describe('requestUrl', () => {
  it('names the route in the parameter e', () => {
    expect(url(ENTRY, 'e', '/Base/User/5')).toBe(`${ENTRY}?e=/Base/User/5&apikey=k&salt=s`);
    expect(url(ENTRY, 'e', '/Base/User', '')).toBe(`${ENTRY}?e=/Base/User`);
  });

  it('names the route in the path', () => {
    expect(url(ENTRY, 'path', '/Base/User/5')).toBe(`${ENTRY}/Base/User/5?apikey=k&salt=s`);
    expect(url('https://desk.example.com/api/', 'path', '/Base/User', '')).toBe(
      'https://desk.example.com/api/Base/User',
    );
    expect(url('https://desk.example.com', 'path', '/Base/User', '')).toBe(
      'https://desk.example.com/Base/User',
    );
  });

  it('names the route as the beginning of the query', () => {
    expect(url(ENTRY, 'query', '/Base/User/5')).toBe(`${ENTRY}?/Base/User/5&apikey=k&salt=s`);
    expect(url(ENTRY, 'query', '/Base/User', '')).toBe(`${ENTRY}?/Base/User`);
  });

  it.each([
    ['e', `${ENTRY}?lang=en&e=/Base/User&apikey=k&salt=s`],
    ['path', `${ENTRY}/Base/User?lang=en&apikey=k&salt=s`],
    ['query', `${ENTRY}?/Base/User&lang=en&apikey=k&salt=s`],
  ] as const)('keeps a query that the entry point has, in the style %s', (style, expected) => {
    expect(url(`${ENTRY}?lang=en`, style, '/Base/User')).toBe(expected);
  });

  it.each(['e', 'path', 'query'] as const)(
    'leaves comma lists, negative numbers and ticket masks readable in the style %s',
    (style) => {
      const route = '/Tickets/Ticket/ListAll/1,2,3/-1/ABC-123-45678/-1';
      expect(url(ENTRY, style, route)).toContain(route);
    },
  );

  it.each([
    ['e', `${ENTRY}?e=/A/a%26b%3Fc%23d%20%25`],
    ['path', `${ENTRY}/A/a%26b%3Fc%23d%20%25`],
    ['query', `${ENTRY}?/A/a%26b%3Fc%23d%20%25`],
  ] as const)(
    'lets no character of an argument end the route in the style %s',
    (style, expected) => {
      expect(url(ENTRY, style, '/A/a&b?c#d %', '')).toBe(expected);
    },
  );

  it('leaves the entry point as it is', () => {
    const entry = new URL(ENTRY);
    requestUrl(entry, 'e', '/Base/User', 'a=b');
    expect(entry.href).toBe(ENTRY);
  });
});

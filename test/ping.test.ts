import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { Department, Kayako, type KayakoOptions } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';
import { type Desk, errorOf, startDesk } from './support/desk.js';

const keys = {
  apiKey: '0d5a7b1e-9a55-4c3e-8f0a-aaaaaaaaaaaa',
  secretKey: 'c2VjcmV0LWtleS1vZi10aGUtcGluZw',
};

const DEPARTMENTS =
  '<?xml version="1.0" encoding="UTF-8"?>\n<departments>' +
  '<department><id>1</id><module>tickets</module></department></departments>';

/** What one request is answered with. */
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Served extends AsyncDisposable {
  readonly kayako: Kayako;
  readonly origin: string;
  /** Of each request. */
  readonly routes: string[];
}

async function listen(
  listener: RequestListener,
  options: Partial<KayakoOptions> = {},
): Promise<Omit<Served, 'routes'>> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kayako = new Kayako({ url: `${origin}/api/index.php`, ...keys, ...options });
  return {
    kayako,
    origin,
    async [Symbol.asyncDispose]() {
      await kayako.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server whose answers are what a function of route and parameters makes them. */
async function serve(
  answer: (route: string, query: URLSearchParams) => Answer,
  options: Partial<KayakoOptions> = {},
): Promise<Served> {
  const routes: string[] = [];
  const served = await listen((request, response) => {
    const query = new URL(request.url ?? '', 'http://desk').searchParams;
    const route = query.get('e') ?? '';
    routes.push(route);
    const { status = 200, headers = {}, body } = answer(route, query);
    response.writeHead(status, { 'content-type': 'text/xml', ...headers }).end(body);
  }, options);
  return { ...served, routes };
}

/** The echo of a request as §10 has it. */
function echo(query: URLSearchParams, names = ['apikey', 'salt', 'signature']): string {
  const lines = names.map((name) => `    [${name}] => ${query.get(name) ?? ''}\n`);
  return `GET List\n\nARGS: Array\n(\n    [0] => \n)\n\nVARS: Array\n(\n${lines.join('')})\n`;
}

const NOT_FOUND: Answer = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>Page not found</title></head><body></body></html>',
};

describe('a ping of a help desk', () => {
  it('tells which controller answered, hints at the version, and how long it took', async () => {
    await using desk = await startDesk();
    expect(await desk.kayako.ping()).toEqual({
      controller: 'TestAPI',
      versionHints: [
        expect.stringContaining('no early 4.0x build'),
        expect.stringMatching(/both module and app.*4\.98\.8/),
      ],
      roundTripMs: expect.any(Number) as number,
    });
    expect(desk.requests()).toEqual(['GET /Core/TestAPI', 'GET /Base/Department']);
    expect(desk.kayako.usage).toMatchObject({ requests: 2, rows: 0 });
  });

  it.each(['e', 'path', 'query'] as const)('works in the url style %s', async (urlStyle) => {
    await using desk = await startDesk({}, { urlStyle });
    expect(await desk.kayako.ping()).toMatchObject({ controller: 'TestAPI' });
  });

  it('says nothing of departments where there are none', async () => {
    await using desk = await startDesk();
    for (const department of await desk.kayako.repository(Department).all()) {
      await department.delete();
    }
    expect((await desk.kayako.ping()).versionHints).toHaveLength(1);
  });

  it.each([
    ['<module>tickets</module>', /module and no app/],
    ['<app>tickets</app>', /app and no module/],
  ])('hints at what departments with %s suggest', async (name, hint) => {
    await using served = await serve((route, query) => ({
      body: route.startsWith('/Core')
        ? echo(query)
        : `<departments><department><id>1</id>${name}</department></departments>`,
    }));
    const { versionHints } = await served.kayako.ping();
    expect(versionHints).toEqual([expect.anything(), expect.stringMatching(hint)]);
  });

  it('asks an early 4.0x build under the old name', async () => {
    await using served = await serve((route, query) => {
      if (route === '/Core/TestAPI') return NOT_FOUND;
      return { body: route === '/Core/Test' ? echo(query) : DEPARTMENTS };
    });
    const { controller, versionHints } = await served.kayako.ping();
    expect(controller).toBe('Test');
    expect(versionHints[0]).toContain('early 4.0x');
    expect(served.routes).toEqual(['/Core/TestAPI', '/Core/Test', '/Base/Department']);
  });

  it.each([
    '\nNotice: Undefined index: x in /var/www/api.php on line 3\n',
    '<br />\n<b>Notice</b>: Undefined index<br />',
    '<div>Warning: mysql</div>',
  ])('accepts the PHP notice %p before the echo', async (notice) => {
    await using served = await serve((route, query) => ({
      body: route.startsWith('/Core') ? `${notice}${echo(query)}` : `${notice}${DEPARTMENTS}`,
    }));
    expect(await served.kayako.ping()).toMatchObject({ controller: 'TestAPI' });
  });

  it('knows its salt again, also one with characters of the query language', async () => {
    for (const salt of ['a+b&c=d %20é', '7', '-12', 'x\ny', '[salt] => z']) {
      await using served = await serve(
        (route, query) => ({ body: route.startsWith('/Core') ? echo(query) : DEPARTMENTS }),
        { nonce: () => salt },
      );
      expect(await served.kayako.ping()).toMatchObject({ controller: 'TestAPI' });
    }
  });

  it('fails where the echo comes and no department can be read', async () => {
    await using served = await serve((route, query) =>
      route.startsWith('/Core') ? { body: echo(query) } : { status: 500, body: 'SQL error' },
    );
    expect(await errorOf(() => served.kayako.ping())).toMatchObject({
      code: 'SERVER_ERROR',
      route: '/Base/Department',
    });
  });

  it('is counted against the budget', async () => {
    await using desk = await startDesk({}, { budget: { requests: 1 } });
    expect(await errorOf(() => desk.kayako.ping())).toMatchObject({ code: 'BUDGET_EXCEEDED' });
  });
});

describe('a ping with wrong keys', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it.each([{ apiKey: keys.apiKey }, { secretKey: keys.secretKey }])(
    'cannot tell which of the two is wrong, and says so: %p',
    async (wrong) => {
      await using kayako = new Kayako({ ...desk.sandbox, ...wrong });
      const error = await errorOf(() => kayako.ping());
      expect(error).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
      expect(error.message).toMatch(/one of them is wrong, and the help desk does not say which/);
    },
  );

  it('whose salt is lost on the way does not put it down to the keys', async () => {
    await using kayako = new Kayako({ ...desk.sandbox, nonce: () => '0' });
    const error = await errorOf(() => kayako.ping());
    expect(error).toMatchObject({ code: 'UNAUTHORIZED', body: 'NO SALT PROVIDED!' });
    expect(error.message).toMatch(/salt did not arrive.*urlStyle.*nonce/);
    expect(error.message).not.toContain('secretKey');
  });

  it('knows the texts of older builds', async () => {
    for (const [body, hint] of [
      ['NO SALT PROVIDED!: Get', /salt did not arrive/],
      ['FAILED TO AUTHENTICATE: Get', /does not say which/],
    ] as const) {
      await using served = await serve(() => ({ status: 401, body }));
      const error = await errorOf(() => served.kayako.ping());
      expect(error).toMatchObject({ code: 'UNAUTHORIZED' });
      expect(error.message).toMatch(hint);
    }
  });

  it('knows a login that is not the API’s', async () => {
    await using served = await serve(() => ({
      status: 401,
      body: '<h1>Authorization Required</h1>',
    }));
    const error = await errorOf(() => served.kayako.ping());
    expect(error.message).toMatch(/web server or proxy in front of it may ask for a login/);
  });
});

describe('a ping of something else', () => {
  it.each([
    [
      'the web page of a help desk',
      '<!DOCTYPE html><html><head><title>Support</title></head></html>',
      'NOT_XML',
      /a web page answers.*\/api\/index\.php/,
    ],
    [
      'another program',
      '{"status":"ok"}',
      'NOT_XML',
      /something else answers.*“{"status":"ok"}”.*\/api\/index\.php/,
    ],
    [
      'another XML service',
      '<?xml version="1.0"?>\n<rss></rss>',
      'UNEXPECTED_ROOT',
      /something else answers/,
    ],
    ['nothing at all', '', 'EMPTY_BODY', /empty where the echo/],
    ['white space', ' \r\n', 'EMPTY_BODY', /empty where the echo/],
    [
      'an uncaught exception',
      'Uncaught Exception\nRouter: x\nUndeclared Function Called in API Controller: GetList in ./a.php:1\n',
      'NOT_XML',
      /uncaught exception: Undeclared Function/,
    ],
  ])('that answers 200 with %s fails', async (_what, body, code, message) => {
    await using served = await serve(() => ({ body }));
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code, status: 200, route: '/Core/TestAPI' });
    expect(error.message).toMatch(message);
    expect(served.routes).toEqual(['/Core/TestAPI']);
  });

  it('that has no such page fails, after both names', async () => {
    await using served = await serve(() => NOT_FOUND);
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'NOT_FOUND', status: 404, route: '/Core/TestAPI' });
    expect(error.message).toMatch(/neither .*\/Core\/Test .*\/api\/index\.php.*urlStyle 'path'/);
    expect(served.routes).toEqual(['/Core/TestAPI', '/Core/Test']);
  });

  it('behind a proxy that cuts off the query fails as if there was no such page', async () => {
    await using sandbox = await startSandbox();
    await using served = await listen((_request, response) => {
      void fetch(sandbox.url).then(async (reply) => {
        response.writeHead(reply.status).end(await reply.text());
      });
    });
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    expect(error.message).toContain('takes the query out of addresses');
  });

  it('that redirects fails with the new address', async () => {
    await using served = await serve((_route, query) => ({
      status: 301,
      headers: { location: `https://desk.example/api/index.php?${query.toString()}` },
      body: '',
    }));
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'REDIRECTED' });
    expect(error.message).toContain('to https://desk.example/api/index.php (301)');
    expect(error.message).toContain('set url to the final address');
    expect(error.message).not.toContain('?');
  });

  it.each([
    ['', /Enable the REST interface/],
    ['<html>Forbidden</html>', /web server or firewall/],
  ])('that answers 403 with %p fails', async (body, message) => {
    await using served = await serve(() => ({ status: 403, body }));
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'FORBIDDEN' });
    expect(error.message).toMatch(message);
  });

  it('that is out of order fails', async () => {
    await using served = await serve(() => ({ status: 503, body: 'Maintenance' }));
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 503 });
    expect(error.message).toContain('Maintenance');
  });
});

describe('a ping that is answered with an echo', () => {
  it('of another request fails', async () => {
    let kept: string | undefined;
    await using served = await serve((route, query) => ({
      body: route.startsWith('/Core') ? (kept ??= echo(query)) : DEPARTMENTS,
    }));
    await served.kayako.ping();
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'RECORD_INVALID' });
    expect(error.message).toMatch(/that of another request.*cache/);
  });

  it('of a request whose salt begins like its own fails', async () => {
    await using served = await serve(
      (_route, query) => ({ body: echo(query).replace('[salt] => 12', '[salt] => 123') }),
      { nonce: () => '12' },
    );
    expect(await errorOf(() => served.kayako.ping())).toMatchObject({ code: 'RECORD_INVALID' });
  });

  it('without its parameters fails', async () => {
    await using served = await serve((_route, query) => ({ body: echo(query, []) }));
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'RECORD_INVALID' });
    expect(error.message).toMatch(/nothing shows that the keys were checked/);
  });

  it('shows no key in its errors', async () => {
    const bodies: ((query: URLSearchParams) => Answer)[] = [
      (query) => ({ body: echo(query).replace('[salt] => ', '[salt] => other') }),
      (query) => ({ body: echo(query).replace('GET List', 'POST') }),
      (query) => ({ status: 401, body: echo(query) }),
      (query) => ({ status: 404, body: echo(query) }),
      (query) => ({ body: `<html>${query.toString()}</html>` }),
    ];
    for (const body of bodies) {
      const sent: string[] = [];
      await using served = await serve((_route, query) => {
        sent.push(...['salt', 'signature'].map((name) => query.get(name) ?? ''));
        return body(query);
      });
      const error = await errorOf(() => served.kayako.ping());
      const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
      expect(sent.length).toBeGreaterThan(1);
      for (const secret of [...Object.values(keys), ...sent]) expect(shown).not.toContain(secret);
    }
  });

  it('that breaks off fails', async () => {
    await using served = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('GET List\n\nARGS: Array', () => response.destroy());
    });
    expect(await errorOf(() => served.kayako.ping())).toMatchObject({ code: 'TRUNCATED' });
  });

  it('that never ends is read no further than it must be', async () => {
    let closed: Promise<unknown> | undefined;
    await using served = await listen((_request, response) => {
      let isClosed = false;
      closed = once(response, 'close').then(() => (isClosed = true));
      const more = (): void => {
        if (!isClosed) response.write('x'.repeat(16_384), more);
      };
      more();
    });
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'NOT_XML' });
    expect((error as unknown as { body: string }).body.length).toBeLessThan(200_000);
    expect(await closed).toBe(true);
  });
});

describe('a ping of an address where nobody answers', () => {
  it.each([
    ['nothing listens', 'http://127.0.0.1:1/api/index.php', /nothing listens.*ECONNREFUSED/],
    [
      'the host name is not known',
      'http://desk.invalid/api/index.php',
      /host name (?:does not|could not be) resolve/,
    ],
  ])('fails where %s', async (_what, url, message) => {
    await using kayako = new Kayako({ url, ...keys });
    const error = await errorOf(() => kayako.ping());
    expect(error).toMatchObject({ code: 'UNREACHABLE' });
    expect(error.message).toMatch(message);
    expect(error.message).toContain('Check the url and the network.');
  });

  it('fails with https where http is spoken', async () => {
    await using served = await serve(() => ({ body: '' }));
    await using kayako = new Kayako({ url: served.origin.replace('http:', 'https:'), ...keys });
    const error = await errorOf(() => kayako.ping());
    expect(error).toMatchObject({ code: 'UNREACHABLE' });
    expect(error.message).toMatch(/does not speak TLS there.*begin with http:/);
  });

  it.each(['headersMs', 'bodyIdleMs', 'totalMs'] as const)('fails within %s', async (limit) => {
    await using served = await listen(
      (_request, response) => {
        if (limit !== 'headersMs') response.write('GET List\n');
      },
      { timeouts: { [limit]: 100 } },
    );
    const error = await errorOf(() => served.kayako.ping());
    expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(error.message).toContain(`timeouts.${limit}`);
  });
});

describe('the options of a ping', () => {
  it('are checked before anything is sent', async () => {
    await using desk = await startDesk();
    const ping = desk.kayako.ping.bind(desk.kayako) as (options: unknown) => Promise<unknown>;
    for (const options of [null, 5, { signal: new AbortController() }, { signal: {} }]) {
      expect(await errorOf(() => ping(options))).toMatchObject({ code: 'INVALID_VALUE' });
    }
    const reason = new Error('enough');
    await expect(ping({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(desk.requests()).toEqual([]);
  });

  it.each(['/Core/TestAPI', '/Base/Department'])(
    'hold a signal, whose reason comes unwrapped during %s',
    async (last) => {
      const controller = new AbortController();
      const reason = { enough: true };
      let closed: Promise<unknown> | undefined;
      await using served = await listen((request, response) => {
        const query = new URL(request.url ?? '', 'http://desk').searchParams;
        if (query.get('e') !== last) {
          response.end(echo(query));
          return;
        }
        closed = once(response, 'close');
        response.write('x', () => {
          controller.abort(reason);
        });
      });
      const pinged = served.kayako.ping({ signal: controller.signal });
      await expect(pinged).rejects.toBe(reason);
      expect(await closed).toEqual([]);
    },
  );

  it('hold a signal whose reason may look like an answer', async () => {
    await using missing = await serve(() => NOT_FOUND);
    const reason = await errorOf(() => missing.kayako.ping());
    const controller = new AbortController();
    await using served = await listen((_request, response) => {
      response.write('x', () => {
        controller.abort(reason);
      });
    });
    await expect(served.kayako.ping({ signal: controller.signal })).rejects.toBe(reason);
  });

  it('do not matter once the connection is closed', async () => {
    await using served = await serve((_route, query) => ({ body: echo(query) }));
    await served.kayako.close();
    expect(await errorOf(() => served.kayako.ping())).toMatchObject({ code: 'CLOSED' });
  });
});

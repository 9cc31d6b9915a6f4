import { ConfigurationError } from '../../src/errors/request-errors.js';
import { type ConnectionOptions, connectionSettings } from '../../src/http/connection-options.js';

const GOOD: ConnectionOptions = {
  url: 'https://desk.example.com/api/index.php#part',
  apiKey: 'the-key',
  secretKey: 'the-secret',
};

function refusal(options: unknown): string {
  try {
    connectionSettings(options as ConnectionOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty('code', 'CONFIG_MISSING');
    return (error as Error).message;
  }
  throw new Error('the options were accepted');
}

describe('connectionSettings', () => {
  it('fills in the defaults', () => {
    expect(connectionSettings(GOOD)).toMatchObject({
      url: new URL('https://desk.example.com/api/index.php'),
      urlStyle: 'e',
      maxConcurrency: 4,
      timeouts: { connectMs: 10_000, headersMs: 60_000, bodyIdleMs: 30_000, totalMs: undefined },
    });
  });

  it('changes only the limits that are given, and takes undefined as not given', () => {
    const { timeouts } = connectionSettings({
      ...GOOD,
      timeouts: { headersMs: 5, ...({ bodyIdleMs: undefined } as object) },
    });
    expect(timeouts).toMatchObject({ connectMs: 10_000, headersMs: 5, bodyIdleMs: 30_000 });
  });

  it.each([undefined, null, {}, { url: '', apiKey: null, secretKey: undefined }])(
    'names all that is missing at once for %j',
    (options) => {
      const message = refusal(options);
      for (const name of ['url', 'apiKey', 'secretKey'])
        expect(message).toContain(`${name} is missing`);
    },
  );

  it('names every unusable option at once, and no value', () => {
    const message = refusal({
      url: 'ftp://user:hidden-1@desk',
      apiKey: ['hidden-2'],
      secretKey: 42,
      urlStyle: 'hidden-3',
      maxConcurrency: 0,
      proxy: 'hidden-4',
      timeouts: { headersMs: -1, connectMs: 'hidden-5', totalMs: Infinity, idleMs: 5 },
    });
    expect(message).not.toMatch(/hidden|42|ftp/);
    for (const problem of [
      'url must be an http(s) address',
      'apiKey must be text',
      'secretKey must be text',
      "urlStyle must be 'e', 'path' or 'query'",
      'maxConcurrency must be a whole number',
      'proxy must be an http(s) address',
      'timeouts.headersMs must be a number of milliseconds from 1',
      'timeouts.connectMs must be a number of milliseconds from 1',
      'timeouts.totalMs must be a number of milliseconds from 1',
      'timeouts.idleMs is no option',
    ])
      expect(message).toContain(problem);
  });

  it.each([0.5, NaN, -1, '4', Infinity])('refuses %p concurrent requests', (maxConcurrency) => {
    expect(refusal({ ...GOOD, maxConcurrency })).toContain('maxConcurrency');
  });

  it('ignores what it does not know, so that a started sandbox can be given', () => {
    expect(connectionSettings({ ...GOOD, ...{ requests: [], close: null } })).toHaveProperty('url');
  });
});

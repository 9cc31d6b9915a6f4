import { createServer, type AddressInfo } from 'node:net';

import { runCli } from '../src/cli.js';
import { call, encodeForm, send, sign, textsOf } from './support/client.js';

interface Run {
  readonly code: Promise<number>;
  readonly stop: () => void;
  /** Resolves with what stands on stdout as soon as there is something. */
  readonly output: Promise<string>;
  readonly errors: () => string;
}

const running: Run[] = [];

// A test that fails in the middle leaves no server behind.
afterEach(async () => {
  for (const command of running.splice(0)) {
    command.stop();
    await command.code;
  }
});

function run(...argv: readonly string[]): Run {
  const stop = new AbortController();
  let errors = '';
  let resolveOutput: (text: string) => void = () => undefined;
  const output = new Promise<string>((resolve) => {
    resolveOutput = resolve;
  });
  const code = runCli(argv, {
    stdout: { write: (text) => { resolveOutput(text); } }, // prettier-ignore
    stderr: { write: (text) => { errors += text; } }, // prettier-ignore
    signal: stop.signal,
  });
  const command: Run = {
    code,
    stop: () => {
      stop.abort();
    },
    output,
    errors: () => errors,
  };
  running.push(command);
  return command;
}

test('prints one line of JSON and serves until it is stopped', async () => {
  const command = run(
    '--json',
    '--users',
    '3',
    '--seed',
    '7',
    '--api-key',
    'k',
    '--secret-key',
    's',
  );
  const line = await command.output;
  expect(line).toMatch(
    /^\{"url":"http:\/\/127\.0\.0\.1:\d+\/api\/index\.php","apiKey":"k","secretKey":"s"\}\n$/,
  );
  const { url, apiKey, secretKey } = JSON.parse(line) as {
    url: string;
    apiKey: string;
    secretKey: string;
  };
  const answer = await send(`${url}?e=/Base/User&${encodeForm(sign({ apiKey, secretKey }))}`);
  expect(textsOf(answer, 'id')).toEqual(['1', '2', '3', '4']);
  command.stop();
  expect(await command.code).toBe(0);
  await expect(send(url)).rejects.toThrow('ECONNREFUSED');
});

test('prints something to read without --json', async () => {
  const command = run();
  expect(await command.output).toMatch(/^Kayako sandbox is listening\.\n\n {2}URL +http:\/\//);
  command.stop();
  expect(await command.code).toBe(0);
});

test('passes every switch on', async () => {
  const command = run(
    '--json',
    '--data',
    'empty',
    '--tickets',
    '2',
    '--form',
    'docs',
    '--pollute',
    '--strict-quirks',
    '--lenient-creator',
    '--host',
    '127.0.0.1',
    '--port',
    '0',
  );
  const desk = JSON.parse(await command.output) as Parameters<typeof call>[0];
  const departments = await call(desk, 'GET', '/Base/Department');
  const absent = await call(desk, 'PUT', '/Tickets/TicketCount');
  expect(departments.text).toMatch(/^\n<br \/>\n<b>Notice/);
  expect(departments.text.match(/^ {8}<id>\d<\/id>$/gm)).toHaveLength(2);
  expect(absent.status).toBe(200);
  command.stop();
  expect(await command.code).toBe(0);
});

test('explains itself', async () => {
  const command = run('--help');
  expect(await command.output).toMatch(/^Usage: kayako-sandbox \[options\]\n/);
  expect(await command.code).toBe(0);
});

test.each([
  [['--bogus'], "Unknown option '--bogus'"],
  [['extra'], "Unexpected argument 'extra'"],
  [['--port', 'x'], '--port must be a whole number'],
  [['--port', '70000'], 'port must be a whole number from 0 to 65535'],
  [['--users=-1'], '--users must be a whole number'],
  [['--tickets', '1e3'], '--tickets must be a whole number'],
  [['--seed', ''], '--seed must be a whole number'],
  [['--data', 'full'], '--data must be one of: fresh, empty'],
  [['--form', 'old'], '--form must be one of: live, docs'],
  [['--api-key', ''], 'apiKey must not be empty'],
  [['--json=yes'], "Option '--json' does not take an argument"],
])('refuses %j with exit code 2', async (argv, message) => {
  const command = run(...argv);
  expect(await command.code).toBe(2);
  expect(command.errors()).toContain(message);
});

test('says which port is taken, with exit code 1', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const { port } = blocker.address() as AddressInfo;
  const command = run('--port', String(port));
  expect(await command.code).toBe(1);
  expect(command.errors()).toBe(
    `Port ${port} is already in use. Choose another one with --port.\n`,
  );
  blocker.close();
});

import { parseArgs, types } from 'node:util';

import { type SandboxOptions } from './options.js';
import { type Sandbox, startSandbox } from './sandbox.js';

/** Where a command writes to, and what ends it. */
export interface CliEnvironment {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Aborted when the command is to stop. */
  readonly signal: AbortSignal;
}

const HELP = `Usage: kayako-sandbox [options]

Runs a server that answers like the REST API of Kayako Classic, in memory, until it is interrupted.

  --port <number>       port to listen on (default: a free one)
  --host <address>      address to listen on (default: 127.0.0.1)
  --users <count>       users to generate on top of the default data
  --tickets <count>     tickets to generate
  --seed <number>       seed of what is generated (default: 1)
  --data <fresh|empty>  begin with the default data, or with next to nothing
  --form <live|docs>    documents as the server sends them, or as its pages print them
  --api-key <key>       API key to accept
  --secret-key <key>    secret key to accept
  --strict-quirks       reproduce the server's bugs
  --lenient-creator     accept a ticket whose e-mail is none of its user's
  --replace-custom-fields
                        empty the custom fields that a POST does not send
  --pollute             put notices and illegal characters into the documents
  --json                print {"url", "apiKey", "secretKey"} as the first line
  --help                print this text
`;

/**
 * The command line: starts a sandbox, prints where it is, and waits for the signal.
 * @returns the exit code: 0 after a stop, 1 if the server cannot listen, 2 for arguments that cannot be used
 */
export async function runCli(
  argv: readonly string[],
  environment: CliEnvironment,
): Promise<number> {
  const { stdout, stderr, signal } = environment;
  let parsed: ParsedArguments;
  try {
    parsed = parseArguments(argv);
  } catch (error) {
    stderr.write(`${messageOf(error)}\nTry --help.\n`);
    return 2;
  }
  if (parsed.help) {
    stdout.write(HELP);
    return 0;
  }
  let sandbox: Sandbox;
  try {
    sandbox = await startSandbox(parsed.options);
  } catch (error) {
    stderr.write(`${startFailure(error, parsed.options)}\n`);
    return error instanceof RangeError ? 2 : 1;
  }
  stdout.write(parsed.json ? jsonLine(sandbox) : friendlyText(sandbox));
  await stopped(signal);
  await sandbox.close();
  return 0;
}

/** Runs the command in this process; SIGINT and SIGTERM end it. */
export async function main(): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      stop.abort();
    });
  }
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
  });
}

interface ParsedArguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly options: SandboxOptions;
}

function parseArguments(argv: readonly string[]): ParsedArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    allowPositionals: false,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      users: { type: 'string' },
      tickets: { type: 'string' },
      seed: { type: 'string' },
      data: { type: 'string' },
      form: { type: 'string' },
      'api-key': { type: 'string' },
      'secret-key': { type: 'string' },
      'strict-quirks': { type: 'boolean' },
      'lenient-creator': { type: 'boolean' },
      'replace-custom-fields': { type: 'boolean' },
      pollute: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    options: {
      ...numberOption('port', values.port),
      ...numberOption('users', values.users),
      ...numberOption('tickets', values.tickets),
      ...numberOption('seed', values.seed),
      ...wordOption('data', values.data, ['fresh', 'empty'] as const),
      ...wordOption('form', values.form, ['live', 'docs'] as const),
      ...(values.host === undefined ? {} : { host: values.host }),
      ...(values['api-key'] === undefined ? {} : { apiKey: values['api-key'] }),
      ...(values['secret-key'] === undefined ? {} : { secretKey: values['secret-key'] }),
      strictQuirks: values['strict-quirks'] ?? false,
      lenientCreator: values['lenient-creator'] ?? false,
      replaceCustomFields: values['replace-custom-fields'] ?? false,
      pollute: values.pollute ?? false,
    },
  };
}

function numberOption<Name extends string>(
  name: Name,
  text: string | undefined,
): Partial<Record<Name, number>> {
  if (text === undefined) return {};
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} must be a whole number`);
  return { [name]: Number(text) } as Record<Name, number>;
}

function wordOption<Name extends string, Word extends string>(
  name: Name,
  text: string | undefined,
  words: readonly Word[],
): Partial<Record<Name, Word>> {
  if (text === undefined) return {};
  const word = words.find((known) => known === text);
  if (word === undefined) throw new RangeError(`--${name} must be one of: ${words.join(', ')}`);
  return { [name]: word } as Record<Name, Word>;
}

function jsonLine({ url, apiKey, secretKey }: Sandbox): string {
  return `${JSON.stringify({ url, apiKey, secretKey })}\n`;
}

function friendlyText({ url, apiKey, secretKey }: Sandbox): string {
  return `Kayako sandbox is listening.\n\n  URL         ${url}\n  API key     ${apiKey}\n  secret key  ${secretKey}\n\nPress Ctrl+C to stop it.\n`;
}

function startFailure(error: unknown, options: SandboxOptions): string {
  const code = types.isNativeError(error) && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${options.port ?? 0} is already in use. Choose another one with --port.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `Cannot listen on ${options.host ?? ''}: no such address on this machine.`;
  }
  return messageOf(error);
}

function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error);
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else {
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    }
  });
}

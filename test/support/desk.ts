import { Kayako, type KayakoOptions } from '@kayako-orm/orm';
import { type Sandbox, type SandboxOptions, startSandbox } from '@kayako-orm/sandbox';

/** An embedded help desk with a client that is connected to it. */
export interface Desk extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly kayako: Kayako;
  /** `METHOD /route` of every request since the last call. */
  requests(): string[];
}

/** Starts a help desk; whoever starts it closes it. */
export async function startDesk(
  sandboxOptions: SandboxOptions = {},
  connection: Partial<KayakoOptions> = {},
): Promise<Desk> {
  const sandbox = await startSandbox(sandboxOptions);
  const kayako = new Kayako({ ...sandbox, ...connection });
  let seen = 0;
  return {
    sandbox,
    kayako,
    requests() {
      const fresh = sandbox.requests.slice(seen);
      seen = sandbox.requests.length;
      return fresh.map(({ method, route }) => `${method} ${route}`);
    },
    async [Symbol.asyncDispose]() {
      await kayako.close();
      await sandbox.close();
    },
  };
}

/** The error that a call ends with; fails when it does not. */
export async function errorOf(call: () => unknown): Promise<Error & { code?: string }> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Error) return error;
    throw new TypeError(`thrown, but no Error: ${String(error)}`, { cause: error });
  }
  throw new Error('expected an error, but the call succeeded');
}

/** What a call finds; fails when it finds nothing. */
export async function existing<Found>(finding: Promise<Found | null>): Promise<Found> {
  const found = await finding;
  if (found === null) throw new Error('expected something, but nothing was found');
  return found;
}

import {
  type ApiClient,
  type CallOptions,
  checkCall,
  type ExpectedText,
  Field,
  NotFoundError,
  RecordInvalidError,
  recordMetadata,
  type TextReply,
} from '@kayako-orm/core';
import { type Connection } from './connection.js';

/** What a help desk answered to a `ping()`. */
export interface Ping {
  /** The controller that echoed the request: `TestAPI`, or `Test` as early 4.0x builds call it (§10). */
  readonly controller: 'TestAPI' | 'Test';
  /**
   * What the answers suggest about the help desk's version, a sentence each, for people. The API tells no version, so
   * do not branch on them.
   */
  readonly versionHints: readonly string[];
  /**
   * Milliseconds from asking for the echo to its end: the network and the help desk's work, a connection that had to be
   * opened, and the wait for a place among `maxConcurrency` requests.
   */
  readonly roundTripMs: number;
}

/** The names of the controller, the present one first. */
const CONTROLLERS = ['TestAPI', 'Test'] as const;

const CONTROLLER_HINTS: Readonly<Record<Ping['controller'], string>> = {
  TestAPI: 'It has /Core/TestAPI, so it is no early 4.0x build.',
  Test: 'It has /Core/Test instead of /Core/TestAPI, as early 4.0x builds do.',
};

/** PHP notices may stand before it (§3.2). */
const ECHO: ExpectedText = { pattern: /GET List\s+ARGS: /, name: 'the echo of the request' };

/** Under which names a department tells what it is for (§5.1); '' where it does not. */
class DepartmentNames {
  @Field({ type: 'text' }) module!: string;
  @Field({ type: 'text' }) app!: string;
}

const DEPARTMENT_NAMES = recordMetadata(DepartmentNames, {
  root: 'departments',
  element: 'department',
});

interface Echo extends Pick<Ping, 'controller' | 'roundTripMs'> {
  readonly reply: TextReply;
}

async function readEcho(client: ApiClient, { signal }: CallOptions): Promise<Echo> {
  let missing: NotFoundError | undefined;
  for (const controller of CONTROLLERS) {
    const began = performance.now();
    try {
      const request = { method: 'GET', route: `/Core/${controller}` } as const;
      const reply = await client.readText(request, ECHO, { signal });
      return { controller, reply, roundTripMs: performance.now() - began };
    } catch (error) {
      // What a caller aborts with says nothing of the help desk.
      if (signal?.aborted === true || !(error instanceof NotFoundError)) throw error;
      missing ??= error;
    }
  }
  if (missing === undefined) throw new TypeError('no controller was asked');
  throw new NotFoundError(
    'the address has neither this nor its old name /Core/Test (404), so something other than the REST API answers. ' +
      'url must be the entry point of the API, which ends in /api/index.php. If it does, something on the way takes ' +
      "the query out of addresses: try urlStyle 'path'.",
    missing,
  );
}

/** @throws {RecordInvalidError} when the echo is not that of the request that was sent. */
function checkEcho({ reply }: Echo): void {
  if (reply.salt === 'own') return;
  throw new RecordInvalidError(
    reply.salt === 'other'
      ? 'the echo is that of another request: its salt is not the one that was sent. A cache or proxy answers in the ' +
          "help desk's place; exempt the API from caching."
      : 'the echo holds no salt, so nothing shows that the keys were checked. Something on the way takes the ' +
          'parameters out of requests, or answers in the place of the help desk.',
    reply,
  );
}

/** What the names in a department suggest. */
function departmentHint({ module, app }: DepartmentNames): string | null {
  if (module !== '' && app !== '') {
    return 'Its departments have both module and app, as those of build 4.98.8.';
  }
  if (module !== '') {
    return 'Its departments have module and no app, the later name, so it may be an old build.';
  }
  if (app === '') return null;
  return 'Its departments have app and no module, the old name, as in the present documentation.';
}

async function readDepartmentHint(
  { runner }: Connection['executor'],
  { signal }: CallOptions,
): Promise<string | null> {
  const request = { method: 'GET', route: '/Base/Department' } as const;
  const target = { metadata: DEPARTMENT_NAMES, selection: new Set(['module', 'app']) };
  let first: DepartmentNames | undefined;
  // To its end, so that the connection can be used again.
  for await (const [row] of runner.read(request, target, { signal, uncounted: true }))
    first ??= row;
  return first === undefined ? null : departmentHint(first);
}

/** Asks for the echo and for the departments; the second request shows that XML comes through, too. */
export async function ping(connection: Connection, options: CallOptions): Promise<Ping> {
  checkCall(options);
  const echo = await readEcho(connection.client, options);
  checkEcho(echo);
  const departmentsSay = await readDepartmentHint(connection.executor, options);
  const { controller, roundTripMs } = echo;
  const versionHints = [CONTROLLER_HINTS[controller], departmentsSay].filter(
    (hint) => hint !== null,
  );
  return { controller, versionHints, roundTripMs };
}

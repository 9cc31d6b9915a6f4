import { authenticationFailure } from '../http/authentication.js';
import { type Incoming } from '../http/incoming.js';
import { htmlPage, htmlReply, type Reply, textReply } from '../http/reply.js';
import { isPermittedSegment, sanitiseArgument } from '../http/route.js';
import { type Store } from '../store/store.js';
import { type Behaviour, type Call, type Controller, type Operation } from './call.js';
import { Fields } from './fields.js';
import { PathArguments } from './path-arguments.js';
import { Refusal, UncaughtException } from './refusal.js';
import { findController } from './registry.js';

export interface Desk {
  readonly store: Store;
  readonly apiKey: string;
  readonly secretKey: string;
  readonly behaviour: Behaviour;
  /** The current time in Unix seconds. */
  readonly now: number;
}

/** Routing to the controller, then authentication, then the operation, in this order (2). */
export function dispatch(desk: Desk, incoming: Incoming): Reply {
  const { segments } = incoming;
  if (segments === undefined || segments.length < 2) return htmlPage(404, 'Page not found');
  if (!segments.every(isPermittedSegment)) return htmlPage(400, 'Bad Request');
  const controller = findController(segments[0] ?? '', segments[1] ?? '');
  if (controller === undefined) return htmlPage(404, 'Page not found');
  const failure = authenticationFailure(incoming.authentication, desk);
  if (failure !== undefined) return htmlReply(401, failure);
  try {
    const found = findOperation(controller, incoming.method, segments.slice(2));
    return found.operation(callOf(desk, incoming, found));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error instanceof UncaughtException && desk.behaviour.strictQuirks) {
      return textReply(200, uncaughtReport(`/${segments.join('/')}`, error.message));
    }
    return textReply(error.status, error.message);
  }
}

interface FoundOperation {
  readonly operation: Operation;
  readonly args: PathArguments;
}

/** The three rules of 1.2. */
function findOperation(
  controller: Controller,
  method: string,
  segments: readonly string[],
): FoundOperation {
  // `name=value` segments are associative arguments, which no operation reads.
  const [first, ...rest] = segments.filter((segment) => !segment.includes('='));
  const action = controller.actions?.get((first ?? '').toLowerCase());
  if (first !== undefined && action !== undefined) {
    return { operation: action, args: new PathArguments(first, rest.map(sanitiseArgument)) };
  }
  const withoutId = first === undefined || first === '0';
  const name = operationName(method, withoutId);
  const operation = operationOf(controller, name);
  if (operation === undefined) {
    throw new UncaughtException(405, `Undeclared Function Called in API Controller: ${name}`);
  }
  const ids = withoutId ? [] : [first, ...rest];
  return { operation, args: new PathArguments(name, ids.map(sanitiseArgument)) };
}

function operationName(method: string, withoutId: boolean): string {
  if (method === 'GET') return withoutId ? 'GetList' : 'Get';
  return `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
}

function operationOf(controller: Controller, name: string): Operation | undefined {
  switch (name) {
    case 'GetList':
      return controller.list;
    case 'Get':
      return controller.get;
    case 'Post':
      return controller.create;
    case 'Put':
      return controller.update;
    case 'Delete':
      return controller.delete;
    default:
      return undefined;
  }
}

function callOf(desk: Desk, incoming: Incoming, found: FoundOperation): Call {
  return {
    method: incoming.method,
    args: found.args,
    fields: new Fields(incoming.parameters),
    files: incoming.files,
    store: desk.store,
    behaviour: desk.behaviour,
    remoteAddress: incoming.remoteAddress,
    now: desk.now,
  };
}

/** The text report of 4.4. */
function uncaughtReport(route: string, message: string): string {
  const rule = '='.repeat(79);
  return `Uncaught Exception\nRouter: ${route}\n${message} in ./index.php:1\n\n${rule}\n#0 {main}`;
}

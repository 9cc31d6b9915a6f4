import {
  BadRequestError,
  EmptyBodyError,
  ForbiddenError,
  type KayakoResponseError,
  NotFoundError,
  NotXmlError,
  RecordInvalidError,
  RedirectedError,
  type ReplyContext,
  ServerError,
  TruncatedError,
  UnauthorizedError,
  UnexpectedRootError,
} from '../errors/response-errors.js';
import { XmlError } from '../xml/xml-consumer.js';
import { RecordError, RootError } from './record-reader.js';

const VERSION_HINT = 'The help desk may run a version that this library does not know.';
const UNCAUGHT = 'Uncaught Exception';

function quote(body: string): string {
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '') return 'without a text';
  return `with “${text.length > 200 ? `${text.slice(0, 200)}…` : text}”`;
}

/** The error for a reply whose status is not 200 (§4.1). */
export function statusError(reply: ReplyContext, location?: string): KayakoResponseError {
  const { status } = reply;
  const answer = `the help desk answered ${status} ${quote(reply.body)}.`;
  if (status === 401) {
    return new UnauthorizedError(
      `${answer} Check apiKey and secretKey (Admin CP › REST API).`,
      reply,
    );
  }
  if (status === 403) {
    return new ForbiddenError(
      `${answer} Enable the REST interface (Admin CP › REST API › Settings).`,
      reply,
    );
  }
  if (status === 404) {
    return new NotFoundError(
      `${answer} Check the id; if all requests fail like this, check the url.`,
      reply,
    );
  }
  if (status >= 500)
    return new ServerError(`${answer} The help desk's own error log says more.`, reply);
  if (status >= 300 && status < 400) {
    const target = location === undefined ? '' : ` to ${location}`;
    return new RedirectedError(
      `the help desk redirects${target} (${status}). Redirects are not followed with credentials; set url to the final address.`,
      reply,
    );
  }
  return new BadRequestError(answer, reply);
}

/** The error for a 200 whose body is no document of ours: empty, text, or HTML (§4.4). */
export function bodyError(reply: ReplyContext): KayakoResponseError {
  const text = reply.body.trimStart();
  if (text === '') {
    // Some refusals look like this (§7.1), and so does a script that failed half-way.
    const unknown =
      reply.method === 'GET'
        ? ''
        : ' Whether anything was done is unknown: look before you ask again.';
    return new EmptyBodyError(
      `the reply is empty where XML is due.${unknown} ${VERSION_HINT}`,
      reply,
    );
  }
  if (text.startsWith(UNCAUGHT)) {
    const message = text.split('\n').slice(2, 3).join('').trim();
    return new NotXmlError(
      `the help desk reports an uncaught exception${message === '' ? '' : `: ${message}`}. ` +
        `The action may not exist there. ${VERSION_HINT}`,
      reply,
    );
  }
  return new NotXmlError(
    `the reply is no XML: it begins ${quote(text)}. Check that url points to the REST API. ${VERSION_HINT}`,
    reply,
  );
}

export function isUncaughtException(text: string): boolean {
  return text.trimStart().startsWith(UNCAUGHT);
}

/** The error for a document that ended early. */
export function truncatedError(
  reply: ReplyContext,
  bytesRead: number,
  cause?: unknown,
): TruncatedError {
  return new TruncatedError(
    `the reply broke off after ${bytesRead} bytes, inside the document. Ask again; if it repeats, the server's PHP log says why. ${VERSION_HINT}`,
    reply,
    { cause },
  );
}

/**
 * What a failure of the decoder means, without the server's text as a cause: it may repeat the request.
 * Anything unknown is rethrown by the caller.
 */
export function decodingError(
  error: unknown,
  expectedRoot: string,
  reply: ReplyContext,
  mask: (text: string) => string,
): unknown {
  if (error instanceof RootError) {
    return new UnexpectedRootError(
      `the reply's root is <${mask(error.actual)}>, expected <${expectedRoot}>. ${VERSION_HINT}`,
      reply,
    );
  }
  if (error instanceof RecordError) {
    const shown = error.text === null ? '' : `: ${JSON.stringify(mask(error.text).slice(0, 60))}`;
    return new RecordInvalidError(`${error.message}${shown}. ${VERSION_HINT}`, reply);
  }
  if (error instanceof XmlError) {
    return new RecordInvalidError(
      `the XML is malformed: ${mask(error.message)} ${VERSION_HINT}`,
      reply,
    );
  }
  return error;
}

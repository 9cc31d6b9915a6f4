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
const ADDRESS_HINT = 'url must be the entry point of the REST API, which ends in /api/index.php.';
const UNCAUGHT = 'Uncaught Exception';

function quote(body: string): string {
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '') return 'without a text';
  return `with “${text.length > 200 ? `${text.slice(0, 200)}…` : text}”`;
}

/** What to do about a 401, as far as its text tells (§2). */
function unauthorizedHint(body: string): string {
  if (body.includes('NO SALT PROVIDED')) {
    return (
      'The salt did not arrive: something on the way takes the parameters out of requests. ' +
      'Exempt the API from it, or try another urlStyle; an own nonce must not make empty texts or 0.'
    );
  }
  if (body.includes('FAILED TO AUTHENTICATE')) {
    return (
      'Check apiKey and secretKey (Admin CP › REST API): one of them is wrong, ' +
      'and the help desk does not say which. Each must be as shown there, without blanks around it.'
    );
  }
  return (
    "These are not the API's own words, so a web server or proxy in front of it may ask for a login. " +
    'If none does, check apiKey and secretKey (Admin CP › REST API).'
  );
}

/** What to do about a 403; the help desk's own has no body (§2). */
function forbiddenHint(body: string): string {
  return body.trim() === ''
    ? 'Enable the REST interface (Admin CP › REST API › Settings).'
    : 'The help desk itself sends no text with a 403, so a web server or firewall in front of it refuses: allow the API there.';
}

/** The error for a reply whose status is not 200 (§4.1). */
export function statusError(reply: ReplyContext, location?: string): KayakoResponseError {
  const { status } = reply;
  const answer = `the help desk answered ${status} ${quote(reply.body)}.`;
  if (status === 401) {
    return new UnauthorizedError(`${answer} ${unauthorizedHint(reply.body)}`, reply);
  }
  if (status === 403) {
    return new ForbiddenError(`${answer} ${forbiddenHint(reply.body)}`, reply);
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
    `the reply is no XML: it begins ${quote(text)}. ${ADDRESS_HINT} ${VERSION_HINT}`,
    reply,
  );
}

/** The error for a 200 that is due to be a certain text and is not. @param wanted what that text is called. */
export function textError(reply: ReplyContext, wanted: string): KayakoResponseError {
  const text = reply.body.trimStart();
  if (isUncaughtException(text)) return bodyError(reply);
  if (text === '') {
    return new EmptyBodyError(`the reply is empty where ${wanted} is due. ${ADDRESS_HINT}`, reply);
  }
  if (/<html[\s>]/i.test(text)) {
    return new NotXmlError(
      `a web page answers where ${wanted} is due: it begins ${quote(text)}. ${ADDRESS_HINT}`,
      reply,
    );
  }
  const Kind = text.startsWith('<?xml') ? UnexpectedRootError : NotXmlError;
  return new Kind(
    `something else answers where ${wanted} is due: it begins ${quote(text)}. ${ADDRESS_HINT}`,
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

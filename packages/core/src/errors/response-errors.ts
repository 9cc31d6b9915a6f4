import { KayakoError, type ResponseErrorCode } from './kayako-error.js';

/** What an error about a reply knows of it. */
export interface ReplyContext {
  readonly method: string;
  /** The route with its arguments, without authentication. */
  readonly route: string;
  readonly status: number;
  /** The beginning of the server's text, with credentials masked; '' when it was not kept. */
  readonly body: string;
}

/** The help desk answered, but not with what was asked for. */
export abstract class KayakoResponseError extends KayakoError {
  abstract override readonly code: ResponseErrorCode;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly body: string;

  constructor(reason: string, reply: ReplyContext, options?: ErrorOptions) {
    super(`${reply.method} ${reply.route}: ${reason}`, options);
    this.method = reply.method;
    this.route = reply.route;
    this.status = reply.status;
    this.body = reply.body;
  }
}

/** 400 (or another 4xx without a class of its own): the server refused the parameters; `body` says why. */
export class BadRequestError extends KayakoResponseError {
  readonly code = 'BAD_REQUEST';
}

/** 401: the API key or the signature was not accepted. */
export class UnauthorizedError extends KayakoResponseError {
  readonly code = 'UNAUTHORIZED';
}

/** 403: the REST interface is switched off in the help desk's settings. */
export class ForbiddenError extends KayakoResponseError {
  readonly code = 'FORBIDDEN';
}

/** 404, or a list of one that came back empty. */
export class NotFoundError extends KayakoResponseError {
  readonly code = 'NOT_FOUND';
}

/** 5xx. */
export class ServerError extends KayakoResponseError {
  readonly code = 'SERVER_ERROR';
}

/** 3xx: redirects are not followed, because credentials would travel along. */
export class RedirectedError extends KayakoResponseError {
  readonly code = 'REDIRECTED';
}

/** 200, but the body is no XML: an HTML page, a PHP error, or an `Uncaught Exception` report. */
export class NotXmlError extends KayakoResponseError {
  readonly code = 'NOT_XML';
}

/** 200 and XML, but of another resource. */
export class UnexpectedRootError extends KayakoResponseError {
  readonly code = 'UNEXPECTED_ROOT';
}

/** 200 without a body where data is due. */
export class EmptyBodyError extends KayakoResponseError {
  readonly code = 'EMPTY_BODY';
}

/** The reply ended before its document did. */
export class TruncatedError extends KayakoResponseError {
  readonly code = 'TRUNCATED';
}

/** A record is malformed or holds a value that is not of its field's type. */
export class RecordInvalidError extends KayakoResponseError {
  readonly code = 'RECORD_INVALID';
}

/** A file is not as long as the help desk says: it was cut or changed on its way. */
export class SizeMismatchError extends KayakoResponseError {
  readonly code = 'SIZE_MISMATCH';

  constructor(
    reason: string,
    reply: ReplyContext,
    /** In bytes: what was sent or received here. */
    readonly size: number,
    /** In bytes: what the help desk's record says. */
    readonly fileSize: number,
  ) {
    super(reason, reply);
  }
}

/** The server answered 200, but its reply shows that changes were not made; `fields` names them. */
export class ChangeIgnoredError extends KayakoResponseError {
  readonly code = 'CHANGE_IGNORED';

  constructor(
    reason: string,
    reply: ReplyContext,
    readonly fields: readonly string[],
    options?: ErrorOptions,
  ) {
    super(reason, reply, options);
  }
}

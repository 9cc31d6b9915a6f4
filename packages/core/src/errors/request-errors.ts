import { KayakoError, type RequestErrorCode } from './kayako-error.js';

/** The request could not be made: it was refused before sending, or the server was not reached. */
export abstract class KayakoRequestError extends KayakoError {
  abstract override readonly code: RequestErrorCode;
}

/** The resource has no such action, or the object is not in a state that allows it. */
export class ActionNotAvailableError extends KayakoRequestError {
  readonly code = 'ACTION_NOT_AVAILABLE';
}

/** Required fields are missing; `fields` names all of them. */
export class RequiredFieldsError extends KayakoRequestError {
  readonly code = 'REQUIRED_FIELDS';

  constructor(
    message: string,
    readonly fields: readonly string[],
  ) {
    super(message);
  }
}

/** A field, option or relation that the entity does not have, or not for writing. */
export class UnknownFieldError extends KayakoRequestError {
  readonly code = 'UNKNOWN_FIELD';

  constructor(
    message: string,
    readonly fields: readonly string[],
  ) {
    super(message);
  }
}

/** A value that is not of the declared type, or an id that is not a positive integer. */
export class InvalidValueError extends KayakoRequestError {
  readonly code = 'INVALID_VALUE';
}

/** `undefined` inside a condition. It would widen the filter if it were taken as "any". */
export class UndefinedConditionError extends KayakoRequestError {
  readonly code = 'UNDEFINED_CONDITION';
}

/** Children of a ticket are listed per ticket: `where({ ticketId })` is missing. */
export class ScopeRequiredError extends KayakoRequestError {
  readonly code = 'SCOPE_REQUIRED';
}

/** A ticket search without an area finds nothing on the server, so it is refused. */
export class NoSearchAreaError extends KayakoRequestError {
  readonly code = 'NO_SEARCH_AREA';
}

/** Somebody else has changed the object since it was read, so it was not written; `fields` says what. */
export class ConflictError extends KayakoRequestError {
  readonly code = 'CONFLICT';

  /** @param fields empty when the object is gone. */
  constructor(
    message: string,
    readonly fields: readonly string[],
  ) {
    super(message);
  }
}

/** The URL, the API key or the secret key is missing or unusable. */
export class ConfigurationError extends KayakoRequestError {
  readonly code = 'CONFIG_MISSING';
}

/** The contents of an attachment were asked for, but only `get` and `loadContents()` fetch them. */
export class ContentsNotLoadedError extends KayakoRequestError {
  readonly code = 'CONTENTS_NOT_LOADED';
}

/** The server takes an empty value of this field, or a flag's 0, as "keep": clearing it would do nothing. */
export class FieldNotClearableError extends KayakoRequestError {
  readonly code = 'FIELD_NOT_CLEARABLE';

  constructor(
    message: string,
    readonly fields: readonly string[],
  ) {
    super(message);
  }
}

/** A class field hides a declared relation. Write `declare` in front of the relation's line. */
export class RelationHiddenError extends KayakoRequestError {
  readonly code = 'RELATION_HIDDEN';
}

/** The decorators of an entity class contradict each other or lack something. */
export class MetadataError extends KayakoRequestError {
  readonly code = 'METADATA_INVALID';
}

/** The connection was closed. */
export class ClosedError extends KayakoRequestError {
  readonly code = 'CLOSED';
}

/** The server could not be reached, or the connection broke before an answer came. */
export class UnreachableError extends KayakoRequestError {
  readonly code = 'UNREACHABLE';
}

/** One of the time limits passed; the message names which. */
export class RequestTimeoutError extends KayakoRequestError {
  readonly code = 'TIMEOUT';
}

/** What a query or a connection may spend is spent. `usage` is what was, the refused row or byte included. */
export class BudgetExceededError extends KayakoRequestError {
  readonly code = 'BUDGET_EXCEEDED';

  constructor(
    message: string,
    readonly resource: 'requests' | 'rows' | 'bytes',
    readonly usage: { readonly requests: number; readonly rows: number; readonly bytes: number },
    /** What the query was about to do, as `explain()` shows it; null where no query was run. */
    readonly plan: string | null,
  ) {
    super(message);
  }
}

/** Codes of failures on the caller's side: nothing useful was received. */
export type RequestErrorCode =
  | 'ACTION_NOT_AVAILABLE'
  | 'REQUIRED_FIELDS'
  | 'UNKNOWN_FIELD'
  | 'INVALID_VALUE'
  | 'UNDEFINED_CONDITION'
  | 'SCOPE_REQUIRED'
  | 'NO_SEARCH_AREA'
  | 'CONFIG_MISSING'
  | 'CONTENTS_NOT_LOADED'
  | 'FIELD_NOT_CLEARABLE'
  | 'RELATION_HIDDEN'
  | 'METADATA_INVALID'
  | 'BUDGET_EXCEEDED'
  | 'CONFLICT'
  | 'FLUSH_FAILED'
  | 'CLOSED'
  | 'UNREACHABLE'
  | 'TIMEOUT';

/** Codes of failures in what the help desk answered. */
export type ResponseErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'SERVER_ERROR'
  | 'REDIRECTED'
  | 'NOT_XML'
  | 'UNEXPECTED_ROOT'
  | 'EMPTY_BODY'
  | 'TRUNCATED'
  | 'RECORD_INVALID'
  | 'SIZE_MISMATCH'
  | 'CHANGE_IGNORED';

/**
 * The root of every error this library throws. Branch on `code`: it is stable, messages are not.
 * No message, property or cause holds the API key, the secret key, a signature or a password.
 */
export abstract class KayakoError extends Error {
  abstract readonly code: RequestErrorCode | ResponseErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

import './reflect.js';

export {
  ApiClient,
  type ApiRequest,
  type CallOptions,
  checkCall,
  type ContentsReply,
  type ExpectedText,
  type MeteredOptions,
  type TextReply,
} from './client.js';
export {
  type Codec,
  CodecError,
  type Comparison,
  type FormValue,
  type SendingSettings,
} from './codec/codec.js';
export { FOREVER, type Forever } from './codec/date.js';
export { type DateFormat } from './codec/date-format.js';
export { DATE_FORMATS, decodeDay, encodeDay } from './codec/day.js';
export { boolean } from './codec/number.js';
export { blankSeparated, escapedText, keyword } from './codec/text.js';
export { type UnknownCode, words, writtenAsWord } from './codec/words.js';
export {
  KayakoError,
  type RequestErrorCode,
  type ResponseErrorCode,
} from './errors/kayako-error.js';
export {
  ActionNotAvailableError,
  BudgetExceededError,
  ClosedError,
  ConfigurationError,
  ConflictError,
  ContentsNotLoadedError,
  FieldNotClearableError,
  InvalidValueError,
  KayakoRequestError,
  MetadataError,
  NoSearchAreaError,
  RelationHiddenError,
  RequestTimeoutError,
  RequiredFieldsError,
  ScopeRequiredError,
  UndefinedConditionError,
  UnknownFieldError,
  UnreachableError,
} from './errors/request-errors.js';
export {
  BadRequestError,
  ChangeIgnoredError,
  EmptyBodyError,
  ForbiddenError,
  KayakoResponseError,
  NotFoundError,
  NotXmlError,
  RecordInvalidError,
  RedirectedError,
  type ReplyContext,
  ServerError,
  SizeMismatchError,
  TruncatedError,
  UnauthorizedError,
  UnexpectedRootError,
} from './errors/response-errors.js';
export { abortable } from './http/abortable.js';
export { type ConnectionOptions } from './http/connection-options.js';
export { FileSource, type UploadSource } from './http/file-source.js';
export { encodeForm, type Parameters } from './http/form.js';
export { type Budget, budgetProblems, type Meter, type Usage } from './http/meter.js';
export { type FileParameters } from './http/multipart-body.js';
export { abortWith } from './http/on-abort.js';
export { type Nonce, sign } from './http/signature.js';
export { type Timeouts } from './http/transport.js';
export { type UrlStyle } from './http/url-style.js';
export { encodeAdded, encodeFields, isFileField } from './mapping/parameters.js';
export { type RecordFactory } from './mapping/record-factory.js';
export { type Constructor, type EntityClass } from './metadata/constructor.js';
export {
  Entity,
  Field,
  Id,
  type PropertyDecorator,
  recordRelation,
  refuseStandardDecorators,
} from './metadata/decorators.js';
export {
  type Action,
  type EmbeddedSource,
  type EntityMetadata,
  type FieldMetadata,
  apartName,
  isReadable,
  type ReferenceCondition,
  type RelationMetadata,
  type WriteAction,
} from './metadata/entity-metadata.js';
export { type FieldOptions } from './metadata/field-options.js';
export { type FieldType } from './metadata/field-type.js';
export {
  entityClasses,
  metadataOf,
  type NestedMetadata,
  nestedMetadataOf,
  recordMetadata,
  splitPath,
} from './metadata/metadata-of.js';
export { coerceField, sendableField, plainForm, showValue, toPlain } from './metadata/plain.js';
export { isPlainObject } from './metadata/plain-object.js';
export { type EntityOptions } from './metadata/registry.js';

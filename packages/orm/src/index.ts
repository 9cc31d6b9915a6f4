export {
  ActionNotAvailableError,
  BadRequestError,
  blankSeparated,
  type Budget,
  BudgetExceededError,
  type CallOptions,
  ChangeIgnoredError,
  ClosedError,
  type Codec,
  CodecError,
  ConfigurationError,
  ConflictError,
  type ConnectionOptions,
  type DateFormat,
  ContentsNotLoadedError,
  EmptyBodyError,
  type EntityClass,
  Field,
  FieldNotClearableError,
  type FieldOptions,
  type FieldType,
  ForbiddenError,
  FOREVER,
  type Forever,
  Id,
  InvalidValueError,
  KayakoError,
  KayakoRequestError,
  KayakoResponseError,
  keyword,
  MetadataError,
  NoSearchAreaError,
  NotFoundError,
  NotXmlError,
  RecordInvalidError,
  RedirectedError,
  RelationHiddenError,
  type RequestErrorCode,
  RequestTimeoutError,
  RequiredFieldsError,
  type ResponseErrorCode,
  ScopeRequiredError,
  ServerError,
  SizeMismatchError,
  type Timeouts,
  TruncatedError,
  UnauthorizedError,
  UndefinedConditionError,
  UnexpectedRootError,
  type UnknownCode,
  UnknownFieldError,
  UnreachableError,
  type UploadSource,
  type UrlStyle,
  type Usage,
  words,
} from '@kayako-orm/core';
export {
  type AccessPath,
  type Activity,
  Entity,
  type EntityOptions,
} from './entity/access-path.js';
export {
  type ActionNotAvailable,
  type Addable,
  type Available,
  type Deletable,
  type RecordIds,
  type Reloadable,
  type Savable,
} from './entity/availability.js';
export { type BulkOptions, type BulkReport, type BulkRow } from './entity/bulk.js';
export { AttachmentEntity, type UploadOptions } from './entity/attachment-entity.js';
export {
  type Change,
  type RemovedRow,
  type RowAdded,
  type RowChanged,
  type RowRemoved,
  type WatchCursor,
  type WatchOptions,
} from './entity/change.js';
export { AttachedFile } from './entity/attached-file.js';
export { CommentEntity } from './entities/comment-entity.js';
export {
  CustomField,
  type CustomFieldContents,
  type CustomFieldKind,
} from './entity/custom-field.js';
export { CustomFile } from './entity/custom-file.js';
export { type CheckedWhere } from './entity/checked-where.js';
export { Collection } from './entity/collection.js';
export { type CreateInput } from './entity/create-input.js';
export {
  type AccessDescription,
  type ActionFields,
  describe,
  type EntityDescription,
  type FieldDescription,
  type RelationDescription,
  type WireNames,
} from './entity/describe.js';
export { type Explanation, type PlannedRequest } from './entity/explanation.js';
export { AddableEntity, BaseEntity, EditableEntity, ReadableEntity } from './entity/entity.js';
export { type FieldDifference } from './entity/field-difference.js';
export { type FieldOf, type OrderableFieldOf, type WritableFieldOf } from './entity/fields.js';
export {
  type DeleteEvent,
  type LifecycleEvent,
  type LifecycleEventName,
  type LifecycleEvents,
  type LifecycleListener,
  type SaveEvent,
} from './entity/lifecycle.js';
export {
  type ChildOf,
  type childOf,
  type MarkerPaged,
  type markerPaged,
  type Singleton,
  type singleton,
  type writeOnly,
} from './entity/markers.js';
export { type QueryCost, type QueryEvent, type QueryRun } from './entity/query-cost.js';
export { type LoadedQuery, type Query, type RowQuery, type ScanOptions } from './entity/query.js';
export { Ref } from './entity/ref.js';
export { RefList } from './entity/ref-list.js';
export {
  BelongsTo,
  BelongsToMany,
  type BelongsToOptions,
  type EmbeddedOptions,
  HasMany,
  type HasManyOptions,
} from './entity/relation-decorators.js';
export {
  type FieldCondition,
  type ListCondition,
  type OperatorsOf,
  type RelationCondition,
  type Where,
} from './entity/where.js';
export { type Selected, type SelectedValue } from './entity/selected.js';
export { type Connected, type KayakoOptions } from './repository/connection.js';
export { type Direction } from './entity/direction.js';
export {
  type IncludeOptions,
  type IncludePath,
  type IncludeTree,
  type Loaded,
  type LoadedCollection,
  type LoadedRef,
  type LoadedRefList,
} from './entity/include.js';
export * from './entities.js';
export { Kayako, type ListArguments, type ListResult, type TicketListArguments } from './kayako.js';
export { type PagingOptions } from './plan/plan-list.js';
export { type Ping } from './repository/ping.js';
export { Repository, type StreamOptions } from './repository/repository.js';
export { type SearchAreas, type SearchOptions } from './repository/ticket-search.js';
export { type UserSearchOptions } from './repository/user-search.js';
export { type FlushOptions } from './session/flush.js';
export { FlushError, type FlushReport, type FlushStep } from './session/flush-report.js';
export { type Session } from './session/session.js';
export { watch } from './repository/watch.js';

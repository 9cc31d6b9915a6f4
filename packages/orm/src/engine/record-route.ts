import { type EntityMetadata } from '@kayako-orm/core';
import { accessPathsOf } from '../plan/candidates.js';
import { parseId } from '../query/field-parser.js';

/** `/App/Controller/{id}`, for children of a ticket `/App/Controller/{ticketid}/{id}`. @throws {InvalidValueError} */
export function recordRoute(entity: object, metadata: EntityMetadata): string {
  const values = entity as Record<string, unknown>;
  const scopes = accessPathsOf(metadata).flatMap((path) =>
    path.kind === 'scoped' ? [path.scope] : [],
  );
  const fields = [...scopes, metadata.idField ?? 'id'];
  return [
    metadata.route,
    ...fields.map((field) => parseId(metadata.name, field, values[field])),
  ].join('/');
}

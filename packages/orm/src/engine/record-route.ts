import { type EntityMetadata } from '@kayako-orm/core';
import { accessPathOf } from '../plan/plan-select.js';
import { parseId } from '../query/parse-condition.js';

/** `/App/Controller/{id}`, for children of a ticket `/App/Controller/{ticketid}/{id}`. @throws {InvalidValueError} */
export function recordRoute(entity: object, metadata: EntityMetadata): string {
  const values = entity as Record<string, unknown>;
  const path = accessPathOf(metadata);
  const fields = [...(path.kind === 'scoped' ? [path.scope] : []), metadata.idField ?? 'id'];
  return [
    metadata.route,
    ...fields.map((field) => parseId(metadata.name, field, values[field])),
  ].join('/');
}

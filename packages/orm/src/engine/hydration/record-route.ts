import { type EntityMetadata } from '@kayako-orm/core';
import { parentFieldOf } from '../../entity/access-path.js';
import { parseId } from '../../query/field-parser.js';

/** The fields whose ids address one record: for children of a ticket, the ticket's first. */
export function addressFieldsOf(metadata: EntityMetadata): string[] {
  const parent = parentFieldOf(metadata);
  return [...(parent === null ? [] : [parent]), metadata.idField ?? 'id'];
}

/** `/App/Controller/{id}`, for children of a ticket `/App/Controller/{ticketid}/{id}`. @throws {InvalidValueError} */
export function recordRoute(entity: object, metadata: EntityMetadata): string {
  const values = entity as Record<string, unknown>;
  const ids = addressFieldsOf(metadata).map((field) =>
    parseId(metadata.name, field, values[field]),
  );
  return [metadata.route, ...ids].join('/');
}

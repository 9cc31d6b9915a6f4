import { type RelationMetadata } from '@kayako-orm/core';

/**
 * The ids that a reference, or several, have: none where another field says that they are those of another class.
 * @param value the value of a field of the owner.
 */
export function referredIds(
  { field, when }: RelationMetadata,
  value: (field: string) => unknown,
): number[] {
  if (when !== null && value(when.field) !== when.is) return [];
  return [(value(field) ?? []) as number | readonly number[]].flat();
}

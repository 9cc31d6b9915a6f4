import { InvalidValueError } from '@kayako-orm/core';
import { showEntity } from '../entity/entity.js';

/**
 * The objects, and all that they come after, each behind those; otherwise in the order given.
 * @throws {InvalidValueError} when some of them come after one another in a circle.
 */
export function inOrderOf(
  objects: readonly object[],
  before: (object: object) => readonly object[],
): object[] {
  const ordered = new Set<object>();
  const path: object[] = [];
  const visit = (object: object): void => {
    if (ordered.has(object)) return;
    if (path.includes(object)) {
      const circle = [...path.slice(path.indexOf(object)), object].map(showEntity).join(' → ');
      throw new InvalidValueError(
        `These refer to one another in a circle, so none can be the first: ${circle}. Write one of them by itself.`,
      );
    }
    path.push(object);
    for (const other of before(object)) visit(other);
    path.pop();
    ordered.add(object);
  };
  for (const object of objects) visit(object);
  return [...ordered];
}

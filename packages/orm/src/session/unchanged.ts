import { apartName, ConflictError, isReadable, type MeteredOptions } from '@kayako-orm/core';
import { CustomFile } from '../entity/custom-file.js';
import { metadataOfEntity, showEntity } from '../entity/entity.js';
import { snapshotOf } from '../entity/entity-state.js';
import { addressFieldsOf } from '../engine/hydration/record-route.js';
import { sameValue, writableFieldsOf } from '../engine/hydration/snapshot.js';
import { type RowSource } from '../engine/runs/row-source.js';
import { parseCondition } from '../query/parse-condition.js';
import { selectAll } from '../query/select-node.js';

type Values = Readonly<Record<string, unknown>>;

/** Reads an entity again and compares. Returns what somebody else has done to it since it was read, or null. */
export async function conflictOf(
  entity: object,
  source: RowSource,
  options: MeteredOptions,
): Promise<ConflictError | null> {
  const metadata = metadataOfEntity(entity);
  const values = entity as Values;
  const address = Object.fromEntries(
    addressFieldsOf(metadata).map((field) => [field, values[field]]),
  );
  const compared = [...metadata.fields.values()].filter(
    // Contents of attachments and lists of records are not compared; they cannot be saved either.
    (field) =>
      isReadable(field) &&
      ((field.codec?.comparison ?? 'none') !== 'none' || apartName(field) !== null),
  );
  const node = {
    ...selectAll(metadata),
    condition: parseCondition(metadata, address),
    // Plain objects: no entity is handed out, so nobody is told of one.
    selection: { fields: compared.map(({ name }) => name), plucked: false },
  };
  let present: Values | undefined;
  for await (const [row] of source.open(node, options)) present ??= row as Values | undefined;
  if (present === undefined) {
    return new ConflictError(`${showEntity(entity)}: the help desk does not have it any more.`, []);
  }
  const snapshot = snapshotOf(entity);
  const writable = writableFieldsOf(metadata);
  const changed = compared.filter((field) => {
    const now = present[field.name];
    const index = snapshot === undefined ? -1 : writable.indexOf(field);
    const asRead = index === -1 ? values[field.name] : snapshot?.[index];
    // Who wants the same is not in the way.
    const isSame = (value: unknown): boolean =>
      sameValue(value, now) || (value instanceof CustomFile && value.equals(now));
    return asRead !== undefined && !isSame(asRead) && !isSame(values[field.name]);
  });
  if (changed.length === 0) return null;
  const names = changed.map(({ name }) => name);
  return new ConflictError(
    `${showEntity(entity)}: somebody has changed ${names.join(', ')} since it was read. Read it again, which keeps what you have changed, and flush; a field that both have changed needs a reload() and your change once more.`,
    names,
  );
}

import { type RecordFactory } from '../../src/mapping/record-factory.js';
import { type EntityMetadata } from '../../src/metadata/entity-metadata.js';
import { recordRelation } from '../../src/metadata/decorators.js';
import { type EntityClass } from '../../src/metadata/constructor.js';

const children = new WeakMap<object, Map<string, object[]>>();

/** The rows that came inside a record; undefined when the reply said nothing about them. */
export function embeddedIn(entity: object, relation: string): object[] | undefined {
  return children.get(entity)?.get(relation);
}

export const rows: RecordFactory = {
  create: (metadata: EntityMetadata) => new metadata.type(),
  nest: () => undefined,
  embed(entity, relation) {
    let lists = children.get(entity);
    if (lists === undefined) children.set(entity, (lists = new Map<string, object[]>()));
    let list = lists.get(relation);
    if (list === undefined) lists.set(relation, (list = []));
    return list;
  },
};

/** Declares children that may come inside their parent: `'posts/post'`, or `'note'` with a discriminator. */
export function Embedded(
  target: () => EntityClass,
  path: readonly [string] | readonly [string, string],
  type?: string,
): (prototype: object, name: string) => void {
  return (prototype, name) => {
    const when = type === undefined ? null : { attribute: 'type', value: type };
    recordRelation(
      prototype,
      {
        kind: 'hasMany',
        name,
        target,
        field: 'ticketId',
        shared: [],
        when: null,
        presence: null,
        embedded: { path, when },
      },
      (entity) => embeddedIn(entity, name),
    );
  };
}

/** Everything that was decoded into a row, nested and embedded rows included, as plain values to compare. */
export function contentsOf(row: object): Record<string, unknown> {
  const own = Object.entries(row).map(([name, value]): [string, unknown] => [name, plain(value)]);
  const embedded = [...(children.get(row) ?? [])].map(([name, list]): [string, unknown] => [
    name,
    list.map(contentsOf),
  ]);
  return Object.fromEntries([...own, ...embedded]);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date || Buffer.isBuffer(value)) return value;
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  return contentsOf(value);
}

import { type Action, metadataOf } from '@kayako-orm/core';
import { describe as describeEntity, Kayako } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import { type ResourceCase, resourceCases } from '../support/resource-case.js';

/** No sandbox has a record with this id. */
const MISSING = 987654;

type Row = Record<string, unknown> & { toJSON(): Record<string, unknown> };

/** What plain JavaScript can call, whatever the types offer. */
interface Untyped extends Row {
  isNew: boolean;
  add(): Promise<Untyped>;
  save(): Promise<Untyped>;
  delete(): Promise<Untyped>;
  reload(): Promise<Untyped>;
}

let desk: Desk;
/** Somebody else at the same help desk, who knows nothing of what the first has in memory. */
let colleague: Kayako;

beforeAll(async () => {
  desk = await startDesk();
  colleague = new Kayako(desk.sandbox);
});
afterAll(async () => {
  await colleague.close();
  await desk[Symbol.asyncDispose]();
});

/** An object of the case that is in the help desk, with the condition that lists it. */
async function present(
  { actions, type }: ResourceCase,
  kayako: Kayako,
): Promise<{ row: Untyped; where: object }> {
  if (actions.make !== undefined) {
    const row = (await actions.make(kayako)) as Untyped;
    await row.add();
    return { row, where: actions.where?.(row) ?? {} };
  }
  if (actions.existing === undefined) throw new Error(`${type.name}: neither make nor existing`);
  const where = await actions.existing(kayako);
  const [row] = await kayako.repository(type).where(where).all();
  if (row === undefined) throw new Error(`${type.name}: existing() lists nothing`);
  return { row: row as Untyped, where };
}

function idsOf({ type, actions }: ResourceCase, row: Untyped): (number | null)[] {
  const { idField } = metadataOf(type);
  return [...(actions.ids?.(row) ?? [idField === null ? MISSING : Number(row[idField])])];
}

async function get(
  kayako: Kayako,
  { type }: ResourceCase,
  ids: readonly (number | null)[],
): Promise<Row | null> {
  const untyped = kayako.get.bind(kayako) as (...given: unknown[]) => Promise<Row | null>;
  return untyped(type, ...ids);
}

async function listed(kayako: Kayako, { type }: ResourceCase, where: object): Promise<Row[]> {
  return (await kayako.repository(type).where(where).all()) as Row[];
}

/** What tells one row of an entity from the others: its id, or all of it where there is none. */
function identity({ type }: ResourceCase, row: Row): unknown {
  const { idField } = metadataOf(type);
  return idField === null ? row.toJSON() : row[idField];
}

/** The record with these ids as the help desk has it now. */
async function readAnew(
  resource: ResourceCase,
  ids: readonly (number | null)[],
  where: object,
): Promise<Row | null> {
  if (metadataOf(resource.type).actions.has('get')) return get(colleague, resource, ids);
  const rows = await listed(colleague, resource, where);
  return rows.find((row) => identity(resource, row) === ids.at(-1)) ?? null;
}

/** Of what is given to an object, that which comes back. */
function readable({ type }: ResourceCase, given: object): Record<string, unknown> {
  const { fields } = metadataOf(type);
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => fields.get(name)?.sources.length !== 0),
  );
}

/** What was set of an object, without what the server adds. */
function valuesOf(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row.toJSON()).filter(([, value]) => value !== undefined),
  );
}

/** What reaches for an action that an entity lacks: each way is refused, and nothing is sent. */
const lacked: Record<Action, (resource: ResourceCase, row: Untyped) => (() => unknown)[]> = {
  list: ({ type }) => [() => colleague.repository(type).all(), () => colleague.getAll(type)],
  get: (resource, row) => [
    () => get(colleague, resource, idsOf(resource, row)),
    () => row.reload(),
  ],
  add: ({ type }, row) => [
    () => (colleague.create(type) as Untyped).add(),
    () => colleague.repository(type).add(row),
  ],
  save: ({ type }, row) => [() => row.save(), () => desk.kayako.repository(type).save(row)],
  delete: ({ type }, row) => [() => row.delete(), () => desk.kayako.repository(type).delete(row)],
};

const ACTIONS = ['list', 'get', 'add', 'save', 'delete'] as const;

/** The cases of the entities that offer an action. */
function offering(action: Action): ReturnType<typeof resourceCases> {
  return resourceCases().filter(([, { type }]) => metadataOf(type).actions.has(action));
}

/** Whether a request is one of those that the description of the entity promises. */
function isDescribed({ type }: ResourceCase, sent: string): boolean {
  return describeEntity(type).access.some(({ request }) =>
    new RegExp(`^${request.replace(/\{\w+\}/g, '[^/]+')}$`).test(sent),
  );
}

it.each(offering('list'))('lists %s', async (_name, resource) => {
  const { row, where } = await present(resource, desk.kayako);
  desk.requests();
  const rows = await listed(colleague, resource, where);
  expect(desk.requests().some((sent) => isDescribed(resource, sent))).toBe(true);
  const identities = rows.map((each) => identity(resource, each));
  expect(identities).toContainEqual(identity(resource, row));
  expect(new Set(identities).size).toBe(identities.length);
});

it.each(offering('get'))(
  'gets %s by id, and null for an id that is none',
  async (_name, resource) => {
    const { row } = await present(resource, desk.kayako);
    const ids = idsOf(resource, row);
    desk.requests();
    const found = await get(colleague, resource, ids);
    expect(desk.requests()).toEqual([`GET ${[metadataOf(resource.type).route, ...ids].join('/')}`]);
    expect(found).toMatchObject({ [metadataOf(resource.type).idField ?? '']: ids.at(-1) });
    expect(await get(colleague, resource, [...ids.slice(0, -1), MISSING])).toBeNull();
  },
);

it.each(offering('add'))(
  'adds %s, and it reads back as it was answered',
  async (_name, resource) => {
    const made = (await resource.actions.make?.(desk.kayako)) as Untyped;
    const given = valuesOf(made);
    expect(made.isNew).toBe(true);
    desk.requests();
    await made.add();
    expect(desk.requests()).toEqual([`POST ${metadataOf(resource.type).route}`]);
    expect(made.isNew).toBe(false);
    const read = await readAnew(
      resource,
      idsOf(resource, made),
      resource.actions.where?.(made) ?? {},
    );
    expect(read?.toJSON()).toMatchObject(given);
    expect(read?.toJSON()).toEqual(made.toJSON());
  },
);

it.each(offering('add'))(
  'adds %s with all its fields, and somebody else reads them',
  async (name, resource) => {
    const { make, more = {}, unseen, where } = resource.actions;
    const row = (await make?.(desk.kayako)) as Untyped;
    Object.assign(row, more);
    const { fields } = describeEntity(resource.type);
    const sent = fields
      .filter((field) => field.addable && field.readable && !(field.name in (unseen?.add ?? {})))
      .map((field) => [field.name, row[field.name]] as const);
    for (const [field, value] of sent) expect([name, field, value]).not.toContain(undefined);
    const given = Object.fromEntries(sent);
    await row.add();
    const fresh = await readAnew(resource, idsOf(resource, row), where?.(row) ?? {});
    expect(fresh).toMatchObject(given);
  },
);

it.each(offering('save'))(
  'saves %s, and somebody else reads the change',
  async (_name, resource) => {
    const { row, where } = await present(resource, desk.kayako);
    const { change = {} } = resource.actions;
    const shown = readable(resource, change);
    expect(shown).not.toEqual({});
    for (const [field, value] of Object.entries(shown)) expect(row[field]).not.toEqual(value);
    const ids = idsOf(resource, row);
    Object.assign(row, change);
    desk.requests();
    await row.save();
    expect(desk.requests()).toEqual([`PUT ${[metadataOf(resource.type).route, ...ids].join('/')}`]);
    expect(await readAnew(resource, ids, where)).toMatchObject(shown);
  },
);

it.each(offering('delete'))('deletes %s, and it is gone', async (_name, resource) => {
  const { row, where } = await present(resource, desk.kayako);
  const ids = idsOf(resource, row);
  desk.requests();
  await row.delete();
  expect(desk.requests()).toEqual([
    `DELETE ${[metadataOf(resource.type).route, ...ids].join('/')}`,
  ]);
  expect(row.isNew).toBe(true);
  expect(await readAnew(resource, ids, where)).toBeNull();
  const left = await listed(colleague, resource, where);
  expect(left.map((each) => identity(resource, each))).not.toContain(ids.at(-1));
});

it.each(
  resourceCases().flatMap(([name, resource]) =>
    ACTIONS.filter((action) => !metadataOf(resource.type).actions.has(action)).map(
      (action) => [name, action, resource] as const,
    ),
  ),
)('%s has no %s, and sends nothing', async (_name, action, resource) => {
  const { row } = await present(resource, desk.kayako);
  const ways = lacked[action](resource, row);
  desk.requests();
  for (const way of ways) {
    expect(await errorOf(way)).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
  }
  expect(desk.requests()).toEqual([]);
});

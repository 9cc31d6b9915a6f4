import { metadataOf } from '@kayako-orm/core';
import {
  describe as describeEntity,
  type EditableEntity,
  type EntityClass,
  type Kayako,
} from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import { type ResourceCase, resourceCases } from '../support/resource-case.js';

interface Row {
  readonly type: EntityClass<EditableEntity>;
  readonly route: string;
  readonly make: (kayako: Kayako) => Promise<EditableEntity>;
  /** The field that the tests change, and its new value. */
  readonly change: readonly [field: string, value: unknown];
  /** What a save needs besides what was read. */
  readonly needed: object;
  /** A required text, taken away to see it refused. */
  readonly required: string;
}

function rowOf({ type, actions: { make, change = {} } }: ResourceCase): Row {
  const { route, fields } = metadataOf(type);
  const { add, save } = describeEntity(type);
  const required = add?.required ?? [];
  const changes = Object.entries(change);
  const isNeeded = ([name]: readonly [string, unknown]): boolean =>
    save?.required.includes(name) === true && fields.get(name)?.write.add === null;
  const shown = changes.find(
    (each) => !isNeeded(each) && fields.get(each[0])?.sources.length !== 0,
  );
  const text = required.find((name) => fields.get(name)?.codec?.comparison === 'text');
  if (make === undefined || shown === undefined || text === undefined)
    throw new Error(`${type.name}: nothing to change or to take away`);
  return {
    type: type as EntityClass<EditableEntity>,
    route,
    make: async (kayako) => (await make(kayako)) as EditableEntity,
    change: shown,
    needed: Object.fromEntries(changes.filter(isNeeded)),
    required: text,
  };
}

const rows = resourceCases()
  .filter(([, { type }]) => metadataOf(type).actions.has('save'))
  .map(([name, resource]) => [name, rowOf(resource)] as const);

describe.each(rows)('%s', (_name, row) => {
  let desk: Desk;
  const values = (entity: object): Record<string, unknown> => entity as Record<string, unknown>;

  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('saves unchanged what was just added', async () => {
    const entity = await (await row.make(desk.kayako)).add();
    const savable = describeEntity(row.type).fields.filter((field) => field.savable);
    const saved = (): [string, unknown][] => {
      const plain = Object.assign(entity.toJSON(), row.needed) as Record<string, unknown>;
      return savable.map(({ name }) => [name, plain[name]]);
    };
    const before = saved();
    Object.assign(entity, row.needed);
    await entity.save();
    expect(saved()).toEqual(before);
  });

  it('loses its id when deleted, is gone from the help desk, and gets a new id when added again', async () => {
    const entity = await (await row.make(desk.kayako)).add();
    const first = Number(values(entity).id);
    desk.requests();
    await entity.delete();
    expect(desk.requests()).toEqual([`DELETE ${row.route}/${first}`]);
    expect(values(entity).id).toBeUndefined();
    expect(String(entity)).toContain('(??)');
    expect(await desk.kayako.get(row.type, first)).toBeNull();
    await entity.add();
    expect(values(entity).id).toBeGreaterThan(first);
  });

  it('refuses to be added twice, and to be saved or deleted before it was added', async () => {
    const entity = await row.make(desk.kayako);
    desk.requests();
    expect(await errorOf(() => entity.save())).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect(await errorOf(() => entity.delete())).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect(desk.requests()).toEqual([]);
    await entity.add();
    expect(await errorOf(() => entity.add())).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
  });

  it('names its missing fields before anything is sent, when adding and when saving', async () => {
    const entity = await row.make(desk.kayako);
    values(entity)[row.required] = '  ';
    desk.requests();
    expect(await errorOf(() => entity.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: [row.required],
    });
    const bare = desk.kayako.create(row.type);
    const error = await errorOf(() => bare.add());
    expect(error).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect((error as unknown as { fields: string[] }).fields).toContain(row.required);
    expect(desk.requests()).toEqual([]);
  });

  it('reads again what a colleague changed', async () => {
    const entity = await (await row.make(desk.kayako)).add();
    const colleague = await desk.kayako.get(row.type, Number(values(entity).id));
    const [field, value] = row.change;
    Object.assign(colleague ?? {}, row.needed, { [field]: value });
    await colleague?.save();
    expect(values(entity)[field]).not.toEqual(value);
    await entity.reload();
    expect(values(entity)[field]).toEqual(value);
    // Some values can be had once.
    await entity.delete();
  });

  it('says NOT_FOUND when it is reloaded after a colleague deleted it', async () => {
    const entity = await (await row.make(desk.kayako)).add();
    const colleague = await desk.kayako.get(row.type, Number(values(entity).id));
    await colleague?.delete();
    expect(await errorOf(() => entity.reload())).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('works through its repository as well', async () => {
    const repository = desk.kayako.repository(row.type);
    const entity = await repository.add(await row.make(desk.kayako));
    const [field, value] = row.change;
    Object.assign(entity, row.needed, { [field]: value });
    await repository.save(entity);
    expect(values(await repository.reload(entity))[field]).toEqual(value);
    await repository.delete(entity);
    expect(entity.isNew).toBe(true);
  });
});

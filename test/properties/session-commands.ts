import { FlushError, type Session, Staff, StaffGroup, User, UserGroup } from '@kayako-orm/orm';
import fc from 'fast-check';
import { type Desk } from '../support/desk.js';

const CLASSES = { StaffGroup, Staff, UserGroup, User };
type Name = keyof typeof CLASSES;
type Managed = StaffGroup | Staff | UserGroup | User;

/** Where an entity points to, by the name of its class; the field, and the class of what is there. */
const REFERENCES = {
  Staff: { field: 'staffGroupId', target: 'StaffGroup' },
  User: { field: 'userGroupId', target: 'UserGroup' },
} as const;

/** One field of each class, free to be anything. */
const TITLES = { StaffGroup: 'title', Staff: 'lastName', UserGroup: 'title', User: 'fullName' };

/** A row as the naive model has it. */
interface Row {
  title: string;
  /** The row pointed to; null for classes that point nowhere. */
  target: Row | null;
  /** Set when the help desk has given it one. */
  id: number | undefined;
}

/** An entity of the session beside what the model thinks of it. */
interface Held {
  readonly name: Name;
  readonly entity: Managed;
  /** The row in the help desk; a new entity has none. */
  row: Row | null;
  /** What the program wants it to be. */
  wanted: { title: string; target: Held | Row | null };
  state: 'clean' | 'new' | 'added' | 'removed' | 'gone';
}

/** The help desk and the session as a naive program would write them down. */
export interface Model {
  readonly rows: Record<Name, Set<Row>>;
  readonly held: Held[];
}

export interface Real {
  readonly desk: Desk;
  session: Session;
}

type Command = fc.AsyncCommand<Model, Real>;

let counter = 0;
function fresh(text: string): string {
  counter += 1;
  return `${text} ${counter}`;
}

function titleOf(name: Name, entity: Managed): unknown {
  return Reflect.get(entity, TITLES[name]);
}

function make(real: Real, name: Name, title: string): Managed {
  const number = fresh('u').replace(' ', '');
  switch (name) {
    case 'StaffGroup':
      return real.session.create(StaffGroup, { title, isAdmin: false });
    case 'UserGroup':
      return real.session.create(UserGroup, { title, groupType: 'registered' });
    case 'Staff':
      return real.session.create(Staff, {
        firstName: 'A',
        lastName: title,
        username: number,
        email: `${number}@example.com`,
        password: 'easypass332',
        staffGroupId: 1,
      });
    case 'User':
      return real.session.create(User, {
        fullName: title,
        email: `${number}@example.com`,
        password: 'easypass332',
        userGroupId: 2,
      });
  }
}

/** An id as `get` of any class takes it. */
function ids(id: number | undefined): [never] {
  return [id as never];
}

function pick<Item>(items: readonly Item[], seed: number): Item | undefined {
  return items.length === 0 ? undefined : items[seed % items.length];
}

function isAlive({ state }: Held): boolean {
  return state !== 'removed' && state !== 'gone';
}

function rowsOf(model: Model, name: Name): Row[] {
  return [...model.rows[name]];
}

/** Nothing points to it, so it can be deleted. */
function isFree(model: Model, held: Held): boolean {
  const points = (target: Held | Row | null): boolean =>
    target !== null && (target === held || target === held.row);
  return (
    !model.held.some((each) => isAlive(each) && points(each.wanted.target)) &&
    !Object.values(model.rows).some((rows) => [...rows].some((row) => points(row.target)))
  );
}

class Load implements Command {
  constructor(
    readonly name: Name,
    readonly seed: number,
    readonly how: 'get' | 'first' | 'all',
  ) {}
  check = (model: Model): boolean => rowsOf(model, this.name).length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const row = pick(rowsOf(model, this.name), this.seed);
    if (row?.id === undefined) throw new Error('a row of the help desk has an id');
    const repository = real.session.repository<Managed>(CLASSES[this.name]);
    const query = repository.where({ id: row.id } as never);
    const read = {
      get: async () => repository.get(...ids(row.id)),
      first: async () => query.first(),
      all: async () => (await query.all())[0],
    };
    const entity = await read[this.how]();
    const known = model.held.find((held) => held.row === row && held.state !== 'gone');
    expect(entity).toBeInstanceOf(CLASSES[this.name]);
    if (entity === undefined || entity === null) return;
    if (known !== undefined) {
      expect(entity).toBe(known.entity);
      return;
    }
    expect(titleOf(this.name, entity)).toBe(row.title);
    const wanted = { title: row.title, target: row.target };
    model.held.push({ name: this.name, entity, row, wanted, state: 'clean' });
  }
  toString = (): string => `load ${this.name} #${this.seed} by ${this.how}`;
}

class Create implements Command {
  constructor(
    readonly name: Name,
    readonly isAdded: boolean,
  ) {}
  check = (): boolean => true;
  run(model: Model, real: Real): Promise<void> {
    const title = fresh(this.name);
    const entity = make(real, this.name, title);
    if (this.isAdded) real.session.add(entity);
    const group = this.name === 'Staff' ? 'StaffGroup' : 'UserGroup';
    const id = this.name === 'Staff' ? 1 : 2;
    const target =
      this.name in REFERENCES ? (rowsOf(model, group).find((row) => row.id === id) ?? null) : null;
    const state = this.isAdded ? 'added' : 'new';
    model.held.push({ name: this.name, entity, row: null, wanted: { title, target }, state });
    return Promise.resolve();
  }
  toString = (): string => `create ${this.name}${this.isAdded ? ' and add it' : ''}`;
}

class Change implements Command {
  constructor(readonly seed: number) {}
  check = (model: Model): boolean => model.held.some(isAlive);
  run(model: Model): Promise<void> {
    const held = pick(model.held.filter(isAlive), this.seed);
    if (held === undefined) throw new Error('checked');
    held.wanted.title = fresh('Renamed');
    Reflect.set(held.entity, TITLES[held.name], held.wanted.title);
    return Promise.resolve();
  }
  toString = (): string => `change #${this.seed}`;
}

class Refer implements Command {
  constructor(
    readonly seed: number,
    readonly targetSeed: number,
  ) {}
  #pair(model: Model): [Held, Held] | undefined {
    const owner = pick(
      model.held.filter((held) => isAlive(held) && held.name in REFERENCES),
      this.seed,
    );
    if (owner === undefined) return undefined;
    const { target: name } = REFERENCES[owner.name as keyof typeof REFERENCES];
    const target = pick(
      // Users are in registered groups only (§5.4).
      model.held.filter(
        (held) =>
          isAlive(held) &&
          held.name === name &&
          !(held.entity instanceof UserGroup && held.entity.groupType !== 'registered'),
      ),
      this.targetSeed,
    );
    return target === undefined ? undefined : [owner, target];
  }
  check = (model: Model): boolean => this.#pair(model) !== undefined;
  run(model: Model): Promise<void> {
    const [owner, target] = this.#pair(model) ?? [];
    if (owner === undefined || target === undefined) throw new Error('checked');
    if (owner.entity instanceof Staff) owner.entity.group.set(target.entity as StaffGroup);
    if (owner.entity instanceof User) owner.entity.group.set(target.entity as UserGroup);
    owner.wanted.target = target;
    return Promise.resolve();
  }
  toString = (): string => `refer #${this.seed} to #${this.targetSeed}`;
}

class Remove implements Command {
  constructor(readonly seed: number) {}
  #free(model: Model): Held[] {
    // The groups that come with the desk stay, others rely on them.
    return model.held.filter(
      (held) =>
        (held.state === 'clean' || held.state === 'added') &&
        (held.row?.id ?? 99) > 3 &&
        isFree(model, held),
    );
  }
  check = (model: Model): boolean => this.#free(model).length > 0;
  run(model: Model, real: Real): Promise<void> {
    const held = pick(this.#free(model), this.seed);
    if (held === undefined) throw new Error('checked');
    real.session.remove(held.entity);
    held.state = held.row === null ? 'new' : 'removed';
    return Promise.resolve();
  }
  toString = (): string => `remove #${this.seed}`;
}

class Colleague implements Command {
  constructor(
    readonly name: Name,
    readonly seed: number,
  ) {}
  #row(model: Model): Row | undefined {
    // Rows that the session wants to delete or rename itself are left to it.
    const free = rowsOf(model, this.name).filter(
      (row) => !model.held.some((held) => held.row === row && held.wanted.title !== row.title),
    );
    return pick(free, this.seed);
  }
  check = (model: Model): boolean => this.#row(model) !== undefined;
  async run(model: Model, real: Real): Promise<void> {
    const row = this.#row(model);
    const repository = real.desk.kayako.repository<Managed>(CLASSES[this.name]);
    const entity = await repository.get(...ids(row?.id));
    if (entity === null || row === undefined) throw new Error('a row of the model is not there');
    const title = fresh('Theirs');
    Reflect.set(entity, TITLES[this.name], title);
    await entity.save();
    // What the session has not changed, it does not write: theirs stays, whatever else is flushed. The fields that a
    // save must send are an exception, so the session reads it again.
    const held = model.held.find((each) => each.row === row && each.state !== 'gone');
    row.title = title;
    if (held === undefined) return;
    held.wanted.title = title;
    await real.session.repository<Managed>(CLASSES[this.name]).get(...ids(row.id));
  }
  toString = (): string => `a colleague renames ${this.name} #${this.seed}`;
}

/** All that will be written: what was added, and the new entities that those and changed ones point to. */
function settle(model: Model): void {
  const include = (held: Held): void => {
    if (held.state === 'new') held.state = 'added';
    const { target } = held.wanted;
    if (target !== null && 'entity' in target) include(target);
  };
  for (const held of model.held) {
    if (held.state === 'added' || held.state === 'clean') include(held);
  }
  for (const held of model.held) {
    if (held.state === 'added') {
      held.row = { title: '', target: null, id: undefined };
      model.rows[held.name].add(held.row);
      held.state = 'clean';
    }
    if (held.state === 'removed') {
      if (held.row !== null) model.rows[held.name].delete(held.row);
      held.state = 'gone';
    }
  }
  for (const held of model.held) {
    if (held.state !== 'clean' || held.row === null) continue;
    const { target, title } = held.wanted;
    held.row.title = title;
    held.row.target = target !== null && 'entity' in target ? target.row : target;
    held.wanted.target = held.row.target;
  }
}

async function compare(model: Model, real: Real): Promise<void> {
  for (const name of Object.keys(CLASSES) as Name[]) {
    const repository = real.desk.kayako.repository<Managed>(CLASSES[name]);
    const present = (await repository.all()).map((entity): unknown[] => [
      entity.id,
      titleOf(name, entity),
      name in REFERENCES
        ? Reflect.get(entity, REFERENCES[name as keyof typeof REFERENCES].field)
        : null,
    ]);
    const expected = rowsOf(model, name).map((row) => [row.id, row.title, row.target?.id ?? null]);
    const byId = (left: unknown[], right: unknown[]): number => Number(left[0]) - Number(right[0]);
    expect(present.sort(byId)).toEqual(expected.sort(byId));
  }
}

export class Flush implements Command {
  constructor(readonly options: { dryRun?: boolean; ifUnchanged?: boolean }) {}
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    const before = real.desk.sandbox.requests.length;
    const planned = await real.session.flush({ dryRun: true });
    expect(real.desk.sandbox.requests).toHaveLength(before);
    expect(planned.failed).toBe(0);
    if (this.options.dryRun === true) return;
    const report = await real.session.flush(this.options);
    expect(report.steps.map(({ request }) => request)).toEqual(
      planned.steps.map(({ request }) => request),
    );
    settle(model);
    for (const held of model.held) if (held.row !== null) held.row.id ??= held.entity.id;
    await compare(model, real);
    for (const { state, entity, row, name, wanted } of model.held) {
      if (state === 'gone') expect(entity.isNew).toBe(true);
      if (state === 'clean')
        expect([entity.id, titleOf(name, entity)]).toEqual([row?.id, wanted.title]);
    }
    expect((await real.session.flush()).steps).toEqual([]);
  }
  toString = (): string => `flush ${JSON.stringify(this.options)}`;
}

/** One step is refused, all that was added is undone, and the next flush does it all. */
class FailingFlush implements Command {
  constructor(readonly seed: number) {}
  check = (): boolean => true;
  async run(_model: Model, real: Real): Promise<void> {
    const planned = await real.session.flush({ dryRun: true });
    const chosen = pick(planned.steps, this.seed);
    if (chosen === undefined) return;
    const refuse = ({ entity }: { entity: object }): void => {
      if (entity === chosen.entity) throw new Error('refused');
    };
    const event = ({ add: 'beforeAdd', save: 'beforeSave', delete: 'beforeDelete' } as const)[
      chosen.action
    ];
    const offs = Object.values(CLASSES).map((type) =>
      real.desk.kayako.repository<Managed>(type as never).on(event as never, refuse as never),
    );
    // Saves and deletions before it cannot be undone, so only flushes that begin with additions are let fail.
    const isUndoable = planned.steps
      .slice(0, planned.steps.indexOf(chosen))
      .every(({ action }) => action === 'add');
    if (isUndoable) {
      const idsNow = async (): Promise<unknown[]> =>
        Promise.all(
          Object.values(CLASSES).map(async (type) =>
            real.desk.kayako
              .repository<Managed>(type as never)
              .pluck('id' as never)
              .all(),
          ),
        );
      const before = await idsNow();
      const error: unknown = await real.session
        .flush({ onFailure: 'undo' })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(FlushError);
      expect(await idsNow()).toEqual(before);
      if (error instanceof FlushError) expect(error.report.done).toBe(0);
    }
    for (const off of offs) off();
    const again = await real.session.flush({ dryRun: true });
    expect(again.steps.map(({ entity }) => entity).sort()).toEqual(
      planned.steps.map(({ entity }) => entity).sort(),
    );
  }
  toString = (): string => `flush, step #${this.seed} fails`;
}

const name = fc.constantFrom<Name>('StaffGroup', 'Staff', 'UserGroup', 'User');
const seed = fc.nat(50);
/** What may happen, each about as often as it is written here. */
export const commands = [
  fc.tuple(name, seed, fc.constantFrom('get', 'first', 'all')).map((given) => new Load(...given)),
  fc.tuple(name, fc.boolean()).map((given) => new Create(...given)),
  fc.tuple(name, fc.boolean()).map((given) => new Create(...given)),
  seed.map((given) => new Change(given)),
  fc.tuple(seed, seed).map((given) => new Refer(...given)),
  fc.tuple(seed, seed).map((given) => new Refer(...given)),
  seed.map((given) => new Remove(given)),
  fc.tuple(name, seed).map((given) => new Colleague(...given)),
  fc.constantFrom({}, { dryRun: true }, { ifUnchanged: true }).map((given) => new Flush(given)),
  seed.map((given) => new FailingFlush(given)),
];

/** The model of a desk as it was started. */
export async function initialModel(desk: Desk): Promise<Model> {
  const groups = async (type: typeof StaffGroup | typeof UserGroup): Promise<Set<Row>> =>
    new Set(
      (await desk.kayako.repository<StaffGroup | UserGroup>(type as never).all()).map(
        ({ id, title }) => ({ id, title, target: null }),
      ),
    );
  const rows = {
    StaffGroup: await groups(StaffGroup),
    UserGroup: await groups(UserGroup),
    Staff: new Set<Row>(),
    User: new Set<Row>(),
  };
  const within = (set: Set<Row>, id: number | null): Row | null =>
    [...set].find((row) => row.id === id) ?? null;
  for (const staff of await desk.kayako.repository(Staff).all()) {
    const target = within(rows.StaffGroup, staff.staffGroupId);
    rows.Staff.add({ id: staff.id, title: staff.lastName, target });
  }
  for (const user of await desk.kayako.repository(User).all()) {
    const target = within(rows.UserGroup, user.userGroupId);
    rows.User.add({ id: user.id, title: user.fullName, target });
  }
  return { rows, held: [] };
}

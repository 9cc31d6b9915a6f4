import { BelongsToMany, Department, type RefList, UserGroup } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';

/** A department with the groups that see it. */
class Section extends Department {
  @BelongsToMany(() => UserGroup, 'userGroupIds') declare readonly userGroups: RefList<UserGroup>;
}

let desk: Desk;
let gold: UserGroup;
let silver: UserGroup;
let seen: Section;
let open: Section;
beforeAll(async () => {
  desk = await startDesk();
  const { kayako } = desk;
  const group = (title: string): UserGroup =>
    kayako.create(UserGroup, { title, groupType: 'registered' });
  gold = await group('Gold').add();
  silver = await group('Silver').add();
  const fields = { type: 'public', module: 'tickets' } as const;
  seen = await kayako
    .create(Section, {
      ...fields,
      title: 'Seen by some',
      userVisibilityCustom: true,
      userGroupIds: [silver.id, gold.id],
    })
    .add();
  open = await kayako.create(Section, { ...fields, title: 'Seen by all' }).add();
});
beforeEach(() => {
  desk.requests();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

it('knows its ids without a request, as they are now', () => {
  const section = desk.kayako.create(Section, { userGroupIds: [gold.id] });
  expect(section.userGroups.ids).toEqual([gold.id]);
  section.userGroupIds = [silver.id, gold.id];
  expect(String(section.userGroups)).toBe(`<RefList UserGroup (${silver.id}, ${gold.id})>`);
  expect(String(open.userGroups)).toBe('<RefList UserGroup (none)>');
  expect(desk.requests()).toEqual([]);
});

it('reads what it refers to when asked, together and by ascending id', async () => {
  const titles = (await seen.userGroups.all()).map(({ title }) => title);
  expect(titles).toEqual(['Gold', 'Silver']);
  expect(desk.requests()).toEqual(['GET /Base/UserGroup']);
  expect((await seen.userGroups.first())?.id).toBe(gold.id);
  expect(await seen.userGroups.where({ title: { startsWith: 'S' } }).count()).toBe(1);
  expect(await seen.userGroups.count()).toBe(2);
  const looped: string[] = [];
  for await (const group of seen.userGroups) looped.push(group.title);
  expect(looped).toEqual(titles);
});

it('asks for nothing where there is nothing', async () => {
  expect(await open.userGroups.all()).toEqual([]);
  expect(await open.userGroups.first()).toBeNull();
  expect(await open.userGroups.count()).toBe(0);
  expect(desk.requests()).toEqual([]);
});

it('leaves out what the help desk no longer has', async () => {
  const section = desk.kayako.create(Section, { userGroupIds: [gold.id, 4711] });
  expect((await section.userGroups.all()).map(({ id }) => id)).toEqual([gold.id]);
});

it('is loaded along with many rows by one request', async () => {
  const sections = await desk.kayako.repository(Section).include('userGroups').all();
  const titlesOf = (id: number): string[] | undefined =>
    sections.find((each) => each.id === id)?.userGroups.items.map(({ title }) => title);
  expect(titlesOf(seen.id)).toEqual(['Gold', 'Silver']);
  expect(titlesOf(open.id)).toEqual([]);
  expect(desk.requests()).toEqual(['GET /Base/Department', 'GET /Base/UserGroup']);
  const plain = sections.find((each) => each.id === seen.id)?.toJSON();
  expect(plain?.userGroups).toMatchObject([{ title: 'Gold' }, { title: 'Silver' }]);
});

it('stands in a condition: an entity, a condition on it, a query for it', async () => {
  const { kayako } = desk;
  const sections = kayako.repository(Section);
  const silvers = kayako.repository(UserGroup).where({ title: 'Silver' });
  for (const userGroups of [gold, { title: 'Gold' }, silvers]) {
    const found = await sections.where({ userGroups }).all();
    expect(found.map(({ id }) => id)).toEqual([seen.id]);
  }
  expect(await sections.where({ userGroups: { title: 'Guest' } }).count()).toBe(0);
  expect(await sections.where({ not: { userGroups: gold }, id: open.id }).count()).toBe(1);
});

it('says in plain JavaScript what it takes', async () => {
  const { kayako } = desk;
  const sections = kayako.repository(Section);
  for (const userGroups of [null, 5, [gold]]) {
    const error = await errorOf(() => sections.where({ userGroups } as never).all());
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('userGroupIds');
  }
  expect(() => {
    (seen as { userGroups: unknown }).userGroups = [gold];
  }).toThrow('set userGroupIds');
  const options = { userGroups: { where: { id: 1 } } };
  expect(await errorOf(async () => sections.include(options as never).all())).toMatchObject({
    code: 'UNKNOWN_FIELD',
  });
  expect(desk.requests()).toEqual([]);
});

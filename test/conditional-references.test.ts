import { KnowledgebaseArticle, NewsComment, type NewsItem, Staff, User } from '@kayako-orm/orm';
import { type Desk, errorOf, existing, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

// The creator of a comment is a staff member or a user, as its creatorType says: the same id is somebody else there.

let desk: Desk;
let item: NewsItem;
beforeEach(async () => {
  desk = await startDesk();
  item = await samples.newsItem(desk.kayako).add();
  desk.requests();
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const byStaff = { creatorType: 'staff', creatorId: 1, contents: 'staff' } as const;
const byUser = { creatorType: 'user', creatorId: 1, contents: 'user' } as const;

it('follow the field that they hang on', async () => {
  const comment = item.comments.create(byStaff);
  expect([comment.staff.id, comment.user.id]).toEqual([1, null]);
  comment.creatorType = 'user';
  expect([comment.staff.id, comment.user.id]).toEqual([null, 1]);
  expect(await comment.staff.load()).toBeNull();
  expect(desk.requests()).toEqual([]);
});

it('say of what class they are when they are set, and clear no id of another class', async () => {
  const user = await existing(desk.kayako.get(User, 1));
  const comment = item.comments.create(byStaff);
  comment.user.set(null);
  expect(comment).toMatchObject({ creatorType: 'staff', creatorId: 1 });
  comment.user.set(user);
  expect(comment).toMatchObject({ creatorType: 'user', creatorId: 1 });
  expect(await comment.user.load()).toBe(user);
  expect(comment.staff.id).toBeNull();
  comment.user.set(null);
  expect(comment).toMatchObject({ creatorType: 'user', creatorId: null });
});

it('cannot be set where the help desk says of what class they are', async () => {
  const article = samples.knowledgebaseArticle(desk.kayako);
  const user = await existing(desk.kayako.get(User, 1));
  const error = await errorOf(() => {
    article.user.set(user);
  });
  expect(error).toMatchObject({ code: 'INVALID_VALUE' });
  expect(error.message).toContain('creator');
  await article.add();
  expect([article.staff.id, article.user.id]).toEqual([1, null]);
});

it('are included, each of its own class, and shown only where they hold', async () => {
  await item.comments.create(byStaff).add();
  await item.comments.create(byUser).add();
  const comments = desk.kayako.repository(NewsComment).include('staff', 'user');
  const rows = (await comments.all()).map((comment) => comment.toJSON());
  expect(rows).toMatchObject([
    { contents: 'staff', staff: { id: 1, staffGroupId: 1 }, user: null },
    { contents: 'user', staff: null, user: { id: 1, fullName: 'Test User' } },
  ]);
});

it('are conditions of their class alone', async () => {
  await item.comments.create(byStaff).add();
  await item.comments.create(byUser).add();
  await item.comments
    .create({ creatorType: 'user', fullName: 'A reader', contents: 'nobody' })
    .add();
  const comments = desk.kayako.repository(NewsComment);
  const texts = async (rows: Promise<NewsComment[]>): Promise<string[]> =>
    (await rows).map(({ contents }) => contents);
  const staff = await existing(desk.kayako.get(Staff, 1));
  expect(await texts(comments.where({ staff }).all())).toEqual(['staff']);
  expect(await texts(comments.where({ user: { id: 1 } }).all())).toEqual(['user']);
  expect(await texts(comments.where({ user: null }).all())).toEqual(['staff', 'nobody']);
  expect(await texts(comments.where({ staff: null }).all())).toEqual(['user', 'nobody']);
  expect(await texts(comments.where({ not: { staff: { id: 1 } } }).all())).toEqual([
    'user',
    'nobody',
  ]);
  const users = desk.kayako.repository(User).where({ fullName: 'Test User' });
  expect(await texts(comments.where({ user: users }).all())).toEqual(['user']);
  expect(String(await comments.where({ user: users }).explain())).toContain('creatorType');
});

it('wait in a session for an id of their class, and for no other', async () => {
  const session = desk.kayako.session();
  const staff = session.create(Staff, {
    firstName: 'Ada',
    lastName: 'New',
    username: 'ada',
    email: 'ada@example.com',
    password: 'easypass332',
    staffGroupId: 1,
  });
  const comment = session.create(NewsComment, { newsItemId: item.id, contents: 'Hello' });
  comment.staff.set(staff);
  expect(await comment.staff.load()).toBe(staff);
  expect(await comment.user.load()).toBeNull();
  expect([comment.staff.id, comment.user.id]).toEqual([null, null]);
  session.add(comment);
  await session.flush();
  expect(desk.requests()).toEqual(['POST /Base/Staff', 'POST /News/Comment']);
  const read = await existing(desk.kayako.get(NewsComment, comment.id));
  expect(read).toMatchObject({ creatorType: 'staff', creatorId: staff.id, fullName: 'Ada New' });
});

it('are deleted before what they refer to, and in any order with a stranger of the same id', async () => {
  const staff = await samples.staff(desk.kayako).add();
  const user = await samples.user(desk.kayako).add();
  expect(staff.id).toBe(user.id);
  const session = desk.kayako.session();
  const comment = await session
    .create(NewsComment, {
      newsItemId: item.id,
      creatorType: 'staff',
      creatorId: staff.id,
      contents: 'staff',
    })
    .add();
  const { id } = comment;
  const [sameUser, sameStaff] = [
    await existing(session.repository(User).get(user.id)),
    await existing(session.repository(Staff).get(staff.id)),
  ];
  for (const entity of [sameUser, sameStaff, comment]) session.remove(entity);
  desk.requests();
  await session.flush();
  expect(desk.requests()).toEqual([
    `DELETE /Base/User/${user.id}`,
    `DELETE /News/Comment/${id}`,
    `DELETE /Base/Staff/${staff.id}`,
  ]);
});

it('of an article by a user is a user', async () => {
  const article = desk.kayako.create(KnowledgebaseArticle);
  Object.assign(article, { creator: 'user', creatorId: 1 });
  expect(article.staff.id).toBeNull();
  expect(String(await article.user.load())).toBe('<User (1): Test User>');
});

import { type EntityClass, type Kayako, KnowledgebaseComment, NewsComment } from '@kayako-orm/orm';
import { type Desk, errorOf, existing, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';

type AnyComment = NewsComment | KnowledgebaseComment;

interface Row {
  readonly type: EntityClass<AnyComment>;
  readonly route: string;
  /** The field that holds the parent's id, and what it is sent as. */
  readonly parent: string;
  readonly sentParent: string;
  /** Adds something that can be commented on, and gives its id. */
  readonly addParent: (kayako: Kayako) => Promise<number>;
}

const rows: readonly Row[] = [
  {
    type: NewsComment,
    route: '/News/Comment',
    parent: 'newsItemId',
    sentParent: 'newsitemid',
    addParent: async (kayako) => (await samples.newsItem(kayako).add()).id,
  },
  {
    type: KnowledgebaseComment,
    route: '/Knowledgebase/Comment',
    parent: 'kbArticleId',
    sentParent: 'knowledgebasearticleid',
    addParent: async (kayako) => (await samples.knowledgebaseArticle(kayako).add()).id,
  },
];

const NOW = new Date('2026-03-01T12:00:00Z');

describe.each(rows.map((row) => [row.type.name, row] as const))('%s', (_name, row) => {
  let desk: Desk;
  let parentId: number;
  beforeEach(async () => {
    desk = await startDesk({ clock: () => NOW });
    parentId = await row.addParent(desk.kayako);
    desk.requests();
  });
  afterEach(async () => {
    await desk[Symbol.asyncDispose]();
  });

  const comment = (fields: object): AnyComment =>
    desk.kayako.create(row.type, { contents: 'Thank you', [row.parent]: parentId, ...fields });
  const byStaff = { creatorType: 'staff', creatorId: 1 };

  it('is added by a staff member, whose name it gets, and is approved', async () => {
    const added = await comment(byStaff).add();
    expect(desk.sandbox.requests.at(-1)?.body).toEqual({
      creatortype: '1',
      creatorid: '1',
      contents: 'Thank you',
      [row.sentParent]: String(parentId),
    });
    const read = await existing(desk.kayako.get(row.type, added.id));
    expect(read).toMatchObject({
      creatorType: 'staff',
      creatorId: 1,
      commentStatus: 'approved',
      dateline: NOW,
      parentCommentId: null,
      contents: 'Thank you',
      [row.parent]: parentId,
    });
    expect(read.fullName).toBe((await read.staff.load())?.fullName);
    expect(String(read)).toBe(`<${row.type.name} (${read.id}): ${read.fullName}>`);
    expect(desk.requests()).toEqual([
      `POST ${row.route}`,
      `GET ${row.route}/${added.id}`,
      'GET /Base/Staff/1',
    ]);
  });

  it('is added by a user or by somebody without an account, and waits for approval', async () => {
    const byUser = await comment({ creatorType: 'user', creatorId: 1 }).add();
    expect(byUser).toMatchObject({ fullName: 'Test User', commentStatus: 'pending' });
    const byNobody = await comment({ creatorType: 'user', fullName: 'A reader' }).add();
    expect(byNobody).toMatchObject({ fullName: 'A reader', creatorId: null });
    expect(desk.sandbox.requests.at(-1)?.body).not.toHaveProperty('creatorid');
  });

  it('refers to a staff member or to a user, never to whoever has the same id', async () => {
    await comment(byStaff).add();
    await comment({ creatorType: 'user', creatorId: 1 }).add();
    desk.requests();
    const [first, second] = await desk.kayako.getAll(row.type);
    expect([first?.staff.id, first?.user.id]).toEqual([1, null]);
    expect([second?.staff.id, second?.user.id]).toEqual([null, 1]);
    expect(await first?.user.load()).toBeNull();
    expect(desk.requests()).toEqual([`GET ${row.route}`]);
    expect(String(await second?.user.load())).toBe('<User (1): Test User>');
  });

  it('names what is missing before anything is sent', async () => {
    const error = await errorOf(() => desk.kayako.create(row.type, { contents: ' ' }).add());
    expect(error).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['creatorType', 'contents', row.parent, 'creatorId', 'fullName'],
    });
    expect(desk.requests()).toEqual([]);
  });

  it('is listed with all others, or of its parent alone', async () => {
    const other = await row.addParent(desk.kayako);
    const first = await comment(byStaff).add();
    const second = await comment({ ...byStaff, [row.parent]: other }).add();
    desk.requests();
    const comments = desk.kayako.repository(row.type as EntityClass<NewsComment>);
    expect(await comments.pluck('id').all()).toEqual([first.id, second.id]);
    expect(
      await comments
        .where({ [row.parent]: other } as never)
        .pluck('id')
        .all(),
    ).toEqual([second.id]);
    expect(await comments.where({ commentStatus: 'approved' }).count()).toBe(2);
    expect(desk.requests()).toEqual([
      `GET ${row.route}`,
      `GET ${row.route}/ListAll/${other}`,
      `GET ${row.route}`,
    ]);
  });

  it('is deleted by its id alone, and again without an error', async () => {
    const added = await comment(byStaff).add();
    const same = await existing(desk.kayako.get(row.type, added.id));
    const { id } = added;
    desk.requests();
    await added.delete();
    await same.delete();
    expect(desk.requests()).toEqual([`DELETE ${row.route}/${id}`, `DELETE ${row.route}/${id}`]);
    expect(await desk.kayako.get(row.type, id)).toBeNull();
  });

  it('cannot be changed, also from plain JavaScript', async () => {
    const added = await comment(byStaff).add();
    desk.requests();
    expect(
      await errorOf(() => (added as unknown as { save(): Promise<void> }).save()),
    ).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
    expect(desk.requests()).toEqual([]);
  });
});

describe('replies to comments', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await startDesk();
  });
  afterEach(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('on news know what they reply to and what they are on', async () => {
    const item = await samples.newsItem(desk.kayako).add();
    const comment = item.comments.create({
      creatorType: 'user',
      fullName: 'A reader',
      contents: 'When?',
    });
    await comment.add();
    const reply = comment.replies.create({
      creatorType: 'staff',
      creatorId: 1,
      contents: 'Tomorrow',
    });
    await reply.add();
    desk.requests();
    expect((await comment.replies.all()).map(String)).toEqual([String(reply)]);
    expect(desk.requests()).toEqual([`GET /News/Comment/ListAll/${item.id}`]);
    expect(String(await reply.parentComment.load())).toBe(String(comment));
    expect(String(await reply.newsItem.load())).toBe(String(item));
    expect(await item.comments.count()).toBe(2);
  });

  it('on articles know what they reply to and what they are on', async () => {
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    const comment = article.comments.create({
      creatorType: 'user',
      creatorId: 1,
      contents: 'It worked',
    });
    await comment.add();
    const reply = comment.replies.create({ creatorType: 'staff', creatorId: 1, contents: 'Good' });
    await reply.add();
    desk.requests();
    expect((await comment.replies.all()).map(String)).toEqual([String(reply)]);
    expect(desk.requests()).toEqual([`GET /Knowledgebase/Comment/ListAll/${article.id}`]);
    expect(String(await reply.parentComment.load())).toBe(String(comment));
    expect(String(await reply.article.load())).toBe(String(article));
    await article.reload();
    expect(article.totalComments).toBe(2);
  });

  it('load along: who wrote them, staff and users each by their own', async () => {
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    for (const creatorType of ['user', 'staff'] as const) {
      await article.comments.create({ creatorType, creatorId: 1, contents: creatorType }).add();
    }
    desk.requests();
    const comments = desk.kayako.repository(KnowledgebaseComment);
    const [byUser, byStaff] = await comments.include('user', 'staff', 'article').all();
    expect(byUser?.user.value?.fullName).toBe('Test User');
    expect(byUser?.staff.value).toBeNull();
    expect(byStaff?.user.value).toBeNull();
    expect(byStaff?.staff.value?.id).toBe(1);
    expect(byStaff?.article.value?.id).toBe(article.id);
    expect(desk.requests().sort()).toEqual([
      'GET /Base/Staff',
      'GET /Base/User/1',
      'GET /Knowledgebase/Article/1',
      'GET /Knowledgebase/Comment',
    ]);
  });

  it('are found by what they are on, which is not kept in memory', async () => {
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    await article.comments.create({ creatorType: 'staff', creatorId: 1, contents: 'Good' }).add();
    const comments = desk.kayako.repository(KnowledgebaseComment);
    const found = comments.where({ article: { subject: article.subject } });
    desk.requests();
    expect(await found.count()).toBe(1);
    expect(await found.count()).toBe(1);
    expect(desk.requests()).toEqual([
      'GET /Knowledgebase/Article',
      `GET /Knowledgebase/Comment/ListAll/${article.id}`,
      'GET /Knowledgebase/Article',
      `GET /Knowledgebase/Comment/ListAll/${article.id}`,
    ]);
  });

  it('name their author by the relation', async () => {
    const item = await samples.newsItem(desk.kayako).add();
    const comment = item.comments.create({ contents: 'Good' });
    const staff = await samples.staff(desk.kayako).add();
    comment.staff.set(staff);
    expect(comment).toMatchObject({ creatorType: 'staff', creatorId: staff.id });
    expect(comment.user.id).toBeNull();
    await comment.add();
    expect(comment.fullName).toBe(staff.fullName);
  });
});

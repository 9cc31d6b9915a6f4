import {
  CustomFieldOption,
  Kayako,
  KnowledgebaseArticle,
  KnowledgebaseAttachment,
  NewsComment,
} from '@kayako-orm/orm';
import { type Sandbox, startSandbox } from '@kayako-orm/sandbox';
import { errorOf } from './support/desk.js';
import { type Proxy, startProxy } from './support/proxy.js';
import * as samples from './support/samples.js';

let sandbox: Sandbox;
let proxy: Proxy;
let kayako: Kayako;
beforeAll(async () => {
  sandbox = await startSandbox();
  proxy = await startProxy(sandbox);
  kayako = new Kayako({ ...sandbox, url: proxy.url });
});
beforeEach(() => {
  proxy.treat = () => 'pass';
});
afterAll(async () => {
  await kayako.close();
  await proxy[Symbol.asyncDispose]();
  await sandbox.close();
});

/** A help desk that lists, besides what was asked for, a row of another parent. */
function alsoList(route: string, body: string): void {
  proxy.treat = (asked) => (asked.startsWith(route) ? { status: 200, body } : 'pass');
}

it('rows of another parent are neither listed, counted nor deleted', async () => {
  alsoList(
    '/News/Comment/ListAll/5',
    `<newsitemcomments>
<newsitemcomment><id>1</id><newsitemid>5</newsitemid></newsitemcomment>
<newsitemcomment><id>2</id><newsitemid>9</newsitemid></newsitemcomment>
</newsitemcomments>`,
  );
  const comments = kayako.repository(NewsComment).where({ newsItemId: 5 });
  expect((await comments.all()).map(({ id }) => id)).toEqual([1]);
  expect(await comments.count()).toBe(1);
  const before = sandbox.requests.length;
  expect(await comments.delete()).toMatchObject({ done: 1 });
  const deleted = sandbox.requests.slice(before).filter(({ method }) => method === 'DELETE');
  expect(deleted.map(({ route }) => route)).toEqual(['/News/Comment/1']);
});

it.each([
  [
    KnowledgebaseAttachment,
    { kbArticleId: 5 },
    '/Knowledgebase/Attachment/ListAll/5',
    '<kbattachments><kbattachment><id>1</id><kbarticleid>9</kbarticleid></kbattachment></kbattachments>',
  ],
  [
    CustomFieldOption,
    { customFieldId: 5 },
    '/Base/CustomField/ListOptions/5',
    '<customfieldoptions><option customfieldoptionid="1" customfieldid="9" /></customfieldoptions>',
  ],
] as const)('%p of another parent are none', async (type, where, route, body) => {
  alsoList(route, body);
  expect(
    await kayako
      .repository<object>(type)
      .where(where as never)
      .all(),
  ).toEqual([]);
});

it('a row that does not say whose it is is taken for the parent asked for', async () => {
  alsoList(
    '/News/Comment/ListAll/5',
    '<newsitemcomments><newsitemcomment><id>1</id></newsitemcomment></newsitemcomments>',
  );
  const [comment] = await kayako.repository(NewsComment).where({ newsItemId: 5 }).all();
  expect(comment).toMatchObject({ id: 1, newsItemId: 5 });
});

it('null is no member of a list, and is refused before anything is sent', async () => {
  const before = sandbox.requests.length;
  const articles = kayako.repository(KnowledgebaseArticle);
  for (const categoryIds of [null, [null, 3], { some: null }]) {
    const error = await errorOf(() => articles.where({ categoryIds } as never).all());
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('never null');
  }
  expect(sandbox.requests).toHaveLength(before);
});

it('a row without any member is found by the negation of some', async () => {
  const root = await samples.knowledgebaseArticle(kayako).add();
  const category = await samples.knowledgebaseCategory(kayako).add();
  await category.articles.create({ subject: 'In', contents: 'x', creatorId: 1 }).add();
  const roots = kayako
    .repository(KnowledgebaseArticle)
    .where({ not: { categoryIds: { some: { gt: 0 } } } });
  expect((await roots.all()).map(({ id }) => id)).toEqual([root.id]);
});

it('a new article of a category keeps the other categories that it was given', async () => {
  const [one, other] = [
    await samples.knowledgebaseCategory(kayako).add(),
    await samples.knowledgebaseCategory(kayako).add(),
  ];
  const fields = { subject: 'In two', contents: 'x', creatorId: 1 };
  const article = other.articles.create({ ...fields, categoryIds: [one.id] });
  expect(article.categoryIds).toEqual([one.id, other.id]);
  expect(other.articles.create({ ...fields, categoryIds: [other.id] }).categoryIds).toEqual([
    other.id,
  ]);
});

import { Readable } from 'node:stream';
import {
  Kayako,
  KnowledgebaseArticle,
  KnowledgebaseAttachment,
  KnowledgebaseCategory,
} from '@kayako-orm/orm';
import { type Desk, errorOf, existing, startDesk } from '../support/desk.js';
import { startProxy, type Treatment } from '../support/proxy.js';
import * as samples from '../support/samples.js';

const NOW = new Date('2026-03-01T12:00:00Z');

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ clock: () => NOW });
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const sent = (of = desk): unknown => of.sandbox.requests.at(-1)?.body;

/** A category and an article in it, added. */
async function guide(
  kayako = desk.kayako,
): Promise<{ category: KnowledgebaseCategory; article: KnowledgebaseArticle }> {
  const category = await samples.knowledgebaseCategory(kayako).add();
  const article = samples.knowledgebaseArticle(kayako);
  article.categoryIds = [category.id];
  await article.add();
  return { category, article };
}

describe('an article', () => {
  it('is added with its categories as one text with commas, and reads back typed', async () => {
    const [first, second] = [
      await samples.knowledgebaseCategory(desk.kayako).add(),
      await samples.knowledgebaseCategory(desk.kayako).add(),
    ];
    const article = desk.kayako.create(KnowledgebaseArticle, {
      creatorId: 1,
      subject: 'How to export',
      contents: '<p>Click &amp; wait.</p>',
      articleStatus: 'published',
      categoryIds: [first.id, second.id],
      isFeatured: true,
    });
    await article.add();
    expect(sent()).toEqual({
      creatorid: '1',
      subject: 'How to export',
      contents: '<p>Click &amp; wait.</p>',
      articlestatus: '1',
      categoryid: `${first.id},${second.id}`,
      isfeatured: '1',
    });
    const read = await existing(desk.kayako.get(KnowledgebaseArticle, article.id));
    expect(read).toMatchObject({
      contentsText: 'Click & wait.',
      categoryIds: [first.id, second.id],
      creator: 'staff',
      creatorId: 1,
      seoSubject: 'how-to-export',
      isEdited: false,
      editedDateline: null,
      editedStaffId: null,
      views: 0,
      isFeatured: true,
      allowComments: true,
      totalComments: 0,
      hasAttachments: false,
      files: [],
      dateline: NOW,
      articleStatus: 'published',
      articleRating: 0,
    });
    expect(String(read)).toBe(`<KnowledgebaseArticle (${article.id}): How to export>`);
  });

  it('is at the root and waits for approval where nothing is said', async () => {
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    expect(article).toMatchObject({ articleStatus: 'pendingApproval', categoryIds: [] });
  });

  it('keeps all that the server would reset when something else is saved', async () => {
    const { article, category } = await guide();
    Object.assign(article, { articleStatus: 'published', isFeatured: true, editedStaffId: 1 });
    await article.save();
    const read = await existing(desk.kayako.get(KnowledgebaseArticle, article.id));
    read.contents = '<p>Wait.</p>';
    await read.save();
    expect(sent()).toEqual({
      editedstaffid: '1',
      contents: '<p>Wait.</p>',
      articlestatus: '1',
      isfeatured: '1',
      allowcomments: '1',
      categoryid: String(category.id),
      seosubject: article.seoSubject,
    });
    expect(read).toMatchObject({
      articleStatus: 'published',
      isFeatured: true,
      allowComments: true,
      categoryIds: [category.id],
      isEdited: true,
      editedStaffId: 1,
      editedDateline: NOW,
      subject: article.subject,
    });
  });

  it('stays at the root when it is saved, and returns there', async () => {
    const atRoot = await samples.knowledgebaseArticle(desk.kayako).add();
    atRoot.editedStaffId = 1;
    await atRoot.save();
    expect(sent()).toMatchObject({ categoryid: '' });
    expect(atRoot.categoryIds).toEqual([]);
    const { article } = await guide();
    article.categoryIds = [];
    article.editedStaffId = 1;
    await article.save();
    await article.reload();
    expect(article.categoryIds).toEqual([]);
  });

  it('names its editor for every save, and has the last one from then on', async () => {
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    article.subject = 'Changed';
    desk.requests();
    expect(await errorOf(() => article.save())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['editedStaffId'],
    });
    expect(desk.requests()).toEqual([]);
    article.editedStaffId = 1;
    await article.save();
    article.subject = 'Changed again';
    await article.save();
    expect(article).toMatchObject({ subject: 'Changed again', editedStaffId: 1 });
  });

  it('refuses to be saved where what would be reset is not known', async () => {
    const { article } = await guide();
    const stub = desk.kayako.create(KnowledgebaseArticle, { subject: 'New' });
    Object.assign(stub, { id: article.id, editedStaffId: 1 });
    desk.requests();
    const error = await errorOf(() => stub.save());
    expect(error).toMatchObject({ code: 'REQUIRED_FIELDS' });
    expect((error as unknown as { fields: string[] }).fields).toEqual(
      expect.arrayContaining(['categoryIds', 'articleStatus', 'isFeatured', 'allowComments']),
    );
    expect(desk.requests()).toEqual([]);
  });

  it('cannot begin without comments, but can be closed to them', async () => {
    const error = await errorOf(() =>
      desk.kayako.create(KnowledgebaseArticle, { allowComments: false }),
    );
    expect(error).toMatchObject({ code: 'UNKNOWN_FIELD', fields: ['allowComments'] });
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    Object.assign(article, { allowComments: false, editedStaffId: 1 });
    await article.save();
    await article.reload();
    expect(article.allowComments).toBe(false);
  });

  it('has a subject and contents, which cannot be emptied', async () => {
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    Object.assign(article, { subject: '', contents: ' ', editedStaffId: 1 });
    expect(await errorOf(() => article.save())).toMatchObject({
      code: 'FIELD_NOT_CLEARABLE',
      fields: ['contents', 'subject'],
    });
  });

  it('gets a new address from its subject when the old one is emptied', async () => {
    const article = await samples.knowledgebaseArticle(desk.kayako).add();
    Object.assign(article, { subject: 'Printing', editedStaffId: 1 });
    await article.save();
    expect(article.seoSubject).not.toBe('printing');
    article.seoSubject = '';
    await article.save();
    expect(article.seoSubject).toBe('printing');
  });

  it('names its files with sizes for people, and as they are called', async () => {
    const { article } = await guide();
    const file = article.attachments.create({ fileName: 'a & b <1>.txt' });
    file.setContents('x'.repeat(2048));
    await file.add();
    await article.reload();
    expect(article.hasAttachments).toBe(true);
    expect(article.files).toMatchObject([
      { id: file.id, fileName: 'a & b <1>.txt', fileSize: '2.00 KB', link: '' },
    ]);
    expect(article.toJSON().files).toEqual([
      { id: file.id, fileName: 'a & b <1>.txt', fileSize: '2.00 KB', link: '' },
    ]);
  });

  it('reads the same from the documented form', async () => {
    await using docs = await startDesk({ form: 'docs', clock: () => NOW });
    const { article, category } = await guide(docs.kayako);
    expect(article).toMatchObject({ categoryIds: [category.id], seoSubject: '' });
    article.editedStaffId = 1;
    article.articleStatus = 'draft';
    await article.save();
    expect(article).toMatchObject({ categoryIds: [category.id], articleStatus: 'draft' });
  });
});

describe('articles of a category', () => {
  it('are listed and counted by the server', async () => {
    const { article, category } = await guide();
    await samples.knowledgebaseArticle(desk.kayako).add();
    desk.requests();
    expect((await category.articles.all()).map(String)).toEqual([String(article)]);
    expect(await category.articles.count()).toBe(1);
    expect(desk.requests()).toEqual([
      `GET /Knowledgebase/Article/ListAll/${category.id}/200/0`,
      `GET /Knowledgebase/Article/GetArticleCount/${category.id}`,
    ]);
  });

  it('are read page by page, each once', async () => {
    const { article, category } = await guide();
    const ids = [article.id];
    for (let number = 0; number < 204; number += 1) {
      const other = samples.knowledgebaseArticle(desk.kayako);
      other.categoryIds = [category.id];
      ids.push((await other.add()).id);
    }
    desk.requests();
    expect((await category.articles.all()).map(({ id }) => id)).toEqual(ids);
    expect(desk.requests().length).toBeGreaterThan(1);
  });

  it('are found by several categories, each once', async () => {
    const { article, category } = await guide();
    const other = await samples.knowledgebaseCategory(desk.kayako).add();
    article.categoryIds = [category.id, other.id];
    article.editedStaffId = 1;
    await article.save();
    const articles = desk.kayako.repository(KnowledgebaseArticle);
    const both = articles.where({ categoryIds: [category.id, other.id] });
    expect(await both.pluck('id').all()).toEqual([article.id]);
    expect(
      await articles
        .where({ categories: { title: other.title } })
        .pluck('id')
        .all(),
    ).toEqual([article.id]);
  });

  it('are made in it', async () => {
    const { category } = await guide();
    const made = category.articles.create({ creatorId: 1, subject: 'New', contents: 'Text' });
    expect(made.categoryIds).toEqual([category.id]);
    await made.add();
    expect(await category.articles.count()).toBe(2);
  });

  it('are added in a session after the category that they are made in', async () => {
    const session = desk.kayako.session();
    const category = session.create(KnowledgebaseCategory, {
      title: 'New',
      categoryType: 'public',
    });
    const article = category.articles.create({ creatorId: 1, subject: 'New', contents: 'Text' });
    session.add(article);
    desk.requests();
    await session.flush();
    expect(desk.requests()).toEqual([
      'POST /Knowledgebase/Category',
      'POST /Knowledgebase/Article',
    ]);
    expect(sent()).toMatchObject({ categoryid: String(category.id) });
    expect(article.categoryIds).toEqual([category.id]);
  });

  it('load along with their category, and it with them', async () => {
    const { article, category } = await guide();
    const categories = desk.kayako.repository(KnowledgebaseCategory);
    const [read] = await categories.include('articles').all();
    expect(read?.articles.items.map(String)).toEqual([String(article)]);
    const articles = desk.kayako.repository(KnowledgebaseArticle);
    const withCategories = await articles.include('categories').firstOrFail();
    expect(withCategories.categories.items.map(String)).toEqual([String(category)]);
    expect(withCategories.categories.ids).toEqual([category.id]);
  });
});

describe('a knowledgebase category', () => {
  it('is added with its parent under one name and saved with it under the other', async () => {
    const parent = await samples.knowledgebaseCategory(desk.kayako).add();
    const other = await samples.knowledgebaseCategory(desk.kayako).add();
    const category = desk.kayako.create(KnowledgebaseCategory, {
      title: 'Printing',
      categoryType: 'inherit',
      parentKbCategoryId: parent.id,
      articleSortOrder: 'creationDate',
      staffId: 1,
      isPublished: true,
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
    });
    await category.add();
    expect(sent()).toEqual({
      title: 'Printing',
      categorytype: '4',
      parentcategoryid: String(parent.id),
      articlesortorder: '4',
      staffid: '1',
      ispublished: '1',
      uservisibilitycustom: '1',
      usergroupidlist: '1,2',
    });
    expect(category).toMatchObject({
      parentKbCategoryId: parent.id,
      categoryType: 'inherit',
      isPublished: true,
      allowRating: false,
      userGroupIds: [1, 2],
      totalArticles: 0,
    });
    category.parentKbCategoryId = other.id;
    await category.save();
    expect(sent()).toEqual({ parentkbcategoryid: String(other.id) });
    category.parentKbCategoryId = null;
    await category.save();
    await category.reload();
    expect(category.parentKbCategoryId).toBeNull();
  });

  it('leads to its parent, its children and who made it', async () => {
    const parent = await samples.knowledgebaseCategory(desk.kayako).add();
    const category = parent.children.create({ title: 'Below', categoryType: 'public', staffId: 1 });
    await category.add();
    expect(String(await category.parent.load())).toBe(String(parent));
    expect((await category.staff.load())?.id).toBe(1);
    expect((await parent.children.all()).map(String)).toEqual([String(category)]);
    expect(await parent.parent.load()).toBeNull();
  });

  it.each([
    'allowComments',
    'allowRating',
    'isPublished',
    'userVisibilityCustom',
    'staffVisibilityCustom',
  ] as const)('has %s switched on by saving, but refuses to switch it off', async (flag) => {
    const category = await samples.knowledgebaseCategory(desk.kayako).add();
    category[flag] = true;
    await category.save();
    await category.reload();
    expect(category[flag]).toBe(true);
    category[flag] = false;
    desk.requests();
    const error = await errorOf(() => category.save());
    expect(error).toMatchObject({ code: 'FIELD_NOT_CLEARABLE', fields: [flag] });
    expect(error.message).toContain(`${flag} cannot be cleared or switched off`);
    expect(desk.requests()).toEqual([]);
  });

  it('comes in the order of ids, whatever the order it is shown in', async () => {
    const { kayako } = desk;
    const ids: number[] = [];
    for (const displayOrder of [3, 1, 2]) {
      const category = samples.knowledgebaseCategory(kayako);
      category.displayOrder = displayOrder;
      ids.push((await category.add()).id);
    }
    const categories = kayako.repository(KnowledgebaseCategory);
    expect(await categories.pluck('id').all()).toEqual(ids);
    expect((await categories.first())?.id).toBe(ids[0]);
    expect(await categories.orderBy('displayOrder').pluck('displayOrder').all()).toEqual([1, 2, 3]);
  });

  it('keeps what it is and who made it', async () => {
    const category = await samples.knowledgebaseCategory(desk.kayako).add();
    category.categoryType = null;
    expect(await errorOf(() => category.save())).toMatchObject({ code: 'FIELD_NOT_CLEARABLE' });
    category.categoryType = 'global';
    category.staffId = 1;
    expect(await errorOf(() => category.save())).toMatchObject({ code: 'INVALID_VALUE' });
  });

  it('that is deleted leaves its children at the top and its articles at the root', async () => {
    const { article, category } = await guide();
    const child = category.children.create({ title: 'Below', categoryType: 'public' });
    await child.add();
    await category.delete();
    await article.reload();
    await child.reload();
    expect(article.categoryIds).toEqual([]);
    expect(child.parentKbCategoryId).toBeNull();
  });
});

describe('a file of an article', () => {
  it('comes with its contents from lists as well, and is read below its article', async () => {
    const { article } = await guide();
    const file = article.attachments.create({ fileName: 'guide.txt' });
    file.setContents('Read me');
    await file.add();
    desk.requests();
    const [listed] = await article.attachments.all();
    expect(listed?.getContents().toString()).toBe('Read me');
    const read = await existing(desk.kayako.get(KnowledgebaseAttachment, article.id, file.id));
    expect(read).toMatchObject({ kbArticleId: article.id, fileName: 'guide.txt', fileSize: 7 });
    expect((await read.loadContents()).toString()).toBe('Read me');
    await read.delete();
    expect(desk.requests()).toEqual([
      `GET /Knowledgebase/Attachment/ListAll/${article.id}`,
      `GET /Knowledgebase/Attachment/${article.id}/${file.id}`,
      `DELETE /Knowledgebase/Attachment/${article.id}/${file.id}`,
    ]);
    expect(await desk.kayako.get(KnowledgebaseAttachment, article.id, file.id)).toBeNull();
  });

  it('is streamed up and down', async () => {
    const { article } = await guide();
    const bytes = Buffer.alloc(300_000, 'abcdefg');
    const file = article.attachments.create({ fileName: 'guide.bin' });
    await file.upload(Readable.from([bytes.subarray(0, 70_001), bytes.subarray(70_001)]));
    expect(file.fileSize).toBe(bytes.length);
    const pieces: Buffer[] = [];
    for await (const piece of file.download()) pieces.push(piece as Buffer);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });

  it('of another article is not found below this one, and no list is without an article', async () => {
    const { article } = await guide();
    const { article: other } = await guide();
    const file = article.attachments.create({ fileName: 'guide.txt' });
    file.setContents('');
    await file.add();
    expect(await desk.kayako.get(KnowledgebaseAttachment, other.id, file.id)).toBeNull();
    expect(await errorOf(() => desk.kayako.getAll(KnowledgebaseAttachment))).toMatchObject({
      code: 'SCOPE_REQUIRED',
    });
  });

  it('is none of an article that is not there, which lists say', async () => {
    const { article } = await guide();
    const { id } = article;
    await article.delete();
    const files = desk.kayako.repository(KnowledgebaseAttachment);
    const error = await errorOf(() => files.where({ kbArticleId: id }).all());
    expect(error).toMatchObject({ code: 'BAD_REQUEST', body: 'Article not found' });
    expect(await files.get(id, 1)).toBeNull();
  });

  it('is none of an article that was deleted while its files were included', async () => {
    const { article } = await guide();
    await guide();
    await using proxy = await startProxy(desk.sandbox);
    proxy.treat = async (route): Promise<Treatment> => {
      if (route.endsWith(`/Attachment/ListAll/${article.id}`) && !article.isNew)
        await article.delete();
      return 'pass';
    };
    const kayako = new Kayako({ ...desk.sandbox, url: proxy.url });
    try {
      const rows = await kayako.repository(KnowledgebaseArticle).include('attachments').all();
      expect(rows.map(({ attachments }) => attachments.items)).toEqual([[], []]);
      expect(article.isNew).toBe(true);
    } finally {
      await kayako.close();
    }
  });

  it('is found where the server forgets to say that the article has files', async () => {
    await using strict = await startDesk({ strictQuirks: true });
    const { article } = await guide(strict.kayako);
    const file = article.attachments.create({ fileName: 'guide.txt' });
    file.setContents('Read me');
    await file.add();
    await article.reload();
    expect(article).toMatchObject({ hasAttachments: false, files: [] });
    expect((await article.attachments.all()).map(String)).toEqual([String(file)]);
  });
});

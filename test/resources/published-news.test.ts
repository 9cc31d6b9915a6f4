import { type NewsCategory, NewsItem, type NewsStatus, PublishedNewsItem } from '@kayako-orm/orm';
import { type SandboxOptions } from '@kayako-orm/sandbox';
import { type Desk, errorOf, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';

/** The time of the help desk; each item that is added is a second younger than the one before. */
let now: number;
let desk: Desk;
let category: NewsCategory;

async function start(options: SandboxOptions = {}): Promise<void> {
  now = Date.parse('2026-03-01T12:00:00Z');
  desk = await startDesk({ clock: () => new Date(now), ...options });
  category = await samples.newsCategory(desk.kayako).add();
}
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

async function add(
  subject: string,
  fields: { newsStatus?: NewsStatus; start?: Date; expiry?: Date; categoryIds?: number[] } = {},
): Promise<NewsItem> {
  now += 1000;
  const item = desk.kayako.create(NewsItem, {
    staffId: 1,
    subject,
    contents: subject,
    categoryIds: [category.id],
    ...fields,
  });
  return item.add();
}

const subjects = async (categoryId: number): Promise<string[]> => {
  const news = desk.kayako.repository(PublishedNewsItem).where({ categoryIds: categoryId });
  return news.pluck('subject').all();
};

const YESTERDAY = new Date('2026-02-28T00:00:00Z');
const TOMORROW = new Date('2026-03-02T00:00:00Z');

describe('published news of a category', () => {
  beforeEach(async () => {
    await start();
  });

  it('are those that are published, have started and have not expired, with one request', async () => {
    await add('shown');
    await add('draft', { newsStatus: 'draft' });
    await add('to come', { start: TOMORROW });
    await add('running', { start: YESTERDAY, expiry: TOMORROW });
    await add('over', { expiry: YESTERDAY });
    await add('elsewhere', { categoryIds: [] });
    desk.requests();
    expect(await subjects(category.id)).toEqual(['shown', 'running']);
    expect(desk.requests()).toEqual([`GET /News/NewsItem/ListAll/${category.id}`]);
    expect(await desk.kayako.repository(NewsItem).count()).toBe(6);
  });

  it('are ordered as asked', async () => {
    await add('older');
    await add('newer');
    const news = desk.kayako.repository(PublishedNewsItem).where({ categoryIds: category.id });
    expect(await news.orderBy('dateline', 'desc').pluck('subject').all()).toEqual([
      'newer',
      'older',
    ]);
    expect((await news.orderBy('dateline', 'desc').first())?.subject).toBe('newer');
    expect(await news.where({ subject: { contains: 'new' } }).count()).toBe(1);
  });

  it('need a category, one at a time', async () => {
    const news = desk.kayako.repository(PublishedNewsItem);
    const other = await samples.newsCategory(desk.kayako).add();
    desk.requests();
    for (const query of [news, news.where({ categoryIds: [category.id, other.id] })]) {
      const error = await errorOf(() => query.all());
      expect(error).toMatchObject({ code: 'SCOPE_REQUIRED' });
      expect(error.message).toContain('categoryIds');
    }
    expect(desk.requests()).toEqual([]);
  });

  it('lead to the item with all its fields, to its author and to its comments', async () => {
    const item = await add('shown');
    await item.comments.create({ creatorType: 'staff', creatorId: 1, contents: 'Good' }).add();
    const [shown] = await category.publishedItems.all();
    expect(String(shown)).toBe(`<PublishedNewsItem (${item.id}): shown>`);
    expect(String(await shown?.item.load())).toBe(String(item));
    expect((await shown?.staff.load())?.id).toBe(1);
    expect((await shown?.comments.all())?.map(({ contents }) => contents)).toEqual(['Good']);
    expect(shown?.toJSON()).toEqual({
      id: item.id,
      staffId: 1,
      newsType: 'global',
      author: item.author,
      email: item.email,
      subject: 'shown',
      dateline: new Date(now).toISOString(),
      start: null,
      expiry: 'forever',
      totalComments: 1,
      allowComments: true,
      contents: 'shown',
      categoryIds: [category.id],
    });
  });

  it('are only read', async () => {
    await add('shown');
    const [shown] = (await category.publishedItems.all()) as unknown as {
      add(): Promise<void>;
      save(): Promise<void>;
      delete(): Promise<void>;
      reload(): Promise<void>;
    }[];
    desk.requests();
    for (const action of ['add', 'save', 'delete', 'reload'] as const) {
      expect(await errorOf(() => shown?.[action]())).toMatchObject({
        code: 'ACTION_NOT_AVAILABLE',
      });
    }
    expect(desk.requests()).toEqual([]);
  });
});

describe('a server that shows the news of all categories for one without any', () => {
  it('is not believed', async () => {
    await start({ strictQuirks: true });
    const empty = await samples.newsCategory(desk.kayako).add();
    await add('elsewhere');
    expect(await subjects(category.id)).toEqual(['elsewhere']);
    expect(await subjects(empty.id)).toEqual([]);
    expect(await empty.publishedItems.count()).toBe(0);
    expect(await empty.publishedItems.first()).toBeNull();
  });
});

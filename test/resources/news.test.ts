import { FOREVER, Kayako, NewsItem, NewsSubscriber, UserGroup } from '@kayako-orm/orm';
import { type Desk, errorOf, existing, startDesk } from '../support/desk.js';
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

describe('a news item', () => {
  it('is added with its lists as commas and its dates as days of the calendar', async () => {
    const [first, second] = [
      await samples.newsCategory(desk.kayako).add(),
      await samples.newsCategory(desk.kayako).add(),
    ];
    const item = desk.kayako.create(NewsItem, {
      staffId: 1,
      subject: 'We move',
      contents: '<p>To a larger office.</p>',
      newsType: 'private',
      newsStatus: 'draft',
      emailSubject: 'A new address',
      fromName: 'The office',
      sendEmail: true,
      categoryIds: [first.id, second.id],
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
      start: new Date('2030-12-31T15:05:00Z'),
      expiry: new Date('2031-01-05T00:00:00Z'),
    });
    await item.add();
    expect(sent()).toEqual({
      staffid: '1',
      newstype: '3',
      newsstatus: '1',
      fromname: 'The office',
      sendemail: '1',
      subject: 'We move',
      customemailsubject: 'A new address',
      start: '12/31/2030',
      start_hour: '3',
      start_minute: '5',
      start_meridian: 'pm',
      expiry: '01/05/2031',
      uservisibilitycustom: '1',
      usergroupidlist: '1,2',
      contents: '<p>To a larger office.</p>',
      newscategoryidlist: `${first.id},${second.id}`,
    });
    const read = await existing(desk.kayako.get(NewsItem, item.id));
    expect(read).toMatchObject({
      staffId: 1,
      newsType: 'private',
      newsStatus: 'draft',
      subject: 'We move',
      emailSubject: 'A new address',
      dateline: NOW,
      start: new Date('2030-12-31T15:05:00Z'),
      expiry: new Date('2031-01-05T00:00:00Z'),
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
      staffGroupIds: [],
      allowComments: true,
      categoryIds: [first.id, second.id],
      totalComments: 0,
    });
    expect(String(read)).toBe(`<NewsItem (${item.id}): We move>`);
  });

  it('is published for everybody at once and for ever where nothing is said', async () => {
    const item = await samples.newsItem(desk.kayako).add();
    expect(item).toMatchObject({
      newsType: 'global',
      newsStatus: 'published',
      start: null,
      categoryIds: [],
    });
    expect(item.expiry).toBe(FOREVER);
  });

  it('has the address of its author, whatever was given for the mail', async () => {
    const item = samples.newsItem(desk.kayako);
    item.email = 'noreply@example.com';
    await item.add();
    expect(sent()).toMatchObject({ email: 'noreply@example.com' });
    expect(item.email).not.toBe('noreply@example.com');
    expect(item.email).toBe((await item.staff.load())?.email);
  });

  it('sends subject, contents and editor with every save, and nothing else that did not change', async () => {
    const item = samples.newsItem(desk.kayako);
    item.start = new Date('2026-01-01T00:00:00Z');
    await item.add();
    const read = await existing(desk.kayako.get(NewsItem, item.id));
    read.newsStatus = 'draft';
    read.editedStaffId = 1;
    await read.save();
    expect(sent()).toEqual({
      editedstaffid: '1',
      newsstatus: '1',
      subject: item.subject,
      contents: item.contents,
    });
    expect(read).toMatchObject({ newsStatus: 'draft', start: item.start });
  });

  it('cannot be saved without an editor, without contents, or by another author', async () => {
    const item = await samples.newsItem(desk.kayako).add();
    desk.requests();
    item.contents = ' ';
    expect(await errorOf(() => item.save())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['editedStaffId', 'contents'],
    });
    item.contents = 'Hello';
    item.editedStaffId = 1;
    item.staffId = 2;
    expect(await errorOf(() => item.save())).toMatchObject({ code: 'INVALID_VALUE' });
    expect(desk.requests()).toEqual([]);
  });

  it('names what cannot be given when adding', async () => {
    const error = await errorOf(() => desk.kayako.create(NewsItem, { editedStaffId: 1 }));
    expect(error).toMatchObject({ code: 'UNKNOWN_FIELD', fields: ['editedStaffId'] });
    expect(error.message).toContain('editedStaffId can only be saved, once it was added');
  });

  it('loses its dates, its categories and its subject of mails when they are emptied', async () => {
    const category = await samples.newsCategory(desk.kayako).add();
    const item = samples.newsItem(desk.kayako);
    Object.assign(item, {
      start: new Date('2026-01-01T00:00:00Z'),
      expiry: new Date('2027-01-01T00:00:00Z'),
      categoryIds: [category.id],
      emailSubject: 'Read this',
    });
    await item.add();
    Object.assign(item, { start: null, expiry: FOREVER, categoryIds: [], emailSubject: '' });
    item.editedStaffId = 1;
    await item.save();
    expect(sent()).toMatchObject({
      start: '01/01/1970',
      expiry: '01/01/1970',
      newscategoryidlist: '',
      customemailsubject: '',
    });
    const read = await existing(desk.kayako.get(NewsItem, item.id));
    expect(read).toMatchObject({ start: null, categoryIds: [], emailSubject: '' });
    expect(read.expiry).toBe(FOREVER);
  });

  it('refuses a date that the calendar form cannot say, before anything is sent', async () => {
    const item = samples.newsItem(desk.kayako);
    item.start = new Date('2026-01-01T00:00:30Z');
    desk.requests();
    expect(await errorOf(() => item.add())).toMatchObject({ code: 'INVALID_VALUE' });
    expect(desk.requests()).toEqual([]);
  });

  it('refuses groups while their flag is off, before anything is sent', async () => {
    const item = await samples.newsItem(desk.kayako).add();
    item.editedStaffId = 1;
    item.staffGroupIds = [1];
    desk.requests();
    expect(await errorOf(() => item.save())).toMatchObject({ code: 'INVALID_VALUE' });
    expect(desk.requests()).toEqual([]);
    item.staffVisibilityCustom = true;
    await item.save();
    expect(item).toMatchObject({ staffVisibilityCustom: true, staffGroupIds: [1] });
    item.staffVisibilityCustom = false;
    await item.save();
    expect(item).toMatchObject({ staffVisibilityCustom: false, staffGroupIds: [] });
  });

  it('has its days in the order of the help desk', async () => {
    await using european = new Kayako({ ...desk.sandbox, dateFormat: 'eu' });
    const item = samples.newsItem(european);
    item.start = new Date('2030-01-05T00:00:00Z');
    await item.add();
    expect(sent()).toMatchObject({ start: '05/01/2030' });
  });

  it('is compared by dates of any second, and sent by the minute', async () => {
    const item = samples.newsItem(desk.kayako);
    item.expiry = new Date('2031-01-01T00:00:00Z');
    await item.add();
    const news = desk.kayako.repository(NewsItem);
    const second = new Date('2030-12-31T23:59:59.999Z');
    expect(await news.where({ expiry: { gt: second } }).count()).toBe(1);
    expect(await news.where({ start: { lte: second } }).count()).toBe(0);
    item.editedStaffId = 1;
    item.expiry = second;
    desk.requests();
    const error = await errorOf(() => item.save());
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('whole minutes');
    expect(desk.requests()).toEqual([]);
  });

  it('has no start where an older build does not tell', async () => {
    await using old = await startDesk({ form: 'docs' });
    const item = samples.newsItem(old.kayako);
    item.start = new Date('2026-01-01T00:00:00Z');
    await item.add();
    expect(item.start).toBeNull();
    item.editedStaffId = 1;
    await item.save();
    expect(sent(old)).not.toHaveProperty('start');
  });

  it('is changed in bulk by an editor', async () => {
    for (let number = 0; number < 3; number += 1) await samples.newsItem(desk.kayako).add();
    const items = desk.kayako.repository(NewsItem).where({ newsStatus: 'published' });
    const refused = await items.update({ newsStatus: 'draft' });
    expect(refused).toMatchObject({ done: 0, failed: 3 });
    const report = await items.update({ newsStatus: 'draft', editedStaffId: 1 });
    expect(report).toMatchObject({ done: 3, failed: 0 });
    expect(await items.count()).toBe(0);
  });

  it('is found by category, author and status', async () => {
    const category = await samples.newsCategory(desk.kayako).add();
    const items = desk.kayako.repository(NewsItem);
    const inside = samples.newsItem(desk.kayako);
    inside.categoryIds = [category.id];
    await inside.add();
    const draft = samples.newsItem(desk.kayako);
    draft.newsStatus = 'draft';
    await draft.add();
    expect(await items.where({ categoryIds: category.id }).pluck('id').all()).toEqual([inside.id]);
    expect(await items.where({ categories: category }).pluck('id').all()).toEqual([inside.id]);
    expect(await items.where({ newsStatus: 'draft' }).pluck('id').all()).toEqual([draft.id]);
    expect(await items.where({ staff: { id: 1 } }).count()).toBe(2);
  });

  it('loads its categories, author and comments along', async () => {
    const category = await samples.newsCategory(desk.kayako).add();
    const item = samples.newsItem(desk.kayako);
    item.categoryIds = [category.id];
    await item.add();
    await item.comments.create({ contents: 'Good', creatorType: 'staff', creatorId: 1 }).add();
    const items = desk.kayako.repository(NewsItem);
    const read = await items.include('categories', 'staff', 'comments').firstOrFail();
    expect(read.categories.items.map(String)).toEqual([String(category)]);
    expect(read.staff.value?.id).toBe(1);
    expect(read.comments.items.map(({ contents }) => contents)).toEqual(['Good']);
    expect(read.totalComments).toBe(1);
  });
});

describe('what servers do to news without a word', () => {
  let strict: Desk;
  beforeEach(async () => {
    strict = await startDesk({ strictQuirks: true });
  });
  afterEach(async () => {
    await strict[Symbol.asyncDispose]();
  });

  it('an item of another type than global is not added, and an error says that this is unknown', async () => {
    const item = samples.newsItem(strict.kayako);
    item.newsType = 'public';
    const error = await errorOf(() => item.add());
    expect(error).toMatchObject({ code: 'EMPTY_BODY', method: 'POST', route: '/News/NewsItem' });
    expect(error.message).toContain('Whether anything was done is unknown');
    expect(item.isNew).toBe(true);
    expect(await strict.kayako.getAll(NewsItem)).toEqual([]);
    item.newsType = 'global';
    await item.add();
    expect(item.isNew).toBe(false);
  });

  it.each([
    ['none', FOREVER],
    ['another one', new Date('2030-01-01T00:00:00Z')],
  ])('an expiry is lost when it is saved, where there was %s', async (_name, before) => {
    const item = samples.newsItem(strict.kayako);
    item.expiry = before;
    await item.add();
    item.editedStaffId = 1;
    item.expiry = new Date('2031-06-15T00:00:00Z');
    expect(await errorOf(() => item.save())).toMatchObject({
      code: 'CHANGE_IGNORED',
      fields: ['expiry'],
    });
    expect(item.expiry).toEqual(new Date('2031-06-15T00:00:00Z'));
    await item.reload();
    expect(item.expiry).toBe(FOREVER);
  });

  it('an item with a start but no expiry cannot be saved', async () => {
    const item = samples.newsItem(strict.kayako);
    item.start = new Date('2026-01-01T00:00:00Z');
    await item.add();
    item.editedStaffId = 1;
    item.subject = 'Changed';
    const error = await errorOf(() => item.save());
    expect(error).toMatchObject({ code: 'BAD_REQUEST' });
    expect(error.message).toContain('Start date must be before expiry date');
  });
});

describe('a news category', () => {
  it('counts its items, and is not lost from them without them', async () => {
    const category = await samples.newsCategory(desk.kayako).add();
    const item = samples.newsItem(desk.kayako);
    item.categoryIds = [category.id];
    await item.add();
    await category.reload();
    expect(category).toMatchObject({ newsItemCount: 1, visibilityType: 'public' });
    await category.delete();
    await item.reload();
    expect(item.categoryIds).toEqual([]);
  });

  it('sends only what changed', async () => {
    const category = await samples.newsCategory(desk.kayako).add();
    category.visibilityType = 'private';
    await category.save();
    expect(sent()).toEqual({ visibilitytype: 'private' });
  });

  it('keeps a title', async () => {
    const category = await samples.newsCategory(desk.kayako).add();
    category.title = ' ';
    expect(await errorOf(() => category.save())).toMatchObject({
      code: 'FIELD_NOT_CLEARABLE',
      fields: ['title'],
    });
  });
});

describe('a news subscriber', () => {
  it('sends its flags only where they say something else than the server', async () => {
    await desk.kayako
      .create(NewsSubscriber, { email: 'a@example.com', isValidated: false, sendEmails: false })
      .add();
    expect(sent()).toEqual({ email: 'a@example.com', sendemails: '0' });
    const validated = desk.kayako.create(NewsSubscriber, {
      email: 'B@Example.com',
      isValidated: true,
    });
    await validated.add();
    expect(sent()).toEqual({ email: 'B@Example.com', isvalidated: '1' });
    expect(validated).toMatchObject({ email: 'b@example.com', isValidated: true });
  });

  it('knows the user with its address', async () => {
    const subscriber = await desk.kayako
      .create(NewsSubscriber, { email: 'test@example.com' })
      .add();
    expect(subscriber).toMatchObject({ userId: 1, userGroupId: 2 });
    expect(String(await subscriber.user.load())).toBe('<User (1): Test User>');
    expect(await subscriber.userGroup.load()).toBeInstanceOf(UserGroup);
    const stranger = await samples.newsSubscriber(desk.kayako).add();
    expect(stranger).toMatchObject({ userId: null, userGroupId: null });
  });

  it('cannot be validated by saving, and each address subscribes once', async () => {
    const subscriber = await samples.newsSubscriber(desk.kayako).add();
    subscriber.isValidated = true;
    expect(await errorOf(() => subscriber.save())).toMatchObject({ code: 'INVALID_VALUE' });
    const again = desk.kayako.create(NewsSubscriber, { email: subscriber.email });
    expect(await errorOf(() => again.add())).toMatchObject({ code: 'BAD_REQUEST' });
  });
});

import { type Reply, textReply } from '../http/reply.js';
import { fullNameOf } from '../store/base-rows.js';
import { deleteNewsItem } from '../store/cascades.js';
import { NEWS_STATUS, NEWS_TYPE, type NewsItem } from '../store/news-rows.js';
import { type Store } from '../store/store.js';
import { container, leaf, leaves, onlyIn, type XmlNode } from '../xml/node.js';
import { dateSent } from './calendar-date.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, knownIds, loadRow, rowsById, rowsReply } from './documents.js';
import {
  groupVisibilityOf,
  keptFlags,
  staffVisibilityToXml,
  userVisibilityToXml,
  VISIBLE_TO_ALL,
} from './group-visibility.js';
import { demand } from './refusal.js';

const MAX_LISTED = 500;

/** /News/NewsItem (7.1). */
export const newsItem: Controller = {
  app: 'News',
  names: ['NewsItem'],
  list: (call) => itemsReply(call, call.store.newsItems),
  get: (call) => itemsReply(call, rowsById(call, call.store.newsItems)),
  create: (call) => {
    const row = newItemOf(call);
    // The real server makes nothing of the other two types, and says nothing.
    if (call.behaviour.strictQuirks && row.newsType !== NEWS_TYPE.global) return textReply(200, '');
    return itemsReply(call, [call.store.newsItems.insert((id) => ({ id, ...row }))]);
  },
  update: (call) => itemsReply(call, [updateItem(call)]),
  delete: (call) => {
    deleteNewsItem(call.store, load(call).id);
    return deletedReply();
  },
  actions: new Map([['listall', (call) => itemsReply(call, currentItems(call))]]),
};

function itemsReply(call: Call, rows: Iterable<NewsItem>): Reply {
  return rowsReply('newsitems', rows, (row) => toXml(call.store, row));
}

function load(call: Call): NewsItem {
  return loadRow(call, call.store.newsItems, () => 'Invalid news item ID');
}

/** What visitors see of a category, newest first; with strict quirks an empty category shows every category's. */
function currentItems(call: Call): NewsItem[] {
  const categoryId = call.args.id(0);
  const rows = [...call.store.newsItems];
  const inCategory = rows.filter(
    (row) => categoryId !== undefined && row.categoryIds.includes(categoryId),
  );
  const candidates = call.behaviour.strictQuirks && inCategory.length === 0 ? rows : inCategory;
  return candidates
    .filter(
      (row) =>
        row.newsStatus === NEWS_STATUS.published &&
        row.start <= call.now &&
        (row.expiry === 0 || row.expiry > call.now),
    )
    .sort((one, other) => other.dateline - one.dateline || other.id - one.id)
    .slice(0, MAX_LISTED);
}

const NEW_ITEM = {
  newsStatus: NEWS_STATUS.published,
  emailSubject: '',
  allowComments: true,
  categoryIds: [],
  ...VISIBLE_TO_ALL,
} as const;

function newItemOf(call: Call): Omit<NewsItem, 'id'> {
  const { fields, store } = call;
  demand(fields.isFilled('staffid'), 'Staff ID missing');
  const subject = fields.filled('subject');
  demand(subject !== undefined, 'Subject is empty');
  const contents = fields.filled('contents');
  demand(contents !== undefined, 'Content is empty');
  const staff = store.staff.get(fields.integer('staffid'));
  demand(staff !== undefined, 'Invalid Staff ID');
  const start = dateSent(fields, 'start') ?? 0;
  const expiry = dateSent(fields, 'expiry') ?? 0;
  demandOrder(start, expiry !== 0 ? expiry : Number.POSITIVE_INFINITY);
  return {
    staffId: staff.id,
    newsType: fields.code('newstype', 3) ?? NEWS_TYPE.global,
    author: fullNameOf(staff),
    email: staff.email,
    subject,
    dateline: call.now,
    start,
    expiry,
    contents,
    ...optionalFieldsOf(call, NEW_ITEM),
  };
}

function updateItem(call: Call): NewsItem {
  const { fields, store } = call;
  demand(fields.isFilled('editedstaffid'), 'Staff is missing or invalid');
  const present = load(call);
  const subject = textOf(call, 'subject', 'Subject is missing');
  const contents = textOf(call, 'contents', 'Contents is missing');
  demand(store.staff.has(fields.integer('editedstaffid')), 'Staff ID is invalid');
  const start = dateAfter(call, 'start', present.start);
  const expiry = dateAfter(call, 'expiry', present.expiry);
  // The real server takes no expiry for one in 1970.
  const isEndless = expiry === 0 && !call.behaviour.strictQuirks;
  demandOrder(start, isEndless ? Number.POSITIVE_INFINITY : expiry);
  return store.newsItems.replace({
    ...present,
    subject,
    contents,
    email: fields.filled('email') ?? present.email,
    start,
    expiry,
    ...optionalFieldsOf(call, present),
  });
}

/** The real server overwrites the text with nothing if nothing was sent; here that is refused like a blank one. */
function textOf(call: Call, name: string, missing: string): string {
  if (call.behaviour.strictQuirks && !call.fields.isPresent(name)) return '';
  const text = call.fields.filled(name);
  demand(text !== undefined, missing);
  return text;
}

/** The real server makes 0 of any date that PUT brings. */
function dateAfter(call: Call, name: string, present: number): number {
  const sent = dateSent(call.fields, name);
  if (sent === undefined) return present;
  return call.behaviour.strictQuirks ? 0 : sent;
}

function demandOrder(start: number, end: number): void {
  demand(start === 0 || start < end, 'Start date must be before expiry date');
}

type OptionalFields = Omit<
  NewsItem,
  | 'id'
  | 'staffId'
  | 'newsType'
  | 'author'
  | 'email'
  | 'subject'
  | 'dateline'
  | 'start'
  | 'expiry'
  | 'contents'
>;

/** The fields that keep their value when they are absent. */
function optionalFieldsOf(call: Call, present: OptionalFields): OptionalFields {
  const { fields, store } = call;
  return {
    newsStatus: fields.code('newsstatus', 2) ?? present.newsStatus,
    emailSubject: fields.text('customemailsubject') ?? present.emailSubject,
    allowComments: fields.optionalFlag('allowcomments') ?? present.allowComments,
    categoryIds: knownIds(
      store.newsCategories,
      fields.ids('newscategoryidlist') ?? present.categoryIds,
    ),
    ...groupVisibilityOf(call, present, keptFlags(call)),
  };
}

function toXml(store: Store, row: NewsItem): XmlNode {
  return container('newsitem', [
    leaf('id', row.id),
    leaf('staffid', row.staffId),
    leaf('newstype', row.newsType),
    leaf('newsstatus', row.newsStatus),
    leaf('author', row.author),
    leaf('email', row.email),
    leaf('subject', row.subject),
    leaf('emailsubject', row.emailSubject),
    leaf('dateline', row.dateline),
    onlyIn('live', leaf('start', row.start)),
    leaf('expiry', row.expiry),
    leaf('issynced', false),
    leaf('totalcomments', store.newsComments.of(row.id).length),
    ...userVisibilityToXml(row),
    ...staffVisibilityToXml(row),
    leaf('allowcomments', row.allowComments),
    leaf('contents', row.contents),
    container('categories', leaves('categoryid', row.categoryIds)),
  ]);
}

import { type Reply } from '../http/reply.js';
import { deleteKbCategory } from '../store/cascades.js';
import { ARTICLE_SORT_ORDER, type KbCategory } from '../store/knowledgebase-rows.js';
import { type Store } from '../store/store.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import {
  type FlagReader,
  groupVisibilityOf,
  staffVisibilityToXml,
  userVisibilityToXml,
  VISIBLE_TO_ALL,
} from './group-visibility.js';
import { keptText } from './kept-text.js';
import { demand } from './refusal.js';
import { byDisplayOrder, pageOf, sortedBy } from './row-order.js';

/** /Knowledgebase/Category (8.2). */
export const kbCategory: Controller = {
  app: 'Knowledgebase',
  names: ['Category'],
  list: (call) => categoriesReply(call, byDisplayOrder(call.store.kbCategories)),
  get: (call) => categoriesReply(call, rowsById(call, call.store.kbCategories)),
  create: (call) => categoriesReply(call, [createCategory(call)]),
  update: (call) => categoriesReply(call, [updateCategory(call)]),
  delete: (call) => {
    deleteKbCategory(call.store, load(call).id);
    return deletedReply();
  },
  actions: new Map([
    // The real server pages under this name only; the documented one is taken for an id that no category has.
    ['getlist', (call) => categoriesReply(call, page(call))],
    ['listall', (call) => categoriesReply(call, call.behaviour.strictQuirks ? [] : page(call))],
  ]),
};

type SortKey = (row: KbCategory, store: Store) => number | string;

const SORT_KEYS: ReadonlyMap<string, SortKey> = new Map<string, SortKey>([
  ['staffid', (row) => row.staffId],
  ['title', (row) => row.title.toLowerCase()],
  ['dateline', (row) => row.dateline],
  ['totalarticles', articleCount],
  ['categorytype', (row) => row.categoryType],
  ['articlesortorder', (row) => row.articleSortOrder],
]);

function page(call: Call): readonly KbCategory[] {
  const { args, store } = call;
  const key = SORT_KEYS.get(args.text(2).toLowerCase()) ?? ((row: KbCategory) => row.displayOrder);
  const rows = sortedBy(store.kbCategories, (row) => key(row, store), args.text(3));
  return pageOf(rows, args.integer(0, -1), args.integer(1, 0));
}

function categoriesReply(call: Call, rows: Iterable<KbCategory>): Reply {
  return rowsReply('kbcategories', rows, (row) => toXml(call.store, row));
}

function load(call: Call): KbCategory {
  return loadRow(call, call.store.kbCategories, () => 'Invalid category id');
}

const NEW_CATEGORY = {
  displayOrder: 0,
  articleSortOrder: ARTICLE_SORT_ORDER.title,
  allowComments: false,
  allowRating: false,
  isPublished: false,
  ...VISIBLE_TO_ALL,
} as const;

function createCategory(call: Call): KbCategory {
  const { fields, store } = call;
  const title = fields.filled('title');
  demand(title !== undefined, 'Title field is empty');
  const categoryType = fields.code('categorytype', 4);
  demand(categoryType !== undefined, 'Category type is empty');
  return store.kbCategories.insert((id) => ({
    id,
    title,
    categoryType,
    parentId: parentSent(call, ['parentcategoryid', 'parentkbcategoryid']) ?? 0,
    staffId: fields.integer('staffid'),
    dateline: call.now,
    ...optionalFieldsOf(call, NEW_CATEGORY),
  }));
}

function updateCategory(call: Call): KbCategory {
  const present = load(call);
  return call.store.kbCategories.replace({
    ...present,
    title: keptText(call, 'title', present.title, 'subject is empty'),
    categoryType: call.fields.code('categorytype', 4) ?? present.categoryType,
    parentId: parentSent(call, ['parentkbcategoryid', 'parentcategoryid']) ?? present.parentId,
    ...optionalFieldsOf(call, present),
  });
}

/** POST and PUT call the parent by different names; both are taken, the method's own one first. */
function parentSent(call: Call, names: readonly string[]): number | undefined {
  return names.map((name) => call.fields.optionalInteger(name)).find((id) => id !== undefined);
}

type OptionalFields = Omit<
  KbCategory,
  'id' | 'title' | 'categoryType' | 'parentId' | 'staffId' | 'dateline'
>;

/** The fields that keep their value when they are absent. */
function optionalFieldsOf(call: Call, present: OptionalFields): OptionalFields {
  const { fields } = call;
  // A 0 is taken for "not sent", so nothing can be switched off.
  const flag: FlagReader = (name, isOn) => isOn || (fields.optionalFlag(name) ?? false);
  return {
    displayOrder: fields.optionalInteger('displayorder') ?? present.displayOrder,
    articleSortOrder: fields.code('articlesortorder', 5) ?? present.articleSortOrder,
    allowComments: flag('allowcomments', present.allowComments),
    allowRating: flag('allowrating', present.allowRating),
    isPublished: flag('ispublished', present.isPublished),
    ...groupVisibilityOf(call, present, flag),
  };
}

function articleCount(row: KbCategory, store: Store): number {
  return [...store.kbArticles].filter((article) => article.categoryIds.includes(row.id)).length;
}

function toXml(store: Store, row: KbCategory): XmlNode {
  return container('kbcategory', [
    leaf('id', row.id),
    leaf('parentkbcategoryid', row.parentId),
    leaf('staffid', row.staffId),
    leaf('title', row.title),
    leaf('totalarticles', articleCount(row, store)),
    leaf('categorytype', row.categoryType),
    leaf('displayorder', row.displayOrder),
    leaf('allowcomments', row.allowComments),
    ...userVisibilityToXml(row),
    ...staffVisibilityToXml(row),
    leaf('allowrating', row.allowRating),
    leaf('ispublished', row.isPublished),
  ]);
}

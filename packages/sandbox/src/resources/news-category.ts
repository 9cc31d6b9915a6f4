import { type Reply } from '../http/reply.js';
import { type Visibility } from '../store/base-rows.js';
import { deleteNewsCategory } from '../store/cascades.js';
import { type NewsCategory } from '../store/news-rows.js';
import { type Store } from '../store/store.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import { keptText } from './kept-text.js';
import { demand } from './refusal.js';

/** /News/Category (7.2). */
export const newsCategory: Controller = {
  app: 'News',
  names: ['Category'],
  list: (call) => categoriesReply(call, call.store.newsCategories),
  get: (call) => categoriesReply(call, rowsById(call, call.store.newsCategories)),
  create: (call) => {
    const title = call.fields.filled('title');
    demand(title !== undefined, 'Title field is missing/empty');
    const type = call.fields.filled('visibilitytype');
    demand(type !== undefined, 'visibilitytype is missing/empty');
    const visibilityType = visibilityOf(type);
    const row = call.store.newsCategories.insert((id) => ({ id, title, visibilityType }));
    return categoriesReply(call, [row]);
  },
  update: (call) => {
    const present = load(call);
    const title = keptText(call, 'title', present.title, 'title is empty');
    const { visibilityType: type } = present;
    const visibilityType = visibilityOf(
      keptText(call, 'visibilitytype', type, 'visibilitytype is empty'),
    );
    const row = call.store.newsCategories.replace({ ...present, title, visibilityType });
    return categoriesReply(call, [row]);
  },
  delete: (call) => {
    deleteNewsCategory(call.store, load(call).id);
    return deletedReply();
  },
};

function load(call: Call): NewsCategory {
  return loadRow(call, call.store.newsCategories, () => 'Invalid category ID');
}

/** Any text but `public` means private. */
function visibilityOf(sent: string): Visibility {
  return sent === 'public' ? 'public' : 'private';
}

function categoriesReply(call: Call, rows: Iterable<NewsCategory>): Reply {
  return rowsReply('newscategories', rows, (row) => toXml(call.store, row));
}

function toXml(store: Store, row: NewsCategory): XmlNode {
  const items = [...store.newsItems].filter((item) => item.categoryIds.includes(row.id));
  return container('newscategory', [
    leaf('id', row.id),
    leaf('title', row.title),
    leaf('newsitemcount', items.length),
    leaf('visibilitytype', row.visibilityType),
  ]);
}

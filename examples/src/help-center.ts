// Writes an article and a piece of news, and reads what the support center shows of them.
// README.md shows the parts between the rulers.
import assert from 'node:assert/strict';
import { Kayako, KnowledgebaseCategory, NewsCategory, NewsItem } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox();
const kayako = new Kayako(sandbox);

// ----- article
const guides = kayako.create(KnowledgebaseCategory, { title: 'Guides', categoryType: 'public' });
await guides.add();
const article = guides.articles.create({
  creatorId: 1,
  subject: 'How to export',
  contents: '<p>Click and wait.</p>',
  articleStatus: 'published',
});
await article.add();
article.isFeatured = true;
article.editedStaffId = 1; // every save of an article or of news names its editor
await article.save(); // sends status, flags and categories too: the server would reset them
await article.comments.create({ creatorType: 'staff', creatorId: 1, contents: 'Done.' }).add();
for await (const each of guides.articles.where({ articleStatus: 'published' }))
  console.log(String(each)); // <KnowledgebaseArticle (1): How to export>
// -----
assert.deepEqual(article.categoryIds, [guides.id]);

// ----- news
const offers = kayako.create(NewsCategory, { title: 'Offers', visibilityType: 'public' });
await offers.add();
const offer = kayako.create(NewsItem, {
  staffId: 1,
  subject: 'Half price',
  contents: '<p>This year only.</p>',
  categoryIds: [offers.id],
  expiry: new Date('2099-12-31'), // FOREVER unless told otherwise
});
await offer.add();
const shown = await offers.publishedItems.all(); // published, started and not expired
// -----
assert.deepEqual(shown.map(String), [`<PublishedNewsItem (${offer.id}): Half price>`]);
console.log(shown.map(String).join('\n'));

await kayako.close();
await sandbox.close();

import { type Reply, xmlReply } from '../http/reply.js';
import { fullNameOf } from '../store/base-rows.js';
import { deleteKbArticle } from '../store/cascades.js';
import {
  ARTICLE_CREATOR,
  ARTICLE_STATUS,
  type KbArticle,
  ROOT_CATEGORY_ID,
} from '../store/knowledgebase-rows.js';
import { type Store } from '../store/store.js';
import { container, leaf, leaves, onlyIn, type XmlNode } from '../xml/node.js';
import { attachmentsOfItem } from './attachments-of-item.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import { plainTextOf } from './html-text.js';
import { keptText } from './kept-text.js';
import { demand } from './refusal.js';
import { pageOf } from './row-order.js';

const INVALID_STAFF = 'Invalid Staff ID';

/** /Knowledgebase/Article (8.1). */
export const kbArticle: Controller = {
  app: 'Knowledgebase',
  names: ['Article'],
  list: (call) => articlesReply(call, call.store.kbArticles),
  get: (call) => articlesReply(call, rowsById(call, call.store.kbArticles)),
  create: (call) => articlesReply(call, [createArticle(call)]),
  update: (call) => articlesReply(call, [updateArticle(call)]),
  delete: (call) => {
    deleteKbArticle(call.store, load(call).id);
    return deletedReply();
  },
  actions: new Map([
    [
      'listall',
      // The order is the desk's: field and direction in the path are ignored.
      (call) =>
        articlesReply(
          call,
          pageOf(articlesInPath(call), call.args.integer(1, -1), call.args.integer(2, 0)),
        ),
    ],
    [
      'getarticlecount',
      (call) =>
        xmlReply({
          root: 'kbarticles',
          items: [leaf('totalarticles', articlesInPath(call).length)],
        }),
    ],
  ]),
};

function articlesReply(call: Call, rows: Iterable<KbArticle>): Reply {
  return rowsReply('kbarticles', rows, (row) => toXml(call.store, row));
}

function load(call: Call): KbArticle {
  return loadRow(call, call.store.kbArticles, () => 'Invalid article id');
}

/** The articles of the category in the path, 0 for the root, by id. */
function articlesInPath(call: Call): KbArticle[] {
  const categoryId = call.args.id(0);
  return [...call.store.kbArticles].filter(
    (row) => categoryId !== undefined && row.categoryIds.includes(categoryId),
  );
}

function createArticle(call: Call): KbArticle {
  const { fields, store } = call;
  const subject = fields.filled('subject');
  demand(subject !== undefined, 'Subject field is empty');
  const contents = fields.filled('contents');
  demand(contents !== undefined, 'Content field is empty');
  demand(fields.isFilled('creatorid'), 'creatorid is empty');
  const staff = store.staff.get(fields.integer('creatorid'));
  demand(staff !== undefined, INVALID_STAFF);
  return store.kbArticles.insert((id) => ({
    id,
    contents,
    creator: ARTICLE_CREATOR.staff,
    creatorId: staff.id,
    author: fullNameOf(staff),
    email: staff.email,
    subject,
    isEdited: false,
    editedDateline: 0,
    editedStaffId: 0,
    views: 0,
    dateline: call.now,
    hasAttachments: false,
    rating: 0,
    ratingHits: 0,
    ratingCount: 0,
    ...replacedFields(call, subject),
    // A 0 is taken for "not sent" here, other than in PUT.
    allowComments: true,
  }));
}

function updateArticle(call: Call): KbArticle {
  const { fields, store } = call;
  demand(fields.isFilled('editedstaffid'), 'editedstaffid is empty');
  const present = load(call);
  const subject = keptText(call, 'subject', present.subject, 'subject is empty');
  const contents = keptText(call, 'contents', present.contents, 'contents is empty');
  const editor = store.staff.get(fields.integer('editedstaffid'));
  demand(editor !== undefined, INVALID_STAFF);
  return store.kbArticles.replace({
    ...present,
    subject,
    contents,
    isEdited: true,
    editedDateline: call.now,
    editedStaffId: editor.id,
    ...replacedFields(call, subject),
  });
}

type ReplacedFields = Pick<
  KbArticle,
  'articleStatus' | 'seoSubject' | 'isFeatured' | 'allowComments' | 'categoryIds'
>;

/** Everything that PUT resets when it is not sent. */
function replacedFields(call: Call, subject: string): ReplacedFields {
  const { fields } = call;
  return {
    articleStatus: fields.code('articlestatus', 3) ?? ARTICLE_STATUS.pendingApproval,
    seoSubject: fields.filled('seosubject') ?? seoSubjectOf(subject),
    isFeatured: fields.optionalFlag('isfeatured') ?? false,
    allowComments: fields.optionalFlag('allowcomments') ?? false,
    categoryIds: categoriesOf(call),
  };
}

function seoSubjectOf(subject: string): string {
  return subject
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** The known ones of the comma list; all of it if none is known, and the root without any. */
function categoriesOf(call: Call): number[] {
  const sent = call.fields.ids('categoryid') ?? [];
  const known = sent.filter((id) => id === ROOT_CATEGORY_ID || call.store.kbCategories.has(id));
  if (known.length > 0) return known;
  return sent.length > 0 ? sent : [ROOT_CATEGORY_ID];
}

function toXml(store: Store, row: KbArticle): XmlNode {
  return container('kbarticle', [
    leaf('kbarticleid', row.id),
    leaf('contents', row.contents),
    leaf('contentstext', plainTextOf(row.contents)),
    container('categories', leaves('categoryid', row.categoryIds)),
    leaf('creator', row.creator),
    leaf('creatorid', row.creatorId),
    leaf('author', row.author),
    leaf('email', row.email),
    leaf('subject', row.subject),
    onlyIn('live', leaf('seosubject', row.seoSubject)),
    leaf('isedited', row.isEdited),
    leaf('editeddateline', row.editedDateline),
    leaf('editedstaffid', row.editedStaffId),
    leaf('views', row.views),
    leaf('isfeatured', row.isFeatured),
    leaf('allowcomments', row.allowComments),
    leaf('totalcomments', store.kbComments.of(row.id).length),
    ...attachmentsOfItem(row, store.kbAttachments.of(row.id), () => leaf('link', '')),
    leaf('dateline', row.dateline),
    leaf('articlestatus', row.articleStatus),
    leaf('articlerating', row.rating),
    leaf('ratinghits', row.ratingHits),
    leaf('ratingcount', row.ratingCount),
  ]);
}

// News and knowledgebase.
import {
  type ArticleStatus,
  type Collection,
  type Forever,
  type Kayako,
  KnowledgebaseArticle,
  KnowledgebaseAttachment,
  KnowledgebaseCategory,
  KnowledgebaseComment,
  NewsComment,
  NewsItem,
  NewsSubscriber,
  PublishedNewsItem,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export async function knowledgebase(kayako: Kayako): Promise<void> {
  const articles = kayako.repository(KnowledgebaseArticle);
  const article = await articles.where({ categoryIds: 3 }).firstOrFail();
  expectTypeOf(article.articleStatus).toEqualTypeOf<ArticleStatus | null>();
  expectTypeOf(article.categoryIds).toEqualTypeOf<number[]>();
  expectTypeOf(article.comments).toEqualTypeOf<Collection<KnowledgebaseComment>>();
  articles.where({ articleStatus: 'pendingApproval', categories: { title: 'Guides' } });
  // @ts-expect-error there is no such status
  articles.where({ articleStatus: 'spam' });
  // @ts-expect-error children are no condition
  articles.where({ comments: { contents: 'x' } });
  // @ts-expect-error the help desk says who wrote it
  article.creator = 'staff';
  // @ts-expect-error views are counted by the help desk
  kayako.create(KnowledgebaseArticle, { views: 3 });
  // @ts-expect-error how articles are sorted is never returned
  kayako.repository(KnowledgebaseCategory).where({ articleSortOrder: 'title' });

  await kayako.get(KnowledgebaseAttachment, article.id, 31);
  // @ts-expect-error a file is read below its article
  await kayako.get(KnowledgebaseAttachment, 31);
  await kayako.get(KnowledgebaseComment, 9);
  // @ts-expect-error a comment has one id
  await kayako.get(KnowledgebaseComment, article.id, 9);
  const comment = await kayako.repository(KnowledgebaseComment).firstOrFail();
  await comment.delete();
  // @ts-expect-error comments cannot be changed
  await comment.save();
}

export async function news(kayako: Kayako): Promise<void> {
  const items = kayako.repository(NewsItem);
  const item = await items.where({ newsStatus: 'draft', expiry: { gt: new Date() } }).firstOrFail();
  expectTypeOf(item.expiry).toEqualTypeOf<Date | Forever>();
  expectTypeOf(item.start).toEqualTypeOf<Date | null>();
  // @ts-expect-error who saves it is never returned
  items.where({ editedStaffId: 1 });
  // @ts-expect-error there is no such type of news
  item.newsType = 'inherit';

  const shown = await kayako.repository(PublishedNewsItem).where({ categoryIds: 3 }).firstOrFail();
  // @ts-expect-error it is only read
  await shown.save();
  // @ts-expect-error nor reloaded
  await shown.reload();
  // @ts-expect-error nor read by id
  await kayako.get(PublishedNewsItem, 5);
  // @ts-expect-error nor assigned
  shown.subject = 'x';

  const comment = await kayako.repository(NewsComment).include('user', 'staff').firstOrFail();
  expectTypeOf(comment.user.value?.fullName).toEqualTypeOf<string | undefined>();
  // @ts-expect-error the greeting mail is never returned
  kayako.repository(NewsSubscriber).where({ sendEmails: true });
}

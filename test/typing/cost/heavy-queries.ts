// Queries as reports have them: combinations, conditions on relations of relations, queries inside conditions.
import { type Kayako, Staff, Ticket, TicketPost, User, type Where } from '@kayako-orm/orm';
import { ArticleComment, NewsComment } from './entities/comments.js';
import { FieldDefinition } from './entities/custom-fields.js';
import { Article, ArticleAttachment, ArticleCategory } from './entities/knowledgebase.js';
import { NewsItem, NewsSubscriber } from './entities/news.js';
import { EscalationRule, ServicePlan } from './entities/service-levels.js';
import { GuideAttachment, GuideCategory, GuideStep } from './entities/troubleshooter.js';

export function ticketReports(kayako: Kayako, staff: Staff, day: Date): void {
  const tickets = kayako.repository(Ticket);
  const managers = kayako.repository(User).where({ userRole: 'manager' });
  const condition: Where<Ticket> = { or: [{ isEscalated: true }, { flagType: 'red' }] };
  tickets.where({ and: [condition, { not: condition }] }).include('posts.attachments', 'owner');
  tickets
    .where({ or: [{ ownerStaffId: null }, { owner: { group: { isAdmin: true } } }] })
    .include('user.organization', 'owner.group', 'department');
  tickets.where({ not: { and: [{ statusId: 3 }, { creator: { notIn: ['staff', null] } }] } });
  tickets
    .where({ user: managers, department: { module: 'tickets' } })
    .orderBy('replies', 'desc')
    .include('user.group', 'posts');
  tickets.where({
    user: { organization: { country: 'ES', organizationType: 'shared' }, isEnabled: true },
    status: { markAsResolved: false, type: ['public', 'private'] },
    priority: { title: { in: ['High', 'Critical'] } },
  });
  tickets.where({
    owner: staff,
    or: [
      { nextReplyDue: { lt: day }, resolutionDue: null },
      { subject: { startsWith: 'Re:', ignoreCase: true }, tags: ['vip', 'urgent'] },
      { not: { department: { title: 'Sales', type: 'private' } } },
    ],
  });
  tickets.where({
    and: [
      { or: [{ creationMode: 'email' }, { creationMode: 'code:12', ipAddress: '' }] },
      { or: [{ lastActivity: { gte: day, lt: new Date() } }, { lastStaffReply: null }] },
    ],
    not: { or: [{ userId: [1, 2, 3] }, { email: { matches: /@example\./u } }] },
  });
  tickets
    .where({ department: { parentDepartmentId: null }, type: { title: 'Issue' } })
    .where({ user: { group: { groupType: 'registered' } } })
    .where({ or: [{ replies: { gt: 10 } }, { tags: { some: { contains: 'late' } } }] })
    .orderBy('lastActivity', 'desc')
    .orderBy('subject')
    .take(5);
  tickets.where({ status: null, user: kayako.repository(User).where({ fullName: 'Ann' }) });
  kayako.repository(TicketPost).where({
    ticketId: [1, 2, 3],
    not: { or: [{ isPrivate: true }, { creator: ['automatic', 'code:7'] }] },
    or: [{ hasAttachments: true }, { contents: { contains: 'refund', ignoreCase: true } }],
  });
}

export function peopleReports(kayako: Kayako, day: Date): void {
  const users = kayako.repository(User);
  users.where({
    or: [
      { organization: { slaPlanExpiry: { lt: day }, name: { contains: 'GmbH' } } },
      { organization: null, group: { title: 'Registered', isMaster: true } },
    ],
    not: { email: { some: { in: ['root@example.com', 'noreply@example.com'] } } },
  });
  users.where({
    and: [{ lastVisit: { ne: null } }, { not: { lastVisit: { gte: day } } }],
    userExpiry: { gt: day, ne: new Date() },
    designation: { ne: '', startsWith: 'Head', ignoreCase: true },
  });
  kayako
    .repository(Staff)
    .where({ group: { or: [{ isAdmin: true }, { title: ['Managers', 'Leads'] }] } })
    .where({ not: { or: [{ isEnabled: false }, { timezone: { startsWith: 'Europe/' } }] } });
  kayako.repository(NewsSubscriber).where({
    user: { organization: { city: ['Madrid', 'Paris'] }, group: { isMaster: false } },
    or: [{ lastMail: null }, { lastMail: { lt: day }, sentCount: { lt: 5 } }],
  });
}

export function knowledgeReports(kayako: Kayako, article: Article, day: Date): void {
  const admins = kayako.repository(Staff).where({ group: { isAdmin: true } });
  const articles = kayako.repository(Article);
  articles.where({
    category: { parent: { parent: { title: 'Products' } }, isPublished: true },
    or: [{ writer: admins }, { editor: { email: { endsWith: '@example.com' } } }],
  });
  articles.where({
    reviewer: null,
    and: [{ reviewDue: { lt: day } }, { or: [{ expiry: { gt: day } }, { revision: [1, 2] }] }],
    keywords: { some: { notIn: ['draft', 'internal'] } },
  });
  articles.where({ not: { category: { owner: { group: { title: 'Guests' } } } } });
  kayako.repository(ArticleCategory).where({
    owner: admins,
    parent: { or: [{ categoryType: 'inherit' }, { articleSortOrder: ['title', 'code:8'] }] },
    userGroupIds: { some: { gte: 10 } },
  });
  kayako.repository(ArticleAttachment).where({
    article: { category: { parent: null }, writer: { isEnabled: true } },
    or: [{ width: { gt: 1000 } }, { height: { gt: 1000 } }, { checksum: null }],
  });
  kayako.repository(ArticleAttachment).where({ or: [{ article }, { uploader: admins }] });
  kayako.repository(ArticleComment).where({
    article: articles.where({ isFeatured: true, articleStatus: ['published', 'draft'] }),
    parent: { commentStatus: { ne: 'spam' }, user: { isEnabled: true } },
  });
  kayako.repository(ArticleComment).where({
    or: [{ user: null }, { user: { organization: { name: 'ACME' } } }, { creatorType: 'staff' }],
    not: { fullName: { contains: 'test', ignoreCase: true } },
  });
  kayako.repository(NewsComment).where({
    item: { category: { isEnabled: true }, writer: admins, newsType: ['global', 'public'] },
    parent: { parent: { parent: null } },
  });
  kayako.repository(NewsItem).where({
    or: [{ editor: null }, { editor: admins }, { editor: { lastName: { ne: 'Doe' } } }],
    category: { visibilityType: 'public', language: { in: ['en', 'es'] } },
    userGroupIds: [1, 2],
  });
  kayako.repository(NewsItem).where({
    and: [{ start: { lte: day } }, { not: { expiry: { lt: day } } }, { allowComments: true }],
    writer: { group: { isAdmin: false }, username: { matches: /^ed/u } },
  });
  kayako.repository(GuideStep).where({
    category: { owner: admins, categoryType: { in: ['global', 'public'] } },
    redirectDepartment: { module: 'tickets', userGroupIds: 4 },
    ticketPriority: { type: 'public' },
    or: [{ childStepIds: 12 }, { displayOrder: { gt: 3, lte: 9 } }],
  });
  kayako.repository(GuideStep).where({ not: { ticketType: { title: { startsWith: 'Bug' } } } });
  kayako.repository(GuideCategory).where({
    or: [{ owner: { fullName: 'Ann' } }, { staffGroupIds: [3, 4] }, { views: { lt: 10 } }],
  });
  kayako.repository(GuideAttachment).where({
    step: { category: { isEnabled: true }, stepStatus: 'published', owner: admins },
    not: { or: [{ fileType: 'exe' }, { fileSize: { gte: 1_000_000 } }] },
  });
}

export function serviceReports(kayako: Kayako, day: Date): void {
  const plans = kayako.repository(ServicePlan);
  plans.where({
    department: { title: 'Sales' },
    status: { markAsResolved: true },
    priority: { title: 'Low' },
    type: { departmentId: null },
    owner: { group: { isAdmin: true } },
    group: { groupType: 'guest' },
  });
  plans.where({
    or: [{ organizationIds: { some: [1, 2] } }, { userIds: { some: { gt: 100 } } }],
    not: { validUntil: { lte: day } },
  });
  kayako.repository(EscalationRule).where({
    plan: plans.where({ isEnabled: true, overdueHours: { lt: 8 } }),
    newOwner: { group: { title: 'Leads' } },
    or: [{ newDepartment: null }, { newDepartment: { type: 'private' } }, { newStatusId: 3 }],
  });
  kayako.repository(EscalationRule).where({
    plan: { department: { title: 'Sales' }, owner: null },
    addTags: ['late', 'vip'],
    emailTo: { some: { endsWith: '@example.com', ignoreCase: true } },
    and: [{ lastExecuted: { ne: null } }, { executions: { gte: 1 } }, { endsOn: { gt: day } }],
  });
  kayako.repository(FieldDefinition).where({
    group: { groupType: { notIn: ['user', 'code:15'] }, departmentIds: 1 },
    creator: { email: { contains: '@' } },
    or: [{ minLength: null, maxLength: { lte: 80 } }, { fieldType: ['text', 'textArea'] }],
  });
}

// Queries of the everyday kind: a few fields, some operators, an order.
import {
  Department,
  FOREVER,
  type Kayako,
  Staff,
  StaffGroup,
  Ticket,
  TicketAttachment,
  TicketCustomField,
  TicketNote,
  TicketPost,
  TicketPriority,
  TicketStatus,
  TicketTimeTrack,
  TicketType,
  User,
  UserGroup,
  UserOrganization,
} from '@kayako-orm/orm';
import { ArticleComment, NewsComment } from './entities/comments.js';
import { FieldDefinition, FieldGroup } from './entities/custom-fields.js';
import { Article, ArticleAttachment, ArticleCategory } from './entities/knowledgebase.js';
import { NewsCategory, NewsItem, NewsSubscriber } from './entities/news.js';
import { EscalationRule, ServicePlan } from './entities/service-levels.js';
import { GuideAttachment, GuideCategory, GuideStep } from './entities/troubleshooter.js';

export function ticketQueries(kayako: Kayako, ticket: Ticket, day: Date): void {
  const tickets = kayako.repository(Ticket);
  tickets.where({ departmentId: 1, statusId: [1, 2] });
  tickets.where({ ownerStaffId: null, isEscalated: true }).orderBy('creationTime');
  tickets.where({ lastActivity: { lt: day }, replies: { gte: 3 } }).orderBy('lastActivity', 'desc');
  tickets.where({ subject: { contains: 'printer', ignoreCase: true } }).take(20);
  tickets.where({ creator: 'staff', creationMode: ['email', 'api'], flagType: { ne: 'none' } });
  tickets.where({ tags: 'urgent', email: { endsWith: '@example.com' } });
  tickets.where({ tags: ['urgent', 'vip'], priorityId: { in: [1, 2, null] } });
  tickets.where({ displayId: { matches: /^VBQ/ }, templateGroupName: null });
  tickets
    .where({ creationType: 'code:42', typeId: { notIn: [3, 4] } })
    .skip(10)
    .take(10);
  tickets.where({ creationTime: { gte: day }, nextReplyDue: { ne: null, lt: day } });
  tickets.where({ userId: 1 }).where({ resolutionDue: null });
  tickets.where({ department: { title: 'Sales' } });
  kayako.repository(TicketPost).where({ ticketId: 1, creator: 'user', isPrivate: false });
  kayako.repository(TicketPost).where({ ticketId: [1, 2], dateline: { gt: day } });
  kayako.repository(TicketNote).where({ ticketId: 1, noteColor: ['red', 'yellow'] });
  kayako.repository(TicketNote).where({ ticketId: 1, contents: { contains: 'call back' } });
  kayako.repository(TicketTimeTrack).where({ ticketId: 1, timeWorked: { gt: 3600 } });
  kayako.repository(TicketAttachment).where({ ticketId: 1, fileName: { endsWith: '.pdf' } });
  kayako.repository(TicketCustomField).where({ ticketId: 1, title: 'Device' });
  kayako.repository(TicketStatus).where({ markAsResolved: false }).orderBy('displayOrder');
  kayako.repository(TicketPriority).where({ type: 'public', title: ['High', 'Critical'] });
  kayako.repository(TicketType).where({ departmentId: null, userGroupIds: 2 });
  ticket.posts.where({ creator: 'staff', hasAttachments: true }).orderBy('dateline');
  ticket.notes.where({ creatorStaffId: { ne: 7 } });
  ticket.timeTracks.where({ workDate: { gte: day } });
}

export function peopleQueries(kayako: Kayako, day: Date): void {
  const users = kayako.repository(User);
  users.where({ email: ['a@example.com', 'b@example.com'], isEnabled: true });
  users.where({ userExpiry: FOREVER, userRole: 'manager' }).orderBy('fullName');
  users.where({ userExpiry: { lt: day }, slaPlanExpiry: { gt: FOREVER } });
  users.where({ organization: { city: 'Madrid' } });
  users.where({ lastVisit: { gte: day }, email: { some: { endsWith: '@example.com' } } });
  users.where({ or: [{ phone: '' }, { phone: { startsWith: '+34' } }] });
  users.where({ timezone: { ne: '' }, enableDst: true, userGroupId: [1, 2] }).take(100);
  kayako.repository(UserGroup).where({ groupType: 'registered', isMaster: false });
  kayako.repository(UserOrganization).where({ organizationType: 'shared', country: ['ES', 'FR'] });
  kayako.repository(UserOrganization).where({ slaPlanId: { ne: null }, dateline: { lt: day } });
  kayako.repository(Department).where({ module: 'tickets', parentDepartmentId: null });
  kayako.repository(Department).where({ type: { ne: 'private' }, userGroupIds: [1, 2] });
  kayako.repository(Staff).where({ isEnabled: true, group: { isAdmin: true } });
  kayako
    .repository(Staff)
    .where({ email: { endsWith: '@example.com' } })
    .orderBy('lastName');
  kayako.repository(StaffGroup).where({ isAdmin: true });
}

export function knowledgeQueries(kayako: Kayako, day: Date): void {
  const articles = kayako.repository(Article);
  articles.where({ articleStatus: 'published', isFeatured: true }).orderBy('views', 'desc');
  articles.where({ subject: { contains: 'invoice' }, keywords: ['billing', 'vat'] });
  articles.where({ expiry: { lt: day }, reviewDue: { ne: null } });
  articles.where({ articleRating: { gte: 4 }, ratingCount: { gt: 10 } }).take(10);
  articles.where({ categoryIds: { some: [3, 4] }, creator: 'code:9' });
  kayako.repository(ArticleCategory).where({ categoryType: ['public', 'inherit'] });
  kayako.repository(ArticleCategory).where({ articleSortOrder: 'rating', parentCategoryId: null });
  kayako.repository(ArticleAttachment).where({ fileSize: { gt: 1_000_000 }, isInline: false });
  kayako.repository(ArticleComment).where({ commentStatus: 'pending', dateline: { lt: day } });
  kayako.repository(ArticleComment).where({ parentCommentId: null, likes: { gte: 5 } });
  kayako.repository(NewsComment).where({ commentStatus: { ne: 'spam' }, isPinned: true });
  kayako.repository(NewsItem).where({ newsStatus: 'published', expiry: FOREVER });
  kayako
    .repository(NewsItem)
    .where({ start: { lte: day }, userGroupIds: 3 })
    .orderBy('dateline');
  kayako.repository(NewsCategory).where({ visibilityType: 'public', newsItemCount: { gt: 0 } });
  kayako.repository(NewsSubscriber).where({ isValidated: false, bounceCount: { gte: 3 } });
  kayako.repository(GuideCategory).where({ language: 'es', isEnabled: true }).orderBy('title');
  kayako.repository(GuideStep).where({ stepStatus: 'draft', parentStepIds: [] });
  kayako.repository(GuideStep).where({ redirectTickets: true, redirectDepartmentId: null });
  kayako.repository(GuideAttachment).where({ downloads: 0, fileType: ['png', 'jpg'] });
  kayako.repository(FieldGroup).where({ groupType: ['ticket', 'userTicket'], isEnabled: true });
  kayako.repository(FieldDefinition).where({ fieldType: { in: ['select', 'radio'] } });
  kayako.repository(FieldDefinition).where({ maxLength: { ne: null, lt: 10 }, isRequired: true });
  kayako.repository(FieldDefinition).where({ options: { some: { startsWith: 'other' } } });
  kayako.repository(ServicePlan).where({ ruleType: 'extended', overdueHours: { lte: 24 } });
  kayako.repository(ServicePlan).where({ validUntil: { gte: day }, organizationIds: 17 });
  kayako.repository(EscalationRule).where({ flagType: ['red', 'orange'], notifyOwner: true });
}

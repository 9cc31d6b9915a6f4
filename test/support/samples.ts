import {
  type CreateInput,
  Department,
  type Kayako,
  KnowledgebaseArticle,
  KnowledgebaseCategory,
  NewsCategory,
  NewsItem,
  NewsSubscriber,
  Staff,
  StaffGroup,
  Ticket,
  type TicketPost,
  TroubleshooterCategory,
  type TroubleshooterStep,
  User,
  UserGroup,
  UserOrganization,
} from '@kayako-orm/orm';

let counter = 0;

/** A number that no other sample has, for names that must be unique. */
export function unique(): number {
  counter += 1;
  return counter;
}

export function department(kayako: Kayako): Department {
  return kayako.create(Department, {
    title: `Desk ${unique()}`,
    type: 'public',
    module: 'tickets',
  });
}

export function staffGroup(kayako: Kayako): StaffGroup {
  return kayako.create(StaffGroup, { title: `Group ${unique()}`, isAdmin: false });
}

export function staff(kayako: Kayako): Staff {
  const number = unique();
  return kayako.create(Staff, {
    firstName: 'John',
    lastName: `Doe ${number}`,
    username: `john${number}`,
    email: `john${number}@example.com`,
    password: 'easypass332',
    staffGroupId: 1,
  });
}

export function userGroup(kayako: Kayako): UserGroup {
  return kayako.create(UserGroup, { title: `Customers ${unique()}`, groupType: 'registered' });
}

export function organization(kayako: Kayako): UserOrganization {
  return kayako.create(UserOrganization, {
    name: `Acme ${unique()}`,
    organizationType: 'restricted',
  });
}

export function user(kayako: Kayako): User {
  const number = unique();
  return kayako.create(User, {
    fullName: `Ang Gary ${number}`,
    userGroupId: 2,
    email: [`gary${number}@example.com`],
    password: 'easypass332',
    sendWelcomeEmail: false,
  });
}

/** What a ticket of the first user is made of. */
export function ticketFields(): CreateInput<Ticket> {
  return {
    subject: `I found a bug (${unique()})`,
    fullName: 'Test User',
    email: 'test@example.com',
    contents: 'I am an angry customer you need to make me happy.',
    departmentId: 1,
    statusId: 1,
    priorityId: 1,
    typeId: 1,
    userId: 1,
  };
}

export function ticket(kayako: Kayako): Ticket {
  return kayako.create(Ticket, ticketFields());
}

/** A ticket with a reply of staff, added. */
export async function answeredTicket(
  kayako: Kayako,
): Promise<{ ticket: Ticket; reply: TicketPost }> {
  const added = await ticket(kayako).add();
  const reply = await added.posts.create({ contents: 'We have a patch.', staffId: 1 }).add();
  return { ticket: added, reply };
}

export function newsCategory(kayako: Kayako): NewsCategory {
  return kayako.create(NewsCategory, { title: `News ${unique()}`, visibilityType: 'public' });
}

export function newsItem(kayako: Kayako): NewsItem {
  return kayako.create(NewsItem, {
    staffId: 1,
    subject: `We are open (${unique()})`,
    contents: '<p>Come in.</p>',
  });
}

export function newsSubscriber(kayako: Kayako): NewsSubscriber {
  return kayako.create(NewsSubscriber, { email: `reader${unique()}@example.com` });
}

export function knowledgebaseCategory(kayako: Kayako): KnowledgebaseCategory {
  return kayako.create(KnowledgebaseCategory, {
    title: `Guides ${unique()}`,
    categoryType: 'global',
  });
}

export function knowledgebaseArticle(kayako: Kayako): KnowledgebaseArticle {
  return kayako.create(KnowledgebaseArticle, {
    creatorId: 1,
    subject: `How to export (${unique()})`,
    contents: '<p>Click &amp; wait.</p>',
  });
}

export function troubleshooterCategory(kayako: Kayako): TroubleshooterCategory {
  return kayako.create(TroubleshooterCategory, {
    title: `Printers ${unique()}`,
    categoryType: 'global',
    staffId: 1,
  });
}

/** A step of a new category, which was added. */
export async function troubleshooterStep(kayako: Kayako): Promise<TroubleshooterStep> {
  const category = await troubleshooterCategory(kayako).add();
  return category.steps.create({
    subject: `Does it smoke? (${unique()})`,
    contents: 'Look for smoke.',
    staffId: 1,
  });
}

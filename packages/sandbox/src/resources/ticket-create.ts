import { fullNameOf, type Staff, type User } from '../store/base-rows.js';
import { holds } from '../store/user-table.js';
import { CREATION_MODE, CREATOR, type Ticket } from '../store/ticket-rows.js';
import { type Call } from './call.js';
import { demand } from './refusal.js';
import { templateGroupOf } from './template-group.js';

/** Creates a ticket with its first post after the checks of 6.1.2 in their order. */
export function createTicket(call: Call): Ticket {
  const { fields, store } = call;
  const subject = demandText(call, 'subject', 'Subject is empty');
  const fullName = demandText(call, 'fullname', 'Fullname is empty');
  const email = demandText(call, 'email', 'Email is empty').trim().toLowerCase();
  const contents = demandText(call, 'contents', 'Contents is empty');
  demandFilledIds(call);
  const place = demandPlace(call);
  const author = authorOf(call, withoutMarkup(fullName), email);
  const owner = store.staff.get(fields.integer('ownerstaffid'));
  const isByStaff = author.staffId !== 0;
  const created = store.tickets.insert((id) => ({
    id,
    flagType: 0,
    displayId: store.createDisplayId(),
    ...place,
    userId: author.userId,
    ownerStaffId: owner?.id ?? 0,
    ownerStaffName: owner === undefined ? '' : fullNameOf(owner),
    fullName: author.fullName,
    email: author.email,
    lastReplier: author.fullName,
    subject,
    creationTime: call.now,
    lastActivity: call.now,
    lastStaffReply: isByStaff ? call.now : 0,
    lastUserReply: isByStaff ? 0 : call.now,
    slaPlanId: 0,
    nextReplyDue: 0,
    resolutionDue: 0,
    resolvedAt: store.statuses.get(place.statusId)?.markAsResolved === true ? call.now : 0,
    replies: 0,
    ipAddress: call.remoteAddress,
    creator: isByStaff ? CREATOR.staff : CREATOR.user,
    creationMode: CREATION_MODE.api,
    creationType: isPhone(call) ? 2 : 1,
    isEscalated: false,
    escalationRuleId: 0,
    templateGroupId: templateGroupOf(call),
    tags: [],
    watchers: [],
    workflows: [],
  }));
  addFirstPost(call, created, author, contents);
  return created;
}

function demandText(call: Call, name: string, text: string): string {
  const value = call.fields.filled(name);
  demand(value !== undefined, text);
  return value;
}

function demandFilledIds(call: Call): void {
  for (const [name, title] of [
    ['departmentid', 'Department'],
    ['ticketstatusid', 'Ticket Status'],
    ['ticketpriorityid', 'Ticket Priority'],
    ['tickettypeid', 'Ticket Type'],
  ] as const) {
    demand(call.fields.isFilled(name), `${title} ID is empty`);
  }
  demand(
    ['staffid', 'userid', 'autouserid'].some((name) => call.fields.isFilled(name)),
    NO_CREATOR,
  );
}

const NO_CREATOR = 'Staff ID, User ID and Auto User ID values are empty or not provided';

function demandPlace(
  call: Call,
): Pick<Ticket, 'departmentId' | 'statusId' | 'priorityId' | 'typeId'> {
  const { fields, store } = call;
  const department = store.departments.get(fields.integer('departmentid'));
  demand(department !== undefined, 'Department ID is Invalid');
  demand(department.module === 'tickets', 'Department App is not Tickets');
  const status = store.statuses.get(fields.integer('ticketstatusid'));
  demand(status !== undefined, 'Ticket Status ID is Invalid');
  const priority = store.priorities.get(fields.integer('ticketpriorityid'));
  demand(priority !== undefined, 'Ticket Priority ID is Invalid');
  const type = store.types.get(fields.integer('tickettypeid'));
  demand(type !== undefined, 'Ticket Type ID is Invalid');
  return {
    departmentId: department.id,
    statusId: status.id,
    priorityId: priority.id,
    typeId: type.id,
  };
}

interface Author {
  readonly userId: number;
  /** 0 for a ticket by a user. */
  readonly staffId: number;
  readonly fullName: string;
  readonly email: string;
  /** Where the first post was mailed to. */
  readonly emailTo: string;
}

/** Automatic user before user before staff; a staff id that is sent must exist even when it is not used. */
function authorOf(call: Call, fullName: string, email: string): Author {
  const { fields, store } = call;
  const staff = store.staff.get(fields.integer('staffid'));
  demand(staff !== undefined || !fields.isPresent('staffid'), 'Staff ID is Invalid');
  if (fields.isOn('autouserid')) {
    const user = findOrCreateUser(call, fullName, email);
    return { userId: user.id, staffId: 0, fullName, email, emailTo: '' };
  }
  if (fields.isPresent('userid')) {
    const user = store.users.get(fields.integer('userid'));
    demand(user !== undefined, 'User ID is Invalid');
    demand(holds(user, email) || call.behaviour.lenientCreator, 'User Email is Invalid');
    return { userId: user.id, staffId: 0, fullName: user.fullName, email, emailTo: '' };
  }
  demand(staff !== undefined, NO_CREATOR);
  return authorForStaff(call, staff, fullName, email);
}

/** The staff member stands for the author, except on the phone, where the customer does. */
function authorForStaff(call: Call, staff: Staff, fullName: string, email: string): Author {
  const user = findOrCreateUser(call, fullName, email);
  const shown = isPhone(call)
    ? { fullName, email }
    : { fullName: fullNameOf(staff), email: staff.email };
  return { userId: user.id, staffId: staff.id, ...shown, emailTo: email };
}

/** The user who holds the address, or a new one in the built-in registered group. */
function findOrCreateUser(call: Call, fullName: string, email: string): User {
  const { store } = call;
  const present = store.users.findByEmail(email);
  if (present !== undefined) return present;
  const group = store.userGroups.find((row) => row.isMaster && row.groupType === 'registered');
  return store.users.insert((id) => ({
    id,
    userGroupId: group?.id ?? 0,
    role: 'user',
    organizationId: 0,
    salutation: '',
    expiry: 0,
    fullName,
    emails: [email],
    designation: '',
    phone: '',
    dateline: call.now,
    lastVisit: 0,
    isEnabled: true,
    timezone: '',
    enableDst: false,
    slaPlanId: 0,
    slaPlanExpiry: 0,
  }));
}

function addFirstPost(call: Call, ticket: Ticket, author: Author, contents: string): void {
  call.store.posts.insert((id) => ({
    id,
    ticketId: ticket.id,
    dateline: call.now,
    userId: author.staffId === 0 ? author.userId : 0,
    fullName: author.fullName,
    email: author.email,
    emailTo: author.emailTo,
    ipAddress: call.remoteAddress,
    hasAttachments: false,
    creator: ticket.creator,
    isThirdParty: false,
    isHtml: false,
    isEmailed: false,
    staffId: author.staffId,
    isSurveyComment: false,
    contents,
    isPrivate: false,
  }));
}

function isPhone(call: Call): boolean {
  return call.fields.text('type') === 'phone';
}

/** HTML is stripped from names, and a quotation mark becomes an apostrophe. */
function withoutMarkup(name: string): string {
  return name.replace(/<[^>]*>/g, '').replaceAll('"', "'");
}

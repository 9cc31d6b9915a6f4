import { fullNameOf, type Staff, type User } from '../store/base-rows.js';
import { Random } from '../store/random.js';
import { type Store } from '../store/store.js';
import { CREATOR, type Ticket, type TicketPost } from '../store/ticket-rows.js';
import { EPOCH } from './epoch.js';
import { addTicketExtras } from './generated-ticket-extras.js';
import { SUBJECTS, TAGS, textOf, WORKFLOWS } from './texts.js';

const DAY = 86_400;

/** Adds so many tickets with their posts and what hangs on them, all of it before the epoch. */
export function addGeneratedTickets(store: Store, count: number, seed: number): void {
  const departments = [...store.departments].filter((row) => row.module === 'tickets');
  const staff = [...store.staff];
  for (let index = 0; index < count; index += 1) {
    const random = new Random(seed, index, 2);
    const department = random.pick(departments);
    const places = [0, department.id, department.parentId];
    const fitting = <Row extends { readonly departmentId: number }>(rows: Iterable<Row>): Row =>
      random.pick([...rows].filter((row) => places.includes(row.departmentId)));
    const status = fitting(store.statuses);
    const ticket = addTicket(store, random, {
      departmentId: department.id,
      status,
      typeId: fitting(store.types).id,
      user: userOf(store, random),
      owner: random.oneIn(3) ? undefined : random.pick(staff),
    });
    addTicketExtras(store, random, ticket, staff);
  }
}

/** Any user; `undefined` only on a desk without users. */
function userOf(store: Store, random: Random): User | undefined {
  return store.users.size === 0
    ? undefined
    : store.users.get(random.between(1, store.users.nextId - 1));
}

interface Surroundings {
  readonly departmentId: number;
  readonly status: { readonly id: number; readonly markAsResolved: boolean };
  readonly typeId: number;
  readonly user: User | undefined;
  readonly owner: Staff | undefined;
}

function addTicket(store: Store, random: Random, around: Surroundings): Ticket {
  const { departmentId, status, typeId, user, owner } = around;
  const fullName = user?.fullName ?? 'Guest';
  const email = user?.emails[0] ?? 'guest@example.com';
  const creationTime = EPOCH - random.between(10, 700) * DAY - random.between(0, DAY);
  const isDue = !status.markAsResolved && random.oneIn(3);
  const isEscalated = random.oneIn(20);
  const row = store.tickets.insert((id) => ({
    id,
    flagType: random.oneIn(3) ? random.between(1, 6) : 0,
    displayId: store.createDisplayId(),
    departmentId,
    statusId: status.id,
    priorityId: random.pick([...store.priorities]).id,
    typeId,
    userId: user?.id ?? 0,
    ownerStaffId: owner?.id ?? 0,
    ownerStaffName: owner === undefined ? '' : fullNameOf(owner),
    fullName,
    email,
    lastReplier: fullName,
    subject: random.pick(SUBJECTS),
    creationTime,
    lastActivity: creationTime,
    lastStaffReply: 0,
    lastUserReply: creationTime,
    slaPlanId: isDue && store.slaPlans.size > 0 ? 1 : 0,
    nextReplyDue: isDue ? EPOCH + random.between(1, 5) * DAY : 0,
    resolutionDue: isDue ? EPOCH + random.between(6, 20) * DAY : 0,
    resolvedAt: status.markAsResolved ? EPOCH - random.between(1, 9) * DAY : 0,
    replies: 0,
    ipAddress: `192.0.2.${random.between(1, 254)}`,
    creator: CREATOR.user,
    creationMode: random.between(1, 4),
    creationType: random.oneIn(10) ? 2 : 1,
    isEscalated,
    escalationRuleId: isEscalated ? 1 : 0,
    templateGroupId: 1,
    tags: TAGS.filter(() => random.oneIn(6)),
    watchers:
      random.oneIn(15) && owner !== undefined
        ? [{ staffId: owner.id, name: fullNameOf(owner) }]
        : [],
    workflows: random.oneIn(15) ? [random.pick(WORKFLOWS)] : [],
  }));
  return store.tickets.replace(addPosts(store, random, row, owner));
}

/** One to five posts, the customer first; returns the ticket as they leave it. */
function addPosts(store: Store, random: Random, ticket: Ticket, owner: Staff | undefined): Ticket {
  let replied = ticket;
  let dateline = ticket.creationTime;
  const count = random.between(1, 5);
  for (let index = 0; index < count; index += 1) {
    const post = addPost(store, random, ticket, {
      dateline,
      isFirst: index === 0,
      staff: index % 2 === 1 ? owner : undefined,
    });
    if (index > 0) replied = repliedTo(replied, post);
    dateline += random.between(60, DAY);
  }
  return replied;
}

function addPost(
  store: Store,
  random: Random,
  ticket: Ticket,
  options: {
    readonly dateline: number;
    readonly isFirst: boolean;
    readonly staff: Staff | undefined;
  },
): TicketPost {
  const { staff } = options;
  return store.posts.insert((id) => ({
    id,
    ticketId: ticket.id,
    dateline: options.dateline,
    userId: staff === undefined ? ticket.userId : 0,
    fullName: staff === undefined ? ticket.fullName : fullNameOf(staff),
    email: staff?.email ?? ticket.email,
    emailTo: '',
    ipAddress: ticket.ipAddress,
    hasAttachments: false,
    creator: staff === undefined ? CREATOR.user : CREATOR.staff,
    isThirdParty: false,
    isHtml: random.oneIn(8),
    isEmailed: random.oneIn(4),
    staffId: staff?.id ?? 0,
    isSurveyComment: false,
    contents: textOf(random),
    isPrivate: staff !== undefined && random.oneIn(6),
  }));
}

function repliedTo(ticket: Ticket, post: TicketPost): Ticket {
  return {
    ...ticket,
    lastActivity: post.dateline,
    lastReplier: post.fullName,
    replies: ticket.replies + (post.isPrivate ? 0 : 1),
    ...(post.staffId === 0 ? { lastUserReply: post.dateline } : { lastStaffReply: post.dateline }),
  };
}

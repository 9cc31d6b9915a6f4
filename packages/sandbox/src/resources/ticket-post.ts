import { type Reply } from '../http/reply.js';
import { fullNameOf } from '../store/base-rows.js';
import { deletePost } from '../store/cascades.js';
import { CREATOR, type Ticket, type TicketPost } from '../store/ticket-rows.js';
import { addAttachment, newFile, type NewFile } from './attachment-contents.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, refuse, rowsReply } from './documents.js';
import { demand } from './refusal.js';
import { childInPath, filteredById, ticketInBody, ticketInPath } from './ticket-lookup.js';
import { postWithAttachmentsToXml } from './ticket-post-view.js';

const TEXTS = {
  missing: 'Ticket Post not Found',
  foreign: 'Post does not belong to the specified ticket',
};

/** /Tickets/TicketPost (6.2). */
export const ticketPost: Controller = {
  app: 'Tickets',
  names: ['TicketPost'],
  list: refuse('Not Implemented, Call /Tickets/TicketPost/ListAll instead.'),
  get: (call) => postsReply(call, [childInPath(call, call.store.posts, TEXTS)]),
  create: (call) => postsReply(call, [createPost(call)]),
  delete: (call) => {
    const post = childInPath(call, call.store.posts, TEXTS);
    deletePost(call.store, post.ticketId, post.id);
    return deletedReply();
  },
  actions: new Map([
    [
      'listall',
      (call) => {
        const ticket = ticketInPath(call);
        return postsReply(call, filteredById(call, call.store.posts.of(ticket.id)));
      },
    ],
  ]),
};

function postsReply(call: Call, rows: readonly TicketPost[]): Reply {
  return rowsReply('posts', rows, (row) => postWithAttachmentsToXml(call.store, row));
}

interface Replier {
  readonly userId: number;
  readonly staffId: number;
  readonly fullName: string;
  readonly email: string;
}

function createPost(call: Call): TicketPost {
  const { fields, store } = call;
  demand(fields.isFilled('ticketid'), 'No Ticket ID Specified');
  const contents = fields.filled('contents');
  demand(contents !== undefined, 'No Contents Specified');
  demand(fields.isFilled('userid') || fields.isFilled('staffid'), 'Staff ID and User ID is empty');
  const ticket = ticketInBody(call);
  const replier = replierOf(call);
  const files = filesOf(call);
  const isStaff = replier.staffId !== 0;
  const post = store.posts.insert((id) => ({
    id,
    ticketId: ticket.id,
    dateline: call.now,
    ...replier,
    emailTo: '',
    ipAddress: call.remoteAddress,
    hasAttachments: files.length > 0,
    creator: isStaff ? CREATOR.staff : CREATOR.user,
    isThirdParty: false,
    isHtml: false,
    isEmailed: false,
    isSurveyComment: false,
    contents,
    isPrivate: isStaff && fields.isOn('isprivate'),
  }));
  for (const file of files) addAttachment(call, post, file);
  store.tickets.replace(repliedTo(ticket, post));
  return post;
}

/** The user wins if both are filled. */
function replierOf(call: Call): Replier {
  const { fields, store } = call;
  if (fields.isFilled('userid')) {
    const user = store.users.get(fields.integer('userid'));
    demand(user !== undefined, 'User ID is Invalid');
    return { userId: user.id, staffId: 0, fullName: user.fullName, email: user.emails[0] ?? '' };
  }
  const staff = store.staff.get(fields.integer('staffid'));
  demand(staff !== undefined, 'Staff ID is Invalid');
  return { userId: 0, staffId: staff.id, fullName: fullNameOf(staff), email: staff.email };
}

/** Pairs of `filename` and `filecontent`, with no suffix or one digit. */
function filesOf(call: Call): NewFile[] {
  const suffixes = ['', ...Array.from({ length: 10 }, (_, digit) => String(digit))];
  return suffixes.flatMap((suffix) => {
    const name = call.fields.filled(`filename${suffix}`);
    const contents = call.fields.text(`filecontent${suffix}`);
    if (name === undefined || contents === undefined) return [];
    return [newFile(call, name, contents)];
  });
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

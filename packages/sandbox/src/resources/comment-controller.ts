import { textReply } from '../http/reply.js';
import { fullNameOf } from '../store/base-rows.js';
import { type ChildTable } from '../store/child-table.js';
import { type Comment, COMMENT_CREATOR, COMMENT_STATUS } from '../store/comment-rows.js';
import { type Store } from '../store/store.js';
import { type Identified, type Table } from '../store/table.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, rowsById, rowsReply } from './documents.js';
import { toInteger } from './numbers.js';
import { demand } from './refusal.js';

/** What tells the three comment resources apart. */
export interface CommentResource {
  readonly app: string;
  readonly root: string;
  readonly element: string;
  /** The parent's id as it is sent, and as it is read. */
  readonly sentParent: string;
  readonly readParent: string;
  readonly items: (store: Store) => Table<Identified>;
  readonly comments: (store: Store) => ChildTable<Comment>;
  readonly texts: {
    readonly noParent: string;
    readonly unknownUser: string;
  };
}

/** A comment resource of News, Knowledgebase or Troubleshooter (7.3). */
export function commentController(resource: CommentResource): Controller {
  const { root, comments } = resource;
  const toXml = (row: Comment): XmlNode => commentToXml(resource, row);
  return {
    app: resource.app,
    names: ['Comment'],
    list: (call) => rowsReply(root, comments(call.store), toXml),
    get: (call) => rowsReply(root, rowsById(call, comments(call.store)), toXml),
    create: (call) => rowsReply(root, [createComment(resource, call)], toXml),
    update: () => textReply(200, 'Put not implemented'),
    delete: (call) => {
      comments(call.store).delete(toInteger(call.args.text(0)));
      return deletedReply();
    },
    actions: new Map([
      [
        'listall',
        (call) => {
          const table = comments(call.store);
          const rows = call.args.text(0) === '' ? table : table.of(call.args.id(0) ?? 0);
          return rowsReply(root, rows, toXml);
        },
      ],
    ]),
  };
}

function createComment(resource: CommentResource, call: Call): Comment {
  const { fields, store } = call;
  const { sentParent, texts } = resource;
  const contents = fields.filled('contents');
  demand(contents !== undefined, 'Content field is empty');
  demand(fields.isFilled(sentParent), texts.noParent);
  demand(fields.isFilled('creatortype'), 'Creator type field is empty');
  const itemId = fields.integer(sentParent);
  demand(resource.items(store).has(itemId), `Invalid ${sentParent}`);
  const creator = creatorOf(resource, call);
  return resource.comments(store).insert((id) => ({
    id,
    itemId,
    ...creator,
    ipAddress: call.remoteAddress,
    dateline: call.now,
    parentCommentId: fields.integer('parentcommentid'),
    userAgent: '',
    referrer: '',
    parentUrl: '',
    contents,
  }));
}

type Creator = Pick<Comment, 'creatorType' | 'creatorId' | 'fullName' | 'email' | 'status'>;

/** Names come from the account, if there is one; what users write waits for approval. */
function creatorOf(resource: CommentResource, call: Call): Creator {
  const { fields, store } = call;
  const creatorType = fields.integer('creatortype');
  const creatorId = fields.integer('creatorid');
  const email = fields.filled('email');
  if (creatorType === COMMENT_CREATOR.staff) {
    const staff = store.staff.get(creatorId);
    demand(staff !== undefined, 'Invalid staff ID');
    return {
      creatorType,
      creatorId,
      fullName: fullNameOf(staff),
      email: email ?? staff.email,
      status: COMMENT_STATUS.approved,
    };
  }
  demand(creatorType === COMMENT_CREATOR.user, 'Invalid creator type');
  const status = COMMENT_STATUS.pending;
  if (!fields.isFilled('creatorid')) {
    const fullName = fields.filled('fullname');
    demand(fullName !== undefined, 'Full name field is empty');
    return { creatorType, creatorId: 0, fullName, email: email ?? '', status };
  }
  const user = store.users.get(creatorId);
  demand(user !== undefined, resource.texts.unknownUser);
  return {
    creatorType,
    creatorId,
    fullName: user.fullName,
    email: email ?? user.emails[0] ?? '',
    status,
  };
}

function commentToXml(resource: CommentResource, row: Comment): XmlNode {
  return container(resource.element, [
    leaf('id', row.id),
    leaf(resource.readParent, row.itemId),
    leaf('creatortype', row.creatorType),
    leaf('creatorid', row.creatorId),
    leaf('fullname', row.fullName),
    leaf('email', row.email),
    leaf('ipaddress', row.ipAddress),
    leaf('dateline', row.dateline),
    leaf('parentcommentid', row.parentCommentId),
    leaf('commentstatus', row.status),
    leaf('useragent', row.userAgent),
    leaf('referrer', row.referrer),
    leaf('parenturl', row.parentUrl),
    leaf('contents', row.contents),
  ]);
}

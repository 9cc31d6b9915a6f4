import { type Reply } from '../http/reply.js';
import { type Ticket } from '../store/ticket-rows.js';
import { type Store } from '../store/store.js';
import { container, leaf, onlyIn, type XmlNode } from '../xml/node.js';
import { rowsReply } from './documents.js';
import { ticketNotesToXml } from './ticket-note-view.js';
import { postToXml } from './ticket-post-view.js';
import { organizationIdLeaf } from './user-view.js';

/** Tickets with their posts, as get, create, update and search send them, or without, as ListAll does (6.1.4). */
export function ticketsReply(
  store: Store,
  rows: Iterable<Ticket>,
  options: { readonly posts: boolean },
): Reply {
  return rowsReply('tickets', rows, (row) => ticketToXml(store, row, options.posts));
}

function ticketToXml(store: Store, row: Ticket, withPosts: boolean): XmlNode {
  const organization = store.organizationOf(store.users.get(row.userId));
  return container(
    'ticket',
    [
      leaf('displayid', row.displayId),
      leaf('departmentid', row.departmentId),
      leaf('statusid', row.statusId),
      leaf('priorityid', row.priorityId),
      leaf('typeid', row.typeId),
      leaf('userid', row.userId),
      leaf('userorganization', organization?.name ?? ''),
      organizationIdLeaf(organization?.id),
      leaf('ownerstaffid', row.ownerStaffId),
      leaf('ownerstaffname', row.ownerStaffName),
      leaf('fullname', row.fullName),
      leaf('email', row.email),
      leaf('lastreplier', row.lastReplier),
      leaf('subject', row.subject),
      leaf('creationtime', row.creationTime),
      leaf('lastactivity', row.lastActivity),
      leaf('laststaffreply', row.lastStaffReply),
      leaf('lastuserreply', row.lastUserReply),
      leaf('slaplanid', row.slaPlanId),
      leaf('nextreplydue', row.nextReplyDue),
      leaf('resolutiondue', row.resolutionDue),
      leaf('replies', row.replies),
      leaf('ipaddress', row.ipAddress),
      leaf('creator', row.creator),
      leaf('creationmode', row.creationMode),
      leaf('creationtype', row.creationType),
      leaf('isescalated', row.isEscalated),
      leaf('escalationruleid', row.escalationRuleId),
      ...templateGroupAndTags(store, row),
      ...row.watchers.map(({ staffId, name }) => leaf('watcher', '', { staffid: staffId, name })),
      ...row.workflows.map(({ id, title }) => leaf('workflow', '', { id, title })),
      ...ticketNotesToXml(store, row, organization?.id),
      ...(withPosts
        ? [
            container(
              'posts',
              store.posts.of(row.id).map((post) => postToXml(post)),
            ),
          ]
        : []),
    ],
    { id: row.id, flagtype: row.flagType },
  );
}

/** The pages print the group's name before the tags and do not know its id; the server sends it after them. */
function templateGroupAndTags(store: Store, row: Ticket): XmlNode[] {
  const group = store.templateGroups.get(row.templateGroupId);
  const name = group === undefined ? [] : [leaf('templategroupname', group.title)];
  return [
    onlyIn('live', leaf('templategroupid', row.templateGroupId)),
    ...name.map((node) => onlyIn('docs', node)),
    leaf('tags', row.tags.join(' ')),
    ...name.map((node) => onlyIn('live', node)),
  ];
}

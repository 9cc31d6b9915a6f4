import { type Store } from '../store/store.js';
import { type TicketAttachment, type TicketPost } from '../store/ticket-rows.js';
import { withoutOtherCharacters } from '../xml/characters.js';
import { container, leaf, onlyIn, type XmlNode } from '../xml/node.js';
import { fileToXml } from './attachment-contents.js';

/** `<post>` inside a ticket: its text passes the element filter only, and it has no attachments (6.2). */
export function postToXml(row: TicketPost): XmlNode {
  return container('post', postChildren(row, row.contents));
}

/** `<post>` of the TicketPost resource: stricter text filter, and attachments where there are any (3.2, 6.2). */
export function postWithAttachmentsToXml(store: Store, row: TicketPost): XmlNode {
  const attachments = row.hasAttachments
    ? [onlyIn('live', container('attachments', attachmentsOf(store, row).map(embeddedToXml)))]
    : [];
  return container('post', [
    ...postChildren(row, withoutOtherCharacters(row.contents)),
    ...attachments,
  ]);
}

function postChildren(row: TicketPost, contents: string): XmlNode[] {
  return [
    leaf('id', row.id),
    onlyIn('live', leaf('ticketpostid', row.id)),
    leaf('ticketid', row.ticketId),
    leaf('dateline', row.dateline),
    leaf('userid', row.userId),
    leaf('fullname', row.fullName),
    leaf('email', row.email),
    leaf('emailto', row.emailTo),
    leaf('ipaddress', row.ipAddress),
    leaf('hasattachments', row.hasAttachments),
    leaf('creator', row.creator),
    leaf('isthirdparty', row.isThirdParty),
    leaf('ishtml', row.isHtml),
    leaf('isemailed', row.isEmailed),
    leaf('staffid', row.staffId),
    leaf('issurveycomment', row.isSurveyComment),
    leaf('contents', contents),
    onlyIn('live', leaf('isprivate', row.isPrivate)),
  ];
}

function attachmentsOf(store: Store, row: TicketPost): TicketAttachment[] {
  return store.attachments.of(row.ticketId).filter((attachment) => attachment.postId === row.id);
}

function embeddedToXml(row: TicketAttachment): XmlNode {
  return container('attachment', [
    leaf('id', row.id),
    ...fileToXml(row),
    leaf('contents', row.contents),
  ]);
}

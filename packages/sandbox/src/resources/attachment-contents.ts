import { type TicketAttachment, type TicketPost } from '../store/ticket-rows.js';
import { type Call } from './call.js';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['bmp', 'image/bmp'],
  ['css', 'text/css'],
  ['csv', 'text/csv'],
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['gif', 'image/gif'],
  ['gz', 'application/gzip'],
  ['htm', 'text/html'],
  ['html', 'text/html'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['json', 'application/json'],
  ['log', 'text/plain'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['txt', 'text/plain'],
  ['xls', 'application/vnd.ms-excel'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['xml', 'text/xml'],
  ['zip', 'application/zip'],
]);

/** The type that goes with a file name's extension (6.3). */
export function fileTypeOf(fileName: string): string {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return TYPES.get(extension) ?? 'application/octet-stream';
}

/** Leniently: what is no base64 character is skipped (3.3). */
export function decodeBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}

/** Adds a file to a post, which does not learn about it here. */
export function addAttachment(
  call: Call,
  post: TicketPost,
  fileName: string,
  contents: Uint8Array,
): TicketAttachment {
  return call.store.attachments.insert((id) => ({
    id,
    ticketId: post.ticketId,
    postId: post.id,
    fileName,
    fileType: fileTypeOf(fileName),
    dateline: call.now,
    contents,
  }));
}

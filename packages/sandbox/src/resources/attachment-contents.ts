import { type StoredFile } from '../store/file-rows.js';
import { type TicketAttachment, type TicketPost } from '../store/ticket-rows.js';
import { leaf, type XmlNode } from '../xml/node.js';
import { type Call } from './call.js';
import { demand } from './refusal.js';

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

/** A file that no row holds yet. */
export type NewFile = Omit<StoredFile, 'id'>;

/** A file as parameters bring it, made now. */
export function newFile(call: Call, fileName: string, base64: string): NewFile {
  return {
    fileName,
    fileType: fileTypeOf(fileName),
    dateline: call.now,
    contents: decodeBase64(base64),
  };
}

/** The file an attachment resource is sent. @throws {Refusal} 400 */
export function fileInBody(call: Call): NewFile {
  const fileName = call.fields.filled('filename');
  demand(fileName !== undefined, 'No file name specified');
  const contents = call.fields.text('contents');
  demand(contents !== undefined, 'No contents specified');
  return newFile(call, fileName, contents);
}

/** Adds a file to a post, which does not learn about it here. */
export function addAttachment(call: Call, post: TicketPost, file: NewFile): TicketAttachment {
  const { ticketId } = post;
  return call.store.attachments.insert((id) => ({ id, ticketId, postId: post.id, ...file }));
}

/** What every attachment element says of its file; the contents follow where they are wanted. */
export function fileToXml(row: StoredFile): XmlNode[] {
  return [
    leaf('filename', row.fileName),
    leaf('filesize', row.contents.length),
    leaf('filetype', row.fileType),
    leaf('dateline', row.dateline),
  ];
}

/** The type that goes with a file name's extension (6.3). */
function fileTypeOf(fileName: string): string {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return TYPES.get(extension) ?? 'application/octet-stream';
}

/** Leniently: what is no base64 character is skipped (3.3). */
function decodeBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}

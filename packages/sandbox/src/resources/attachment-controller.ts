import { deleteItemAttachment } from '../store/cascades.js';
import { type ChildTable } from '../store/child-table.js';
import { type AttachmentOwner, type ItemAttachment } from '../store/file-rows.js';
import { type Store } from '../store/store.js';
import { type Table } from '../store/table.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { fileInBody, fileToXml } from './attachment-contents.js';
import { type Behaviour, type Call, type Controller } from './call.js';
import { deletedReply, refuse, rowsReply } from './documents.js';
import { demand, notFound, Refusal } from './refusal.js';

/** What tells the attachments of articles and of troubleshooter steps apart. */
export interface AttachmentResource<Item extends AttachmentOwner> {
  readonly app: string;
  readonly root: string;
  readonly element: string;
  /** The name of the parent's id, sent and read. */
  readonly parent: string;
  readonly items: (store: Store) => Table<Item>;
  readonly attachments: (store: Store) => ChildTable<ItemAttachment>;
  /** Whether the parent says from now on that it has files. */
  readonly marksParent: (behaviour: Behaviour) => boolean;
  readonly texts: {
    readonly noParent: string;
    readonly missingParent: string;
    readonly foreignToGet: string;
    readonly foreignToDelete: string;
  };
}

/** An attachment resource of Knowledgebase or Troubleshooter; contents are in every answer (8.4). */
export function attachmentController<Item extends AttachmentOwner>(
  resource: AttachmentResource<Item>,
): Controller {
  const { root, attachments, texts } = resource;
  const toXml = (row: ItemAttachment): XmlNode => attachmentToXml(resource, row);
  return {
    app: resource.app,
    names: ['Attachment'],
    list: refuse('Not Implemented.'),
    get: (call) => {
      const foreign = notFound(texts.foreignToGet);
      return rowsReply(root, [attachmentInPath(resource, call, foreign)], toXml);
    },
    create: (call) => rowsReply(root, [createAttachment(resource, call)], toXml),
    delete: (call) => {
      const foreign = new Refusal(400, texts.foreignToDelete);
      const row = attachmentInPath(resource, call, foreign);
      deleteItemAttachment(resource.items(call.store), attachments(call.store), row);
      return deletedReply();
    },
    actions: new Map([
      [
        'listall',
        (call) => {
          const item = existing(resource, call, call.args.id(0));
          return rowsReply(root, attachments(call.store).of(item.id), toXml);
        },
      ],
    ]),
  };
}

/** @throws {Refusal} 400 for the parent, 404 for the attachment, `foreign` for one of another parent */
function attachmentInPath<Item extends AttachmentOwner>(
  resource: AttachmentResource<Item>,
  call: Call,
  foreign: Refusal,
): ItemAttachment {
  const itemId = call.args.id(0);
  const id = call.args.id(1);
  const item = existing(resource, call, itemId);
  const row = id === undefined ? undefined : resource.attachments(call.store).get(id);
  if (row === undefined) throw notFound('Attachment not Found');
  if (row.itemId !== item.id) throw foreign;
  return row;
}

function existing<Item extends AttachmentOwner>(
  resource: AttachmentResource<Item>,
  call: Call,
  id: number | undefined,
): Item {
  const item = id === undefined ? undefined : resource.items(call.store).get(id);
  demand(item !== undefined, resource.texts.missingParent);
  return item;
}

function createAttachment<Item extends AttachmentOwner>(
  resource: AttachmentResource<Item>,
  call: Call,
): ItemAttachment {
  const { fields, store } = call;
  demand(fields.isFilled(resource.parent), resource.texts.noParent);
  const item = existing(resource, call, fields.integer(resource.parent));
  const file = fileInBody(call);
  if (resource.marksParent(call.behaviour)) {
    resource.items(store).replace({ ...item, hasAttachments: true });
  }
  return resource.attachments(store).insert((id) => ({ id, itemId: item.id, ...file }));
}

function attachmentToXml<Item extends AttachmentOwner>(
  resource: AttachmentResource<Item>,
  row: ItemAttachment,
): XmlNode {
  return container(resource.element, [
    leaf('id', row.id),
    leaf(resource.parent, row.itemId),
    ...fileToXml(row),
    leaf('contents', row.contents),
  ]);
}

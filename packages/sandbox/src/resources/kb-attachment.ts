import { attachmentController } from './attachment-controller.js';
import { type Controller } from './call.js';

const FOREIGN = 'Attachment does not belong to the specified article';

/** /Knowledgebase/Attachment (8.4). */
export const kbAttachment: Controller = attachmentController({
  app: 'Knowledgebase',
  root: 'kbattachments',
  element: 'kbattachment',
  parent: 'kbarticleid',
  items: (store) => store.kbArticles,
  attachments: (store) => store.kbAttachments,
  // The real server forgets to set the flag.
  marksParent: (behaviour) => !behaviour.strictQuirks,
  texts: {
    noParent: 'No Knowledgebase Article ID Specified',
    missingParent: 'Article not found',
    foreignToGet: FOREIGN,
    foreignToDelete: FOREIGN,
  },
});

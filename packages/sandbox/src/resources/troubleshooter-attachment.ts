import { attachmentController } from './attachment-controller.js';
import { type Controller } from './call.js';

/** /Troubleshooter/Attachment (9.4). */
export const troubleshooterAttachment: Controller = attachmentController({
  app: 'Troubleshooter',
  root: 'troubleshooterattachments',
  element: 'troubleshooterattachment',
  parent: 'troubleshooterstepid',
  items: (store) => store.troubleshooterSteps,
  attachments: (store) => store.troubleshooterAttachments,
  marksParent: () => true,
  texts: {
    noParent: 'No Troubleshooter step ID Specified',
    missingParent: 'Troubleshooter step not found',
    foreignToGet: 'Attachment does not belong to the specified step',
    // The server speaks of an article here.
    foreignToDelete: 'Attachment does not belong to the specified article',
  },
});

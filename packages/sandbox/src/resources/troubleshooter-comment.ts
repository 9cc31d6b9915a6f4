import { type Controller } from './call.js';
import { commentController } from './comment-controller.js';

/** /Troubleshooter/Comment (9.3). */
export const troubleshooterComment: Controller = commentController({
  app: 'Troubleshooter',
  root: 'troubleshooterstepcomments',
  element: 'troubleshooterstepcomment',
  sentParent: 'troubleshooterstepid',
  readParent: 'troubleshooterstepid',
  items: (store) => store.troubleshooterSteps,
  comments: (store) => store.troubleshooterComments,
  texts: { noParent: 'Step ID field is empty', unknownUser: 'Invalid User ID' },
});

import { type Controller } from './call.js';
import { commentController } from './comment-controller.js';

/** /News/Comment (7.3). */
export const newsComment: Controller = commentController({
  app: 'News',
  root: 'newsitemcomments',
  element: 'newsitemcomment',
  sentParent: 'newsitemid',
  readParent: 'newsitemid',
  items: (store) => store.newsItems,
  comments: (store) => store.newsComments,
  texts: { noParent: 'News Item ID field is empty', unknownUser: 'Invalid user ID' },
});

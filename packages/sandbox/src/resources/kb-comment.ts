import { type Controller } from './call.js';
import { commentController } from './comment-controller.js';

/** /Knowledgebase/Comment (8.3). */
export const kbComment: Controller = commentController({
  app: 'Knowledgebase',
  root: 'kbarticlecomments',
  element: 'kbarticlecomment',
  sentParent: 'knowledgebasearticleid',
  readParent: 'kbarticleid',
  items: (store) => store.kbArticles,
  comments: (store) => store.kbComments,
  texts: { noParent: 'Article ID field is empty', unknownUser: 'Invalid user ID' },
});

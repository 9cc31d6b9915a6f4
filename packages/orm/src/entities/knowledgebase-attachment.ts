import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AttachmentEntity } from '../entity/attachment-entity.js';
import { type childOf } from '../entity/markers.js';

/**
 * A file attached to an article (§8.4). Lists come with contents: all files of an article at once. `select()` the other
 * fields where the contents are not wanted. Of an article that is not there, lists and `add()` fail with a
 * BadRequestError, and `get` gives null.
 */
@Entity({
  route: '/Knowledgebase/Attachment',
  root: 'kbattachments',
  element: 'kbattachment',
  actions: ['list', 'get', 'add', 'delete'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'kbArticleId' }],
})
export class KnowledgebaseAttachment extends AttachmentEntity {
  declare readonly [childOf]: 'kbArticleId';

  @Field({ type: 'id', required: 'add' }) kbArticleId!: number | null;
}

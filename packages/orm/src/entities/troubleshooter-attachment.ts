import { Field } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AttachmentEntity } from '../entity/attachment-entity.js';
import { type childOf } from '../entity/markers.js';

/**
 * A file attached to a step of a troubleshooter (§9.4). Lists come with contents: all files of a step at once.
 * `select()` the other fields where the contents are not wanted.
 */
@Entity({
  route: '/Troubleshooter/Attachment',
  root: 'troubleshooterattachments',
  element: 'troubleshooterattachment',
  actions: ['list', 'get', 'add', 'delete'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'troubleshooterStepId' }],
})
export class TroubleshooterAttachment extends AttachmentEntity {
  declare readonly [childOf]: 'troubleshooterStepId';

  @Field({ type: 'id', required: 'add' }) troubleshooterStepId!: number | null;
}

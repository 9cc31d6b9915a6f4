// Written by `npm run generate` from the files of the folder; do not edit.

import { type Controller } from './call.js';
import { customFieldGroup } from './custom-field-group.js';
import { customField } from './custom-field.js';
import { department } from './department.js';
import { kbArticle } from './kb-article.js';
import { kbAttachment } from './kb-attachment.js';
import { kbCategory } from './kb-category.js';
import { kbComment } from './kb-comment.js';
import { newsCategory } from './news-category.js';
import { newsComment } from './news-comment.js';
import { newsItem } from './news-item.js';
import { newsSubscriber } from './news-subscriber.js';
import { staffGroup } from './staff-group.js';
import { staff } from './staff.js';
import { testApi } from './test-api.js';
import { ticketAttachment } from './ticket-attachment.js';
import { ticketCount } from './ticket-count.js';
import { ticketCustomField } from './ticket-custom-field.js';
import { ticketNote } from './ticket-note.js';
import { ticketPost } from './ticket-post.js';
import { ticketPriority } from './ticket-priority.js';
import { ticketSearch } from './ticket-search.js';
import { ticketStatus } from './ticket-status.js';
import { ticketTimeTrack } from './ticket-time-track.js';
import { ticketType } from './ticket-type.js';
import { ticket } from './ticket.js';
import { troubleshooterAttachment } from './troubleshooter-attachment.js';
import { troubleshooterCategory } from './troubleshooter-category.js';
import { troubleshooterComment } from './troubleshooter-comment.js';
import { troubleshooterStep } from './troubleshooter-step.js';
import { userGroup } from './user-group.js';
import { userOrganization } from './user-organization.js';
import { userSearch } from './user-search.js';
import { user } from './user.js';

/** Every controller of the sandbox. */
export const CONTROLLERS: readonly Controller[] = [
  customFieldGroup,
  customField,
  department,
  kbArticle,
  kbAttachment,
  kbCategory,
  kbComment,
  newsCategory,
  newsComment,
  newsItem,
  newsSubscriber,
  staffGroup,
  staff,
  testApi,
  ticketAttachment,
  ticketCount,
  ticketCustomField,
  ticketNote,
  ticketPost,
  ticketPriority,
  ticketSearch,
  ticketStatus,
  ticketTimeTrack,
  ticketType,
  ticket,
  troubleshooterAttachment,
  troubleshooterCategory,
  troubleshooterComment,
  troubleshooterStep,
  userGroup,
  userOrganization,
  userSearch,
  user,
];

import { type Controller } from './call.js';
import { customField } from './custom-field.js';
import { customFieldGroup } from './custom-field-group.js';
import { department } from './department.js';
import { kbArticle } from './kb-article.js';
import { kbAttachment } from './kb-attachment.js';
import { kbCategory } from './kb-category.js';
import { kbComment } from './kb-comment.js';
import { newsCategory } from './news-category.js';
import { newsComment } from './news-comment.js';
import { newsItem } from './news-item.js';
import { newsSubscriber } from './news-subscriber.js';
import { staff } from './staff.js';
import { staffGroup } from './staff-group.js';
import { testApi } from './test-api.js';
import { ticket } from './ticket.js';
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
import { troubleshooterAttachment } from './troubleshooter-attachment.js';
import { troubleshooterCategory } from './troubleshooter-category.js';
import { troubleshooterComment } from './troubleshooter-comment.js';
import { troubleshooterStep } from './troubleshooter-step.js';
import { user } from './user.js';
import { userGroup } from './user-group.js';
import { userOrganization } from './user-organization.js';
import { userSearch } from './user-search.js';

/** Every controller of the sandbox; a new resource is one file and one line here. */
const CONTROLLERS: readonly Controller[] = [
  customField,
  customFieldGroup,
  department,
  kbArticle,
  kbAttachment,
  kbCategory,
  kbComment,
  newsCategory,
  newsComment,
  newsItem,
  newsSubscriber,
  staff,
  staffGroup,
  testApi,
  ticket,
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
  troubleshooterAttachment,
  troubleshooterCategory,
  troubleshooterComment,
  troubleshooterStep,
  user,
  userGroup,
  userOrganization,
  userSearch,
];

const BY_ROUTE: ReadonlyMap<string, Controller> = new Map(
  CONTROLLERS.flatMap((controller) =>
    controller.names.map((name) => [`${controller.app.toLowerCase()}/${name}`, controller]),
  ),
);

/** The app is found without regard to case, the controller is not (1.2). */
export function findController(app: string, name: string): Controller | undefined {
  return BY_ROUTE.get(`${app.toLowerCase()}/${name}`);
}

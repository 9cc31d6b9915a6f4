import {
  type Department,
  type OwnerNote,
  type SlaPlan,
  type Staff,
  type StaffGroup,
  type TemplateGroup,
  type User,
  type UserGroup,
  type UserOrganization,
} from './base-rows.js';
import { ChildTable } from './child-table.js';
import { type Comment } from './comment-rows.js';
import {
  type CustomField,
  type CustomFieldGroup,
  type CustomFieldOption,
  type CustomFieldValue,
} from './custom-field-rows.js';
import { type ItemAttachment } from './file-rows.js';
import { type KbArticle, type KbCategory } from './knowledgebase-rows.js';
import { type NewsCategory, type NewsItem } from './news-rows.js';
import { Random } from './random.js';
import { Table } from './table.js';
import {
  type TicketAttachment,
  type TicketNote,
  type TicketPost,
  type TicketPriority,
  type TicketStatus,
  type TicketTimeTrack,
  type TicketType,
} from './ticket-rows.js';
import { TicketTable } from './ticket-table.js';
import { type TroubleshooterCategory, type TroubleshooterStep } from './troubleshooter-rows.js';
import { UserTable } from './user-table.js';

/** What a desk holds, besides the rows that one resource alone knows. */
export class Store {
  readonly departments: Table<Department> = new Table<Department>();
  readonly staffGroups: Table<StaffGroup> = new Table<StaffGroup>();
  readonly staff: Table<Staff> = new Table<Staff>();
  readonly userGroups: Table<UserGroup> = new Table<UserGroup>();
  readonly users: UserTable = new UserTable();
  readonly organizations: Table<UserOrganization> = new Table<UserOrganization>();
  readonly slaPlans: Table<SlaPlan> = new Table<SlaPlan>();
  readonly templateGroups: Table<TemplateGroup> = new Table<TemplateGroup>();

  readonly fieldGroups: Table<CustomFieldGroup> = new Table<CustomFieldGroup>();
  readonly fields: Table<CustomField> = new Table<CustomField>();
  readonly fieldOptions: ChildTable<CustomFieldOption> = new ChildTable<CustomFieldOption>(
    (row) => row.fieldId,
  );

  readonly statuses: Table<TicketStatus> = new Table<TicketStatus>();
  readonly priorities: Table<TicketPriority> = new Table<TicketPriority>();
  readonly types: Table<TicketType> = new Table<TicketType>();

  readonly tickets: TicketTable = new TicketTable();
  readonly posts: ChildTable<TicketPost> = new ChildTable<TicketPost>((row) => row.ticketId);
  readonly attachments: ChildTable<TicketAttachment> = new ChildTable<TicketAttachment>(
    (row) => row.ticketId,
  );
  readonly notes: ChildTable<TicketNote> = new ChildTable<TicketNote>((row) => row.ticketId);
  readonly timeTracks: ChildTable<TicketTimeTrack> = new ChildTable<TicketTimeTrack>(
    (row) => row.ticketId,
  );
  readonly userNotes: ChildTable<OwnerNote> = new ChildTable<OwnerNote>((row) => row.ownerId);
  readonly organizationNotes: ChildTable<OwnerNote> = new ChildTable<OwnerNote>(
    (row) => row.ownerId,
  );
  /** Custom field values by ticket id and field id. */
  readonly fieldValues: Map<number, Map<number, CustomFieldValue>> = new Map<
    number,
    Map<number, CustomFieldValue>
  >();

  readonly newsCategories: Table<NewsCategory> = new Table<NewsCategory>();
  readonly newsItems: Table<NewsItem> = new Table<NewsItem>();
  readonly newsComments: ChildTable<Comment> = new ChildTable<Comment>((row) => row.itemId);

  readonly kbCategories: Table<KbCategory> = new Table<KbCategory>();
  readonly kbArticles: Table<KbArticle> = new Table<KbArticle>();
  readonly kbComments: ChildTable<Comment> = new ChildTable<Comment>((row) => row.itemId);
  readonly kbAttachments: ChildTable<ItemAttachment> = new ChildTable<ItemAttachment>(
    (row) => row.itemId,
  );

  readonly troubleshooterCategories: Table<TroubleshooterCategory> =
    new Table<TroubleshooterCategory>();
  readonly troubleshooterSteps: Table<TroubleshooterStep> = new Table<TroubleshooterStep>();
  readonly troubleshooterComments: ChildTable<Comment> = new ChildTable<Comment>(
    (row) => row.itemId,
  );
  readonly troubleshooterAttachments: ChildTable<ItemAttachment> = new ChildTable<ItemAttachment>(
    (row) => row.itemId,
  );

  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /**
   * The organization of a user. Users of a deleted organization are not rewritten, there may be very many; ids are never
   * used twice, so an id that leads nowhere reads as none.
   */
  organizationOf(user: User | undefined): UserOrganization | undefined {
    return user === undefined ? undefined : this.organizations.get(user.organizationId);
  }

  /** A display id that no ticket has: three letters, three digits, five digits (6.1.2). */
  createDisplayId(): string {
    for (;;) {
      const letters = Array.from({ length: 3 }, () =>
        String.fromCharCode(this.#random.between(65, 90)),
      );
      const displayId = `${letters.join('')}-${this.#random.between(100, 999)}-${this.#random.between(10_000, 99_999)}`;
      if (this.tickets.findByDisplayId(displayId) === undefined) return displayId;
    }
  }
}

import { type GroupVisibility } from './base-rows.js';
import { type AttachmentOwner } from './file-rows.js';

/** Rows of the Knowledgebase application; numbers with a table are those of 3.4. */

export const ARTICLE_CREATOR = { user: 1, staff: 2 } as const;
export const ARTICLE_STATUS = { published: 1, draft: 2, pendingApproval: 3 } as const;
export const ARTICLE_SORT_ORDER = { inherit: 1, title: 2 } as const;

/** Stands for no category at all. */
export const ROOT_CATEGORY_ID = 0;

export interface KbArticle extends AttachmentOwner {
  readonly id: number;
  readonly contents: string;
  /** At least one, the root included. */
  readonly categoryIds: readonly number[];
  readonly creator: number;
  readonly creatorId: number;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
  readonly seoSubject: string;
  readonly isEdited: boolean;
  readonly editedDateline: number;
  readonly editedStaffId: number;
  readonly views: number;
  readonly isFeatured: boolean;
  readonly allowComments: boolean;
  readonly dateline: number;
  readonly articleStatus: number;
  readonly rating: number;
  readonly ratingHits: number;
  readonly ratingCount: number;
}

export interface KbCategory extends GroupVisibility {
  readonly id: number;
  /** 0 at the top. */
  readonly parentId: number;
  readonly staffId: number;
  readonly title: string;
  readonly categoryType: number;
  readonly displayOrder: number;
  /** Not on the wire but a sort column. */
  readonly articleSortOrder: number;
  /** Not on the wire but a sort column. */
  readonly dateline: number;
  readonly allowComments: boolean;
  readonly allowRating: boolean;
  readonly isPublished: boolean;
}

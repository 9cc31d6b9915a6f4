import { type GroupVisibility } from './base-rows.js';
import { type AttachmentOwner } from './file-rows.js';

/** Rows of the Troubleshooter application; numbers with a table are those of 3.4. */

export interface TroubleshooterCategory extends GroupVisibility {
  readonly id: number;
  readonly staffId: number;
  readonly staffName: string;
  readonly title: string;
  readonly description: string;
  readonly categoryType: number;
  readonly displayOrder: number;
  readonly views: number;
}

/** Stands for the beginning of a category's steps. */
export const ROOT_STEP_ID = 0;

export interface TroubleshooterStep extends AttachmentOwner {
  readonly id: number;
  readonly categoryId: number;
  readonly staffId: number;
  readonly staffName: string;
  readonly subject: string;
  readonly isEdited: boolean;
  readonly editedStaffId: number;
  readonly editedStaffName: string;
  readonly displayOrder: number;
  readonly views: number;
  readonly allowComments: boolean;
  /** At least one, the root included. */
  readonly parentIds: readonly number[];
  readonly redirectTickets: boolean;
  readonly ticketSubject: string;
  readonly redirectDepartmentId: number;
  readonly ticketTypeId: number;
  readonly priorityId: number;
  readonly contents: string;
}

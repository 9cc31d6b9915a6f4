import { type Visibility } from './base-rows.js';
import { type StoredFile } from './file-rows.js';

/** Rows of the Tickets application; numbers with a table are those of 3.4. */

export const CREATOR = { staff: 1, user: 2 } as const;
export const CREATION_MODE = { supportCenter: 1, staffCp: 2, email: 3, api: 4 } as const;

export interface TicketStatus {
  readonly id: number;
  readonly title: string;
  readonly displayOrder: number;
  /** 0 for every department. */
  readonly departmentId: number;
  readonly displayIcon: string;
  readonly type: Visibility;
  readonly displayInMainList: boolean;
  readonly markAsResolved: boolean;
  readonly displayCount: boolean;
  readonly statusColor: string;
  readonly statusBgColor: string;
  readonly resetDueTime: boolean;
  readonly triggerSurvey: boolean;
  readonly staffVisibilityCustom: boolean;
  readonly staffGroupIds: readonly number[];
}

export interface TicketPriority {
  readonly id: number;
  readonly title: string;
  readonly displayOrder: number;
  readonly frColorCode: string;
  readonly bgColorCode: string;
  readonly type: Visibility;
  readonly userVisibilityCustom: boolean;
  readonly userGroupIds: readonly number[];
}

export interface TicketType {
  readonly id: number;
  readonly title: string;
  readonly displayOrder: number;
  /** 0 for every department. */
  readonly departmentId: number;
  readonly displayIcon: string;
  readonly type: Visibility;
  readonly userVisibilityCustom: boolean;
  readonly userGroupIds: readonly number[];
}

export interface Watcher {
  readonly staffId: number;
  readonly name: string;
}

export interface Workflow {
  readonly id: number;
  readonly title: string;
}

export interface Ticket {
  readonly id: number;
  readonly flagType: number;
  readonly displayId: string;
  /** 0 is the trash. */
  readonly departmentId: number;
  readonly statusId: number;
  readonly priorityId: number;
  readonly typeId: number;
  /** May name a user that is gone. */
  readonly userId: number;
  readonly ownerStaffId: number;
  readonly ownerStaffName: string;
  readonly fullName: string;
  readonly email: string;
  readonly lastReplier: string;
  readonly subject: string;
  readonly creationTime: number;
  readonly lastActivity: number;
  readonly lastStaffReply: number;
  readonly lastUserReply: number;
  readonly slaPlanId: number;
  readonly nextReplyDue: number;
  readonly resolutionDue: number;
  /** When the ticket was marked as resolved; not on the wire but a sort column. */
  readonly resolvedAt: number;
  readonly replies: number;
  readonly ipAddress: string;
  readonly creator: number;
  readonly creationMode: number;
  readonly creationType: number;
  readonly isEscalated: boolean;
  readonly escalationRuleId: number;
  readonly templateGroupId: number;
  readonly tags: readonly string[];
  readonly watchers: readonly Watcher[];
  readonly workflows: readonly Workflow[];
}

export interface TicketPost {
  readonly id: number;
  readonly ticketId: number;
  readonly dateline: number;
  readonly userId: number;
  readonly fullName: string;
  readonly email: string;
  readonly emailTo: string;
  readonly ipAddress: string;
  readonly hasAttachments: boolean;
  readonly creator: number;
  readonly isThirdParty: boolean;
  readonly isHtml: boolean;
  readonly isEmailed: boolean;
  readonly staffId: number;
  readonly isSurveyComment: boolean;
  readonly contents: string;
  readonly isPrivate: boolean;
}

export interface TicketAttachment extends StoredFile {
  readonly ticketId: number;
  readonly postId: number;
}

export interface TicketNote {
  readonly id: number;
  readonly ticketId: number;
  readonly noteColor: number;
  /** 0 for a note without a staff account. */
  readonly creatorStaffId: number;
  readonly forStaffId: number;
  readonly creatorStaffName: string;
  readonly creationDate: number;
  readonly contents: string;
}

export interface TicketTimeTrack {
  readonly id: number;
  readonly ticketId: number;
  readonly timeWorked: number;
  readonly timeBillable: number;
  readonly billDate: number;
  readonly workDate: number;
  readonly workerStaffId: number;
  readonly workerStaffName: string;
  readonly creatorStaffId: number;
  readonly creatorStaffName: string;
  readonly noteColor: number;
  readonly contents: string;
}

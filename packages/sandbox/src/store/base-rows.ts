/** Rows of the Base application. Rows are never changed in place: a reply may still be reading the old one. */

export type Visibility = 'public' | 'private';

/** Who sees a row: everybody, or with a flag only the groups listed under it. */
export interface GroupVisibility {
  readonly userVisibilityCustom: boolean;
  readonly userGroupIds: readonly number[];
  readonly staffVisibilityCustom: boolean;
  readonly staffGroupIds: readonly number[];
}

export interface Department {
  readonly id: number;
  readonly title: string;
  readonly type: Visibility;
  readonly module: 'tickets' | 'livechat';
  readonly displayOrder: number;
  /** 0 for a top-level department. */
  readonly parentId: number;
  readonly userVisibilityCustom: boolean;
  readonly userGroupIds: readonly number[];
}

export interface StaffGroup {
  readonly id: number;
  readonly title: string;
  readonly isAdmin: boolean;
}

export interface Staff {
  readonly id: number;
  readonly staffGroupId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly email: string;
  readonly designation: string;
  readonly greeting: string;
  readonly mobileNumber: string;
  readonly isEnabled: boolean;
  readonly timezone: string;
  readonly enableDst: boolean;
  readonly signature: string;
}

export function fullNameOf(staff: Staff): string {
  return `${staff.firstName} ${staff.lastName}`;
}

export interface UserGroup {
  readonly id: number;
  readonly title: string;
  readonly groupType: 'guest' | 'registered';
  readonly isMaster: boolean;
}

export interface User {
  readonly id: number;
  readonly userGroupId: number;
  readonly role: 'user' | 'manager';
  /** 0 for none; may name an organization that is gone (see `organizationOf`). */
  readonly organizationId: number;
  readonly salutation: string;
  readonly expiry: number;
  readonly fullName: string;
  readonly emails: readonly string[];
  readonly designation: string;
  readonly phone: string;
  readonly dateline: number;
  readonly lastVisit: number;
  readonly isEnabled: boolean;
  readonly timezone: string;
  readonly enableDst: boolean;
  readonly slaPlanId: number;
  readonly slaPlanExpiry: number;
}

export interface UserOrganization {
  readonly id: number;
  readonly name: string;
  readonly organizationType: 'restricted' | 'shared';
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly phone: string;
  readonly fax: string;
  readonly website: string;
  readonly dateline: number;
  readonly lastUpdate: number;
  readonly slaPlanId: number;
  readonly slaPlanExpiry: number;
}

/** A note on a user or an organization; shown inside tickets only (6.1.4). */
export interface OwnerNote {
  readonly id: number;
  readonly ownerId: number;
  readonly noteColor: number;
  readonly creatorStaffId: number;
  readonly creatorStaffName: string;
  readonly dateline: number;
  readonly contents: string;
}

export interface SlaPlan {
  readonly id: number;
  readonly title: string;
}

export interface TemplateGroup {
  readonly id: number;
  readonly title: string;
}

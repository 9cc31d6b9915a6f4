import { type User } from '../store/base-rows.js';
import { type Store } from '../store/store.js';
import { container, leaf, leaves, type XmlNode } from '../xml/node.js';

/** `<user>` as the User and UserSearch resources send it (5.4). */
export function userToXml(store: Store, row: User): XmlNode {
  return container('user', [
    leaf('id', row.id),
    leaf('usergroupid', row.userGroupId),
    leaf('userrole', row.role),
    organizationIdLeaf(store.organizationOf(row)?.id),
    leaf('salutation', row.salutation),
    leaf('userexpiry', row.expiry),
    leaf('fullname', row.fullName),
    ...leaves('email', row.emails),
    leaf('designation', row.designation),
    leaf('phone', row.phone),
    leaf('dateline', row.dateline),
    leaf('lastvisit', row.lastVisit),
    leaf('isenabled', row.isEnabled),
    leaf('timezone', row.timezone),
    leaf('enabledst', row.enableDst),
    leaf('slaplanid', row.slaPlanId),
    leaf('slaplanexpiry', row.slaPlanExpiry),
  ]);
}

/** The one number that is written as an empty element instead of 0 (3.1). */
export function organizationIdLeaf(id: number | undefined): XmlNode {
  return leaf('userorganizationid', id ?? '');
}

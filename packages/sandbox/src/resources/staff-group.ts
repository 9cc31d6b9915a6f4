import { type StaffGroup } from '../store/base-rows.js';
import { deleteStaffGroup } from '../store/cascades.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsByIntegerId, rowsReply } from './documents.js';
import { demand } from './refusal.js';

const REQUIRED = 'One of the required fields is empty';

/** /Base/StaffGroup (5.3). */
export const staffGroup: Controller = {
  app: 'Base',
  names: ['StaffGroup'],
  list: (call) => rowsReply('staffgroups', call.store.staffGroups, toXml),
  get: (call) => rowsReply('staffgroups', rowsByIntegerId(call, call.store.staffGroups), toXml),
  create: (call) => {
    const title = call.fields.filled('title');
    demand(title !== undefined && call.fields.isPresent('isadmin'), REQUIRED);
    const isAdmin = call.fields.isOn('isadmin');
    const created = call.store.staffGroups.insert((id) => ({ id, title, isAdmin }));
    return rowsReply('staffgroups', [created], toXml);
  },
  update: (call) => {
    const present = load(call);
    const title = call.fields.filled('title');
    demand(title !== undefined, REQUIRED);
    const flag = call.fields.word('isadmin', ['0', '1']);
    const isAdmin = flag === undefined ? present.isAdmin : flag === '1';
    const changed = call.store.staffGroups.replace({ ...present, title, isAdmin });
    return rowsReply('staffgroups', [changed], toXml);
  },
  delete: (call) => {
    const { id } = load(call);
    const members = [...call.store.staff].filter((staff) => staff.staffGroupId === id).length;
    demand(
      members === 0,
      `Staff Group Deletion Failed. There are "${members}" staff members assigned to this group. Please delete them or change their group to continue.`,
    );
    deleteStaffGroup(call.store, id);
    return deletedReply();
  },
};

function load(call: Call): StaffGroup {
  return loadRow(call, call.store.staffGroups, () => 'Staff Group Load Failed: Class not loaded');
}

function toXml(row: StaffGroup): XmlNode {
  return container('staffgroup', [
    leaf('id', row.id),
    leaf('title', row.title),
    leaf('isadmin', row.isAdmin),
  ]);
}

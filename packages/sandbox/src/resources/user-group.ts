import { type UserGroup } from '../store/base-rows.js';
import { deleteUserGroup } from '../store/cascades.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsByIntegerId, rowsReply } from './documents.js';
import { demand } from './refusal.js';

const REQUIRED = 'One of the required fields is empty';

/** /Base/UserGroup (5.6). */
export const userGroup: Controller = {
  app: 'Base',
  names: ['UserGroup'],
  list: (call) => rowsReply('usergroups', call.store.userGroups, toXml),
  get: (call) => rowsReply('usergroups', rowsByIntegerId(call, call.store.userGroups), toXml),
  create: (call) => {
    const title = call.fields.filled('title');
    const groupType = call.fields.word('grouptype', ['guest', 'registered']);
    demand(title !== undefined && groupType !== undefined, REQUIRED);
    const created = call.store.userGroups.insert((id) => ({
      id,
      title,
      groupType,
      isMaster: false,
    }));
    return rowsReply('usergroups', [created], toXml);
  },
  update: (call) => {
    const present = load(call);
    const title = call.fields.filled('title');
    demand(title !== undefined, REQUIRED);
    const changed = call.store.userGroups.replace({ ...present, title });
    return rowsReply('usergroups', [changed], toXml);
  },
  delete: (call) => {
    const present = load(call);
    demand(!present.isMaster, 'Cannot delete master user group');
    deleteUserGroup(call.store, present.id);
    return deletedReply();
  },
};

function load(call: Call): UserGroup {
  return loadRow(
    call,
    call.store.userGroups,
    (id) => `User Group Load Failed: Unable to Load User Group ID: ${id}`,
  );
}

function toXml(row: UserGroup): XmlNode {
  return container('usergroup', [
    leaf('id', row.id),
    leaf('title', row.title),
    leaf('grouptype', row.groupType),
    leaf('ismaster', row.isMaster),
  ]);
}

import { type Department } from '../store/base-rows.js';
import { deleteDepartment } from '../store/cascades.js';
import { type Store } from '../store/store.js';
import { container, leaf, leaves, onlyIn, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsByIntegerId, rowsReply } from './documents.js';
import { toInteger } from './numbers.js';
import { demand } from './refusal.js';

const MODULES = ['tickets', 'livechat'] as const;
const TYPES = ['public', 'private'] as const;

/** /Base/Department (5.1). */
export const department: Controller = {
  app: 'Base',
  names: ['Department'],
  list: (call) => rowsReply('departments', call.store.departments, toXml),
  get: (call) => rowsReply('departments', rowsByIntegerId(call, call.store.departments), toXml),
  create: (call) => rowsReply('departments', [createDepartment(call)], toXml),
  update: (call) => rowsReply('departments', [updateDepartment(call)], toXml),
  delete: (call) => {
    deleteDepartment(call.store, loadRow(call, call.store.departments, loadFailure).id);
    return deletedReply();
  },
};

const loadFailure = (): string => 'Department Load Failed: Class not loaded';

function createDepartment(call: Call): Department {
  const { fields, store } = call;
  const module = fields.word(fields.isPresent('module') ? 'module' : 'app', MODULES);
  demand(
    module !== undefined,
    'Invalid App Specified. You can only create departments for tickets and livechat app.',
  );
  const type = fields.word('type', TYPES);
  demand(type !== undefined, INVALID_TYPE);
  const parentId = parentOf(call, module);
  const title = fields.filled('title');
  demand(title !== undefined, 'One of the required fields is empty');
  const created = store.departments.insert((id) => ({
    id,
    title,
    type,
    module,
    displayOrder: fields.optionalInteger('displayorder') ?? 1,
    parentId,
    ...visibilityOf(call),
  }));
  if (module === 'tickets') linkFieldGroups(store, created.id);
  return created;
}

function updateDepartment(call: Call): Department {
  const { fields, store } = call;
  const present = loadRow(call, store.departments, loadFailure);
  const type = fields.word('type', TYPES);
  demand(type !== undefined || fields.nonEmpty('type') === undefined, INVALID_TYPE);
  const parentId = parentOf(call, present.module, present.id);
  const title = fields.filled('title');
  demand(title !== undefined, 'One of the required fields is empty');
  // Parent, visibility and groups are reset when they are not sent.
  return store.departments.replace({
    ...present,
    title,
    type: type ?? present.type,
    displayOrder: fields.optionalInteger('displayorder') ?? present.displayOrder,
    parentId,
    ...visibilityOf(call),
  });
}

const INVALID_TYPE = 'Invalid Department Type Specified. Valid values are "public" and "private".';

function parentOf(call: Call, module: string, ownId?: number): number {
  if (!call.fields.isFilled('parentdepartmentid')) return 0;
  const parent = call.store.departments.get(call.fields.integer('parentdepartmentid'));
  demand(parent !== undefined && parent.id !== ownId, 'Invalid Parent Department');
  demand(
    parent.module === module,
    'Invalid Parent Department App. The app type of both parent and child department should match.',
  );
  return parent.id;
}

function visibilityOf(call: Call): Pick<Department, 'userVisibilityCustom' | 'userGroupIds'> {
  const { fields, store } = call;
  if (!fields.isOn('uservisibilitycustom'))
    return { userVisibilityCustom: false, userGroupIds: [] };
  const ids = (fields.list('usergroupid') ?? []).map(toInteger);
  const known = [...new Set(ids)].filter((id) => store.userGroups.has(id));
  return { userVisibilityCustom: true, userGroupIds: known };
}

/** Every ticket shows at least one custom field group, in new departments too (14.1). */
function linkFieldGroups(store: Store, id: number): void {
  store.fieldGroups.replaceEach((group) =>
    group.linksNewDepartments ? { ...group, departmentIds: [...group.departmentIds, id] } : group,
  );
}

function toXml(row: Department): XmlNode {
  return container('department', [
    leaf('id', row.id),
    leaf('title', row.title),
    leaf('type', row.type),
    onlyIn('live', leaf('module', row.module)),
    leaf('app', row.module),
    leaf('displayorder', row.displayOrder),
    leaf('parentdepartmentid', row.parentId),
    leaf('uservisibilitycustom', row.userVisibilityCustom),
    container('usergroups', leaves('id', row.userGroupIds)),
  ]);
}

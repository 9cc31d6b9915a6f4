import { FIELD_TYPE } from '../store/custom-field-rows.js';
import { type Store } from '../store/store.js';
import { EPOCH } from './epoch.js';

/** The rows of 14.1 that come on top of the built-in data. */
export function addDefaultData(store: Store): void {
  addDepartments(store);
  addPeople(store);
  addCustomFields(store);
}

function addDepartments(store: Store): void {
  for (const [title, module] of [
    ['General', 'tickets'],
    ['Sales', 'livechat'],
  ] as const) {
    store.departments.insert((id) => ({
      id,
      title,
      type: 'public',
      module,
      displayOrder: id,
      parentId: 0,
      userVisibilityCustom: false,
      userGroupIds: [],
    }));
  }
}

function addPeople(store: Store): void {
  store.staffGroups.insert((id) => ({ id, title: 'Staff', isAdmin: false }));
  store.staff.insert((id) => ({
    id,
    staffGroupId: 1,
    firstName: 'Ada',
    lastName: 'Admin',
    username: 'admin',
    email: 'admin@example.com',
    designation: '',
    greeting: '',
    mobileNumber: '',
    isEnabled: true,
    timezone: 'GMT',
    enableDst: false,
    signature: '',
  }));
  store.slaPlans.insert((id) => ({ id, title: 'Default' }));
  store.organizations.insert((id) => ({
    id,
    name: 'Example Ltd.',
    organizationType: 'restricted',
    address: '',
    city: '',
    state: '',
    postalCode: '',
    country: '',
    phone: '',
    fax: '',
    website: '',
    dateline: EPOCH,
    lastUpdate: EPOCH,
    slaPlanId: 0,
    slaPlanExpiry: 0,
  }));
  store.users.insert((id) => ({
    id,
    userGroupId: 2,
    role: 'user',
    organizationId: 1,
    salutation: '',
    expiry: 0,
    fullName: 'Test User',
    emails: ['test@example.com'],
    designation: '',
    phone: '',
    dateline: EPOCH,
    lastVisit: 0,
    isEnabled: true,
    timezone: '',
    enableDst: false,
    slaPlanId: 0,
    slaPlanExpiry: 0,
  }));
}

function addCustomFields(store: Store): void {
  const group = store.fieldGroups.insert((id) => ({
    id,
    title: 'Ticket Details',
    groupType: 9,
    visibilityType: 'public',
    displayOrder: 1,
    departmentIds: [1],
    linksNewDepartments: true,
  }));
  for (const [title, fieldType, fieldName] of [
    ['Order Number', FIELD_TYPE.text, 'ordernumber1'],
    ['Platform', FIELD_TYPE.select, 'platformname2'],
  ] as const) {
    store.fields.insert((id) => ({
      id,
      groupId: group.id,
      title,
      fieldType,
      fieldName,
      defaultValue: '',
      isRequired: false,
      userEditable: true,
      staffEditable: true,
      regexpValidate: '',
      displayOrder: id,
      encryptInDb: false,
      description: '',
    }));
  }
  for (const value of ['Desktop', 'Mobile']) {
    store.fieldOptions.insert((id) => ({
      id,
      fieldId: 2,
      value,
      displayOrder: id,
      isSelected: false,
      parentId: 0,
    }));
  }
}

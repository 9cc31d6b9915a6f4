import { type CustomField, FIELD_TYPE } from '../store/custom-field-rows.js';
import { type Store } from '../store/store.js';

/**
 * What generated tickets are spread over: two more tickets departments, four staff members, a status and a type that are
 * tied to the first of the departments, and a custom field group with a field of every kind linked to it.
 */
export function addGeneratedDesk(store: Store): void {
  const billingId = addDepartments(store);
  addStaff(store);
  addTiedStatusAndType(store, billingId);
  addFieldGroup(store, billingId);
}

function addDepartments(store: Store): number {
  const billing = store.departments.insert((id) => ({
    id,
    title: 'Billing',
    type: 'public',
    module: 'tickets',
    displayOrder: id,
    parentId: 0,
    userVisibilityCustom: true,
    userGroupIds: [2],
  }));
  const refunds = store.departments.insert((id) => ({
    id,
    title: 'Refunds',
    type: 'private',
    module: 'tickets',
    displayOrder: id,
    parentId: billing.id,
    userVisibilityCustom: false,
    userGroupIds: [],
  }));
  store.fieldGroups.replaceEach((group) => ({
    ...group,
    departmentIds: [...group.departmentIds, billing.id, refunds.id],
  }));
  return billing.id;
}

function addStaff(store: Store): void {
  const groupId = store.staffGroups.has(2) ? 2 : 1;
  for (const [firstName, lastName, username] of [
    ['Mona', 'Lindqvist', 'mona'],
    ['Jörg', 'Weiß', 'joerg'],
    ['Aiko', 'Tanaka', 'aiko'],
    ['Pat', "O'Neill", 'pat'],
  ] as const) {
    store.staff.insert((id) => ({
      id,
      staffGroupId: groupId,
      firstName,
      lastName,
      username,
      email: `${username}@desk.example.com`,
      designation: 'Support Engineer',
      greeting: '',
      mobileNumber: '',
      isEnabled: true,
      timezone: 'Europe/Berlin',
      enableDst: true,
      signature: `-- \n${firstName}`,
    }));
  }
}

function addTiedStatusAndType(store: Store, departmentId: number): void {
  store.statuses.insert((id) => ({
    id,
    title: 'Awaiting Payment',
    displayOrder: id,
    departmentId,
    displayIcon: '',
    type: 'public',
    displayInMainList: true,
    markAsResolved: false,
    displayCount: true,
    statusColor: '#ffffff',
    statusBgColor: '#8a4fcb',
    resetDueTime: false,
    triggerSurvey: false,
    staffVisibilityCustom: true,
    staffGroupIds: [1],
  }));
  store.types.insert((id) => ({
    id,
    title: 'Invoice',
    displayOrder: id,
    departmentId,
    displayIcon: '',
    type: 'public',
    userVisibilityCustom: true,
    userGroupIds: [2],
  }));
}

type FieldTraits = Partial<Pick<CustomField, 'isRequired' | 'regexpValidate' | 'encryptInDb'>>;

const FIELDS: readonly (readonly [
  title: string,
  type: keyof typeof FIELD_TYPE,
  name: string,
  traits: FieldTraits,
])[] = [
  ['Invoice', 'text', 'invoicenumber3', { isRequired: true, regexpValidate: '/^[0-9]{1,8}$/' }],
  ['Remarks', 'textArea', 'billremarks4', {}],
  ['Portal Password', 'password', 'portalsecret5', { encryptInDb: true }],
  ['Channels', 'checkbox', 'billchannels6', {}],
  ['Currency', 'radio', 'billcurrency7', {}],
  ['Products', 'multiSelect', 'billproducts8', {}],
  ['Region', 'linkedSelect', 'billregion9', {}],
  ['Due Date', 'date', 'billduedate10', {}],
  ['Receipt', 'file', 'billreceipt11', {}],
];

const OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['billchannels6', ['E-mail', 'Letter, registered', 'Phone']],
  ['billcurrency7', ['EUR', 'USD']],
  ['billproducts8', ['Desk', 'Chat', 'Phone, Fax & More']],
  ['billregion9', ['Europe', 'Asia']],
]);

const CITIES_BY_REGION: ReadonlyMap<string, readonly string[]> = new Map([
  ['Europe', ['Berlin', 'Málaga']],
  ['Asia', ['Osaka', 'Seoul']],
]);

function addFieldGroup(store: Store, departmentId: number): void {
  const group = store.fieldGroups.insert((id) => ({
    id,
    title: 'Billing Details',
    groupType: 9,
    visibilityType: 'public',
    displayOrder: 2,
    departmentIds: [departmentId],
    linksNewDepartments: false,
  }));
  for (const [title, type, fieldName, traits] of FIELDS) {
    const field = store.fields.insert((id) => ({
      id,
      groupId: group.id,
      title,
      fieldType: FIELD_TYPE[type],
      fieldName,
      defaultValue: '',
      isRequired: false,
      userEditable: true,
      staffEditable: true,
      regexpValidate: '',
      displayOrder: id,
      encryptInDb: false,
      description: '',
      ...traits,
    }));
    for (const value of OPTIONS.get(fieldName) ?? []) {
      const option = addOption(store, field.id, value, 0);
      for (const city of CITIES_BY_REGION.get(value) ?? []) {
        addOption(store, field.id, city, option);
      }
    }
  }
}

function addOption(store: Store, fieldId: number, value: string, parentId: number): number {
  return store.fieldOptions.insert((id) => ({
    id,
    fieldId,
    value,
    displayOrder: id,
    isSelected: false,
    parentId,
  })).id;
}

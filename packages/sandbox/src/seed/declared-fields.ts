import {
  type CustomFieldChoice,
  type CustomFieldGroupOptions,
  type CustomFieldOptions,
} from '../custom-field-options.js';
import { FIELD_TYPE } from '../store/custom-field-rows.js';
import { type Store } from '../store/store.js';

/** The custom fields that a sandbox was told to start with, behind those that are there. */
export function addDeclaredFields(store: Store, groups: readonly CustomFieldGroupOptions[]): void {
  for (const group of groups) {
    const { title, groupType = 9, visibilityType = 'public', departmentIds } = group;
    const { id: groupId } = store.fieldGroups.insert((id) => ({
      id,
      title,
      groupType,
      visibilityType,
      displayOrder: group.displayOrder ?? id,
      departmentIds: departmentIds ?? ticketsDepartments(store),
      linksNewDepartments: departmentIds === undefined,
    }));
    for (const field of group.fields) addField(store, groupId, field);
  }
}

function ticketsDepartments(store: Store): number[] {
  return [...store.departments].filter(({ module }) => module === 'tickets').map(({ id }) => id);
}

function addField(store: Store, groupId: number, options: CustomFieldOptions): void {
  const field = store.fields.insert((id) => ({
    id,
    groupId,
    title: options.title,
    fieldType: FIELD_TYPE[options.type],
    fieldName: options.name ?? `customfield${id}`,
    defaultValue: '',
    isRequired: options.isRequired ?? false,
    userEditable: options.userEditable ?? true,
    staffEditable: true,
    regexpValidate: options.regexpValidate ?? '',
    displayOrder: options.displayOrder ?? id,
    encryptInDb: false,
    description: '',
  }));
  for (const choice of options.options ?? []) addChoice(store, field.id, choice);
}

function addChoice(store: Store, fieldId: number, choice: string | CustomFieldChoice): void {
  const { text, children } = typeof choice === 'string' ? { text: choice, children: [] } : choice;
  const parentId = addOption(store, fieldId, text, 0);
  for (const child of children) addOption(store, fieldId, child, parentId);
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

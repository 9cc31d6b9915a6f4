/** Custom field types by their number (3.4). */
export const FIELD_TYPE = {
  text: 1,
  textArea: 2,
  password: 3,
  checkbox: 4,
  radio: 5,
  select: 6,
  multiSelect: 7,
  custom: 8,
  linkedSelect: 9,
  date: 10,
  file: 11,
} as const;

export interface CustomFieldGroup {
  readonly id: number;
  readonly title: string;
  /** Number of 3.4; 3, 4 and 9 belong to tickets. */
  readonly groupType: number;
  readonly visibilityType: 'public' | 'private';
  readonly displayOrder: number;
  /** Departments it is linked to. */
  readonly departmentIds: readonly number[];
  /** Whether departments created later are linked too. */
  readonly linksNewDepartments: boolean;
}

export interface CustomField {
  readonly id: number;
  readonly groupId: number;
  readonly title: string;
  readonly fieldType: number;
  /** The opaque request name. */
  readonly fieldName: string;
  readonly defaultValue: string;
  readonly isRequired: boolean;
  readonly userEditable: boolean;
  readonly staffEditable: boolean;
  /** A PHP pattern with delimiters, such as `/^[0-9]+$/`, or empty. */
  readonly regexpValidate: string;
  readonly displayOrder: number;
  readonly encryptInDb: boolean;
  readonly description: string;
}

export interface CustomFieldOption {
  readonly id: number;
  readonly fieldId: number;
  readonly value: string;
  readonly displayOrder: number;
  readonly isSelected: boolean;
  /** 0 at the top, otherwise the parent option of a linked select. */
  readonly parentId: number;
}

/** What a ticket holds in one field. */
export type CustomFieldValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'options'; readonly optionIds: readonly number[] }
  | { readonly kind: 'file'; readonly name: string; readonly contents: Uint8Array };

import { FIELD_TYPE } from './store/custom-field-rows.js';

/** A group of custom fields that a sandbox starts with. */
export interface CustomFieldGroupOptions {
  readonly title: string;
  /** Number of 3.4; 9, fields of tickets for staff and users, by default. */
  readonly groupType?: number;
  readonly visibilityType?: 'public' | 'private';
  /** Its id by default, which puts it behind those that are there. */
  readonly displayOrder?: number;
  /** Ids of the departments it is linked to; by default every tickets department, also those made later. */
  readonly departmentIds?: readonly number[];
  readonly fields: readonly CustomFieldOptions[];
}

/** A custom field that a sandbox starts with. */
export interface CustomFieldOptions {
  readonly title: string;
  readonly type: keyof typeof FIELD_TYPE;
  /** The opaque request name; `customfield<id>` by default. */
  readonly name?: string;
  /** Texts of the choices, by ascending id; those of a linked select may have choices of their own. */
  readonly options?: readonly (string | CustomFieldChoice)[];
  readonly displayOrder?: number;
  readonly isRequired?: boolean;
  /** True by default. */
  readonly userEditable?: boolean;
  /** A PHP pattern with delimiters, such as `/^[0-9]+$/`. */
  readonly regexpValidate?: string;
}

/** A choice of a linked select and those that stand under it. */
export interface CustomFieldChoice {
  readonly text: string;
  readonly children: readonly string[];
}

/** @throws {RangeError} naming the field that cannot be made */
export function checkCustomFields(groups: readonly CustomFieldGroupOptions[]): void {
  const names = new Set<string>();
  for (const { title, type, name } of groups.flatMap((group) => group.fields)) {
    if (!Object.hasOwn(FIELD_TYPE, type)) {
      throw new RangeError(
        `customFields: the type of ${title} must be one of: ${Object.keys(FIELD_TYPE).join(', ')}`,
      );
    }
    if (name === undefined) continue;
    if (!/^[a-z]\w*$/.test(name) || names.has(name)) {
      throw new RangeError(
        `customFields: the name of ${title} must be letters and digits, and no other field's`,
      );
    }
    names.add(name);
  }
}

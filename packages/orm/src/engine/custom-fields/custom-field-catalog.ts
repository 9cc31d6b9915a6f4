import { KayakoResponseError, UnknownFieldError } from '@kayako-orm/core';
import { type CustomFieldGroupType, type CustomFieldType } from '../../entities/code-tables.js';
import { CustomFieldDefinition } from '../../entities/custom-field-definition.js';
import {
  type CustomFieldGroup,
  DepartmentCustomFieldGroup,
} from '../../entities/custom-field-group.js';
import { CustomFieldOption } from '../../entities/custom-field-option.js';
import { type TableCache } from '../loading/table-cache.js';
import { type Run } from '../runs/run.js';
import { fieldNamed } from './field-named.js';

/** The groups whose fields tickets have (§3.4); older builds do not say which they are (§5.8). */
export const TICKET_GROUPS: readonly (CustomFieldGroupType | null)[] = [
  'staffTicket',
  'userTicket',
  'ticket',
  null,
];

const WITH_OPTIONS: ReadonlySet<CustomFieldType | null> = new Set<CustomFieldType | null>([
  'checkbox',
  'radio',
  'select',
  'multiSelect',
  'linkedSelect',
]);

/** What the help desk says of its custom fields, kept as look-up tables are. */
export class CustomFieldCatalog {
  readonly #tables: TableCache;

  constructor(tables: TableCache) {
    this.#tables = tables;
  }

  /**
   * The field of a title or an opaque name. What is not known is looked for again: it may be new.
   * @throws {UnknownFieldError} when there is none.
   * @throws {InvalidValueError} for a title of several fields.
   */
  async find(titleOrName: string, run: Run): Promise<CustomFieldDefinition> {
    try {
      return await this.#named(titleOrName, run);
    } catch (error) {
      if (!(error instanceof UnknownFieldError)) throw error;
    }
    this.#tables.invalidate(CustomFieldDefinition);
    return this.#named(titleOrName, run);
  }

  /** The choices of a field; none, and no request, for kinds that have none. */
  async options(
    { id, fieldType }: CustomFieldDefinition,
    run: Run,
  ): Promise<readonly CustomFieldOption[]> {
    if (!WITH_OPTIONS.has(fieldType)) return [];
    return this.#tables.rows(CustomFieldOption, run, { customFieldId: id });
  }

  /**
   * The fields of tickets in a department without which the help desk accepts no custom fields; none where it does not
   * tell of its groups, as older builds do not (§5.9).
   */
  async requiredIn(departmentId: number, run: Run): Promise<CustomFieldDefinition[]> {
    const definitions = await this.#tables.rows(CustomFieldDefinition, run);
    const required = definitions.filter((each) => each.isRequired && each.userEditable);
    if (required.length === 0) return [];
    const groups = await this.#groupsOf(departmentId, run);
    return required.filter((each) => groups.some(({ id }) => id === each.customFieldGroupId));
  }

  async #groupsOf(departmentId: number, run: Run): Promise<readonly CustomFieldGroup[]> {
    try {
      const groups = await this.#tables.rows(DepartmentCustomFieldGroup, run, { departmentId });
      return groups.filter(({ groupType }) => TICKET_GROUPS.includes(groupType));
    } catch (error) {
      if (!(error instanceof KayakoResponseError) || run.signal.aborted) throw error;
      return [];
    }
  }

  async #named(titleOrName: string, run: Run): Promise<CustomFieldDefinition> {
    const definitions = await this.#tables.rows(CustomFieldDefinition, run);
    const fields = definitions.map((definition) => ({
      definition,
      title: definition.title,
      name: definition.fieldName,
      place: `group ${definition.customFieldGroupId ?? 0}`,
    }));
    return fieldNamed(fields, titleOrName, 'The help desk').definition;
  }
}

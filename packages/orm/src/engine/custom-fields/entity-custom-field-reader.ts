import {
  apartName,
  type EntityMetadata,
  type FieldMetadata,
  MetadataError,
  metadataOf,
  InvalidValueError,
  KayakoResponseError,
} from '@kayako-orm/core';
import { snapshotOf } from '../../entity/entity-state.js';
import { CustomFile } from '../../entity/custom-file.js';
import { type CustomFieldKind, declaredKindOf } from '../../entity/custom-field.js';
import { type CustomFieldType } from '../../entities/code-tables.js';
import { CustomFieldDefinition } from '../../entities/custom-field-definition.js';
import { Ticket } from '../../entities/ticket.js';
import { type CustomFieldValue, TicketCustomField } from '../../entities/ticket-custom-field.js';
import { takeSnapshot } from '../hydration/snapshot.js';
import { idIn } from '../hydration/row-id.js';
import { type TableCache } from '../loading/table-cache.js';
import { TICKET_GROUPS } from './custom-field-catalog.js';
import { isMissing, type StepRunner } from '../paging/step-runner.js';
import { forEachAtMost } from '../runs/at-most.js';
import { type Run } from '../runs/run.js';

/** Tickets read at the same time, for one query; the connection has a limit of its own. */
const CONCURRENCY = 4;

const KINDS: Readonly<Record<CustomFieldKind, readonly (CustomFieldType | null)[]>> = {
  text: ['text', 'textArea', 'password', 'radio', 'select', 'custom'],
  list: ['checkbox', 'multiSelect', 'linkedSelect'],
  date: ['date'],
  file: ['file'],
};

/** How a property is declared that holds a field of a kind. */
const DECLARATIONS: Readonly<Record<CustomFieldKind, (title: string, property: string) => string>> =
  {
    text: (title, property) => `@CustomField(${title}) ${property}!: string | null`,
    list: (title, property) => `@CustomField(${title}, { type: 'list' }) ${property}!: string[]`,
    date: (title, property) => `@CustomField(${title}, { type: 'date' }) ${property}!: Date | null`,
    file: (title, property) =>
      `@CustomField(${title}, { type: 'file' }) ${property}!: CustomFile | null`,
  };

/** A field of a class, and what it stands for in the help desk. */
export interface BoundField {
  readonly field: FieldMetadata;
  readonly definition: CustomFieldDefinition;
}

/** The fields of a class that are custom fields. */
export function apartFieldsIn(metadata: EntityMetadata): FieldMetadata[] {
  return [...metadata.fields.values()].filter((field) => apartName(field) !== null);
}

/** What a field holds where the ticket does not have it, or nothing is set. */
function unset({ codec }: FieldMetadata): unknown {
  return codec?.absent() ?? null;
}

function valueOf({ value, fileName }: CustomFieldValue): unknown {
  if (Buffer.isBuffer(value)) return new CustomFile(fileName ?? '', value);
  return Array.isArray(value) ? [...(value as readonly string[])] : value;
}

function readValue(value: CustomFieldValue, where: string): unknown {
  try {
    return valueOf(value);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw new InvalidValueError(`${where}: ${error.message}`, { cause: error });
  }
}

/** Binds one field. @returns what is wrong with it, as text. */
function bind(
  owner: string,
  field: FieldMetadata,
  definitions: readonly CustomFieldDefinition[],
): BoundField | string {
  const title = apartName(field) ?? '';
  const found = definitions.filter((each) => each.title === title || each.fieldName === title);
  const [definition, ...others] = found;
  const where = `${owner}.${field.name}: the help desk has`;
  const quoted = JSON.stringify(title);
  if (definition === undefined) {
    const titles = definitions.map((each) => JSON.stringify(each.title)).join(', ');
    return `${where} no custom field ${quoted} for tickets. It has: ${titles || 'none'}.`;
  }
  if (others.length > 0) {
    const names = found.map(({ fieldName }) => fieldName).join(', ');
    return `${where} ${found.length} custom fields ${quoted}. Write the name of one in place of the title: ${names}.`;
  }
  const { fieldType } = definition;
  const kinds = Object.keys(KINDS) as CustomFieldKind[];
  const kind = kinds.find((each) => KINDS[each].includes(fieldType)) ?? 'text';
  if (kind === declaredKindOf(field)) return { field, definition };
  const declaration = DECLARATIONS[kind](quoted, field.name);
  return `${where} ${quoted} as a field of kind ${String(fieldType)}. Declare it as ${declaration}.`;
}

/** What is wrong with a field that stands for the same as one before it: one of two values would be lost. */
function doubled(
  owner: string,
  before: readonly BoundField[],
  { field, definition }: BoundField,
): string[] {
  const other = before.find((each) => each.definition.id === definition.id);
  if (other === undefined) return [];
  return [
    `${owner}.${field.name}: it is the custom field ${JSON.stringify(definition.title)}, and so is ${other.field.name}. Keep one of them.`,
  ];
}

/** The custom fields that ticket classes of the program's own declare: what they stand for, and their values. */
export class EntityCustomFieldReader {
  readonly #runner: StepRunner;
  readonly #tables: TableCache;
  /** Classes that were compared with the definitions. */
  readonly #bound = new Map<object, readonly BoundField[]>();

  constructor(runner: StepRunner, tables: TableCache) {
    this.#runner = runner;
    this.#tables = tables;
  }

  /**
   * What the fields of a class stand for; looked at once.
   * @throws {MetadataError} naming every field that the help desk does not have, or not so.
   */
  async bind(metadata: EntityMetadata, run: Run): Promise<readonly BoundField[]> {
    const known = this.#bound.get(metadata.type);
    if (known !== undefined) return known;
    if (metadata.route !== metadataOf(Ticket).route) {
      throw new MetadataError(
        `${metadata.name}: only tickets have custom fields that the API can read; @CustomField belongs in a class that extends Ticket.`,
      );
    }
    const rows = (await this.#tables.rows(CustomFieldDefinition, run)) as CustomFieldDefinition[];
    const definitions = rows.filter(({ groupType }) => TICKET_GROUPS.includes(groupType));
    const results = apartFieldsIn(metadata).map((field) => bind(metadata.name, field, definitions));
    const fields = results.filter((each) => typeof each !== 'string');
    const problems = [
      ...results.filter((each) => typeof each === 'string'),
      ...fields.flatMap((each, index) => doubled(metadata.name, fields.slice(0, index), each)),
    ];
    if (problems.length > 0) throw new MetadataError(problems.join('\n'));
    this.#bound.set(metadata.type, fields);
    return fields;
  }

  /**
   * Reads fields into rows, whole entities or not: one request for each row.
   * @returns the rows without those whose tickets are gone.
   */
  async read<Row extends object>(
    rows: Row[],
    metadata: EntityMetadata,
    names: ReadonlySet<string>,
    run: Run,
  ): Promise<Row[]> {
    if (names.size === 0 || rows.length === 0) return rows;
    const bound = await this.bind(metadata, run);
    const wanted = bound.filter(({ field }) => names.has(field.name));
    const gone = new Set<Row>();
    await forEachAtMost(rows, CONCURRENCY, async (row) => {
      try {
        await this.#readInto(row, metadata, wanted, run);
      } catch (error) {
        if (run.signal.aborted || !(error instanceof KayakoResponseError) || !isMissing(error)) {
          throw error;
        }
        gone.add(row);
      }
    });
    return gone.size === 0 ? rows : rows.filter((row) => !gone.has(row));
  }

  /** Reads all fields into one entity. @throws {NotFoundError} when its ticket is gone. */
  async readEntity(entity: object, metadata: EntityMetadata, run: Run): Promise<void> {
    await this.#readInto(entity, metadata, await this.bind(metadata, run), run);
  }

  /** @throws {NotFoundError} when the ticket is gone. */
  async groups(ticketId: number, { signal, meter }: Run): Promise<TicketCustomField[]> {
    const target = { metadata: metadataOf(TicketCustomField), selection: undefined };
    const request = { method: 'GET', route: `${target.metadata.route}/${ticketId}` } as const;
    const options = { signal, meter, uncounted: true };
    const groups: TicketCustomField[] = [];
    for await (const batch of this.#runner.read(request, target, options)) groups.push(...batch);
    return groups;
  }

  async #readInto(
    row: object,
    metadata: EntityMetadata,
    wanted: readonly BoundField[],
    run: Run,
  ): Promise<void> {
    const id = idIn(row, metadata);
    Object.assign(row, valuesIn(await this.groups(id, run), wanted, `${metadata.name} ${id}`));
    // Plain objects with some of the fields have none.
    if (snapshotOf(row) !== undefined) takeSnapshot(row, metadata, row as Record<string, unknown>);
  }
}

/**
 * The values of fields of a class, by name.
 * @param owner the record, for messages.
 * @throws {InvalidValueError} naming a date that cannot be read.
 */
export function valuesIn(
  groups: readonly TicketCustomField[],
  bound: readonly BoundField[],
  owner: string,
): Record<string, unknown> {
  const values = new Map(groups.flatMap(({ fields }) => fields).map((each) => [each.id, each]));
  return Object.fromEntries(
    bound.map(({ field, definition }) => {
      const value = values.get(definition.id);
      return [
        field.name,
        value === undefined ? unset(field) : readValue(value, `${owner}.${field.name}`),
      ];
    }),
  );
}

import {
  type DateFormat,
  type EntityMetadata,
  type FieldMetadata,
  InvalidValueError,
  type Meter,
  type MeteredOptions,
  RequiredFieldsError,
  UnknownFieldError,
} from '@kayako-orm/core';
import { type CustomFieldInput } from '../../entities/custom-field-content.js';
import { type TicketCustomField } from '../../entities/ticket-custom-field.js';
import { Run } from '../runs/run.js';
import { type CustomFieldCatalog } from './custom-field-catalog.js';
import { type CustomFieldWriter } from './custom-field-writer.js';
import { encodeCustomField } from './encode-custom-field.js';
import {
  apartFieldsIn,
  type BoundField,
  type EntityCustomFieldReader,
  valuesIn,
} from './entity-custom-field-reader.js';

/** Values to be set, by field. */
export type ApartValues = ReadonlyMap<FieldMetadata, CustomFieldInput>;

export interface EntityCustomFieldsOptions {
  readonly reader: EntityCustomFieldReader;
  readonly catalog: CustomFieldCatalog;
  readonly writer: CustomFieldWriter;
  readonly meter: Meter;
  readonly dateFormat: DateFormat;
}

/** Writes the custom fields that entities of the program's own ticket classes hold. */
export class EntityCustomFields {
  readonly #reader: EntityCustomFieldReader;
  readonly #catalog: CustomFieldCatalog;
  readonly #writer: CustomFieldWriter;
  readonly #meter: Meter;
  readonly #dateFormat: DateFormat;

  constructor({ reader, catalog, writer, meter, dateFormat }: EntityCustomFieldsOptions) {
    this.#reader = reader;
    this.#catalog = catalog;
    this.#writer = writer;
    this.#meter = meter;
    this.#dateFormat = dateFormat;
  }

  /** Reads them into one entity. @throws {NotFoundError} when its ticket is gone. */
  async readInto(entity: object, metadata: EntityMetadata, options: MeteredOptions): Promise<void> {
    if (apartFieldsIn(metadata).length === 0) return;
    await this.#within(metadata, options, (run) => this.#reader.readEntity(entity, metadata, run));
  }

  /**
   * Finds out before anything is sent whether values can be set.
   * @throws {MetadataError} for a class that does not fit the help desk.
   * @throws {InvalidValueError} naming every value that does not fit its field.
   * @throws {FieldNotClearableError} for a file that is to be removed.
   */
  async check(
    metadata: EntityMetadata,
    values: ApartValues,
    options: MeteredOptions,
  ): Promise<void> {
    if (apartFieldsIn(metadata).length === 0) return;
    await this.#within(metadata, options, async (run) => {
      const bound = await this.#reader.bind(metadata, run);
      const problems: string[] = [];
      for (const { field, definition } of bound) {
        const value = values.get(field);
        if (value === undefined) continue;
        const known = await this.#catalog.options(definition, run);
        try {
          encodeCustomField(definition, known, value, this.#dateFormat);
        } catch (error) {
          if (!(error instanceof InvalidValueError)) throw error;
          problems.push(`${metadata.name}.${field.name}: ${error.message}`);
        }
      }
      if (problems.length > 0) throw new InvalidValueError(problems.join('\n'));
    });
  }

  /**
   * {@link check} for a new ticket. Whoever sets a custom field must set those that the help desk requires in the
   * ticket's department (§6.6); found afterwards, the ticket would be there already.
   * @throws {RequiredFieldsError} naming all that are not set.
   */
  async checkNew(
    metadata: EntityMetadata,
    values: ApartValues,
    departmentId: unknown,
    options: MeteredOptions,
  ): Promise<void> {
    await this.check(metadata, values, options);
    if (values.size === 0 || typeof departmentId !== 'number') return;
    await this.#within(metadata, options, async (run) => {
      const bound = await this.#reader.bind(metadata, run);
      const set = bound.filter(({ field }) => values.has(field)).map((each) => each.definition.id);
      const required = await this.#catalog.requiredIn(departmentId, run);
      const missing = required
        .filter(({ id }) => !set.includes(id))
        .map(({ title, id }) => {
          const field = bound.find(({ definition }) => definition.id === id)?.field;
          return field?.name ?? title;
        });
      if (missing.length === 0) return;
      throw new RequiredFieldsError(
        `${metadata.name}.add(): the help desk accepts no custom fields without those that it requires. Set: ${missing.join(', ')}; what the class does not declare needs a @CustomField.`,
        missing,
      );
    });
  }

  /** Sets values and gives those of all fields afterwards, by name; only reads where there is nothing to set. */
  async exchange(
    metadata: EntityMetadata,
    ticketId: number,
    values: ApartValues,
    options: MeteredOptions,
  ): Promise<Record<string, unknown>> {
    if (apartFieldsIn(metadata).length === 0) return {};
    return this.#within(metadata, options, async (run) => {
      const bound = await this.#reader.bind(metadata, run);
      const changes = bound.flatMap(({ field, definition }) => {
        const value = values.get(field);
        return value === undefined ? [] : [[definition.fieldName, value] as const];
      });
      const groups =
        changes.length === 0
          ? await this.#reader.groups(ticketId, run)
          : await this.#write(metadata, ticketId, changes, bound, options);
      return valuesIn(groups, bound, `${metadata.name} ${ticketId}`);
    });
  }

  async #write(
    { name: owner }: EntityMetadata,
    ticketId: number,
    changes: readonly (readonly [name: string, value: CustomFieldInput])[],
    bound: readonly BoundField[],
    options: MeteredOptions,
  ): Promise<TicketCustomField[]> {
    try {
      return await this.#writer.write(ticketId, Object.fromEntries(changes), options);
    } catch (error) {
      if (!(error instanceof UnknownFieldError)) throw error;
      // The program knows the property and the title, not the opaque name.
      const fields = bound
        .filter(({ definition }) => error.fields.includes(definition.fieldName))
        .map(({ field }) => field.name);
      throw new UnknownFieldError(
        `${owner} ${ticketId} does not show the custom fields of ${fields.join(', ')}, so they cannot be set. Which it shows hangs on its department.`,
        fields,
      );
    }
  }

  async #within<Result>(
    { name }: EntityMetadata,
    options: MeteredOptions,
    work: (run: Run) => Promise<Result>,
  ): Promise<Result> {
    const run = new Run(name, options.meter ?? this.#meter, {}, { signal: options.signal });
    try {
      return await work(run);
    } finally {
      run.release();
    }
  }
}

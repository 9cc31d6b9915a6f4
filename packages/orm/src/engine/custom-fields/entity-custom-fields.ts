import {
  type DateFormat,
  type EntityMetadata,
  type FieldMetadata,
  InvalidValueError,
  type Meter,
  type MeteredOptions,
} from '@kayako-orm/core';
import { type CustomFieldInput } from '../../entities/custom-field-content.js';
import { Run } from '../runs/run.js';
import { type CustomFieldCatalog } from './custom-field-catalog.js';
import { type CustomFieldWriter } from './custom-field-writer.js';
import { encodeCustomField } from './encode-custom-field.js';
import {
  apartFieldsIn,
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

  /** Reads them into one entity. */
  async readInto(entity: object, metadata: EntityMetadata, options: MeteredOptions): Promise<void> {
    const names = new Set(apartFieldsIn(metadata).map(({ name }) => name));
    if (names.size === 0) return;
    await this.#within(metadata, options, (run) =>
      this.#reader.read([entity], metadata, names, run),
    );
  }

  /**
   * Finds out before anything is sent whether values can be set.
   * @throws {MetadataError} for a class that does not fit the help desk.
   * @throws {InvalidValueError} naming every value that does not fit its field.
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
          : await this.#writer.write(ticketId, Object.fromEntries(changes), options);
      return valuesIn(groups, bound);
    });
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

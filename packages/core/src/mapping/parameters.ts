import { bytes } from '../codec/bytes.js';
import { type FormValue, type SendingSettings } from '../codec/codec.js';
import { FileSource } from '../http/file-source.js';
import { type Parameters } from '../http/form.js';
import { type FileParameters } from '../http/multipart-body.js';
import { apartName, type FieldMetadata, type WriteAction } from '../metadata/entity-metadata.js';

/** The parameters that send these fields with this action; fields that are kept apart are not among them. */
export function encodeFields(
  fields: Iterable<FieldMetadata>,
  values: Readonly<Record<string, unknown>>,
  action: WriteAction,
  settings: SendingSettings,
): Parameters {
  const parameters: (readonly [string, FormValue])[] = [];
  for (const field of fields) {
    const name = field.write[action];
    const { codec } = field;
    if (name === null || codec === null || apartName(field) !== null) continue;
    const value = values[field.name];
    // Null is '' for text and 0 for ids and dates; each codec knows which.
    parameters.push(
      ...(codec.parameters?.(name, value, settings) ?? [[name, codec.encode(value)] as const]),
    );
  }
  return parameters;
}

/** Whether a field holds the contents of a file. */
export function isFileField(field: FieldMetadata): boolean {
  return field.item === bytes && !field.list && apartName(field) === null;
}

/** What sends these fields with a POST: files apart from the rest, from a source or as the bytes that are here. */
export function encodeAdded(
  fields: readonly FieldMetadata[],
  values: Readonly<Record<string, unknown>>,
  settings: SendingSettings,
): { readonly parameters: Parameters; readonly files: FileParameters } {
  const parameters: FieldMetadata[] = [];
  const files: [string, FileSource][] = [];
  for (const field of fields) {
    const value = values[field.name];
    const source = value instanceof Uint8Array ? FileSource.of(value) : value;
    if (!isFileField(field) || !(source instanceof FileSource)) parameters.push(field);
    else if (field.write.add !== null) files.push([field.write.add, source]);
  }
  return { parameters: encodeFields(parameters, values, 'add', settings), files };
}

import { type FormValue } from '../codec/codec.js';
import { type FieldMetadata, type WriteAction } from '../metadata/entity-metadata.js';
import { type Parameters } from '../http/form.js';

/** A field's value as it is sent. Null is '' for text and 0 for ids and dates (each codec knows which). */
export function encodeField(field: FieldMetadata, value: unknown): FormValue {
  return field.codec === null ? '' : field.codec.encode(value);
}

/** The parameters that send these fields with this action. */
export function encodeFields(
  fields: Iterable<FieldMetadata>,
  values: Readonly<Record<string, unknown>>,
  action: WriteAction,
): Parameters {
  const parameters: [string, FormValue][] = [];
  for (const field of fields) {
    const name = field.write[action];
    if (name !== null) parameters.push([name, encodeField(field, values[field.name])]);
  }
  return parameters;
}

import { FormMap, type FormValue } from '../http/form-map.js';
import {
  type CustomField,
  type CustomFieldOption,
  type CustomFieldValue,
  FIELD_TYPE,
} from '../store/custom-field-rows.js';
import { type Ticket } from '../store/ticket-rows.js';
import { type Call } from './call.js';
import { fieldsOf, groupsOf } from './custom-field-groups-of-ticket.js';
import { wholeNumber } from './numbers.js';
import { demand } from './refusal.js';

/** A value that was read, an empty one, or one that cannot be. */
type Input = CustomFieldValue | 'empty' | 'invalid';

/**
 * Stores the values sent for the fields a ticket shows; the others keep theirs, or lose them in old builds (6.6, 15.10).
 * @throws {Refusal} 400 naming every field that is required and missing, or whose value does not fit
 */
export function receiveFieldValues(call: Call, ticket: Ticket): void {
  const shown = groupsOf(call.store, ticket).flatMap((group) => fieldsOf(call.store, group));
  const inputs = shown.map((field) => ({ field, input: inputOf(call, field) }));
  const refused = inputs.filter(
    ({ field, input }) => input === 'invalid' || (isDemanded(field) && !isValue(input)),
  );
  demand(
    refused.length === 0,
    `Custom Field Data is Invalid: ${refused.map(({ field }) => field.fieldName).join(', ')}`,
  );
  const present = call.behaviour.replaceCustomFields
    ? undefined
    : call.store.fieldValues.get(ticket.id);
  const values = present ?? new Map<number, CustomFieldValue>();
  for (const { field, input } of inputs) {
    if (input === 'empty') values.delete(field.id);
    else if (isValue(input)) values.set(field.id, input);
  }
  call.store.fieldValues.set(ticket.id, values);
}

function isDemanded(field: CustomField): boolean {
  return field.isRequired && field.userEditable;
}

function isValue(input: Input | undefined): input is CustomFieldValue {
  return typeof input === 'object';
}

/** `undefined` if nothing was sent for the field. */
function inputOf(call: Call, field: CustomField): Input | undefined {
  if (field.fieldType === FIELD_TYPE.file) {
    const file = call.files.get(field.fieldName);
    return file === undefined ? undefined : { kind: 'file', ...file };
  }
  const sent = call.fields.value(field.fieldName);
  if (sent === undefined) return undefined;
  const options = call.store.fieldOptions.of(field.id);
  switch (field.fieldType) {
    case FIELD_TYPE.radio:
    case FIELD_TYPE.select:
      return typeof sent === 'string' ? optionsInput([sent], options) : 'invalid';
    case FIELD_TYPE.checkbox:
    case FIELD_TYPE.multiSelect:
      return optionsInput(textsOf(sent), options);
    case FIELD_TYPE.linkedSelect:
      return linkedInput(sent, options);
    default:
      return typeof sent === 'string' ? textInput(sent, field) : 'invalid';
  }
}

function textInput(text: string, field: CustomField): Input {
  if (text === '') return 'empty';
  return patternOf(field)?.test(text) === false ? 'invalid' : { kind: 'text', text };
}

/** The pattern between PHP's delimiters; one that cannot be read checks nothing. */
function patternOf(field: CustomField): RegExp | undefined {
  const [, , body, flags] = /^([^\w\s\\])(.*)\1([imsu]*)$/s.exec(field.regexpValidate) ?? [];
  return body === undefined ? undefined : new RegExp(body, flags);
}

function textsOf(value: FormValue): string[] {
  if (typeof value === 'string') return [value];
  return [...value.values()].filter((member) => typeof member === 'string');
}

/** Options by id; the exact text is accepted too, for clients that send back what they read. */
function optionsInput(sent: readonly string[], options: readonly CustomFieldOption[]): Input {
  const filled = sent.filter((text) => text !== '' && text !== '0');
  if (filled.length === 0) return 'empty';
  const ids = filled.map((text) => findOption(text, options)?.id);
  const known = ids.filter((id) => id !== undefined);
  return known.length === ids.length ? { kind: 'options', optionIds: known } : 'invalid';
}

/** `name[0]` is the parent, `name[1][parent]` its child; a child of another parent does not fit. */
function linkedInput(sent: FormValue, options: readonly CustomFieldOption[]): Input {
  const parentText = sent instanceof FormMap ? sent.get('0') : sent;
  if (typeof parentText !== 'string') return 'invalid';
  if (parentText === '' || parentText === '0') return 'empty';
  const parent = findOption(
    parentText,
    options.filter((option) => option.parentId === 0),
  );
  if (parent === undefined) return 'invalid';
  const children = sent instanceof FormMap ? sent.get('1') : undefined;
  const childText = children instanceof FormMap ? children.get(String(parent.id)) : undefined;
  if (typeof childText !== 'string' || childText === '' || childText === '0') {
    return { kind: 'options', optionIds: [parent.id] };
  }
  const child = findOption(
    childText,
    options.filter((option) => option.parentId === parent.id),
  );
  return child === undefined ? 'invalid' : { kind: 'options', optionIds: [parent.id, child.id] };
}

function findOption(
  text: string,
  options: readonly CustomFieldOption[],
): CustomFieldOption | undefined {
  const id = wholeNumber(text);
  return (
    options.find((option) => option.id === id) ?? options.find((option) => option.value === text)
  );
}

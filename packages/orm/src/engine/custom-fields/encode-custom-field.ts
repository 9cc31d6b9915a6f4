import {
  CodecError,
  type DateFormat,
  decodeDay,
  encodeDay,
  FieldNotClearableError,
  type FormValue,
  InvalidValueError,
  isPlainObject,
  showValue,
} from '@kayako-orm/core';
import { CustomFile } from '../../entity/custom-file.js';
import {
  type CustomFieldContent,
  type CustomFieldInput,
} from '../../entities/custom-field-content.js';
import { type CustomFieldDefinition } from '../../entities/custom-field-definition.js';
import { type CustomFieldOption } from '../../entities/custom-field-option.js';
import { type CustomFieldValue } from '../../entities/ticket-custom-field.js';
import { pathIn, textsIn } from './present-texts.js';

/** What sends one value, and what reading it will give. */
export type EncodedCustomField =
  | {
      readonly kind: 'parameter';
      readonly value: FormValue;
      readonly content: CustomFieldContent;
    }
  | { readonly kind: 'file'; readonly fileName: string; readonly content: Buffer };

type Definition = Pick<CustomFieldDefinition, 'title' | 'fieldType'>;

const MOST_SHOWN = 30;

function listed(options: readonly CustomFieldOption[]): string {
  if (options.length === 0) return 'It has no options';
  const texts = options.slice(0, MOST_SHOWN).map(({ optionValue }) => showValue(optionValue));
  const more = options.length > MOST_SHOWN ? ` and ${options.length - MOST_SHOWN} more` : '';
  return `Its options: ${texts.join(', ')}${more}`;
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** The option that a text or an id means: the exact text goes first, then the only one that differs in case or blanks. */
function optionOf(
  { title }: Definition,
  options: readonly CustomFieldOption[],
  given: unknown,
): CustomFieldOption {
  const isAsked = (option: CustomFieldOption): boolean =>
    option.id === given || option.optionValue === given;
  const exact = options.filter(isAsked);
  const found =
    exact.length > 0 || typeof given !== 'string'
      ? exact
      : options.filter(({ optionValue }) => folded(optionValue) === folded(given));
  const [option, ...others] = found;
  if (option === undefined) {
    throw new InvalidValueError(
      `The custom field ${title} has no option ${showValue(given)}. ${listed(options)}.`,
    );
  }
  if (others.length === 0) return option;
  const ids = found.map(({ id, optionValue }) => `${id} (${showValue(optionValue)})`).join(', ');
  throw new InvalidValueError(
    `The custom field ${title} has several options ${showValue(given)}. Give the id of the one that you mean: ${ids}.`,
  );
}

/** @throws {InvalidValueError} */
function refuseKind({ title, fieldType }: Definition, wanted: string, value: unknown): never {
  const shown = fieldType === 'password' ? 'what was given' : showValue(value);
  throw new InvalidValueError(
    `The custom field ${title} is of type ${fieldType ?? 'text'} and takes ${wanted}, not ${shown}.`,
  );
}

function isOption(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function isOptionList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every(isOption);
}

function encodeText(definition: Definition, value: unknown): EncodedCustomField {
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  const text = isNumber ? String(value) : (value ?? '');
  if (typeof text !== 'string' || value === undefined) {
    return refuseKind(definition, 'a text', value);
  }
  return { kind: 'parameter', value: text, content: text === '' ? null : text };
}

function encodeChoice(
  definition: Definition,
  options: readonly CustomFieldOption[],
  value: unknown,
): EncodedCustomField {
  if (value === null) return { kind: 'parameter', value: '', content: null };
  if (!isOption(value)) refuseKind(definition, 'the text or the id of an option', value);
  const { id, optionValue } = optionOf(definition, options, value);
  return { kind: 'parameter', value: String(id), content: optionValue };
}

function encodeChoices(
  definition: Definition,
  options: readonly CustomFieldOption[],
  value: unknown,
): EncodedCustomField {
  const list = value === null ? [] : value;
  if (!isOptionList(list)) {
    refuseKind(definition, 'a list of texts or ids of options', value);
  }
  const chosen = new Set(list.map((each) => optionOf(definition, options, each)));
  return {
    kind: 'parameter',
    value: [...chosen].map(({ id }) => String(id)),
    content: [...chosen].map(({ optionValue }) => optionValue),
  };
}

/** A linked select has two levels (§6.6). */
function encodePath(
  definition: Definition,
  options: readonly CustomFieldOption[],
  value: unknown,
): EncodedCustomField {
  const path = value === null ? [] : value;
  if (!isOptionList(path) || path.length > 2) {
    refuseKind(definition, 'a list of an option and one that stands under it', value);
  }
  const under = (parent: number | null): CustomFieldOption[] =>
    options.filter((option) => option.parentCustomFieldOptionId === parent);
  const [top, below] = path;
  if (top === undefined) return { kind: 'parameter', value: { 0: '' }, content: [] };
  const parent = optionOf(definition, under(null), top);
  const id = String(parent.id);
  if (below === undefined) {
    return { kind: 'parameter', value: { 0: id }, content: [parent.optionValue] };
  }
  const ofParent = { ...definition, title: `${definition.title} under ${parent.optionValue}` };
  const child = optionOf(ofParent, under(parent.id), below);
  return {
    kind: 'parameter',
    value: { 0: id, 1: { [id]: String(child.id) } },
    content: [parent.optionValue, child.optionValue],
  };
}

function encodeDate(
  definition: Definition,
  value: unknown,
  dateFormat: DateFormat,
): EncodedCustomField {
  if (value === null || value === '') return { kind: 'parameter', value: '', content: null };
  try {
    const date = typeof value === 'string' ? decodeDay(value, dateFormat) : value;
    if (!(date instanceof Date)) return refuseKind(definition, 'a Date', value);
    const text = encodeDay(date, dateFormat);
    return { kind: 'parameter', value: text, content: decodeDay(text, dateFormat) };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return refuseKind(definition, `a ${error.message}`, value);
  }
}

/** Control characters end headers, and PHP keeps of a path what stands behind the last separator. */
const UNUSABLE_IN_NAME = /[\p{Cc}/\\]/u;

function encodeFile(definition: Definition, value: unknown): EncodedCustomField {
  if (value === null) {
    throw new FieldNotClearableError(
      `The custom field ${definition.title} is a file, which the API can replace but not remove.`,
      [definition.title],
    );
  }
  const wanted = '{ fileName, contents } with the contents as bytes or text';
  if (!isPlainObject(value) && !(value instanceof CustomFile))
    return refuseKind(definition, wanted, value);
  const { fileName, contents } = value;
  const isContents = typeof contents === 'string' || contents instanceof Uint8Array;
  if (!isContents || typeof fileName !== 'string') return refuseKind(definition, wanted, value);
  if (fileName.trim() === '' || UNUSABLE_IN_NAME.test(fileName)) {
    throw new InvalidValueError(
      `The custom field ${definition.title}: ${showValue(fileName)} is no name of a file. Give it without a path.`,
    );
  }
  const content = typeof contents === 'string' ? Buffer.from(contents) : Buffer.from(contents);
  return { kind: 'file', fileName, content };
}

/**
 * What sets a custom field to a value (§6.6).
 * @param options of the field; of kinds without options none.
 * @throws {InvalidValueError} for a value of the wrong kind, and for an option that the field has not, or several times.
 * @throws {FieldNotClearableError} for a file that is to be removed.
 */
export function encodeCustomField(
  definition: Definition,
  options: readonly CustomFieldOption[],
  value: CustomFieldInput,
  dateFormat: DateFormat,
): EncodedCustomField {
  switch (definition.fieldType) {
    case 'radio':
    case 'select':
      return encodeChoice(definition, options, value);
    case 'checkbox':
    case 'multiSelect':
      return encodeChoices(definition, options, value);
    case 'linkedSelect':
      return encodePath(definition, options, value);
    case 'date':
      return encodeDate(definition, value, dateFormat);
    case 'file':
      return encodeFile(definition, value);
    case 'text':
    case 'textArea':
    case 'password':
    case 'custom':
    case null:
    default:
      return encodeText(definition, value);
  }
}

/**
 * What sets a custom field to the value that it has.
 * @param present not an empty one.
 * @throws {InvalidValueError} where an option of it is none any more.
 */
export function encodePresent(
  definition: Definition,
  options: readonly CustomFieldOption[],
  present: CustomFieldValue,
  dateFormat: DateFormat,
): EncodedCustomField {
  const { text, fileName, title } = present;
  const encode = (value: CustomFieldInput): EncodedCustomField =>
    encodeCustomField(definition, options, value, dateFormat);
  switch (definition.fieldType) {
    case 'checkbox':
    case 'multiSelect':
      return encode(textsIn(text, options) ?? [text]);
    case 'linkedSelect':
      return encode(pathIn(text, options) ?? [text]);
    case 'radio':
    case 'select':
      return encode(text);
    case 'file': {
      // Without a name it would be no upload.
      const name = fileName === null || fileName === '' ? title : fileName;
      // As it was sent: what was encoded twice stays so, and nothing is guessed about what is written.
      return { kind: 'file', fileName: name, content: Buffer.from(text, 'base64') };
    }
    case 'text':
    case 'textArea':
    case 'password':
    case 'custom':
    case 'date':
    case null:
    default:
      return { kind: 'parameter', value: text, content: text };
  }
}

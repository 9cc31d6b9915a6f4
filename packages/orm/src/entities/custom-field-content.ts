import { type DateFormat, decodeDay } from '@kayako-orm/core';
import { type CustomFieldType } from './code-tables.js';
import { decodeFile } from './file-text.js';

/**
 * What a custom field holds, by its kind: text for text, textArea, password, radio, select and custom; a list of option
 * texts for checkbox and multiSelect; for linkedSelect the texts from the parent down; a Date (midnight UTC) for date; a
 * Buffer for file. null where nothing is set, for lists an empty one.
 */
export type CustomFieldContent = string | readonly string[] | Date | Buffer | null;

/** A file to put into a custom field. */
export interface CustomFieldFile {
  /** Without a path. */
  readonly fileName: string;
  /** Text is sent as UTF-8. */
  readonly contents: Uint8Array | string;
}

/**
 * What a custom field can be set to, by its kind: text (or a number) for text, textArea, password and custom; the text of
 * an option, or as a number its id, for radio and select; a list of these for checkbox and multiSelect, and from the
 * parent down for linkedSelect; a Date, whose UTC day counts, or a text such as `2011-05-24` for date; a file. null
 * clears.
 */
export type CustomFieldInput =
  string | number | readonly (string | number)[] | Date | CustomFieldFile | null;

/** Besides the text, what its value depends on. */
export interface CustomFieldReading {
  readonly dateFormat: DateFormat;
  /** Tells an empty file from none. */
  readonly fileName: string | null;
}

/** Texts joined with `, `, where a comma inside a text is written `\,` (§6.6). */
function splitTexts(text: string): string[] {
  if (text === '') return [];
  return text.split(/(?<!\\), /).map((each) => each.replaceAll('\\,', ','));
}

/**
 * The server joins with the four characters `&gt;`, documentation pages show the sign (§6.6). A sign beside an escaped
 * one is part of a text.
 */
function splitPath(text: string): string[] {
  if (text === '') return [];
  return text.split(text.includes(' &gt; ') ? ' &gt; ' : ' > ');
}

/** The value that the text of a custom field stands for (§6.6). @throws {CodecError} for a date that cannot be read. */
export function decodeCustomField(
  type: CustomFieldType | null,
  text: string,
  { dateFormat, fileName }: CustomFieldReading,
): CustomFieldContent {
  switch (type) {
    case 'checkbox':
    case 'multiSelect':
      return splitTexts(text);
    case 'linkedSelect':
      return splitPath(text);
    case 'date':
      return text.trim() === '' ? null : decodeDay(text, dateFormat);
    case 'file':
      return text === '' && (fileName ?? '') === '' ? null : decodeFile(text);
    case 'text':
    case 'textArea':
    case 'password':
    case 'radio':
    case 'select':
    case 'custom':
    case null:
    default:
      return text === '' ? null : text;
  }
}

import { CodecError, type DateFormat, decodeDay } from '@kayako-orm/core';
import { type CustomFieldContent } from '../../entities/custom-field-content.js';
import { type CustomFieldValue } from '../../entities/ticket-custom-field.js';

/** A text without what the server or XML may change of it: ends of lines, control characters, blanks around it. */
function comparable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\ufffe\uffff]/gu, '')
    .trim();
}

/** The pieces of joined texts, cut at all that may be a separator, in one order. */
function piecesOf(joined: string): string {
  const plain = joined.replaceAll('&gt;', '>').replaceAll('\\,', ',');
  return plain
    .split(/[,>]/)
    .map(comparable)
    .filter((piece) => piece !== '')
    .sort()
    .join(',');
}

function isDay(text: string, day: Date, dateFormat: DateFormat): boolean {
  try {
    return decodeDay(text, dateFormat).getTime() === day.getTime();
  } catch (error) {
    if (error instanceof CodecError) return false;
    throw error;
  }
}

/**
 * Whether a reply shows that a field took the content that was sent. A text that the help desk has rewritten counts, one
 * that is as it was before does not.
 */
export function isTaken(
  content: CustomFieldContent,
  before: CustomFieldValue,
  after: CustomFieldValue | undefined,
  dateFormat: DateFormat,
): boolean {
  const raw = after?.text ?? '';
  const text = comparable(raw);
  if (Buffer.isBuffer(content)) {
    const bytes = Buffer.from(raw, 'base64');
    return bytes.equals(content) || bytes.toString('latin1') === content.toString('base64');
  }
  if (content === null) return text === '';
  if (typeof content === 'string' || content instanceof Date) {
    const isSame =
      typeof content === 'string' ? text === comparable(content) : isDay(raw, content, dateFormat);
    return isSame || (text !== '' && text !== comparable(before.text));
  }
  return piecesOf(raw) === piecesOf(content.join(','));
}

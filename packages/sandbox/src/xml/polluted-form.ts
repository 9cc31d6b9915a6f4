import { type DocumentForm } from './document-form.js';

/** What a server with an old extension prints in front of its documents, with status 200 (3.2). */
const NOTICE =
  '\n<br />\n<b>Notice</b>:  Undefined index: fieldtype in <b>./class.php</b> on line <b>42</b><br />\n';

/** Attributes keep control characters that XML 1.0 forbids (3.2). */
const DIRTY_ATTRIBUTES: ReadonlySet<string> = new Set([
  'title',
  'description',
  'optionvalue',
  'name',
  'creatorstaffname',
  'workerstaffname',
]);

const DIRTY_ELEMENTS: ReadonlySet<string> = new Set([
  'title',
  'name',
  'fullname',
  'subject',
  'designation',
  'contents',
  'ownerstaffname',
]);

/** A lone surrogate stands for a byte that is not UTF-8: U+DCE9 is the byte E9 until the text is encoded. */
const RAW_BYTE = '\udce9';

/** A control character as old builds send them, a C1 control, a noncharacter, and a byte of another character set. */
const DIRT: readonly string[] = ['\u000b', '\u0085', '\ufffe', RAW_BYTE];

/**
 * The same documents with what real desks put into them: a notice before the declaration, and a character that does not
 * belong at the end of titles, names and texts. Which one depends on the length of the value alone, so a row looks the
 * same in every reply. Texts that are base64 stay clean.
 */
export function polluted(form: DocumentForm): DocumentForm {
  return {
    ...form,
    preamble: NOTICE,
    text: (element, value) => {
      const text = form.text(element, value);
      return text !== '' && DIRTY_ELEMENTS.has(element) ? text + dirtFor(value) : text;
    },
    attribute: (name, value) => {
      const text = form.attribute(name, value);
      return text !== '' && DIRTY_ATTRIBUTES.has(name) ? `${text}\u0001` : text;
    },
    encode: encodeWithRawBytes,
  };
}

function dirtFor(value: string): string {
  return DIRT[value.length % DIRT.length] ?? '';
}

function encodeWithRawBytes(text: string): Uint8Array {
  const [first = '', ...rest] = text.split(RAW_BYTE);
  const parts = [Buffer.from(first, 'utf8')];
  for (const part of rest) parts.push(Buffer.from([0xe9]), Buffer.from(part, 'utf8'));
  return Buffer.concat(parts);
}

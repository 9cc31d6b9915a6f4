import { escapeMarkup, withoutControls } from './characters.js';
import { type DocumentForm, encodeUtf8 } from './document-form.js';

/** What the server sends (3.1, 3.2): CDATA around every text, empty elements and containers kept, no indentation. */
export const liveForm: DocumentForm = {
  name: 'live',
  preamble: '',
  textStart: '<![CDATA[',
  textEnd: ']]>',
  text: (_element, value) => withoutControls(value).replaceAll(']]>', ']]]]><![CDATA[>'),
  attribute: (_name, value) => escapeMarkup(value),
  keepsEmpty: true,
  indent: '',
  encode: encodeUtf8,
};

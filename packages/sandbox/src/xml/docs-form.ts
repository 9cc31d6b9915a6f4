import { escapeMarkup, withoutControls } from './characters.js';
import { type DocumentForm, encodeUtf8 } from './document-form.js';

const clean = (value: string): string => escapeMarkup(withoutControls(value));

/** What the public pages print (3.1): escaped text instead of CDATA, nothing for empty elements and containers. */
export const docsForm: DocumentForm = {
  name: 'docs',
  preamble: '',
  textStart: '',
  textEnd: '',
  text: (_element, value) => clean(value),
  attribute: (_name, value) => clean(value),
  keepsEmpty: false,
  indent: '    ',
  encode: encodeUtf8,
};

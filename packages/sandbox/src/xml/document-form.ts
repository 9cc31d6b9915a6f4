import { type FormName } from './node.js';

/** How a document is spelled: one strategy for each form, and wrappers that change one of them. */
export interface DocumentForm {
  readonly name: FormName;
  /** Stands before the XML declaration. */
  readonly preamble: string;
  readonly textStart: string;
  readonly textEnd: string;
  /** Text as it stands between `textStart` and `textEnd` of the element. */
  text(element: string, value: string): string;
  attribute(name: string, value: string): string;
  /** Whether leaves without text and containers without children are written at all. */
  readonly keepsEmpty: boolean;
  /** One step of indentation. */
  readonly indent: string;
  /** Turns finished text into the bytes that are sent. */
  encode(text: string): Uint8Array;
}

export function encodeUtf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

import { type DocumentForm } from './document-form.js';
import { type Attributes, type Scalar, type XmlDocument, type XmlNode } from './node.js';

const CHUNK_CHARACTERS = 16 * 1024;

/** A multiple of three, so that the pieces of a base64 text join without padding between them. */
const BASE64_INPUT_BYTES = 12 * 1024;

/**
 * Produces the bytes of a document piece by piece, taking the items one at a time: neither the document nor the base64
 * text of a file is ever held whole.
 */
export function* renderDocument(
  document: XmlDocument,
  form: DocumentForm,
): Generator<Uint8Array, void, undefined> {
  let text = `${form.preamble}<?xml version="1.0" encoding="UTF-8"?>\n<${document.root}>\n`;
  for (const item of document.items) {
    for (const part of partsOf(item, form)) {
      if (typeof part === 'string') {
        text += part;
      } else {
        for (let start = 0; start < part.length; start += BASE64_INPUT_BYTES) {
          text += toBase64(part.subarray(start, start + BASE64_INPUT_BYTES));
          if (text.length >= CHUNK_CHARACTERS) {
            yield form.encode(text);
            text = '';
          }
        }
      }
      if (text.length >= CHUNK_CHARACTERS) {
        yield form.encode(text);
        text = '';
      }
    }
  }
  yield form.encode(`${text}</${document.root}>`);
}

/** The item as text, interrupted where bytes follow that are to be written as base64. */
function partsOf(item: XmlNode, form: DocumentForm): (string | Uint8Array)[] {
  const parts: (string | Uint8Array)[] = [];
  let text = '';

  function write(node: XmlNode, indent: string): void {
    if (node.only !== undefined && node.only !== form.name) return;
    switch (node.kind) {
      case 'comment':
        text += `${indent}<!-- ${node.text} -->\n`;
        return;
      case 'leaf': {
        if (node.text instanceof Uint8Array) {
          writeBytes(node.name, node.text, node.attributes, indent);
          return;
        }
        const value = form.text(node.name, toText(node.text));
        const attributes = toAttributes(node.attributes, form);
        if (value !== '') {
          text += `${indent}<${node.name}${attributes}>${form.textStart}${value}${form.textEnd}</${node.name}>\n`;
        } else if (form.keepsEmpty || attributes !== '') {
          text += `${indent}<${node.name}${attributes} />\n`;
        }
        return;
      }
      case 'container': {
        const attributes = toAttributes(node.attributes, form);
        const before = text;
        const partsBefore = parts.length;
        text += `${indent}<${node.name}${attributes}>\n`;
        const opened = text;
        for (const child of node.children) write(child, indent + form.indent);
        if (
          !form.keepsEmpty &&
          attributes === '' &&
          text === opened &&
          parts.length === partsBefore
        ) {
          text = before;
        } else {
          text += `${indent}</${node.name}>\n`;
        }
        return;
      }
    }
  }

  function writeBytes(
    name: string,
    bytes: Uint8Array,
    attributes: Attributes,
    indent: string,
  ): void {
    if (bytes.length === 0) {
      write({ kind: 'leaf', name, text: '', attributes }, indent);
      return;
    }
    parts.push(
      `${text}${indent}<${name}${toAttributes(attributes, form)}>${form.textStart}`,
      bytes,
    );
    text = `${form.textEnd}</${name}>\n`;
  }

  write(item, form.indent);
  parts.push(text);
  return parts;
}

function toAttributes(attributes: Attributes, form: DocumentForm): string {
  let text = '';
  for (const [name, value] of Object.entries(attributes)) {
    text += ` ${name}="${form.attribute(name, toText(value))}"`;
  }
  return text;
}

function toText(value: Scalar): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

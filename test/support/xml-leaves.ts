/** One text of a document, of an element or an attribute, with its place in it. */
export interface XmlLeaf {
  /** From the record's element on: `ticket/posts/post/id`, `ticket/@id`. */
  readonly path: string;
  readonly text: string;
  /** The document with another text in this place. */
  with(text: string): string;
  /** The document without this element or attribute. */
  removed(): string;
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /\s+([\w-]+)="([^"]*)"/g;
const CDATA = /^<!\[CDATA\[([\s\S]*)\]\]>$/;

interface OpenElement {
  readonly name: string;
  readonly start: number;
  readonly contentStart: number;
  readonly hasAttributes: boolean;
  hasChildren: boolean;
}

function cut(document: string, start: number, end: number, text = ''): string {
  return document.slice(0, start) + text + document.slice(end);
}

/**
 * Every text of a well-formed document without mixed contents, in its order. An empty element is one where it could hold
 * a text: it has neither attributes nor line breaks.
 */
export function leavesOf(document: string): XmlLeaf[] {
  const leaves: XmlLeaf[] = [];
  const open: OpenElement[] = [];
  // The record's element is the second where the root holds records.
  const pathOf = (last: string): string => {
    const names = [...open.map(({ name }) => name), last];
    return (names.length > 1 ? names.slice(1) : names).join('/');
  };
  const add = (path: string, text: string, from: [number, number], all: [number, number]): void => {
    const whole = document.slice(...from);
    const inCdata = whole.startsWith('<![CDATA[')
      ? (other: string) => `<![CDATA[${other}]]>`
      : String;
    leaves.push({
      path,
      text,
      with: (other) => cut(document, ...from, inCdata(other)),
      removed: () => cut(document, ...all),
    });
  };
  for (const token of document.matchAll(TOKEN)) {
    const [whole, closed, opened, attributes = '', selfClosing] = token;
    const end = token.index + whole.length;
    if (opened !== undefined) {
      const parent = open.at(-1);
      if (parent !== undefined) parent.hasChildren = true;
      const attributesStart = token.index + 1 + opened.length;
      for (const attribute of attributes.matchAll(ATTRIBUTE)) {
        const [all, name = '', value = ''] = attribute;
        const start = attributesStart + attribute.index;
        const textEnd = start + all.length - 1;
        add(
          pathOf(`${opened}/@${name}`),
          value,
          [textEnd - value.length, textEnd],
          [start, textEnd + 1],
        );
      }
      if (selfClosing === '/') {
        if (attributes === '') throw new Error(`<${opened} /> holds nothing that could be changed`);
      } else {
        const hasAttributes = attributes !== '';
        open.push({
          name: opened,
          start: token.index,
          contentStart: end,
          hasAttributes,
          hasChildren: false,
        });
      }
    } else if (closed !== undefined) {
      const element = open.pop();
      if (element?.name !== closed) throw new Error(`</${closed}> closes nothing`);
      const content = document.slice(element.contentStart, token.index);
      if (element.hasChildren || content.trim() === '') continue;
      const all: [number, number] = element.hasAttributes
        ? [element.contentStart, token.index]
        : [element.start, end];
      add(
        pathOf(element.name),
        CDATA.exec(content)?.[1] ?? content,
        [element.contentStart, token.index],
        all,
      );
    }
  }
  return leaves;
}

/** Another text of the same kind: another number, `1` for `0`, a longer text. */
export function otherText(text: string): string {
  if (text === '0') return '1';
  if (text === '1') return '0';
  return /^\d+$/.test(text) ? String(Number(text) + 1) : `${text}x`;
}

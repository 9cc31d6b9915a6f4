/** A value that stands in an element or an attribute; `true` and `false` are written `1` and `0` (3.3). */
export type Scalar = string | number | boolean;

/** Element text; bytes are written as base64. */
export type Text = Scalar | Uint8Array;

export type Attributes = Readonly<Record<string, Scalar>>;

/** The two shapes of document: what the server sends, and what its public pages print. */
export type FormName = 'live' | 'docs';

export interface Leaf {
  readonly kind: 'leaf';
  readonly name: string;
  readonly text: Text;
  readonly attributes: Attributes;
  readonly only?: FormName;
}

export interface Container {
  readonly kind: 'container';
  readonly name: string;
  readonly children: Iterable<XmlNode>;
  readonly attributes: Attributes;
  readonly only?: FormName;
}

export interface Comment {
  readonly kind: 'comment';
  readonly text: string;
  readonly only?: FormName;
}

export type XmlNode = Leaf | Container | Comment;

/** A reply: the root element and what stands in it, produced while it is being sent. */
export interface XmlDocument {
  readonly root: string;
  readonly items: Iterable<XmlNode>;
}

const NO_ATTRIBUTES: Attributes = {};

export function leaf(name: string, text: Text, attributes: Attributes = NO_ATTRIBUTES): Leaf {
  return { kind: 'leaf', name, text, attributes };
}

export function container(
  name: string,
  children: Iterable<XmlNode>,
  attributes: Attributes = NO_ATTRIBUTES,
): Container {
  return { kind: 'container', name, children, attributes };
}

export function comment(text: string): Comment {
  return { kind: 'comment', text };
}

/** Repeated elements of one name without a container around them (3.5). */
export function leaves(name: string, texts: readonly Text[]): Leaf[] {
  return texts.map((text) => leaf(name, text));
}

/** Limits a node to one form, for what only newer builds send and what only the pages show. */
export function onlyIn<Node extends XmlNode>(form: FormName, node: Node): Node {
  return { ...node, only: form };
}

/** Receives the events of one document. Text may come in several pieces. */
export interface XmlConsumer {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** Character data, from CDATA or not. */
  text(text: string): void;
  close(): void;
}

/** The document is not well-formed at this point, or a consumer refused it. */
export class XmlError extends Error {}

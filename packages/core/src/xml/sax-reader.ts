import { SaxesParser } from 'saxes';
import { type XmlConsumer, XmlError } from './xml-consumer.js';

/** Ends a CDATA section and begins another: the text of both is that of one. */
const SECTION_BREAK = ']]><![CDATA[';

/** saxes keeps half a line end or half a character back until the other half comes; nothing may stand between them. */
const ENDS_WITH_A_WHOLE = /[^\r\ud800-\udbff]$/;

const NOTHING: XmlConsumer = {
  open: () => undefined,
  text: () => undefined,
  close: () => undefined,
};

/**
 * A saxes parser that outlives its documents. Kept alive and with few handlers, V8 keeps the parser object in
 * fast mode; a fresh one per document, or eight handlers, costs up to five times as much.
 */
class ReusableParser {
  readonly #parser = new SaxesParser<{ position: false; xmlns: false }>({
    position: false,
    xmlns: false,
  });
  #consumer: XmlConsumer = NOTHING;
  #error: Error | undefined;
  /** An element that closed, but may turn out to have the wrong end tag: saxes says so only afterwards. */
  #closing = false;

  constructor() {
    this.#parser.on('opentag', (tag) => {
      this.#flush();
      this.#consumer.open(tag.name, tag.attributes);
    });
    const text = (text: string): void => {
      this.#flush();
      this.#consumer.text(text);
    };
    this.#parser.on('text', text);
    this.#parser.on('cdata', text);
    this.#parser.on('closetag', () => {
      this.#flush();
      this.#closing = true;
    });
    // Without a handler saxes throws in the middle of its own state changes. With one it reads on, guessing: what
    // comes after the first error must not reach the consumer.
    this.#parser.on('error', (error) => {
      if (error.message.endsWith('unexpected close tag.')) this.#closing = false;
      else this.#flush();
      this.#error ??= error;
      this.#consumer = NOTHING;
    });
  }

  #flush(): void {
    if (!this.#closing) return;
    this.#closing = false;
    this.#consumer.close();
  }

  start(consumer: XmlConsumer): void {
    this.#consumer = consumer;
    this.#closing = false;
    this.#error = undefined;
  }

  write(text: string, isWithinSection: boolean): void {
    this.#parser.write(text);
    if (isWithinSection && ENDS_WITH_A_WHOLE.test(text)) this.#parser.write(SECTION_BREAK);
    this.#flush();
    if (this.#error !== undefined)
      throw new XmlError(this.#error.message.replace(/^undefined:/, ''));
  }

  /** Resets the parser, wherever in the document it stands. */
  stop(): void {
    this.#consumer = NOTHING;
    this.#parser.close();
  }
}

const idle: ReusableParser[] = [];
const MAX_IDLE = 16;

/** Reads one document. Call `close` exactly when done, early or not; it never throws. */
export class SaxReader {
  #parser: ReusableParser | undefined;

  constructor(consumer: XmlConsumer) {
    this.#parser = idle.pop() ?? new ReusableParser();
    this.#parser.start(consumer);
  }

  /**
   * @param isWithinSection all of the text lies inside one CDATA section. saxes hands a section out at its end alone;
   * what has come of this one is handed out at once, so that a value of any length passes through in pieces.
   * @throws {XmlError} when the document is not well-formed; whatever the consumer throws passes through.
   */
  write(text: string, isWithinSection = false): void {
    this.#parser?.write(text, isWithinSection);
  }

  close(): void {
    const parser = this.#parser;
    if (parser === undefined) return;
    this.#parser = undefined;
    parser.stop();
    if (idle.length < MAX_IDLE) idle.push(parser);
  }
}

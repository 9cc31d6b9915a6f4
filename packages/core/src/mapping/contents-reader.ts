import { Base64Decoder } from '../codec/base64.js';
import { type XmlConsumer } from '../xml/xml-consumer.js';
import { RecordError, type RecordReader } from './record-reader.js';
import { FieldError } from './record-shape.js';

/** The depth of a record's element, and of a field's inside it. */
const RECORD_DEPTH = 2;
const FIELD_DEPTH = 3;

/**
 * Takes the contents of a file out of a document's first record while they come; all else goes to a record reader, which
 * reads that record without them.
 */
export class ContentsReader<Entity extends object> implements XmlConsumer {
  readonly #records: RecordReader<Entity>;
  readonly #recordElement: string;
  readonly #element: string;
  readonly #decoder = new Base64Decoder();
  #pieces: Buffer[] = [];
  #depth = 0;
  #recordsBegun = 0;
  #isFirstRecord = false;
  #isInside = false;
  #record: Entity | null = null;
  #size: number | null = null;

  /** @param element the name of the contents' element. */
  constructor(records: RecordReader<Entity>, recordElement: string, element: string) {
    this.#records = records;
    this.#recordElement = recordElement;
    this.#element = element;
  }

  get ended(): boolean {
    return this.#records.ended;
  }

  /** The first record, as soon as it is complete; null as long as it is not, or if there is none. */
  get record(): Entity | null {
    return this.#record;
  }

  /** The bytes that came; null if the record has no such element. */
  get size(): number | null {
    return this.#size;
  }

  /** The bytes that came since the last call. */
  take(): Uint8Array[] {
    const [completed] = this.#records.take();
    this.#record ??= completed ?? null;
    const pieces = this.#pieces;
    if (pieces.length > 0) this.#pieces = [];
    return pieces;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    if (this.#depth === RECORD_DEPTH) {
      const isRecord = name === this.#recordElement;
      if (isRecord) this.#recordsBegun += 1;
      this.#isFirstRecord = isRecord && this.#recordsBegun === 1;
    }
    if (this.#isInside) return;
    this.#isInside = this.#depth === FIELD_DEPTH && this.#isFirstRecord && name === this.#element;
    if (!this.#isInside) this.#records.open(name, attributes);
    else if (this.#size === null) this.#size = 0;
    else {
      // What came first has been handed out, so it cannot be replaced.
      const failure = new FieldError(name, 'bytes: it came twice', null);
      throw new RecordError(this.#recordElement, undefined, failure);
    }
  }

  text(text: string): void {
    if (!this.#isInside) this.#records.text(text);
    else if (this.#depth === FIELD_DEPTH) this.#add(this.#decoder.write(text));
  }

  close(): void {
    this.#depth -= 1;
    if (!this.#isInside) this.#records.close();
    else if (this.#depth < FIELD_DEPTH) {
      this.#isInside = false;
      this.#add(this.#decoder.end());
    }
  }

  #add(bytes: Buffer): void {
    if (bytes.byteLength === 0) return;
    this.#size = (this.#size ?? 0) + bytes.byteLength;
    this.#pieces.push(bytes);
  }
}

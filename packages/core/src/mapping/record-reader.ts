import { type XmlConsumer } from '../xml/xml-consumer.js';
import { type RecordFactory } from './record-factory.js';
import {
  type Assign,
  type ElementHandler,
  FieldError,
  type RecordShape,
  type Target,
} from './record-shape.js';

/** The document's root is not the expected one. */
export class RootError extends Error {
  constructor(readonly actual: string) {
    super(`the root element is <${actual}>`);
  }
}

/** A record with a value that cannot be decoded. */
export class RecordError extends Error {
  /** What the server sent, whole; null when it must not be shown. */
  readonly text: string | null;

  constructor(record: string, id: unknown, failure: FieldError) {
    super(`${record}${typeof id === 'number' ? ` ${id}` : ''}: ${failure.message}`);
    this.text = failure.text;
  }
}

interface Frame {
  readonly target: Target;
  readonly elements: ReadonlyMap<string, ElementHandler>;
  /** Takes the record's own text when it closes. */
  readonly assign: Assign | null;
  readonly shape: RecordShape | null;
  /** Receives the finished target; null for the document's own records. */
  readonly list: object[] | null;
}

/**
 * Turns the events of one list document into finished records. Completed records gather until {@link take}, so that
 * one network chunk gives one batch.
 */
export class RecordReader<Entity extends object> implements XmlConsumer {
  readonly #root: string;
  readonly #element: string;
  readonly #shape: RecordShape;
  readonly #factory: RecordFactory;
  #completed: Entity[] = [];
  #depth = 0;
  /** Depth at which an unknown element opened; everything inside is passed over. */
  #skipping = 0;
  readonly #frames: Frame[] = [];
  #frame: Frame | null = null;
  /** Takes the text of the value element that is open; most elements are values, so they get no frame. */
  #value: Assign | null = null;
  #text = '';
  #ended = false;

  constructor(options: {
    root: string;
    element: string;
    shape: RecordShape;
    factory: RecordFactory;
  }) {
    this.#root = options.root;
    this.#element = options.element;
    this.#shape = options.shape;
    this.#factory = options.factory;
  }

  /** Whether the root element has closed; what follows is not part of the document. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The records completed since the last call. */
  take(): Entity[] {
    const completed = this.#completed;
    if (completed.length > 0) this.#completed = [];
    return completed;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    if (this.#skipping > 0 || this.#ended) return;
    const frame = this.#frame;
    if (this.#value !== null) {
      this.#skipping = this.#depth;
    } else if (frame !== null) {
      const handler = frame.elements.get(name);
      if (handler === undefined) this.#skipping = this.#depth;
      else this.#enter(handler, frame.target, attributes);
    } else if (this.#depth === 1) {
      if (name !== this.#root) throw new RootError(name);
      if (this.#element === this.#root) this.#enterRecord(this.#shape, attributes, null);
    } else if (name === this.#element) {
      this.#enterRecord(this.#shape, attributes, null);
    } else {
      this.#skipping = this.#depth;
    }
  }

  text(text: string): void {
    if (this.#skipping > 0) return;
    if (this.#value !== null || (this.#frame !== null && this.#frame.assign !== null)) {
      this.#text += text;
    }
  }

  close(): void {
    this.#depth -= 1;
    if (this.#skipping > 0) {
      if (this.#depth < this.#skipping) this.#skipping = 0;
      return;
    }
    if (this.#frame !== null) this.#leave(this.#frame);
    if (this.#depth === 0) this.#ended = true;
  }

  #enter(
    handler: ElementHandler,
    target: Target,
    attributes: Readonly<Record<string, string>>,
  ): void {
    switch (handler.kind) {
      case 'value':
        this.#value = handler.assign;
        this.#text = '';
        return;
      case 'container':
        handler.begin?.(target, this.#factory);
        this.#push({ target, elements: handler.items, assign: null, shape: null, list: null });
        return;
      case 'record': {
        const choice = handler.choices.find(
          ({ when }) => when === null || attributes[when.attribute] === when.value,
        );
        if (choice === undefined) this.#skipping = this.#depth;
        else this.#enterRecord(choice.shape(), attributes, choice.list(target, this.#factory));
      }
    }
  }

  #enterRecord(
    shape: RecordShape,
    attributes: Readonly<Record<string, string>>,
    list: object[] | null,
  ): void {
    const target = shape.create(this.#factory);
    this.#push({ target, elements: shape.elements, assign: shape.content, shape, list });
    if (shape.attributes.size === 0) return;
    for (const name in attributes) {
      const assign = shape.attributes.get(name);
      if (assign !== undefined) this.#assign(assign, target, attributes[name] ?? '');
    }
  }

  #push(frame: Frame): void {
    if (this.#frame !== null) this.#frames.push(this.#frame);
    this.#frame = frame;
    this.#text = '';
  }

  #leave(frame: Frame): void {
    if (this.#value !== null) {
      const assign = this.#value;
      this.#value = null;
      this.#assign(assign, frame.target, this.#text);
      this.#text = '';
      return;
    }
    if (frame.assign !== null) this.#assign(frame.assign, frame.target, this.#text);
    this.#text = '';
    this.#frame = this.#frames.pop() ?? null;
    if (frame.shape === null) return;
    // Records of the document gather in the batch that is open when they end, not when they began.
    const list: object[] = frame.list ?? this.#completed;
    list.push(frame.target);
  }

  #assign(assign: Assign, target: Target, text: string): void {
    try {
      assign(target, text);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      const record = this.#frames[0] ?? this.#frame;
      throw new RecordError(this.#shape.name, record?.target.id, error);
    }
  }
}

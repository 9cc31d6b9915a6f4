import { InvalidValueError, RequestTimeoutError } from './errors/request-errors.js';
import { type KayakoResponseError, type ReplyContext } from './errors/response-errors.js';
import {
  type ConnectionOptions,
  connectionSettings,
  type ConnectionSettings,
} from './http/connection-options.js';
import { Credentials, type PrintedSalt, type SignedParameters } from './http/credentials.js';
import { encodeForm, type Parameters } from './http/form.js';
import { Meter, type Usage } from './http/meter.js';
import { type FileParameters, MultipartBody } from './http/multipart-body.js';
import { BodyError, type HttpResponse, type Transport } from './http/transport.js';
import { UndiciTransport } from './http/undici-transport.js';
import { requestUrl } from './http/url-style.js';
import { ContentsReader } from './mapping/contents-reader.js';
import { type RecordFactory } from './mapping/record-factory.js';
import { RecordReader } from './mapping/record-reader.js';
import { entityShape, selectionShape } from './mapping/record-shape.js';
import {
  bodyError,
  decodingError,
  isUncaughtException,
  statusError,
  textError,
  truncatedError,
} from './mapping/reply-errors.js';
import { type EntityMetadata, type FieldMetadata } from './metadata/entity-metadata.js';
import { MAX_JUNK, PrologFinder } from './xml/prolog.js';
import { SaxReader } from './xml/sax-reader.js';
import { TextRepair } from './xml/text-repair.js';
import { type XmlConsumer } from './xml/xml-consumer.js';

/** One request of the API, before signing. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/App/Controller/…` with its arguments. */
  readonly route: string;
  /** Sent in the query for GET and DELETE, in the form body for POST and PUT (§1.3). */
  readonly parameters?: Parameters;
  /**
   * Sent after the parameters, while they are read; the body is multipart then. With POST only: of a PUT the server
   * reads no such body (§1.3). Whoever gives a source closes it when the call has ended.
   */
  readonly files?: FileParameters;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What a caller gave as the options of a call. @throws {InvalidValueError} when they are none. */
export function checkCall<Options extends CallOptions>(options: Options): Options {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) {
    throw new InvalidValueError(
      `The options of a call are an object such as { signal }, not ${String(given)}.`,
    );
  }
  const { signal } = given as { readonly signal?: unknown };
  if (signal === undefined || signal instanceof AbortSignal) return options;
  throw new InvalidValueError(
    signal instanceof AbortController
      ? 'signal: that is an AbortController; give its signal.'
      : 'signal must be an AbortSignal.',
  );
}

/** A call that is counted on a meter of its own besides the connection's. */
export interface MeteredOptions extends CallOptions {
  readonly meter?: Meter | undefined;
  /** What is read are no rows, so they do not count as such. */
  readonly uncounted?: boolean;
}

/** The record that contents were read from. */
export interface ContentsReply<Entity extends object> {
  /** Without the contents; null if the reply holds none. */
  readonly record: Entity | null;
  /** How many bytes were read; null if the record has no contents. */
  readonly size: number | null;
}

/** A plain text that is due as a reply. */
export interface ExpectedText {
  /** What the text must have in it. */
  readonly pattern: RegExp;
  /** What messages call it: `the echo of the request`. */
  readonly name: string;
}

/** A reply that is plain text: its beginning in `body`, with credentials masked. */
export interface TextReply extends ReplyContext {
  /** Whose salt is printed in the text. */
  readonly salt: PrintedSalt;
}

/** What makes items out of a document. */
interface DocumentReader<Item> extends XmlConsumer {
  readonly ended: boolean;
  /** The items completed since the last call. */
  take(): Item[];
}

interface Reply {
  readonly request: ApiRequest;
  readonly response: HttpResponse;
  /** Takes the credentials out of what the server says: it may repeat the request (§4.4, §10). */
  readonly mask: SignedParameters['mask'];
  readonly printedSalt: SignedParameters['printedSalt'];
}

/** The beginning of a body that is not decoded, and why there is no more of it if it broke off or stalled. */
interface BodyText {
  readonly text: string;
  readonly size: number;
  readonly failure: BodyError | RequestTimeoutError | null;
}

function recordReader<Entity extends object>(
  metadata: EntityMetadata<Entity>,
  factory: RecordFactory,
): RecordReader<Entity> {
  const { root, element } = metadata;
  const shape =
    factory.selection === undefined
      ? entityShape(metadata)
      : selectionShape(metadata, factory.selection);
  return new RecordReader<Entity>({ root, element, shape, factory });
}

/** What messages call a request: method and route, without authentication. */
function labelOf({ method, route }: ApiRequest): string {
  return `${method} ${route}`;
}

function contextOf({ request, response, mask }: Reply, body = ''): ReplyContext {
  return {
    method: request.method,
    route: request.route,
    status: response.status,
    body: mask(body),
  };
}

/** A body that is not decoded is read up to this size. */
const MAX_TEXT = 64 * 1024;

/**
 * XML over signed HTTP: sends requests of one help desk and decodes the replies while they arrive. Knows no resource;
 * metadata says what to expect.
 */
export class ApiClient {
  readonly #settings: ConnectionSettings;
  readonly #credentials: Credentials;
  readonly #transport: Transport;
  readonly #meter: Meter;

  /**
   * @param problems with options that the caller has checked.
   * @throws {ConfigurationError} naming every missing or unusable option.
   */
  constructor(options: ConnectionOptions, problems: readonly string[] = []) {
    const settings = connectionSettings(options, problems);
    this.#settings = settings;
    this.#credentials = new Credentials(settings.apiKey, settings.secretKey, settings.nonce);
    this.#transport = new UndiciTransport(settings);
    this.#meter = new Meter('this connection', settings.budget);
  }

  /** What everything done through this client has cost; meters of single calls are children of it. */
  get meter(): Meter {
    return this.#meter;
  }

  get usage(): Usage {
    return this.#meter.usage;
  }

  /**
   * Sends a request and yields its records in batches, one per network chunk that completed any. Returning early
   * closes the connection. No document and no body is ever held whole.
   *
   * @throws {KayakoResponseError} by status, or when the body is not the expected document.
   * @throws {KayakoRequestError} when the server is not reached, a time limit passes or a budget is spent.
   */
  async *read<Entity extends object>(
    request: ApiRequest,
    metadata: EntityMetadata<Entity>,
    factory: RecordFactory,
    options: MeteredOptions = {},
  ): AsyncGenerator<Entity[], void, undefined> {
    const { meter = this.#meter } = options;
    const reader = recordReader(metadata, factory);
    yield* this.#items(request, metadata.root, reader, options, (batch) =>
      options.uncounted === true ? batch : meter.rows(batch),
    );
  }

  /**
   * Sends a request for one record and yields the bytes of a file that it holds, decoded while they arrive. Returning
   * early closes the connection. Checks and errors are those of {@link read}, but no rows are counted.
   *
   * @param field of the type `bytes`, in an element of its own.
   * @returns the rest of the record.
   */
  async *readContents<Entity extends object>(
    request: ApiRequest,
    metadata: EntityMetadata<Entity>,
    field: FieldMetadata,
    factory: RecordFactory,
    options: MeteredOptions = {},
  ): AsyncGenerator<Uint8Array, ContentsReply<Entity>, undefined> {
    const [source] = field.sources;
    if (source?.kind !== 'element') throw new TypeError(`${field.name} has no element of its own`);
    const records = recordReader(metadata, factory);
    const reader = new ContentsReader(records, metadata.element, source.path[0]);
    const all = this.#items(request, metadata.root, reader, options, (pieces) => pieces);
    for await (const pieces of all) yield* pieces;
    return { record: reader.record, size: reader.size };
  }

  /** Sends a request and yields what a reader makes of the reply, in batches. @param count cuts off what is too much. */
  async *#items<Item>(
    request: ApiRequest,
    root: string,
    reader: DocumentReader<Item>,
    options: MeteredOptions,
    count: (items: Item[]) => Item[],
  ): AsyncGenerator<Item[], void, undefined> {
    const { meter = this.#meter } = options;
    const label = labelOf(request);
    const reply = await this.#send(request, options);
    const sax = new SaxReader(reader);
    const decoder = new TextDecoder();
    const prolog = new PrologFinder(root);
    const repair = new TextRepair();
    let read = 0;
    let trailing = 0;
    try {
      for await (const chunk of reply.response.body) {
        const affordable = meter.bytes(chunk);
        const isOver = affordable.byteLength < chunk.byteLength;
        read += affordable.byteLength;
        if (reader.ended) {
          if (isOver) meter.refuse('bytes', label);
          // Notices printed after the document; read on a little to keep the connection.
          trailing += chunk.byteLength;
          if (trailing > MAX_JUNK) break;
          continue;
        }
        const text = prolog.write(decoder.decode(affordable, { stream: true }));
        if (prolog.found && isUncaughtException(prolog.junk))
          throw bodyError(contextOf(reply, prolog.junk));
        if (!prolog.found && prolog.junk.length > MAX_JUNK) break;
        const failure = text === '' ? undefined : parse(repair.write(text));
        const batch = reader.take();
        const allowed = count(batch);
        if (allowed.length > 0) yield allowed;
        if (allowed.length < batch.length) meter.refuse('rows', label);
        if (isOver) meter.refuse('bytes', label);
        if (failure !== undefined)
          throw decodingError(failure.error, root, contextOf(reply), reply.mask);
      }
    } catch (error) {
      // A document that is complete needs nothing of what would have come behind it.
      if (!(error instanceof BodyError)) throw error;
      if (!reader.ended) throw truncatedError(contextOf(reply, prolog.junk), read, error.cause);
    } finally {
      sax.close();
    }
    if (!prolog.found) throw bodyError(contextOf(reply, prolog.junk));
    if (!reader.ended) throw truncatedError(contextOf(reply), read);

    /** Records completed before the failure are still delivered, so the error is returned, not thrown. */
    function parse(text: string): { error: unknown } | undefined {
      try {
        sax.write(text, repair.isWithinSection);
        return undefined;
      } catch (error) {
        // The parser complains about what follows the root, which is not ours to judge.
        return reader.ended ? undefined : { error };
      }
    }
  }

  /** Sends a request and returns the first record of its reply, or null if there is none. Reads the reply to its end. */
  async readOne<Entity extends object>(
    request: ApiRequest,
    metadata: EntityMetadata<Entity>,
    factory: RecordFactory,
    options: MeteredOptions = {},
  ): Promise<Entity | null> {
    let first: Entity | null = null;
    for await (const batch of this.read(request, metadata, factory, options))
      first ??= batch[0] ?? null;
    return first;
  }

  /**
   * Sends a request whose reply carries no data. Any body of a 200 is accepted, also one that breaks off or stalls,
   * unless it reports an exception (§13.2).
   */
  async execute(request: ApiRequest, options: MeteredOptions = {}): Promise<void> {
    const reply = await this.#send(request, options);
    const { text } = await this.#bodyText(reply, options.signal);
    if (isUncaughtException(text)) throw bodyError(contextOf(reply, text));
  }

  /**
   * Sends a request whose reply is plain text (§10) and reads it, at most 64 KiB of it.
   *
   * @throws {KayakoResponseError} by status, or when the text is not what is expected or breaks off.
   * @throws {KayakoRequestError} when the server is not reached or a time limit passes.
   */
  async readText(
    request: ApiRequest,
    expected: ExpectedText,
    options: MeteredOptions = {},
  ): Promise<TextReply> {
    const reply = await this.#send(request, options);
    const { text, size, failure } = await this.#bodyText(reply, options.signal);
    const context = contextOf(reply, text);
    if (failure instanceof RequestTimeoutError) throw failure;
    if (failure !== null) throw truncatedError(context, size, failure.cause);
    // The text as it came: a mask may cover what is looked for.
    if (!expected.pattern.test(text)) throw textError(context, expected.name);
    return { ...context, salt: reply.printedSalt(text) };
  }

  /** Ends what is still running (those calls reject with CLOSED) and closes all connections. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #send(request: ApiRequest, options: MeteredOptions): Promise<Reply> {
    checkCall(options).signal?.throwIfAborted();
    const { url, urlStyle } = this.#settings;
    const inBody = request.method === 'POST' || request.method === 'PUT';
    const { files = [] } = request;
    for (const [, source] of files) await source.open(options.signal);
    const { parameters, mask, printedSalt } = this.#credentials.sign(request.parameters ?? []);
    const form = files.length > 0 ? '' : encodeForm(parameters);
    const body = files.length > 0 ? new MultipartBody(parameters, files) : form;
    (options.meter ?? this.#meter).request(labelOf(request));
    const response = await this.#transport.send(
      {
        method: request.method,
        url: requestUrl(url, urlStyle, request.route, inBody ? '' : form),
        body: inBody ? body : undefined,
        label: labelOf(request),
      },
      options.signal,
    );
    const reply = { request, response, mask, printedSalt };
    if (response.status === 200) return reply;
    throw await this.#statusError(reply, options.signal);
  }

  async #statusError(reply: Reply, signal: AbortSignal | undefined): Promise<KayakoResponseError> {
    // The status has said what matters; what came of the text will do.
    const { text } = await this.#bodyText(reply, signal);
    const location = reply.response.headers.location;
    return statusError(
      contextOf(reply, text),
      location === undefined ? undefined : reply.mask(location.split('?')[0] ?? ''),
    );
  }

  async #bodyText(reply: Reply, signal: AbortSignal | undefined): Promise<BodyText> {
    const decoder = new TextDecoder();
    let text = '';
    let size = 0;
    try {
      for await (const chunk of reply.response.body) {
        size += chunk.byteLength;
        text += decoder.decode(chunk, { stream: true });
        if (size > MAX_TEXT) break;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof BodyError || error instanceof RequestTimeoutError)) throw error;
      return { text, size, failure: error };
    }
    return { text, size, failure: null };
  }
}

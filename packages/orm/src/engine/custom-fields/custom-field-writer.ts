import {
  ChangeIgnoredError,
  checkCall,
  type DateFormat,
  FileSource,
  InvalidValueError,
  isPlainObject,
  type Meter,
  metadataOf,
  type MeteredOptions,
  type ReplyContext,
  showValue,
} from '@kayako-orm/core';
import { type CustomFieldInput } from '../../entities/custom-field-content.js';
import { type CustomFieldOption } from '../../entities/custom-field-option.js';
import { TicketCustomField } from '../../entities/ticket-custom-field.js';
import { parseId } from '../../query/field-parser.js';
import { type Intake } from '../hydration/intake.js';
import { type StepRunner } from '../paging/step-runner.js';
import { forEachAtMost } from '../runs/at-most.js';
import { nextMoment } from '../runs/moment.js';
import { Run } from '../runs/run.js';
import { type Turns } from '../runs/turns.js';
import { type CustomFieldCatalog } from './custom-field-catalog.js';
import { type Draft, draftOf, type Encoding, presentSending, type Sending } from './draft.js';
import { isTaken } from './taken.js';
import { chosenFields, isDemanded, type TicketField, valueIn } from './ticket-field.js';

/** Lists of options read at the same time, for one call; the connection has a limit of its own. */
const CONCURRENCY = 4;

export interface CustomFieldWriterOptions {
  readonly meter: Meter;
  readonly runner: StepRunner;
  readonly intake: Intake;
  readonly catalog: CustomFieldCatalog;
  readonly dateFormat: DateFormat;
  /** Those of everybody here who writes to the same help desk. */
  readonly turns: Turns;
}

type Changes = Readonly<Record<string, CustomFieldInput>>;

/** The custom fields of a ticket as a reply shows them. */
interface Reading {
  readonly groups: TicketCustomField[];
  readonly began: number;
}

/** One call: the ticket, its fields as they were, and what is sent. */
interface Exchange extends Draft {
  readonly ticketId: number;
  readonly fields: readonly TicketField[];
}

function routeOf(ticketId: number): string {
  return `${metadataOf(TicketCustomField).route}/${ticketId}`;
}

function replyTo(ticketId: number): ReplyContext {
  return { method: 'POST', route: routeOf(ticketId), status: 200, body: '' };
}

function titlesOf(fields: readonly TicketField[]): string[] {
  return fields.map(({ title }) => title);
}

/** The fields that were not set and have lost their values all the same. */
function lostIn({ groups }: Reading, { fields, changes }: Exchange): TicketField[] {
  const changed = new Set(changes.map(({ field }) => field));
  return fields.filter(
    (field) =>
      !changed.has(field) &&
      field.value.text !== '' &&
      (valueIn(groups, field.name)?.text ?? '') === '',
  );
}

/** Sets custom fields of tickets (§6.6). */
export class CustomFieldWriter {
  readonly #meter: Meter;
  readonly #runner: StepRunner;
  readonly #intake: Intake;
  readonly #catalog: CustomFieldCatalog;
  readonly #dateFormat: DateFormat;
  readonly #turns: Turns;

  constructor(options: CustomFieldWriterOptions) {
    this.#meter = options.meter;
    this.#runner = options.runner;
    this.#intake = options.intake;
    this.#catalog = options.catalog;
    this.#dateFormat = options.dateFormat;
    this.#turns = options.turns;
  }

  /**
   * Sets fields by title or name and leaves the others as they are. Calls for one ticket run one after the other, because
   * each compares with what was there before. Once values are being sent, they are seen through whatever the signal
   * does: a help desk that replaces the whole set would otherwise lose the rest.
   *
   * @returns the groups as they are afterwards.
   */
  async write(
    ticketId: number,
    changes: Changes,
    call: MeteredOptions = {},
  ): Promise<TicketCustomField[]> {
    const { signal, meter = this.#meter } = checkCall(call);
    signal?.throwIfAborted();
    const id = parseId('Ticket', 'id', ticketId);
    if (!isPlainObject(changes)) {
      throw new InvalidValueError(
        `The custom fields to set are an object such as { 'Order Number': '42' }, not ${showValue(changes)}.`,
      );
    }
    const given = { ...changes };
    const { groups, began } = await this.#turns.take(id, signal, () =>
      this.#write(id, given, { signal, meter }),
    );
    return this.#intake.take(groups, { signal, keeps: true, began });
  }

  async #write(
    ticketId: number,
    given: Changes,
    { signal, meter }: { signal: AbortSignal | undefined; meter: Meter },
  ): Promise<Reading> {
    const run = new Run(TicketCustomField.name, meter, {}, { signal });
    try {
      const before = await this.#exchange('GET', ticketId, [], run);
      if (Object.keys(given).length === 0) return before;
      const owner = `Ticket ${ticketId}`;
      const fields = await this.#fieldsIn(before, run);
      const chosen = chosenFields(fields, given, owner);
      const sent = fields.filter((field) => chosen.has(field) || isDemanded(field));
      const draft = draftOf(fields, chosen, await this.#encoding(sent, run), owner);
      if (draft.changes.length === 0) return before;
      run.signal.throwIfAborted();
      return await this.#send({ ...draft, ticketId, fields }, run.shared());
    } finally {
      run.release();
    }
  }

  /** @param run one that no caller can abort. */
  async #send(exchange: Exchange, run: Run): Promise<Reading> {
    const { ticketId, changes, required } = exchange;
    const answer = await this.#exchange('POST', ticketId, [...changes, ...required], run);
    const lost = lostIn(answer, exchange);
    const final = lost.length === 0 ? answer : await this.#restore(exchange, answer, lost, run);
    const ignored = changes.filter(
      ({ field, encoded }) =>
        !isTaken(encoded.content, field.value, valueIn(final.groups, field.name), this.#dateFormat),
    );
    if (ignored.length === 0) return final;
    const titles = titlesOf(ignored.map(({ field }) => field));
    throw new ChangeIgnoredError(
      `the help desk answered 200 but did not set the custom fields ${titles.join(', ')}; what else was given was set. They may not be editable there, or not take these values.`,
      replyTo(ticketId),
      titles,
    );
  }

  /**
   * Sends the whole set again, because the help desk has replaced it (§15.10).
   * @throws {ChangeIgnoredError} naming the fields that stay empty.
   */
  async #restore(
    exchange: Exchange,
    { groups }: Reading,
    lost: readonly TicketField[],
    run: Run,
  ): Promise<Reading> {
    const { ticketId, fields, changes } = exchange;
    const changed = new Set(changes.map(({ field }) => field));
    const previous = fields.flatMap((field) => {
      const now = valueIn(groups, field.name);
      // What somebody else has set meanwhile stays.
      const value = now === undefined || now.text === '' ? field.value : now;
      return changed.has(field) || value.text === '' ? [] : [{ ...field, value }];
    });
    try {
      const encoding = await this.#encoding(previous, run);
      const sendings = previous.flatMap((field) => presentSending(field, encoding) ?? []);
      const answer = await this.#exchange('POST', ticketId, [...changes, ...sendings], run);
      const left = lostIn(answer, exchange);
      if (left.length === 0) return answer;
      throw this.#lostError(ticketId, left);
    } catch (error) {
      if (error instanceof ChangeIgnoredError) throw error;
      throw this.#lostError(ticketId, lost, error);
    }
  }

  #lostError(ticketId: number, lost: readonly TicketField[], cause?: unknown): ChangeIgnoredError {
    const titles = titlesOf(lost);
    const reason = cause instanceof Error ? ` (${cause.message})` : '';
    return new ChangeIgnoredError(
      `the help desk replaced the whole set of custom fields, and ${titles.join(', ')} could not be set again to what they were${reason}. Set them anew.`,
      replyTo(ticketId),
      titles,
      cause === undefined ? undefined : { cause },
    );
  }

  /** The fields that a reply shows, with their definitions. */
  async #fieldsIn({ groups }: Reading, run: Run): Promise<TicketField[]> {
    const fields: TicketField[] = [];
    for (const group of groups) {
      for (const value of group.fields) {
        const { title, name } = value;
        const definition = await this.#catalog.find(name, run);
        fields.push({ title, name, place: group.title, value, definition });
      }
    }
    return fields;
  }

  async #encoding(fields: readonly TicketField[], run: Run): Promise<Encoding> {
    const options = new Map<TicketField, readonly CustomFieldOption[]>();
    await forEachAtMost(fields, CONCURRENCY, async (field) => {
      options.set(field, await this.#catalog.options(field.definition, run));
    });
    return { options, dateFormat: this.#dateFormat };
  }

  /** Reads the fields, or sends some and reads them from the answer. */
  async #exchange(
    method: 'GET' | 'POST',
    ticketId: number,
    sendings: readonly Sending[],
    run: Run,
  ): Promise<Reading> {
    const began = nextMoment();
    const parameters = sendings.flatMap(({ field, encoded }) =>
      encoded.kind === 'parameter' ? [[field.name, encoded.value] as const] : [],
    );
    const files = sendings.flatMap(({ field, encoded }) =>
      encoded.kind === 'file'
        ? [[field.name, FileSource.of(encoded.content), encoded.fileName] as const]
        : [],
    );
    const request = { method, route: routeOf(ticketId), parameters, files };
    const target = { metadata: metadataOf(TicketCustomField), selection: undefined };
    const groups: TicketCustomField[] = [];
    try {
      for await (const batch of this.#runner.read(request, target, run, { ticketId })) {
        groups.push(...batch);
      }
    } finally {
      for (const [, source] of files) source.close();
    }
    return { groups, began };
  }
}

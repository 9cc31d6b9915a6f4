import {
  type CallOptions,
  metadataOf,
  NoSearchAreaError,
  type Parameters,
  InvalidValueError,
  UnknownFieldError,
} from '@kayako-orm/core';
import { Ticket } from '../entities/ticket.js';
import { nextMoment } from '../engine/runs/moment.js';
import { type Connection } from './connection.js';
import { checkSearchQuery } from './search-query.js';

/** Where a ticket search looks (§6.8). Results of all areas that are true are united. */
export interface SearchAreas {
  /** A number: exactly that id. Text: part of the display id or the subject. */
  readonly ticketId?: boolean;
  /** Full text of posts; part of subject, full name and e-mail. */
  readonly contents?: boolean;
  /** Names and e-mails of the ticket and its posts. */
  readonly author?: boolean;
  /** E-mails of tickets and posts. */
  readonly email?: boolean;
  /** E-mails of tickets. */
  readonly creatorEmail?: boolean;
  readonly fullName?: boolean;
  readonly notes?: boolean;
  /** The query is the id of a user group. */
  readonly userGroup?: boolean;
  readonly userOrganization?: boolean;
  /** Users by name, phone and e-mail: their tickets. */
  readonly user?: boolean;
  /** Exact tags, separated by blanks: any of them. */
  readonly tags?: boolean;
}

export interface SearchOptions extends SearchAreas, CallOptions {
  /** All words instead of any. Newer builds. */
  readonly phrase?: boolean;
}

const AREAS: Readonly<Record<keyof SearchAreas, true>> = {
  ticketId: true,
  contents: true,
  author: true,
  email: true,
  creatorEmail: true,
  fullName: true,
  notes: true,
  userGroup: true,
  userOrganization: true,
  user: true,
  tags: true,
};

/** Every area at once. */
export const ALL_AREAS: Required<SearchAreas> = AREAS;

/** Searches tickets on the server; at most as many come back as the help desk's search limit allows, in no order. */
export async function searchTickets(
  connection: Connection,
  query: string,
  { signal, phrase, ...areas }: SearchOptions = {},
): Promise<Ticket[]> {
  checkSearchQuery('ticketSearch', query);
  const unknown = Object.keys(areas).filter((area) => !Object.hasOwn(AREAS, area));
  if (unknown.length > 0) {
    throw new UnknownFieldError(
      `ticketSearch: there is no area ${unknown.join(', ')}. The areas: ${Object.keys(AREAS).join(', ')}.`,
      unknown,
    );
  }
  const vague = Object.entries(areas).filter(
    ([, on]: [string, unknown]) => typeof on !== 'boolean',
  );
  if (vague.length > 0) {
    const names = vague.map(([area]) => area).join(', ');
    throw new InvalidValueError(`ticketSearch: ${names} must be true or false.`);
  }
  const chosen = Object.entries(areas).flatMap(([area, on]) => (on ? [area] : []));
  if (chosen.length === 0) {
    throw new NoSearchAreaError(
      `ticketSearch: without an area the help desk finds nothing. Set at least one of ${Object.keys(AREAS).join(', ')}, or use ticketSearchFull.`,
    );
  }
  const flags = [...chosen, ...(phrase === true ? ['phrase'] : [])];
  const parameters: Parameters = [
    ['query', query],
    ...flags.map((flag) => [flag.toLowerCase(), '1'] as const),
  ];
  const request = { method: 'POST', route: '/Tickets/TicketSearch', parameters } as const;
  const found: Ticket[] = [];
  const target = { metadata: metadataOf(Ticket), selection: undefined };
  const { runner, intake } = connection.executor;
  const began = nextMoment();
  for await (const batch of runner.read(request, target, { signal })) {
    found.push(...(await intake.take(batch, { signal, keeps: true, began })));
  }
  return found;
}

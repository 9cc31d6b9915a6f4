import { type Store } from '../store/store.js';
import { type Ticket } from '../store/ticket-rows.js';
import { type Call, type Controller } from './call.js';
import { refuse } from './documents.js';
import { wholeNumber } from './numbers.js';
import { matchesWords, parseSearchWords, type SearchWords } from './search-words.js';
import { ticketsReply } from './ticket-view.js';

/** The desk's search limit. */
const MAX_RESULTS = 50;

const notOffered = refuse('Not Implemented, Call POST /Tickets/TicketSearch instead.');

/** /Tickets/TicketSearch (6.8). */
export const ticketSearch: Controller = {
  app: 'Tickets',
  names: ['TicketSearch'],
  list: notOffered,
  get: notOffered,
  create: (call) => ticketsReply(call.store, search(call), { posts: true }),
  update: notOffered,
  delete: notOffered,
};

interface Query {
  readonly store: Store;
  readonly text: string;
  readonly words: SearchWords;
  /** For addresses, which keep their punctuation. */
  readonly emailWords: SearchWords;
  /** For full text: every word with `phrase`, any without. */
  readonly contentWords: SearchWords;
}

type Area = (ticket: Ticket, query: Query) => boolean;

const AREAS: readonly (readonly [flag: string, area: Area])[] = [
  ['ticketid', byTicketId],
  ['contents', byContents],
  ['author', (row, query) => byName(row, query) || byEmail(row, query)],
  ['email', byEmail],
  ['creatoremail', (row, query) => matchesWords(row.email, query.emailWords)],
  ['fullname', byName],
  ['notes', byNotes],
  ['usergroup', byUserGroup],
  ['userorganization', byOrganization],
  ['user', byUser],
  ['tags', (row, query) => query.text.split(/\s+/).some((tag) => row.tags.includes(tag))],
];

/** What any of the areas that are switched on finds, each ticket once; no area, no result. */
function search(call: Call): Ticket[] {
  const text = call.fields.text('query')?.trim() ?? '';
  const areas = AREAS.filter(([flag]) => call.fields.isOn(flag)).map(([, area]) => area);
  if (text === '' || areas.length === 0) return [];
  const query: Query = {
    store: call.store,
    text,
    words: parseSearchWords(text, { all: false }),
    emailWords: parseSearchWords(text, { all: false, keepPunctuation: true }),
    contentWords: parseSearchWords(text, { all: call.fields.isOn('phrase') }),
  };
  const found: Ticket[] = [];
  for (const row of call.store.tickets) {
    if (areas.some((area) => area(row, query))) found.push(row);
    if (found.length === MAX_RESULTS) break;
  }
  return found;
}

function byTicketId(row: Ticket, query: Query): boolean {
  const id = wholeNumber(query.text);
  if (id !== undefined) return row.id === id;
  const text = query.text.toLowerCase();
  return row.displayId.toLowerCase().includes(text) || row.subject.toLowerCase().includes(text);
}

function byContents(row: Ticket, query: Query): boolean {
  return (
    matchesWords(row.subject, query.contentWords) ||
    matchesWords(row.fullName, query.contentWords) ||
    matchesWords(row.email, query.emailWords) ||
    query.store.posts.of(row.id).some((post) => matchesWords(post.contents, query.contentWords))
  );
}

function byEmail(row: Ticket, query: Query): boolean {
  return (
    matchesWords(row.email, query.emailWords) ||
    query.store.posts.of(row.id).some((post) => matchesWords(post.email, query.emailWords))
  );
}

function byName(row: Ticket, query: Query): boolean {
  return (
    matchesWords(row.fullName, query.words) ||
    matchesWords(row.lastReplier, query.words) ||
    query.store.posts.of(row.id).some((post) => matchesWords(post.fullName, query.words))
  );
}

function byNotes(row: Ticket, query: Query): boolean {
  return query.store.notes.of(row.id).some((note) => matchesWords(note.contents, query.words));
}

/** The query is the id of a group; anything else finds nothing. */
function byUserGroup(row: Ticket, query: Query): boolean {
  const id = wholeNumber(query.text);
  return id !== undefined && query.store.users.get(row.userId)?.userGroupId === id;
}

function byOrganization(row: Ticket, query: Query): boolean {
  const organization = query.store.organizationOf(query.store.users.get(row.userId));
  return organization !== undefined && matchesWords(organization.name, query.words);
}

function byUser(row: Ticket, query: Query): boolean {
  const user = query.store.users.get(row.userId);
  if (user === undefined) return false;
  return (
    matchesWords(user.fullName, query.words) ||
    matchesWords(user.phone, query.words) ||
    user.emails.some((email) => matchesWords(email, query.emailWords))
  );
}

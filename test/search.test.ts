import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

it('finds a ticket by its display id, with its posts', async () => {
  const { ticket } = await samples.answeredTicket(desk.kayako);
  await samples.answeredTicket(desk.kayako);
  desk.requests();
  const found = await desk.kayako.ticketSearch(ticket.displayId, { ticketId: true });
  expect(found.map((each) => each.id)).toEqual([ticket.id]);
  expect(await found[0]?.posts.count()).toBe(2);
  expect(desk.requests()).toEqual(['POST /Tickets/TicketSearch']);
  expect(desk.sandbox.requests.at(-1)?.body).toEqual({ query: ticket.displayId, ticketid: '1' });
});

it('sends each area under its name on the wire', async () => {
  await desk.kayako.ticketSearch('x', {
    creatorEmail: true,
    userGroup: true,
    fullName: false,
    phrase: true,
  });
  expect(desk.sandbox.requests.at(-1)?.body).toEqual({
    query: 'x',
    creatoremail: '1',
    usergroup: '1',
    phrase: '1',
  });
  await desk.kayako.ticketSearchFull('angry');
  expect(Object.keys(desk.sandbox.requests.at(-1)?.body ?? {})).toHaveLength(12);
});

it('finds by contents in all areas, and nothing where nothing is', async () => {
  const { ticket } = await samples.answeredTicket(desk.kayako);
  const found = await desk.kayako.ticketSearchFull('angry');
  expect(found.map((each) => each.id)).toContain(ticket.id);
  expect(await desk.kayako.ticketSearchFull('nowhere-to-be-found')).toEqual([]);
});

it('refuses a search that could only find nothing', async () => {
  desk.requests();
  const search = desk.kayako.ticketSearch.bind(desk.kayako) as (
    query: unknown,
    areas: unknown,
  ) => Promise<unknown>;
  expect(await errorOf(() => search('x', {}))).toMatchObject({ code: 'NO_SEARCH_AREA' });
  expect(await errorOf(() => search('x', undefined))).toMatchObject({ code: 'NO_SEARCH_AREA' });
  expect(await errorOf(() => search('x', { tags: false }))).toMatchObject({
    code: 'NO_SEARCH_AREA',
  });
  expect(await errorOf(() => search('x', { nowhere: true }))).toMatchObject({
    code: 'UNKNOWN_FIELD',
  });
  expect(await errorOf(() => search(' ', { tags: true }))).toMatchObject({ code: 'INVALID_VALUE' });
  expect(desk.requests()).toEqual([]);
});

import { metadataOf } from '@kayako-orm/core';
import * as orm from '@kayako-orm/orm';
import { SaxesParser } from 'saxes';
import { type Desk, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

/** What an entity or nested class reads, by kind of element. */
interface Reads {
  readonly attributes: Set<string>;
  readonly elements: Set<string>;
}

function readsOf(type: orm.EntityClass): Reads {
  const { fields, relations } = metadataOf(type);
  const attributes = new Set<string>();
  const elements = new Set<string>();
  for (const field of fields.values()) {
    for (const source of field.sources) {
      if (source.kind === 'attribute') attributes.add(source.name);
      if (source.kind === 'element') elements.add(source.path.join('/'));
    }
  }
  for (const { embedded } of relations.values()) {
    if (embedded === null) continue;
    elements.add(embedded.path.join('/'));
    if (embedded.when !== null) attributes.add(embedded.when.attribute);
  }
  return { attributes, elements };
}

/** Attributes and child elements (two levels deep as `container/item`) of the records in a document. */
function sentIn(xml: string, element: string): Reads {
  const attributes = new Set<string>();
  const elements = new Set<string>();
  const path: string[] = [];
  const parser = new SaxesParser();
  const leaves = new Set<string>();
  parser.on('opentag', (tag) => {
    path.push(tag.name);
    const [, item, first, second, ...deeper] = path;
    if (item !== element || deeper.length > 0) return;
    if (first === undefined) Object.keys(tag.attributes).forEach((name) => attributes.add(name));
    else if (second === undefined) elements.add(first);
    else leaves.add(`${first}/${second}`);
  });
  parser.on('closetag', () => path.pop());
  parser.write(xml).close();
  for (const leaf of leaves) {
    elements.delete(leaf.split('/')[0] ?? '');
    elements.add(leaf);
  }
  return { attributes, elements };
}

let desk: Desk;
let ticketId: number;
beforeAll(async () => {
  desk = await startDesk({ users: 50, tickets: 50, seed: 5 });
  ({
    ticket: { id: ticketId },
  } = await samples.answeredTicket(desk.kayako));
  const department = samples.department(desk.kayako);
  Object.assign(department, { userVisibilityCustom: true, userGroupIds: [2] });
  await department.add();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

async function documentAt(route: string): Promise<string> {
  const { createHmac } = await import('node:crypto');
  const { url, apiKey, secretKey } = desk.sandbox;
  const signature = createHmac('sha256', secretKey).update('salt').digest('base64');
  const query = new URLSearchParams({ e: route, apikey: apiKey, salt: 'salt', signature });
  return (await fetch(`${url}?${query.toString()}`)).text();
}

const cases: readonly (readonly [orm.EntityClass, (id: number) => string])[] = [
  [orm.Department, () => '/Base/Department'],
  [orm.Staff, () => '/Base/Staff'],
  [orm.StaffGroup, () => '/Base/StaffGroup'],
  [orm.User, () => '/Base/User'],
  [orm.UserGroup, () => '/Base/UserGroup'],
  [orm.UserOrganization, () => '/Base/UserOrganization'],
  [orm.TicketPriority, () => '/Tickets/TicketPriority'],
  [orm.TicketStatus, () => '/Tickets/TicketStatus'],
  [orm.TicketType, () => '/Tickets/TicketType'],
  [orm.Ticket, (id) => `/Tickets/Ticket/${id}`],
  [orm.TicketPost, (id) => `/Tickets/TicketPost/ListAll/${id}`],
];

it.each(cases.map(([type, route]) => [type.name, type, route] as const))(
  'every element and attribute of a %s is read by a field',
  async (_name, type, route) => {
    const { element } = metadataOf(type);
    const sent = sentIn(await documentAt(route(ticketId)), element);
    const reads = readsOf(type);
    expect(sent.elements.size + sent.attributes.size).toBeGreaterThan(2);
    expect([...sent.elements].filter((name) => !reads.elements.has(name))).toEqual([]);
    expect([...sent.attributes].filter((name) => !reads.attributes.has(name))).toEqual([]);
  },
);

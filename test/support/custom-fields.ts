import {
  type CustomFieldContent,
  type CustomFieldValue,
  type Ticket,
  type TicketCustomField,
} from '@kayako-orm/orm';
import { type CustomFieldGroupOptions } from '@kayako-orm/sandbox';

/** A group with a field of each kind. It is shown before the others, and its first field after those behind it. */
export const EVERY_KIND: readonly CustomFieldGroupOptions[] = [
  {
    title: 'Contract',
    displayOrder: -1,
    fields: [
      { title: 'Number', type: 'text', name: 'contractnumber', displayOrder: 100 },
      { title: 'Terms', type: 'textArea' },
      { title: 'Door code', type: 'password' },
      {
        title: 'Channels',
        type: 'checkbox',
        name: 'channels',
        options: ['E-mail', 'Letter, registered', 'Phone', 'Back\\slash'],
      },
      { title: 'Currency', type: 'radio', options: ['EUR', 'USD'] },
      { title: 'Plan', type: 'select', name: 'plan', options: ['Basic', 'Pro & Co', 'basic '] },
      { title: 'Products', type: 'multiSelect', options: ['Desk', 'Chat', 'Phone, Fax'] },
      { title: 'Serial', type: 'custom' },
      {
        title: 'Place',
        type: 'linkedSelect',
        name: 'place',
        options: [
          { text: 'Europe', children: ['Berlin', 'Málaga', 'Other'] },
          { text: 'Asia > Pacific', children: ['Osaka', 'Other'] },
        ],
      },
      { title: 'Signed', type: 'date' },
      { title: 'Scan', type: 'file', name: 'scan' },
    ],
  },
];

/** A value of each kind, as it is set and as it is read. */
export const VALUES: Readonly<Record<string, CustomFieldContent>> = {
  Number: 'C-42 ÄÖ',
  Terms: 'Line one\nLine <two> & ]]> three',
  'Door code': 'hunter2',
  Channels: ['Letter, registered', 'Back\\slash'],
  Currency: 'USD',
  Plan: 'Pro & Co',
  Products: ['Desk', 'Phone, Fax'],
  Serial: 'a > b, c',
  Place: ['Europe', 'Málaga'],
  Signed: new Date('2011-05-24T00:00:00Z'),
};

/** The values of a ticket by the titles of their fields. */
export function contentsOf(
  groups: readonly TicketCustomField[],
): Record<string, CustomFieldContent> {
  const fields = groups.flatMap((group) => group.fields);
  return Object.fromEntries(fields.map(({ title, value }) => [title, value]));
}

/** One field of a ticket, read anew. */
export async function fieldOf(ticket: Ticket, title: string): Promise<CustomFieldValue> {
  const groups = await ticket.customFields.all();
  const found = groups.flatMap(({ fields }) => fields).find((field) => field.title === title);
  if (found === undefined) throw new Error(`there is no field ${title}`);
  return found;
}

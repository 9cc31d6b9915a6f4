import { encodeFields } from '../../src/mapping/parameters.js';
import { FOREVER } from '../../src/codec/date.js';
import { metadataOf } from '../../src/metadata/metadata-of.js';
import { Ticket, User } from '../support/desk.js';

const US = { dateFormat: 'us' } as const;

describe('encodeFields', () => {
  it('writes each field under the name of the action, in the order of the class', () => {
    const { fields } = metadataOf(Ticket);
    const values = { subject: 'a', statusId: 4, tags: ['x', 'y'], lastActivity: new Date(5000) };
    const given = [...fields.values()].filter(({ name }) => name in values);
    expect(encodeFields(given, values, 'save', US)).toEqual([
      ['subject', 'a'],
      ['ticketstatusid', '4'],
      ['lastactivity', '5'],
      ['tags', 'x y'],
    ]);
  });

  it('writes null as nothing for text and lists, and as 0 for ids and dates', () => {
    const values = { fullName: null, email: null, userOrganizationId: null, dateline: null };
    const given = [...metadataOf(User).fields.values()].filter(({ name }) => name in values);
    expect(encodeFields(given, values, 'add', US)).toEqual([
      ['fullname', ''],
      ['email', []],
      ['userorganizationid', '0'],
      ['dateline', '0'],
    ]);
  });

  it('leaves out what the action does not send: ids, and actions that do not exist', () => {
    const values = { id: 5, userExpiry: FOREVER, email: [], isEnabled: true, password: 'p' };
    const given = [...metadataOf(User).fields.values()].filter(({ name }) => name in values);
    expect(encodeFields(given, values, 'add', US)).toEqual([
      ['email', []],
      ['userexpiry', '0'],
      ['isenabled', '1'],
      ['password', 'p'],
    ]);
    expect(encodeFields(given, values, 'save', US)).toEqual([]);
  });
});

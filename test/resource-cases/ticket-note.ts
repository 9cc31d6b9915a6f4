import { TicketNote } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(TicketNote, {
  schema: {
    where: { ticketId: 5 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<notes>
<note type="ticket" id="41" ticketid="5" notecolor="3" creatorstaffid="12" forstaffid="13" creatorstaffname="John &quot;J&quot; Doe" creationdate="1335793205"><![CDATA[Call back
tomorrow]]></note>
</notes>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<notes>
    <note type="ticket" id="41" ticketid="5" notecolor="3" creatorstaffid="0" forstaffid="0" creatorstaffname="The system" creationdate="1335793205">Call back</note>
</notes>`,
    expected: {
      id: 41,
      ticketId: 5,
      noteColor: 'blue',
      creatorStaffId: 12,
      creatorStaffName: 'John "J" Doe',
      forStaffId: 13,
      creationDate: '2012-04-30T13:40:05.000Z',
      contents: 'Call back\ntomorrow',
    },
    expectedDocs: {
      creatorStaffId: null,
      creatorStaffName: 'The system',
      forStaffId: null,
      contents: 'Call back',
    },
    ignored: { 'note/@type': 'the resource has notes of tickets only' },
  },
  actions: {
    unseen: { add: { creatorStaffName: 'that of the staff member' } },
    make: async (kayako) => {
      const ticket = await samples.ticket(kayako).add();
      return kayako.create(TicketNote, {
        ticketId: ticket.id,
        contents: 'Customer was hostile. Will pursue anyway.',
        creatorStaffId: 1,
        noteColor: 'red',
        forStaffId: 1,
      });
    },
    where: ({ ticketId }) => ({ ticketId }),
    ids: ({ ticketId, id }) => [ticketId, id],
  },
});

import { TicketTimeTrack } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(TicketTimeTrack, {
  schema: {
    where: { ticketId: 5 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<timetracks>
<timetrack id="51" ticketid="5" timeworked="3600" timebillable="1800" billdate="1335793205" workdate="1335706805" workerstaffid="13" workerstaffname="Jane Roe" creatorstaffid="12" creatorstaffname="John Doe" notecolor="5"><![CDATA[Searched for the bug]]></timetrack>
</timetracks>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<timetracks>
    <timetrack id="51" ticketid="5" timeworked="3600" timebillable="0" billdate="1335793205" workdate="1335706805" workerstaffid="12" workerstaffname="John Doe" creatorstaffid="12" creatorstaffname="John Doe" notecolor="1">Searched for the bug</timetrack>
</timetracks>`,
    expected: {
      id: 51,
      ticketId: 5,
      timeWorked: 3600,
      timeBillable: 1800,
      billDate: '2012-04-30T13:40:05.000Z',
      workDate: '2012-04-29T13:40:05.000Z',
      workerStaffId: 13,
      workerStaffName: 'Jane Roe',
      creatorStaffId: 12,
      creatorStaffName: 'John Doe',
      noteColor: 'red',
      contents: 'Searched for the bug',
    },
    expectedDocs: {
      timeBillable: 0,
      workerStaffId: 12,
      workerStaffName: 'John Doe',
      noteColor: 'yellow',
    },
  },
  actions: {
    more: { workerStaffId: 1, noteColor: 'green' },
    make: async (kayako) => {
      const ticket = await samples.ticket(kayako).add();
      return kayako.create(TicketTimeTrack, {
        ticketId: ticket.id,
        contents: 'Searched for the bug',
        creatorStaffId: 1,
        workDate: new Date('2026-01-02T03:04:05Z'),
        billDate: new Date('2026-01-03T03:04:05Z'),
        timeWorked: 3600,
        timeBillable: 1800,
      });
    },
    where: ({ ticketId }) => ({ ticketId }),
    ids: ({ ticketId, id }) => [ticketId, id],
  },
});

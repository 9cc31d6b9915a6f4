import { TicketCount } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

const LAST = '2012-04-30T13:40:05.000Z';

export default resourceCase(TicketCount, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<ticketcount>
<departments>
<department id="1">
<totalitems><![CDATA[7]]></totalitems>
<lastactivity><![CDATA[1335793205]]></lastactivity>
<totalunresolveditems><![CDATA[5]]></totalunresolveditems>
<ticketstatus id="1" lastactivity="1335793205" totalitems="5" />
<ticketstatus id="3" lastactivity="1335793205" totalitems="2" />
<tickettype id="3" lastactivity="1335793205" totalitems="7" totalunresolveditems="5" />
<ownerstaff id="12" lastactivity="1335793205" totalitems="4" totalunresolveditems="3" />
</department>
</departments>
<!-- Ticket Count grouped by Status -->
<statuses>
<ticketstatus id="1" lastactivity="1335793205" totalitems="5" />
</statuses>
<!-- Ticket Count grouped by Owner Staff -->
<owners>
<ownerstaff id="12" lastactivity="1335793205" totalitems="4" totalunresolveditems="3" />
</owners>
<!-- Unassigned Ticket Count grouped by Department -->
<unassigned>
<department id="1" lastactivity="1335793205" totalitems="3" totalunresolveditems="2" />
</unassigned>
</ticketcount>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<ticketcount>
    <departments>
        <department id="1">
            <totalitems>7</totalitems>
            <lastactivity>1335793205</lastactivity>
            <totalunresolveditems>5</totalunresolveditems>
            <tickettype id="0" lastactivity="1335793205" totalitems="7" totalunresolveditems="5" />
            <ownerstaff id="0" lastactivity="1335793205" totalitems="3" totalunresolveditems="2" />
        </department>
    </departments>
    <!-- Ticket Count grouped by Status -->
    <statuses>
        <ticketstatus id="1" lastactivity="1335793205" totalitems="5" />
    </statuses>
</ticketcount>`,
    expected: {
      departments: [
        {
          id: 1,
          totalItems: 7,
          totalUnresolvedItems: 5,
          lastActivity: LAST,
          statuses: [
            { id: 1, totalItems: 5, totalUnresolvedItems: null, lastActivity: LAST },
            { id: 3, totalItems: 2, totalUnresolvedItems: null, lastActivity: LAST },
          ],
          types: [{ id: 3, totalItems: 7, totalUnresolvedItems: 5, lastActivity: LAST }],
          owners: [{ id: 12, totalItems: 4, totalUnresolvedItems: 3, lastActivity: LAST }],
        },
      ],
      statuses: [{ id: 1, totalItems: 5, totalUnresolvedItems: null, lastActivity: LAST }],
      owners: [{ id: 12, totalItems: 4, totalUnresolvedItems: 3, lastActivity: LAST }],
      unassigned: [{ id: 1, totalItems: 3, totalUnresolvedItems: 2, lastActivity: LAST }],
    },
    expectedDocs: {
      departments: [
        {
          id: 1,
          totalItems: 7,
          totalUnresolvedItems: 5,
          lastActivity: LAST,
          statuses: [],
          types: [{ id: null, totalItems: 7, totalUnresolvedItems: 5, lastActivity: LAST }],
          owners: [{ id: null, totalItems: 3, totalUnresolvedItems: 2, lastActivity: LAST }],
        },
      ],
      owners: [],
      unassigned: [],
    },
    absent: {
      'statuses.totalUnresolvedItems': 'the server does not count them by status',
      'departments.statuses.totalUnresolvedItems': 'likewise',
    },
  },
  actions: {
    existing: async (kayako) => {
      await samples.ticket(kayako).add();
      return {};
    },
  },
});

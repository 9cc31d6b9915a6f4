import { TicketCustomField } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(TicketCustomField, {
  schema: {
    where: { ticketId: 5 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<customfields>
<group id="1" title="Ticket Details" displayorder="2">
<field id="1" title="Serial number" type="1" name="cn4ezfbjzyoj"><![CDATA[A-4711]]></field>
<field id="2" title="Invoice" type="11" name="k2vtqzx1s0aa" filename="invoice.pdf"><![CDATA[JVBERi0=]]></field>
</group>
</customfields>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<customfields>
    <group id="1" title="Ticket Details">
        <field name="cn4ezfbjzyoj" type="1" id="1" title="Serial number">A-4711</field>
        <field name="b9wz7ymm2m4c" type="9" id="3" title="Model">Printer &gt; Laser</field>
    </group>
</customfields>`,
    expected: {
      id: 1,
      ticketId: 5,
      title: 'Ticket Details',
      displayOrder: 2,
      fields: [
        {
          id: 1,
          title: 'Serial number',
          type: 'text',
          name: 'cn4ezfbjzyoj',
          fileName: null,
          text: 'A-4711',
        },
        {
          id: 2,
          title: 'Invoice',
          type: 'file',
          name: 'k2vtqzx1s0aa',
          fileName: 'invoice.pdf',
          text: 'JVBERi0=',
        },
      ],
    },
    expectedDocs: {
      displayOrder: null,
      fields: [
        {
          id: 1,
          title: 'Serial number',
          type: 'text',
          name: 'cn4ezfbjzyoj',
          fileName: null,
          text: 'A-4711',
        },
        {
          id: 3,
          title: 'Model',
          type: 'linkedSelect',
          name: 'b9wz7ymm2m4c',
          fileName: null,
          text: 'Printer > Laser',
        },
      ],
    },
  },
  actions: {
    existing: async (kayako) => ({ ticketId: (await samples.ticket(kayako).add()).id }),
  },
});

import { TicketAttachment } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(TicketAttachment, {
  schema: {
    where: { ticketId: 5 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<attachments>
<attachment>
<id><![CDATA[31]]></id>
<ticketid><![CDATA[5]]></ticketid>
<ticketpostid><![CDATA[21]]></ticketpostid>
<filename><![CDATA[foo.diff]]></filename>
<filesize><![CDATA[9]]></filesize>
<filetype><![CDATA[text/x-diff]]></filetype>
<dateline><![CDATA[1335793205]]></dateline>
<contents><![CDATA[LS0tIGEKKysr]]></contents>
</attachment>
</attachments>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<attachments>
    <attachment>
        <id>31</id>
        <ticketid>5</ticketid>
        <ticketpostid>21</ticketpostid>
        <filename>foo.diff</filename>
        <filesize>9</filesize>
        <filetype>text/x-diff</filetype>
        <dateline>1335793205</dateline>
    </attachment>
</attachments>`,
    expected: {
      id: 31,
      ticketId: 5,
      ticketPostId: 21,
      fileName: 'foo.diff',
      fileSize: 9,
      fileType: 'text/x-diff',
      dateline: '2012-04-30T13:40:05.000Z',
      contents: 'LS0tIGEKKysr',
    },
    expectedDocs: { contents: undefined },
  },
  actions: {
    unseen: { add: { fileType: 'the server derives it from the name' } },
    make: async (kayako) => {
      const { ticket, reply } = await samples.answeredTicket(kayako);
      const attachment = kayako.create(TicketAttachment, {
        ticketId: ticket.id,
        ticketPostId: reply.id,
        fileName: 'foo.diff',
      });
      attachment.setContents(Buffer.from([0, 255, 1, 254]));
      return attachment;
    },
    where: ({ ticketId }) => ({ ticketId }),
    ids: ({ ticketId, id }) => [ticketId, id],
  },
});

import { TicketPost } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(TicketPost, {
  schema: {
    where: { ticketId: 5 },
    // No post is by a user and by staff; only so has this record everything.
    live: `<?xml version="1.0" encoding="UTF-8"?>
<posts>
<post>
<id><![CDATA[21]]></id>
<ticketpostid><![CDATA[21]]></ticketpostid>
<ticketid><![CDATA[5]]></ticketid>
<dateline><![CDATA[1335793205]]></dateline>
<userid><![CDATA[112359]]></userid>
<fullname><![CDATA[Ang Gary]]></fullname>
<email><![CDATA[gary@example.com]]></email>
<emailto><![CDATA[support@example.com]]></emailto>
<ipaddress><![CDATA[192.0.2.7]]></ipaddress>
<hasattachments><![CDATA[1]]></hasattachments>
<creator><![CDATA[1]]></creator>
<isthirdparty><![CDATA[1]]></isthirdparty>
<ishtml><![CDATA[1]]></ishtml>
<isemailed><![CDATA[1]]></isemailed>
<staffid><![CDATA[12]]></staffid>
<issurveycomment><![CDATA[1]]></issurveycomment>
<contents><![CDATA[We have a patch.
Use ]]]]><![CDATA[> with care.]]></contents>
<isprivate><![CDATA[1]]></isprivate>
<attachments>
<attachment>
<id><![CDATA[31]]></id>
<filename><![CDATA[foo.diff]]></filename>
<filesize><![CDATA[8]]></filesize>
<filetype><![CDATA[text/x-diff]]></filetype>
<dateline><![CDATA[1335793205]]></dateline>
<contents><![CDATA[LS0tIGEKKysr]]></contents>
</attachment>
</attachments>
</post>
</posts>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<posts>
    <post>
        <id>21</id>
        <ticketid>5</ticketid>
        <dateline>1335793205</dateline>
        <userid>0</userid>
        <fullname>John Doe</fullname>
        <email>john.doe@example.com</email>
        <emailto></emailto>
        <ipaddress>192.0.2.7</ipaddress>
        <hasattachments>0</hasattachments>
        <creator>1</creator>
        <isthirdparty>0</isthirdparty>
        <ishtml>0</ishtml>
        <isemailed>0</isemailed>
        <staffid>12</staffid>
        <issurveycomment>0</issurveycomment>
        <contents>We have a patch.</contents>
    </post>
</posts>`,
    expected: {
      id: 21,
      ticketPostId: 21,
      ticketId: 5,
      dateline: '2012-04-30T13:40:05.000Z',
      userId: 112359,
      fullName: 'Ang Gary',
      email: 'gary@example.com',
      emailTo: 'support@example.com',
      ipAddress: '192.0.2.7',
      hasAttachments: true,
      creator: 'staff',
      isThirdParty: true,
      isHtml: true,
      isEmailed: true,
      staffId: 12,
      isSurveyComment: true,
      contents: 'We have a patch.\nUse ]]> with care.',
      isPrivate: true,
      attachments: [
        {
          id: 31,
          ticketId: 5,
          ticketPostId: 21,
          fileName: 'foo.diff',
          fileSize: 8,
          fileType: 'text/x-diff',
          dateline: '2012-04-30T13:40:05.000Z',
          contents: 'LS0tIGEKKysr',
        },
      ],
    },
    expectedDocs: {
      ticketPostId: null,
      userId: null,
      fullName: 'John Doe',
      email: 'john.doe@example.com',
      emailTo: '',
      hasAttachments: false,
      isThirdParty: false,
      isHtml: false,
      isEmailed: false,
      isSurveyComment: false,
      contents: 'We have a patch.',
      isPrivate: false,
      attachments: [],
    },
  },
  actions: {
    unseen: { add: { userId: 'a reply is by staff or by a user' } },
    make: async (kayako) => {
      const ticket = await samples.ticket(kayako).add();
      return kayako.create(TicketPost, {
        ticketId: ticket.id,
        contents: 'We have a patch that will fix the bug.',
        staffId: 1,
        isPrivate: true,
      });
    },
    where: ({ ticketId }) => ({ ticketId }),
    ids: ({ ticketId, id }) => [ticketId, id],
  },
});

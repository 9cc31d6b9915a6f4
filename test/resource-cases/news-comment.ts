import { NewsComment } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(NewsComment, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<newsitemcomments>
<newsitemcomment>
<id><![CDATA[9]]></id>
<newsitemid><![CDATA[5]]></newsitemid>
<creatortype><![CDATA[2]]></creatortype>
<creatorid><![CDATA[112359]]></creatorid>
<fullname><![CDATA[Ang Gary]]></fullname>
<email><![CDATA[gary@example.com]]></email>
<ipaddress><![CDATA[192.0.2.7]]></ipaddress>
<dateline><![CDATA[1335793205]]></dateline>
<parentcommentid><![CDATA[8]]></parentcommentid>
<commentstatus><![CDATA[1]]></commentstatus>
<useragent><![CDATA[Mozilla/5.0]]></useragent>
<referrer><![CDATA[https://example.com/]]></referrer>
<parenturl><![CDATA[https://desk.example.com/5]]></parenturl>
<contents><![CDATA[When?]]></contents>
</newsitemcomment>
</newsitemcomments>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<newsitemcomments>
    <newsitemcomment>
        <id>9</id>
        <newsitemid>5</newsitemid>
        <creatortype>1</creatortype>
        <creatorid>1</creatorid>
        <fullname>Ang Gary</fullname>
        <email>gary@example.com</email>
        <ipaddress>192.0.2.7</ipaddress>
        <dateline>1335793205</dateline>
        <parentcommentid>0</parentcommentid>
        <commentstatus>2</commentstatus>
        <useragent></useragent>
        <referrer></referrer>
        <parenturl></parenturl>
        <contents>When?</contents>
    </newsitemcomment>
</newsitemcomments>`,
    expected: {
      id: 9,
      newsItemId: 5,
      creatorType: 'user',
      creatorId: 112359,
      fullName: 'Ang Gary',
      email: 'gary@example.com',
      ipAddress: '192.0.2.7',
      dateline: '2012-04-30T13:40:05.000Z',
      parentCommentId: 8,
      commentStatus: 'pending',
      userAgent: 'Mozilla/5.0',
      referrer: 'https://example.com/',
      parentUrl: 'https://desk.example.com/5',
      contents: 'When?',
    },
    expectedDocs: {
      creatorType: 'staff',
      creatorId: 1,
      parentCommentId: null,
      commentStatus: 'approved',
      userAgent: '',
      referrer: '',
      parentUrl: '',
    },
  },
  actions: {
    unseen: { add: { creatorId: 'a guest has no account', parentCommentId: 'it is no reply' } },
    make: async (kayako) => {
      const parent = await samples.newsItem(kayako).add();
      return parent.comments.create({
        creatorType: 'user',
        fullName: 'A reader',
        email: 'reader@example.com',
        contents: 'When?',
      });
    },
    where: ({ newsItemId }) => ({ newsItemId }),
  },
});

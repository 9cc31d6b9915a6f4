import { TroubleshooterComment } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

const live = `<?xml version="1.0" encoding="UTF-8"?>
<troubleshooterstepcomments>
<troubleshooterstepcomment>
<id><![CDATA[6]]></id>
<troubleshooterstepid><![CDATA[9]]></troubleshooterstepid>
<creatortype><![CDATA[2]]></creatortype>
<creatorid><![CDATA[3]]></creatorid>
<fullname><![CDATA[Gary Ang]]></fullname>
<email><![CDATA[gary@example.com]]></email>
<ipaddress><![CDATA[127.0.0.1]]></ipaddress>
<dateline><![CDATA[1335793205]]></dateline>
<parentcommentid><![CDATA[5]]></parentcommentid>
<commentstatus><![CDATA[2]]></commentstatus>
<useragent><![CDATA[Mozilla/5.0]]></useragent>
<referrer><![CDATA[https://example.com/a]]></referrer>
<parenturl><![CDATA[https://example.com/b]]></parenturl>
<contents><![CDATA[It smokes.]]></contents>
</troubleshooterstepcomment>
</troubleshooterstepcomments>`;

export default resourceCase(TroubleshooterComment, {
  schema: {
    live,
    docs: live.replace(/<!\[CDATA\[(.*?)\]\]>/g, '$1'),
    expected: {
      id: 6,
      troubleshooterStepId: 9,
      creatorType: 'user',
      creatorId: 3,
      fullName: 'Gary Ang',
      email: 'gary@example.com',
      ipAddress: '127.0.0.1',
      dateline: '2012-04-30T13:40:05.000Z',
      parentCommentId: 5,
      commentStatus: 'approved',
      userAgent: 'Mozilla/5.0',
      referrer: 'https://example.com/a',
      parentUrl: 'https://example.com/b',
      contents: 'It smokes.',
    },
  },
  actions: {
    unseen: { add: { creatorId: 'a guest has no account', parentCommentId: 'it is no reply' } },
    make: async (kayako) => {
      const step = await (await samples.troubleshooterStep(kayako)).add();
      return kayako.create(TroubleshooterComment, {
        troubleshooterStepId: step.id,
        creatorType: 'user',
        fullName: 'Gary Ang',
        email: 'gary@example.com',
        contents: 'It smokes.',
      });
    },
    where: ({ troubleshooterStepId }) => ({ troubleshooterStepId }),
  },
});

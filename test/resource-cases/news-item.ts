import { NewsItem } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(NewsItem, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<newsitems>
<newsitem>
<id><![CDATA[5]]></id>
<staffid><![CDATA[1]]></staffid>
<newstype><![CDATA[2]]></newstype>
<newsstatus><![CDATA[1]]></newsstatus>
<author><![CDATA[John Doe]]></author>
<email><![CDATA[john.doe@example.com]]></email>
<subject><![CDATA[We move]]></subject>
<emailsubject><![CDATA[A new address]]></emailsubject>
<dateline><![CDATA[1335793205]]></dateline>
<start><![CDATA[1893456000]]></start>
<expiry><![CDATA[1893542400]]></expiry>
<issynced><![CDATA[1]]></issynced>
<totalcomments><![CDATA[6]]></totalcomments>
<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>
<usergroupidlist>
<usergroupid><![CDATA[1]]></usergroupid>
<usergroupid><![CDATA[2]]></usergroupid>
</usergroupidlist>
<staffvisibilitycustom><![CDATA[1]]></staffvisibilitycustom>
<staffgroupidlist>
<staffgroupid><![CDATA[3]]></staffgroupid>
<staffgroupid><![CDATA[4]]></staffgroupid>
</staffgroupidlist>
<allowcomments><![CDATA[1]]></allowcomments>
<contents><![CDATA[<p>To a larger office.</p>]]></contents>
<categories>
<categoryid><![CDATA[3]]></categoryid>
<categoryid><![CDATA[8]]></categoryid>
</categories>
</newsitem>
</newsitems>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<newsitems>
    <newsitem>
        <id>5</id>
        <staffid>1</staffid>
        <newstype>1</newstype>
        <newsstatus>2</newsstatus>
        <author>John Doe</author>
        <email>john.doe@example.com</email>
        <subject>We move</subject>
        <emailsubject></emailsubject>
        <dateline>1335793205</dateline>
        <expiry>0</expiry>
        <issynced>0</issynced>
        <totalcomments>0</totalcomments>
        <uservisibilitycustom>0</uservisibilitycustom>
        <staffvisibilitycustom>0</staffvisibilitycustom>
        <allowcomments>1</allowcomments>
        <contents>&lt;p&gt;To a larger office.&lt;/p&gt;</contents>
        <categories>
            <categoryid>3</categoryid>
        </categories>
    </newsitem>
</newsitems>`,
    expected: {
      id: 5,
      staffId: 1,
      newsType: 'public',
      newsStatus: 'draft',
      author: 'John Doe',
      email: 'john.doe@example.com',
      subject: 'We move',
      emailSubject: 'A new address',
      dateline: '2012-04-30T13:40:05.000Z',
      start: '2030-01-01T00:00:00.000Z',
      expiry: '2030-01-02T00:00:00.000Z',
      isSynced: true,
      totalComments: 6,
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
      staffVisibilityCustom: true,
      staffGroupIds: [3, 4],
      allowComments: true,
      contents: '<p>To a larger office.</p>',
      categoryIds: [3, 8],
    },
    expectedDocs: {
      newsType: 'global',
      newsStatus: 'published',
      emailSubject: '',
      start: null,
      expiry: 'forever',
      isSynced: false,
      totalComments: 0,
      userVisibilityCustom: false,
      userGroupIds: [],
      staffVisibilityCustom: false,
      staffGroupIds: [],
      categoryIds: [3],
    },
  },
  actions: {
    more: {
      newsType: 'private',
      newsStatus: 'draft',
      emailSubject: 'Mail',
      start: new Date('2030-03-04T09:30:00Z'),
      expiry: new Date('2030-03-05T00:00:00Z'),
      userVisibilityCustom: true,
      userGroupIds: [2],
      staffVisibilityCustom: true,
      staffGroupIds: [1],
      allowComments: false,
    },
    unseen: { add: { email: 'what is given is the sender of the mail only' } },
    make: async (kayako) => {
      const item = samples.newsItem(kayako);
      item.categoryIds = [(await samples.newsCategory(kayako).add()).id];
      return item;
    },
    change: {
      email: 'another.author@example.com',
      start: new Date('2029-05-06T07:08:00Z'),
      staffVisibilityCustom: true,
      staffGroupIds: [2],
      allowComments: false,
      contents: '<p>Gone.</p>',
      editedStaffId: 1,
      newsStatus: 'draft',
      subject: 'We moved',
      emailSubject: 'News',
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
      expiry: new Date('2030-01-02T00:00:00Z'),
      categoryIds: [],
    },
  },
});

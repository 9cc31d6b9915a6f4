import { TicketPriority } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';

export default resourceCase(TicketPriority, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<ticketpriorities>
<ticketpriority>
<id><![CDATA[4]]></id>
<title><![CDATA[Urgent]]></title>
<displayorder><![CDATA[4]]></displayorder>
<frcolorcode><![CDATA[#ffffff]]></frcolorcode>
<bgcolorcode><![CDATA[#d6000e]]></bgcolorcode>
<displayicon><![CDATA[{$themepath}icon_priority.svg]]></displayicon>
<type><![CDATA[public]]></type>
<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>
<usergroupid><![CDATA[1]]></usergroupid>
<usergroupid><![CDATA[2]]></usergroupid>
</ticketpriority>
</ticketpriorities>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<ticketpriorities>
    <ticketpriority>
        <id>4</id>
        <title>Urgent</title>
        <displayorder>4</displayorder>
        <frcolorcode>#ffffff</frcolorcode>
        <bgcolorcode></bgcolorcode>
        <type>public</type>
        <uservisibilitycustom>0</uservisibilitycustom>
    </ticketpriority>
</ticketpriorities>`,
    expected: {
      id: 4,
      title: 'Urgent',
      displayOrder: 4,
      frColorCode: '#ffffff',
      bgColorCode: '#d6000e',
      displayIcon: '{$themepath}icon_priority.svg',
      type: 'public',
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
    },
    expectedDocs: {
      bgColorCode: '',
      displayIcon: null,
      userVisibilityCustom: false,
      userGroupIds: [],
    },
  },
  actions: { existing: () => ({ title: 'Urgent' }) },
});

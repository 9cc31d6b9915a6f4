import { TicketType } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';

export default resourceCase(TicketType, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<tickettypes>
<tickettype>
<id><![CDATA[3]]></id>
<title><![CDATA[Bug]]></title>
<displayorder><![CDATA[3]]></displayorder>
<departmentid><![CDATA[2]]></departmentid>
<displayicon><![CDATA[{$themepath}icon_typebug.svg]]></displayicon>
<type><![CDATA[public]]></type>
<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>
<usergroupid><![CDATA[1]]></usergroupid>
<usergroupid><![CDATA[2]]></usergroupid>
</tickettype>
</tickettypes>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<tickettypes>
    <tickettype>
        <id>3</id>
        <title>Bug</title>
        <displayorder>3</displayorder>
        <departmentid>0</departmentid>
        <displayicon></displayicon>
        <type>public</type>
        <uservisibilitycustom>0</uservisibilitycustom>
    </tickettype>
</tickettypes>`,
    expected: {
      id: 3,
      title: 'Bug',
      displayOrder: 3,
      departmentId: 2,
      displayIcon: '{$themepath}icon_typebug.svg',
      type: 'public',
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
    },
    expectedDocs: {
      departmentId: null,
      displayIcon: '',
      userVisibilityCustom: false,
      userGroupIds: [],
    },
  },
  actions: { existing: () => ({ title: 'Bug' }) },
});

import { TicketStatus } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';

export default resourceCase(TicketStatus, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<ticketstatuses>
<ticketstatus>
<id><![CDATA[3]]></id>
<title><![CDATA[Closed]]></title>
<displayorder><![CDATA[3]]></displayorder>
<departmentid><![CDATA[2]]></departmentid>
<displayicon><![CDATA[{$themepath}icon_closed.svg]]></displayicon>
<type><![CDATA[public]]></type>
<displayinmainlist><![CDATA[1]]></displayinmainlist>
<markasresolved><![CDATA[1]]></markasresolved>
<displaycount><![CDATA[1]]></displaycount>
<statuscolor><![CDATA[#36a148]]></statuscolor>
<statusbgcolor><![CDATA[#e0f0e0]]></statusbgcolor>
<resetduetime><![CDATA[1]]></resetduetime>
<triggersurvey><![CDATA[1]]></triggersurvey>
<staffvisibilitycustom><![CDATA[1]]></staffvisibilitycustom>
<staffgroupid><![CDATA[1]]></staffgroupid>
<staffgroupid><![CDATA[2]]></staffgroupid>
</ticketstatus>
</ticketstatuses>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<ticketstatuses>
    <ticketstatus>
        <id>3</id>
        <title>Closed</title>
        <displayorder>3</displayorder>
        <departmentid>0</departmentid>
        <displayicon></displayicon>
        <type>public</type>
        <displayinmainlist>1</displayinmainlist>
        <markasresolved>1</markasresolved>
        <displaycount>0</displaycount>
        <statuscolor>#36a148</statuscolor>
        <statusbgcolor></statusbgcolor>
        <resetduetime>0</resetduetime>
        <triggersurvey>0</triggersurvey>
        <staffvisibilitycustom>0</staffvisibilitycustom>
    </ticketstatus>
</ticketstatuses>`,
    expected: {
      id: 3,
      title: 'Closed',
      displayOrder: 3,
      departmentId: 2,
      displayIcon: '{$themepath}icon_closed.svg',
      type: 'public',
      displayInMainList: true,
      markAsResolved: true,
      displayCount: true,
      statusColor: '#36a148',
      statusBgColor: '#e0f0e0',
      resetDueTime: true,
      triggerSurvey: true,
      staffVisibilityCustom: true,
      staffGroupIds: [1, 2],
    },
    expectedDocs: {
      departmentId: null,
      displayIcon: '',
      displayCount: false,
      statusBgColor: '',
      resetDueTime: false,
      triggerSurvey: false,
      staffVisibilityCustom: false,
      staffGroupIds: [],
    },
  },
  actions: { existing: () => ({ title: 'In Progress' }) },
});

import { TroubleshooterStep } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(TroubleshooterStep, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<troubleshootersteps>
<troubleshooterstep>
<id><![CDATA[9]]></id>
<categoryid><![CDATA[4]]></categoryid>
<staffid><![CDATA[1]]></staffid>
<staffname><![CDATA[John Doe]]></staffname>
<subject><![CDATA[Does it smoke?]]></subject>
<edited><![CDATA[1]]></edited>
<editedstaffid><![CDATA[2]]></editedstaffid>
<editedstaffname><![CDATA[Jane Roe]]></editedstaffname>
<displayorder><![CDATA[5]]></displayorder>
<views><![CDATA[31]]></views>
<allowcomments><![CDATA[1]]></allowcomments>
<hasattachments><![CDATA[1]]></hasattachments>
<attachments>
<attachment>
<id><![CDATA[3]]></id>
<filename><![CDATA[smoke.png]]></filename>
<filesize><![CDATA[88.42 KB]]></filesize>
<link><![CDATA[https://desk.example.com/index.php?/Troubleshooter/Step/GetAttachment/4/9/3]]></link>
</attachment>
</attachments>
<parentsteps>
<id><![CDATA[7]]></id>
<id><![CDATA[8]]></id>
</parentsteps>
<childsteps>
<id><![CDATA[10]]></id>
</childsteps>
<redirecttickets><![CDATA[1]]></redirecttickets>
<ticketsubject><![CDATA[Smoke]]></ticketsubject>
<redirectdepartmentid><![CDATA[1]]></redirectdepartmentid>
<tickettypeid><![CDATA[2]]></tickettypeid>
<priorityid><![CDATA[3]]></priorityid>
<contents><![CDATA[<p>Look for smoke.</p>]]></contents>
</troubleshooterstep>
</troubleshootersteps>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<troubleshootersteps>
    <troubleshooterstep>
        <id>9</id>
        <categoryid>4</categoryid>
        <staffid>1</staffid>
        <staffname>John Doe</staffname>
        <subject>Does it smoke?</subject>
        <edited>0</edited>
        <editedstaffid>0</editedstaffid>
        <editedstaffname></editedstaffname>
        <displayorder>5</displayorder>
        <views>31</views>
        <allowcomments>1</allowcomments>
        <hasattachments>0</hasattachments>
        <parentsteps>
            <id>0</id>
        </parentsteps>
        <childsteps>
            <id>10</id>
        </childsteps>
        <redirecttickets>1</redirecttickets>
        <ticketsubject>Smoke</ticketsubject>
        <redirectdepartmentid>1</redirectdepartmentid>
        <tickettypeid>2</tickettypeid>
        <priorityid>3</priorityid>
        <contents>&lt;p&gt;Look for smoke.&lt;/p&gt;</contents>
    </troubleshooterstep>
</troubleshootersteps>`,
    expected: {
      id: 9,
      categoryId: 4,
      staffId: 1,
      staffName: 'John Doe',
      subject: 'Does it smoke?',
      edited: true,
      editedStaffId: 2,
      editedStaffName: 'Jane Roe',
      displayOrder: 5,
      views: 31,
      allowComments: true,
      hasAttachments: true,
      files: [
        {
          id: 3,
          fileName: 'smoke.png',
          fileSize: '88.42 KB',
          link: 'https://desk.example.com/index.php?/Troubleshooter/Step/GetAttachment/4/9/3',
        },
      ],
      parentStepIds: [7, 8],
      childStepIds: [10],
      redirectTickets: true,
      ticketSubject: 'Smoke',
      redirectDepartmentId: 1,
      ticketTypeId: 2,
      priorityId: 3,
      contents: '<p>Look for smoke.</p>',
    },
    expectedDocs: {
      edited: false,
      editedStaffId: null,
      editedStaffName: '',
      hasAttachments: false,
      files: [],
      parentStepIds: [],
    },
  },
  actions: {
    make: async (kayako) => {
      const parent = await (await samples.troubleshooterStep(kayako)).add();
      const step = await samples.troubleshooterStep(kayako);
      return Object.assign(step, {
        parentStepIds: [parent.id],
        displayOrder: 2,
        allowComments: true,
        redirectTickets: true,
        ticketSubject: 'Smoke',
        redirectDepartmentId: 1,
        ticketTypeId: 1,
        priorityId: 2,
      });
    },
    change: {
      editedStaffId: 1,
      subject: 'Is it warm?',
      contents: 'Touch it.',
      displayOrder: 4,
      allowComments: false,
      redirectTickets: false,
      redirectDepartmentId: null,
      ticketTypeId: 2,
      priorityId: 1,
      parentStepIds: [],
    },
  },
});

import { Ticket } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

const THEN = '2012-04-30T13:40:05.000Z';

export default resourceCase(Ticket, {
  schema: {
    where: { id: 5 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<tickets>
<ticket id="5" flagtype="3">
<displayid><![CDATA[VBQ-173-79628]]></displayid>
<departmentid><![CDATA[84]]></departmentid>
<statusid><![CDATA[2]]></statusid>
<priorityid><![CDATA[3]]></priorityid>
<typeid><![CDATA[4]]></typeid>
<userid><![CDATA[112359]]></userid>
<userorganization><![CDATA[Acme & Sons]]></userorganization>
<userorganizationid><![CDATA[9]]></userorganizationid>
<ownerstaffid><![CDATA[12]]></ownerstaffid>
<ownerstaffname><![CDATA[John Doe]]></ownerstaffname>
<fullname><![CDATA[Ang Gary]]></fullname>
<email><![CDATA[gary@example.com]]></email>
<lastreplier><![CDATA[Jane Roe]]></lastreplier>
<subject><![CDATA[I found a bug]]></subject>
<creationtime><![CDATA[1335793205]]></creationtime>
<lastactivity><![CDATA[1335793206]]></lastactivity>
<laststaffreply><![CDATA[1335793207]]></laststaffreply>
<lastuserreply><![CDATA[1335793208]]></lastuserreply>
<slaplanid><![CDATA[6]]></slaplanid>
<nextreplydue><![CDATA[1335793209]]></nextreplydue>
<resolutiondue><![CDATA[1335793210]]></resolutiondue>
<replies><![CDATA[8]]></replies>
<ipaddress><![CDATA[192.0.2.7]]></ipaddress>
<creator><![CDATA[2]]></creator>
<creationmode><![CDATA[4]]></creationmode>
<creationtype><![CDATA[2]]></creationtype>
<isescalated><![CDATA[1]]></isescalated>
<escalationruleid><![CDATA[10]]></escalationruleid>
<templategroupid><![CDATA[11]]></templategroupid>
<tags><![CDATA[printer smoke]]></tags>
<templategroupname><![CDATA[Default]]></templategroupname>
<watcher staffid="13" name="Jane &amp; Joe" />
<watcher staffid="14" name="Jim" />
<workflow id="15" title="Close it" />
<note type="ticket" id="41" ticketid="5" notecolor="3" creatorstaffid="12" forstaffid="13" creatorstaffname="John Doe" creationdate="1335793205"><![CDATA[Call back]]></note>
<note type="user" id="42" userid="112359" notecolor="2" creatorstaffid="12" forstaffid="13" creatorstaffname="John Doe" creationdate="1335793205"><![CDATA[Likes tea]]></note>
<note type="userorganization" id="43" userorganizationid="9" notecolor="4" creatorstaffid="12" forstaffid="13" creatorstaffname="John Doe" creationdate="1335793205"><![CDATA[Pays late]]></note>
<note type="timetrack" id="44" ticketid="5" timeworked="3600" timebillable="1800" billdate="1335793205" workdate="1335793205" workerstaffid="13" workerstaffname="Jane Roe" creatorstaffid="12" creatorstaffname="John Doe" notecolor="5"><![CDATA[Searched]]></note>
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
<creator><![CDATA[2]]></creator>
<isthirdparty><![CDATA[1]]></isthirdparty>
<ishtml><![CDATA[1]]></ishtml>
<isemailed><![CDATA[1]]></isemailed>
<staffid><![CDATA[12]]></staffid>
<issurveycomment><![CDATA[1]]></issurveycomment>
<contents><![CDATA[It does not print.]]></contents>
<isprivate><![CDATA[1]]></isprivate>
</post>
</posts>
</ticket>
</tickets>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<tickets>
    <ticket id="5" flagtype="0">
        <displayid>VBQ-173-79628</displayid>
        <departmentid>84</departmentid>
        <statusid>2</statusid>
        <priorityid>3</priorityid>
        <typeid>4</typeid>
        <userid>112359</userid>
        <userorganization></userorganization>
        <userorganizationid></userorganizationid>
        <ownerstaffid>0</ownerstaffid>
        <ownerstaffname></ownerstaffname>
        <fullname>Ang Gary</fullname>
        <email>gary@example.com</email>
        <lastreplier>Jane Roe</lastreplier>
        <subject>I found a bug</subject>
        <creationtime>1335793205</creationtime>
        <lastactivity>1335793206</lastactivity>
        <laststaffreply>0</laststaffreply>
        <lastuserreply>1335793208</lastuserreply>
        <slaplanid>0</slaplanid>
        <nextreplydue>0</nextreplydue>
        <resolutiondue>0</resolutiondue>
        <replies>8</replies>
        <ipaddress>192.0.2.7</ipaddress>
        <creator>2</creator>
        <creationmode>1</creationmode>
        <creationtype>1</creationtype>
        <isescalated>0</isescalated>
        <escalationruleid>0</escalationruleid>
        <templategroupname>Default</templategroupname>
        <tags></tags>
    </ticket>
</tickets>`,
    expected: {
      id: 5,
      flagType: 'green',
      displayId: 'VBQ-173-79628',
      departmentId: 84,
      statusId: 2,
      priorityId: 3,
      typeId: 4,
      userId: 112359,
      userOrganization: 'Acme & Sons',
      userOrganizationId: 9,
      ownerStaffId: 12,
      ownerStaffName: 'John Doe',
      fullName: 'Ang Gary',
      email: 'gary@example.com',
      lastReplier: 'Jane Roe',
      subject: 'I found a bug',
      creationTime: THEN,
      lastActivity: '2012-04-30T13:40:06.000Z',
      lastStaffReply: '2012-04-30T13:40:07.000Z',
      lastUserReply: '2012-04-30T13:40:08.000Z',
      slaPlanId: 6,
      nextReplyDue: '2012-04-30T13:40:09.000Z',
      resolutionDue: '2012-04-30T13:40:10.000Z',
      replies: 8,
      ipAddress: '192.0.2.7',
      creator: 'user',
      creationMode: 'api',
      creationType: 'phone',
      isEscalated: true,
      escalationRuleId: 10,
      templateGroupId: 11,
      tags: ['printer', 'smoke'],
      templateGroupName: 'Default',
      watchers: [
        { staffId: 13, name: 'Jane & Joe' },
        { staffId: 14, name: 'Jim' },
      ],
      workflows: [{ id: 15, title: 'Close it' }],
      userNotes: [
        {
          id: 42,
          userId: 112359,
          noteColor: 'purple',
          creatorStaffId: 12,
          forStaffId: 13,
          creatorStaffName: 'John Doe',
          creationDate: THEN,
          contents: 'Likes tea',
        },
      ],
      organizationNotes: [
        {
          id: 43,
          userOrganizationId: 9,
          noteColor: 'green',
          creatorStaffId: 12,
          forStaffId: 13,
          creatorStaffName: 'John Doe',
          creationDate: THEN,
          contents: 'Pays late',
        },
      ],
      notes: [
        {
          id: 41,
          ticketId: 5,
          noteColor: 'blue',
          creatorStaffId: 12,
          creatorStaffName: 'John Doe',
          forStaffId: 13,
          creationDate: THEN,
          contents: 'Call back',
        },
      ],
      timeTracks: [
        {
          id: 44,
          ticketId: 5,
          timeWorked: 3600,
          timeBillable: 1800,
          billDate: THEN,
          workDate: THEN,
          workerStaffId: 13,
          workerStaffName: 'Jane Roe',
          creatorStaffId: 12,
          creatorStaffName: 'John Doe',
          noteColor: 'red',
          contents: 'Searched',
        },
      ],
      posts: [
        {
          id: 21,
          ticketPostId: 21,
          ticketId: 5,
          dateline: THEN,
          userId: 112359,
          fullName: 'Ang Gary',
          email: 'gary@example.com',
          emailTo: 'support@example.com',
          ipAddress: '192.0.2.7',
          hasAttachments: true,
          creator: 'user',
          isThirdParty: true,
          isHtml: true,
          isEmailed: true,
          staffId: 12,
          isSurveyComment: true,
          contents: 'It does not print.',
          isPrivate: true,
        },
      ],
    },
    expectedDocs: {
      flagType: 'none',
      userOrganization: '',
      userOrganizationId: null,
      ownerStaffId: null,
      ownerStaffName: '',
      lastStaffReply: null,
      slaPlanId: null,
      nextReplyDue: null,
      resolutionDue: null,
      creationMode: 'supportCenter',
      creationType: 'default',
      isEscalated: false,
      escalationRuleId: null,
      templateGroupId: null,
      tags: [],
      watchers: [],
      workflows: [],
      userNotes: [],
      organizationNotes: [],
      notes: [],
      timeTracks: [],
      posts: null,
    },
  },
  actions: {
    unseen: {
      save: {
        departmentId: 'there is one for tickets; writing.test.ts moves to another',
        userId: 'there is one; writing.test.ts changes to another',
      },
    },
    more: { ownerStaffId: 1, creationType: 'phone' },
    make: samples.ticket,
    change: {
      priorityId: 3,
      typeId: 3,

      fullName: 'Somebody else',
      email: 'else@example.com',
      subject: 'Solved',
      statusId: 3,
      ownerStaffId: 1,
    },
  },
});

import { User } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(User, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<users>
<user>
<id><![CDATA[112359]]></id>
<usergroupid><![CDATA[2]]></usergroupid>
<userrole><![CDATA[manager]]></userrole>
<userorganizationid><![CDATA[9]]></userorganizationid>
<salutation><![CDATA[Dr.]]></salutation>
<userexpiry><![CDATA[1893456000]]></userexpiry>
<fullname><![CDATA[Ang Gary]]></fullname>
<email><![CDATA[gary@example.com]]></email>
<email><![CDATA[ang@example.com]]></email>
<designation><![CDATA[Buyer]]></designation>
<phone><![CDATA[1-800-555-5555]]></phone>
<dateline><![CDATA[1335793205]]></dateline>
<lastvisit><![CDATA[1335793300]]></lastvisit>
<isenabled><![CDATA[1]]></isenabled>
<timezone><![CDATA[Europe/Malta]]></timezone>
<enabledst><![CDATA[1]]></enabledst>
<slaplanid><![CDATA[3]]></slaplanid>
<slaplanexpiry><![CDATA[1893542400]]></slaplanexpiry>
</user>
</users>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<users>
    <user>
        <id>112359</id>
        <usergroupid>2</usergroupid>
        <userrole>manager</userrole>
        <userorganizationid>0</userorganizationid>
        <salutation></salutation>
        <userexpiry>0</userexpiry>
        <fullname>Ang Gary</fullname>
        <email>gary@example.com</email>
        <dateline>1335793205</dateline>
        <lastvisit>0</lastvisit>
        <isenabled>1</isenabled>
        <timezone></timezone>
        <enabledst>0</enabledst>
        <slaplanid>0</slaplanid>
        <slaplanexpiry>0</slaplanexpiry>
    </user>
</users>`,
    expected: {
      id: 112359,
      userGroupId: 2,
      userRole: 'manager',
      userOrganizationId: 9,
      salutation: 'Dr.',
      userExpiry: '2030-01-01T00:00:00.000Z',
      fullName: 'Ang Gary',
      email: ['gary@example.com', 'ang@example.com'],
      designation: 'Buyer',
      phone: '1-800-555-5555',
      dateline: '2012-04-30T13:40:05.000Z',
      lastVisit: '2012-04-30T13:41:40.000Z',
      isEnabled: true,
      timezone: 'Europe/Malta',
      enableDst: true,
      slaPlanId: 3,
      slaPlanExpiry: '2030-01-02T00:00:00.000Z',
    },
    expectedDocs: {
      userOrganizationId: null,
      salutation: '',
      userExpiry: 'forever',
      email: ['gary@example.com'],
      designation: '',
      phone: '',
      lastVisit: null,
      timezone: '',
      enableDst: false,
      slaPlanId: null,
      slaPlanExpiry: 'forever',
    },
  },
  actions: {
    more: {
      userRole: 'manager',
      userOrganizationId: 1,
      salutation: 'Mr.',
      userExpiry: new Date('2031-02-03T04:05:06Z'),
      designation: 'Buyer',
      phone: '555',
      isEnabled: false,
      timezone: 'GMT',
      enableDst: true,
      slaPlanId: 1,
      slaPlanExpiry: new Date('2031-02-03T04:05:06Z'),
    },
    unseen: { save: { userGroupId: 'there is one for users; writing.test.ts moves to another' } },
    make: samples.user,
    change: {
      userOrganizationId: 1,
      salutation: 'Dr.',
      userExpiry: new Date('2031-02-03T04:05:06Z'),
      fullName: 'Renamed Gary',
      email: ['renamed.gary@example.com', 'second@example.com'],
      designation: 'Chief',
      isEnabled: false,
      timezone: 'Europe/Malta',
      enableDst: true,
      slaPlanId: 1,
      slaPlanExpiry: new Date('2031-02-03T04:05:06Z'),
      phone: '1-800-555-5555',
      userRole: 'manager',
    },
  },
});

import { UserOrganization } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(UserOrganization, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<userorganizations>
<userorganization>
<id><![CDATA[9]]></id>
<name><![CDATA[Acme & Sons]]></name>
<organizationtype><![CDATA[shared]]></organizationtype>
<address><![CDATA[1 Republic Street]]></address>
<city><![CDATA[Valletta]]></city>
<state><![CDATA[Malta]]></state>
<postalcode><![CDATA[VLT 1111]]></postalcode>
<country><![CDATA[MT]]></country>
<phone><![CDATA[+356 21 000 001]]></phone>
<fax><![CDATA[+356 21 000 002]]></fax>
<website><![CDATA[https://acme.example.com]]></website>
<!-- Timeline Properties -->
<dateline><![CDATA[1335793205]]></dateline>
<lastupdate><![CDATA[1335793300]]></lastupdate>
<!-- Custom SLA Properties -->
<slaplanid><![CDATA[3]]></slaplanid>
<slaplanexpiry><![CDATA[1893456000]]></slaplanexpiry>
</userorganization>
</userorganizations>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<userorganizations>
    <userorganization>
        <id>9</id>
        <name>Acme &amp; Sons</name>
        <organizationtype>shared</organizationtype>
        <address></address>
        <city></city>
        <state></state>
        <postalcode></postalcode>
        <country></country>
        <dateline>1335793205</dateline>
        <lastupdate>0</lastupdate>
        <slaplanid>0</slaplanid>
        <slaplanexpiry>0</slaplanexpiry>
    </userorganization>
</userorganizations>`,
    expected: {
      id: 9,
      name: 'Acme & Sons',
      organizationType: 'shared',
      address: '1 Republic Street',
      city: 'Valletta',
      state: 'Malta',
      postalCode: 'VLT 1111',
      country: 'MT',
      phone: '+356 21 000 001',
      fax: '+356 21 000 002',
      website: 'https://acme.example.com',
      dateline: '2012-04-30T13:40:05.000Z',
      lastUpdate: '2012-04-30T13:41:40.000Z',
      slaPlanId: 3,
      slaPlanExpiry: '2030-01-01T00:00:00.000Z',
    },
    expectedDocs: {
      address: '',
      city: '',
      state: '',
      postalCode: '',
      country: '',
      phone: '',
      fax: '',
      website: '',
      lastUpdate: null,
      slaPlanId: null,
      slaPlanExpiry: 'forever',
    },
  },
  actions: {
    more: {
      address: 'Triq 1',
      city: 'Sliema',
      state: 'Malta',
      postalCode: 'SLM 01',
      country: 'Malta',
      phone: '1',
      fax: '2',
      website: 'https://example.com',
      slaPlanId: 1,
      slaPlanExpiry: new Date('2031-02-03T04:05:06Z'),
    },
    make: samples.organization,
    change: {
      name: 'Acme Renamed',
      address: 'Triq 2',
      state: 'MT',
      postalCode: 'VLT 02',
      country: 'MT',
      phone: '3',
      fax: '4',
      website: 'https://example.org',
      slaPlanExpiry: new Date('2031-02-03T04:05:06Z'),
      city: 'Valletta',
      organizationType: 'shared',
      slaPlanId: 1,
    },
  },
});

import { Staff } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(Staff, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<staffusers>
<staff>
<id><![CDATA[12]]></id>
<staffgroupid><![CDATA[2]]></staffgroupid>
<firstname><![CDATA[John]]></firstname>
<lastname><![CDATA[Doe]]></lastname>
<fullname><![CDATA[John Doe]]></fullname>
<username><![CDATA[john.doe]]></username>
<email><![CDATA[john.doe@example.com]]></email>
<designation><![CDATA[Engineer]]></designation>
<greeting><![CDATA[Welcome!]]></greeting>
<mobilenumber><![CDATA[+356 21 000 000]]></mobilenumber>
<isenabled><![CDATA[1]]></isenabled>
<timezone><![CDATA[Europe/Madrid]]></timezone>
<enabledst><![CDATA[1]]></enabledst>
<signature><![CDATA[Regards,
John]]></signature>
</staff>
</staffusers>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<staffusers>
    <staff>
        <id>12</id>
        <staffgroupid>2</staffgroupid>
        <firstname>John</firstname>
        <lastname>Doe</lastname>
        <fullname>John Doe</fullname>
        <username>john.doe</username>
        <email>john.doe@example.com</email>
        <designation></designation>
        <mobilenumber></mobilenumber>
        <isenabled>1</isenabled>
        <timezone>Europe/Madrid</timezone>
        <enabledst>false</enabledst>
    </staff>
</staffusers>`,
    expected: {
      id: 12,
      staffGroupId: 2,
      firstName: 'John',
      lastName: 'Doe',
      fullName: 'John Doe',
      username: 'john.doe',
      email: 'john.doe@example.com',
      designation: 'Engineer',
      greeting: 'Welcome!',
      mobileNumber: '+356 21 000 000',
      isEnabled: true,
      timezone: 'Europe/Madrid',
      enableDst: true,
      signature: 'Regards,\nJohn',
    },
    expectedDocs: {
      designation: '',
      greeting: '',
      mobileNumber: '',
      enableDst: false,
      signature: '',
    },
  },
  actions: {
    more: {
      designation: 'Agent',
      greeting: 'Hello',
      mobileNumber: '123',
      timezone: 'Europe/Madrid',
      signature: 'Bye',
    },
    unseen: {
      add: {
        isEnabled: 'the server enables every new account',
        enableDst: 'the server switches it on',
      },
    },
    make: samples.staff,
    change: {
      firstName: 'Jane',
      lastName: 'Roe',
      username: 'janeroe',
      email: 'jane.roe@example.com',
      staffGroupId: 2,
      greeting: 'Hi',
      mobileNumber: '456',
      timezone: 'GMT',
      enableDst: false,
      designation: 'Engineer',
      isEnabled: false,
      signature: 'Regards',
    },
  },
});

import { Department } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(Department, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<departments>
<department>
<id><![CDATA[84]]></id>
<title><![CDATA[Customer Support]]></title>
<type><![CDATA[private]]></type>
<module><![CDATA[tickets]]></module>
<app><![CDATA[tickets]]></app>
<displayorder><![CDATA[7]]></displayorder>
<parentdepartmentid><![CDATA[2]]></parentdepartmentid>
<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>
<usergroups>
<id><![CDATA[3]]></id>
<id><![CDATA[5]]></id>
</usergroups>
</department>
</departments>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<departments>
    <department>
        <id>84</id>
        <title>Customer Support</title>
        <type>private</type>
        <module>tickets</module>
        <displayorder>7</displayorder>
        <parentdepartmentid>0</parentdepartmentid>
        <uservisibilitycustom>0</uservisibilitycustom>
    </department>
</departments>`,
    expected: {
      id: 84,
      title: 'Customer Support',
      type: 'private',
      module: 'tickets',
      app: 'tickets',
      displayOrder: 7,
      parentDepartmentId: 2,
      userVisibilityCustom: true,
      userGroupIds: [3, 5],
    },
    expectedDocs: { parentDepartmentId: null, userVisibilityCustom: false, userGroupIds: [] },
  },
  actions: {
    more: { displayOrder: 4, parentDepartmentId: 1, userVisibilityCustom: true, userGroupIds: [2] },
    make: samples.department,
    change: {
      title: 'Renamed desk',
      parentDepartmentId: 1,
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
      type: 'private',
      displayOrder: 9,
    },
  },
});

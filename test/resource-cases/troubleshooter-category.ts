import { TroubleshooterCategory } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(TroubleshooterCategory, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<troubleshootercategories>
<troubleshootercategory>
<id><![CDATA[4]]></id>
<staffid><![CDATA[1]]></staffid>
<staffname><![CDATA[John Doe]]></staffname>
<title><![CDATA[Printers]]></title>
<description><![CDATA[Paper, ink & smoke]]></description>
<categorytype><![CDATA[2]]></categorytype>
<displayorder><![CDATA[7]]></displayorder>
<views><![CDATA[12]]></views>
<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>
<usergroupidlist>
<usergroupid><![CDATA[1]]></usergroupid>
<usergroupid><![CDATA[2]]></usergroupid>
</usergroupidlist>
<staffvisibilitycustom><![CDATA[1]]></staffvisibilitycustom>
<staffgroupidlist>
<staffgroupid><![CDATA[3]]></staffgroupid>
</staffgroupidlist>
</troubleshootercategory>
</troubleshootercategories>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<troubleshootercategories>
    <troubleshootercategory>
        <id>4</id>
        <staffid>1</staffid>
        <staffname>John Doe</staffname>
        <title>Printers</title>
        <description>Paper, ink &amp; smoke</description>
        <categorytype>2</categorytype>
        <displayorder>7</displayorder>
        <views>12</views>
        <uservisibilitycustom>0</uservisibilitycustom>
        <staffvisibilitycustom>0</staffvisibilitycustom>
    </troubleshootercategory>
</troubleshootercategories>`,
    expected: {
      id: 4,
      staffId: 1,
      staffName: 'John Doe',
      title: 'Printers',
      description: 'Paper, ink & smoke',
      categoryType: 'public',
      displayOrder: 7,
      views: 12,
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
      staffVisibilityCustom: true,
      staffGroupIds: [3],
    },
    expectedDocs: {
      userVisibilityCustom: false,
      userGroupIds: [],
      staffVisibilityCustom: false,
      staffGroupIds: [],
    },
  },
  actions: {
    more: {
      description: 'Start here',
      displayOrder: 6,
      userVisibilityCustom: true,
      userGroupIds: [2],
      staffVisibilityCustom: true,
      staffGroupIds: [1],
    },
    make: samples.troubleshooterCategory,
    change: {
      title: 'Scanners',
      description: 'Glass',
      categoryType: 'private',
      displayOrder: 3,
      userVisibilityCustom: true,
      userGroupIds: [2],
      staffVisibilityCustom: true,
      staffGroupIds: [1, 2],
    },
  },
});

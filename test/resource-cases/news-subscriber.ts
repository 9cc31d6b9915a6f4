import { NewsSubscriber } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(NewsSubscriber, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<newssubscribers>
<newssubscriber>
<id><![CDATA[4]]></id>
<tgroupid><![CDATA[1]]></tgroupid>
<userid><![CDATA[112359]]></userid>
<email><![CDATA[gary@example.com]]></email>
<isvalidated><![CDATA[1]]></isvalidated>
<usergroupid><![CDATA[2]]></usergroupid>
</newssubscriber>
</newssubscribers>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<newssubscribers>
    <newssubscriber>
        <id>4</id>
        <tgroupid>1</tgroupid>
        <userid>0</userid>
        <email>gary@example.com</email>
        <isvalidated>0</isvalidated>
        <usergroupid>0</usergroupid>
    </newssubscriber>
</newssubscribers>`,
    expected: {
      id: 4,
      tGroupId: 1,
      userId: 112359,
      email: 'gary@example.com',
      isValidated: true,
      userGroupId: 2,
    },
    expectedDocs: { userId: null, isValidated: false, userGroupId: null },
  },
  actions: {
    more: { isValidated: true },
    make: samples.newsSubscriber,
    change: { email: 'another.reader@example.com' },
  },
});

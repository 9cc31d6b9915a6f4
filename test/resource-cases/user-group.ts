import { UserGroup } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(UserGroup, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<usergroups>
<usergroup>
<id><![CDATA[2]]></id>
<title><![CDATA[Registered]]></title>
<grouptype><![CDATA[registered]]></grouptype>
<ismaster><![CDATA[1]]></ismaster>
</usergroup>
</usergroups>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<usergroups>
    <usergroup>
        <id>2</id>
        <title>Registered</title>
        <grouptype>registered</grouptype>
        <ismaster>1</ismaster>
    </usergroup>
</usergroups>`,
    expected: { id: 2, title: 'Registered', groupType: 'registered', isMaster: true },
  },
  actions: { make: samples.userGroup, change: { title: 'Partners' } },
});

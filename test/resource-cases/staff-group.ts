import { StaffGroup } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(StaffGroup, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<staffgroups>
<staffgroup>
<id><![CDATA[4]]></id>
<title><![CDATA[Night shift]]></title>
<isadmin><![CDATA[1]]></isadmin>
</staffgroup>
</staffgroups>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<staffgroups>
    <staffgroup>
        <id>4</id>
        <title>Night shift</title>
        <isadmin>1</isadmin>
    </staffgroup>
</staffgroups>`,
    expected: { id: 4, title: 'Night shift', isAdmin: true },
  },
  actions: { make: samples.staffGroup, change: { title: 'Day shift', isAdmin: true } },
});

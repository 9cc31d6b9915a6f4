import { CustomFieldGroup } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';

export default resourceCase(CustomFieldGroup, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<customfieldgroups>
<customfieldgroup customfieldgroupid="2" title="Ticket Details" grouptype="3" visibilitytype="private" displayorder="5" />
</customfieldgroups>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<customfieldgroups>
    <customfieldgroup displayorder="5" visibilitytype="private" grouptype="3" title="Ticket Details" customfieldgroupid="2"></customfieldgroup>
</customfieldgroups>`,
    expected: {
      id: 2,
      title: 'Ticket Details',
      groupType: 'staffTicket',
      visibilityType: 'private',
      displayOrder: 5,
    },
  },
  actions: { existing: () => ({ title: 'Ticket Details' }) },
});

import { DepartmentCustomFieldGroup } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';

export default resourceCase(DepartmentCustomFieldGroup, {
  schema: {
    where: { departmentId: 6 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<customfieldgroups>
<customfieldgroup customfieldgroupid="2" title="Ticket Details" grouptype="3" visibilitytype="private" displayorder="5" departmentid="6" />
</customfieldgroups>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<customfieldgroups>
    <customfieldgroup departmentid="6" displayorder="5" visibilitytype="private" grouptype="3" title="Ticket Details" customfieldgroupid="2"></customfieldgroup>
</customfieldgroups>`,
    expected: {
      id: 2,
      title: 'Ticket Details',
      groupType: 'staffTicket',
      visibilityType: 'private',
      displayOrder: 5,
      departmentId: 6,
    },
  },
  actions: { existing: () => ({ departmentId: 1 }) },
});

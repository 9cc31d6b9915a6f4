import { CustomFieldDefinition } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';

export default resourceCase(CustomFieldDefinition, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<customfields>
<customfield customfieldid="3" customfieldgroupid="2" title="Order number" fieldtype="6" fieldname="cn4ezfbjzyoj" defaultvalue="A-1" isrequired="1" usereditable="1" staffeditable="1" regexpvalidate="/^[0-9]+$/" displayorder="4" encryptindb="1" description="As on the bill" grouptype="9" />
</customfields>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<customfields>
    <customfield description="" encryptindb="0" displayorder="4" regexpvalidate="" staffeditable="0" usereditable="0" isrequired="0" defaultvalue="" fieldname="cn4ezfbjzyoj" fieldtype="6" title="Order number" customfieldgroupid="2" customfieldid="3"></customfield>
</customfields>`,
    expected: {
      id: 3,
      customFieldGroupId: 2,
      title: 'Order number',
      fieldType: 'select',
      fieldName: 'cn4ezfbjzyoj',
      defaultValue: 'A-1',
      isRequired: true,
      userEditable: true,
      staffEditable: true,
      regexpValidate: '/^[0-9]+$/',
      displayOrder: 4,
      encryptInDb: true,
      description: 'As on the bill',
      groupType: 'ticket',
    },
    expectedDocs: {
      defaultValue: '',
      isRequired: false,
      userEditable: false,
      staffEditable: false,
      regexpValidate: '',
      encryptInDb: false,
      description: '',
      groupType: null,
    },
  },
  actions: { existing: () => ({ fieldType: 'select' as const }) },
});

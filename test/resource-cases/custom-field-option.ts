import { CustomFieldDefinition, CustomFieldOption } from '@kayako-orm/orm';
import { existing } from '../support/desk.js';
import { resourceCase } from '../support/resource-case.js';

export default resourceCase(CustomFieldOption, {
  schema: {
    where: { customFieldId: 3 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<customfieldoptions>
<option customfieldoptionid="8" customfieldid="3" optionvalue="Laser &amp; ink" displayorder="2" isselected="1" parentcustomfieldoptionid="7" />
</customfieldoptions>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<customfieldoptions>
    <option parentcustomfieldoptionid="0" isselected="0" displayorder="2" optionvalue="Laser &amp; ink" customfieldid="3" customfieldoptionid="8"></option>
</customfieldoptions>`,
    expected: {
      id: 8,
      customFieldId: 3,
      optionValue: 'Laser & ink',
      displayOrder: 2,
      isSelected: true,
      parentCustomFieldOptionId: 7,
    },
    expectedDocs: { isSelected: false, parentCustomFieldOptionId: null },
  },
  actions: {
    existing: async (kayako) => {
      const field = kayako.repository(CustomFieldDefinition).where({ fieldType: 'select' });
      return { customFieldId: (await existing(field.first())).id };
    },
  },
});

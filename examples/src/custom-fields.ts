// Custom fields of tickets: what they hold, what can be chosen, and setting them. docs/custom-fields.md shows the parts
// between the rulers.
import {
  CustomFieldDefinition,
  DepartmentCustomFieldGroup,
  InvalidValueError,
  Kayako,
  Ticket,
} from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox({
  customFields: [
    {
      title: 'Contract',
      fields: [
        { title: 'Channels', type: 'checkbox', options: ['E-mail', 'Letter, registered', 'Phone'] },
        {
          title: 'Place',
          type: 'linkedSelect',
          options: [{ text: 'Europe', children: ['Málaga'] }],
        },
        { title: 'Signed', type: 'date' },
        { title: 'Scan', type: 'file' },
      ],
    },
  ],
});
const kayako = new Kayako(sandbox);
const ticket = await kayako
  .create(Ticket, {
    subject: 'Contract',
    contents: 'Please renew it.',
    fullName: 'Test User',
    email: 'test@example.com',
    departmentId: 1,
    statusId: 1,
    priorityId: 1,
    typeId: 1,
    userId: 1,
  })
  .add();
const scan = Buffer.from('%PDF-1.4');

// ----- set
await kayako.setCustomFields(ticket, {
  Channels: ['E-mail', 'Letter, registered'],
  Place: ['Europe', 'Málaga'],
  Signed: new Date('2024-02-29'),
  Scan: { fileName: 'contract.pdf', contents: scan },
  'Order Number': null, // clears it
});
// -----

// ----- read
for (const group of await ticket.customFields.all()) {
  for (const { title, type, value } of group.fields) {
    if (value instanceof Date) console.log(title, value.toISOString());
    else console.log(group.title, title, type, value);
  }
}
// -----

// ----- definitions
const platform = await kayako
  .repository(CustomFieldDefinition)
  .where({ title: 'Platform' })
  .first();
for await (const option of platform?.options ?? []) console.log(option.id, option.optionValue);
const groups = await kayako.filter(DepartmentCustomFieldGroup, { departmentId: 1 });
console.log(groups.map(({ title, groupType }) => `${title} (${String(groupType)})`));
// -----

// ----- mistakes
try {
  await kayako.setCustomFields(ticket, { Platform: 'Dekstop', Signed: 'soon' });
} catch (error) {
  if (!(error instanceof InvalidValueError)) throw error;
  console.log(error.message); // both, with the options that there are; nothing was sent
}
// -----

await kayako.close();
await sandbox.close();

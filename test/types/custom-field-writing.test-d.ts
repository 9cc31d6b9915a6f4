// What custom fields are read as, and what they can be set to.
import {
  type CustomFieldContent,
  type CustomFieldDefinition,
  type CustomFieldFile,
  CustomFieldGroup,
  type CustomFieldInput,
  CustomFieldOption,
  type CustomFieldValue,
  DepartmentCustomFieldGroup,
  type Kayako,
  type Ref,
  type Ticket,
  type TicketCustomField,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export async function values(
  kayako: Kayako,
  ticket: Ticket,
  field: CustomFieldValue,
  { signal }: AbortController,
): Promise<void> {
  expectTypeOf(field.value).toEqualTypeOf<CustomFieldContent>();
  expectTypeOf<CustomFieldContent>().toEqualTypeOf<
    string | readonly string[] | Date | Buffer | null
  >();
  const groups = await kayako.setCustomFields(ticket, { Platform: 'Mobile' }, { signal });
  expectTypeOf(groups).toEqualTypeOf<TicketCustomField[]>();
  const file: CustomFieldFile = { fileName: 'a.pdf', contents: Buffer.from('a') };
  const all: CustomFieldInput[] = ['text', 42, ['a', 7], new Date(), file, null];
  await kayako.setCustomFields(1, Object.fromEntries(all.entries()));

  // @ts-expect-error it is decoded from the text, not set
  field.value = 'new';
  // @ts-expect-error leave a field out, or clear it with null
  await kayako.setCustomFields(1, { Platform: undefined });
  // @ts-expect-error a file has a name
  await kayako.setCustomFields(1, { Scan: Buffer.from('a') });
  // @ts-expect-error a file has contents
  await kayako.setCustomFields(1, { Scan: { fileName: 'a.pdf' } });
  // @ts-expect-error boxes are checked by the texts of their options
  await kayako.setCustomFields(1, { Channels: true });
  // @ts-expect-error a ticket's id is a number
  await kayako.setCustomFields('1', {});
}

export async function definitions(kayako: Kayako, field: CustomFieldDefinition): Promise<void> {
  expectTypeOf(await field.options.all()).toEqualTypeOf<CustomFieldOption[]>();
  expectTypeOf(field.group).toEqualTypeOf<Ref<CustomFieldGroup>>();
  await kayako.filter(CustomFieldOption, { customFieldId: field.id });
  const groups = await kayako.filter(DepartmentCustomFieldGroup, { departmentId: [1, 2] });
  expectTypeOf(groups).toExtend<CustomFieldGroup[]>();
  await kayako.filter(CustomFieldGroup, { groupType: 'ticket', visibilityType: 'public' });

  // @ts-expect-error the id in the path is that of a department: groups are not read by id
  await kayako.get(CustomFieldGroup, 1);
  // @ts-expect-error groups are not written
  await groups[0]?.save();
  // @ts-expect-error there is no such type of group
  await kayako.filter(CustomFieldGroup, { groupType: 'tickets' });
}

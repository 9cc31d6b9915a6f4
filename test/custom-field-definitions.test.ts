import {
  CustomFieldDefinition,
  CustomFieldGroup,
  CustomFieldOption,
  DepartmentCustomFieldGroup,
} from '@kayako-orm/orm';
import { EVERY_KIND } from './support/custom-fields.js';
import { type Desk, errorOf, existing, startDesk } from './support/desk.js';

describe.each(['live', 'docs'] as const)('on a help desk that answers in the %s form', (form) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk({ form, tickets: 1, customFields: EVERY_KIND });
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it('definitions come whole with one request', async () => {
    desk.requests();
    const all = await desk.kayako.repository(CustomFieldDefinition).all();
    expect(desk.requests()).toEqual(['GET /Base/CustomField']);
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    const shown = await desk.kayako.repository(CustomFieldDefinition).orderBy('displayOrder').all();
    expect(shown.map(({ id }) => id)).not.toEqual(ids);
    desk.requests();
    const kinds = new Set(all.map(({ fieldType }) => fieldType));
    expect(kinds.size).toBe(11);
    const invoice = all.find(({ title }) => title === 'Invoice');
    expect(invoice?.toJSON()).toEqual({
      id: 3,
      customFieldGroupId: 2,
      title: 'Invoice',
      fieldType: 'text',
      fieldName: 'invoicenumber3',
      defaultValue: '',
      isRequired: true,
      userEditable: true,
      staffEditable: true,
      regexpValidate: '/^[0-9]{1,8}$/',
      displayOrder: 3,
      encryptInDb: false,
      description: '',
      groupType: 'ticket',
    });
    expect(String(invoice)).toBe('<CustomFieldDefinition (3): Invoice>');
  });

  it('options belong to one field, children to their parent', async () => {
    const { kayako } = desk;
    const place = await existing(kayako.first(CustomFieldDefinition, { title: 'Place' }));
    desk.requests();
    const options = await place.options.all();
    expect(desk.requests()).toEqual([`GET /Base/CustomField/ListOptions/${place.id}`]);
    expect(options.every(({ customFieldId }) => customFieldId === place.id)).toBe(true);
    const tops = options.filter((option) => option.parentCustomFieldOptionId === null);
    expect(tops.map(({ optionValue }) => optionValue)).toEqual(['Europe', 'Asia > Pacific']);
    const [europe] = tops;
    expect(
      options.filter((option) => option.parentCustomFieldOptionId === europe?.id).map(String),
    ).toEqual([
      expect.stringMatching(/^<CustomFieldOption \(\d+\): Berlin>$/),
      expect.stringContaining('Málaga'),
      expect.stringContaining('Other'),
    ]);
    expect(europe).toMatchObject({ isSelected: false, displayOrder: europe?.id });
    const text = await existing(kayako.first(CustomFieldDefinition, { title: 'Number' }));
    expect(await text.options.all()).toEqual([]);
    expect(await errorOf(() => kayako.getAll(CustomFieldOption))).toMatchObject({
      code: 'SCOPE_REQUIRED',
    });
  });

  it('groups are listed, with their fields', async () => {
    const { kayako } = desk;
    desk.requests();
    const groups = await kayako.repository(CustomFieldGroup).include('fields').all();
    expect(groups.map(({ title }) => title)).toEqual([
      'Ticket Details',
      'Billing Details',
      'Contract',
    ]);
    expect(groups[0]).toMatchObject({ groupType: 'ticket', visibilityType: 'public' });
    expect(groups[2]?.fields.items.map(({ title }) => title)).toContain('Place');
    const field = await existing(kayako.first(CustomFieldDefinition, { title: 'Place' }));
    expect(String(await field.group.load())).toBe('<CustomFieldGroup (3): Contract>');
  });

  it('groups of departments are listed for each of them', async () => {
    const { kayako } = desk;
    desk.requests();
    const groups = await kayako.filter(DepartmentCustomFieldGroup, { departmentId: [1, 3] });
    expect(desk.requests()).toEqual([
      'GET /Base/CustomFieldGroup/1',
      'GET /Base/CustomFieldGroup/3',
    ]);
    expect(groups.map(({ departmentId, title }) => [departmentId, title])).toEqual([
      [1, 'Ticket Details'],
      [3, 'Ticket Details'],
      [3, 'Billing Details'],
      [1, 'Contract'],
      [3, 'Contract'],
    ]);
    expect(await errorOf(() => kayako.getAll(DepartmentCustomFieldGroup))).toMatchObject({
      code: 'SCOPE_REQUIRED',
    });
    // The id in the path is that of a department: a group is not read by it.
    desk.requests();
    expect((await kayako.first(CustomFieldGroup, { id: 2 }))?.title).toBe('Billing Details');
    expect(desk.requests()).toEqual(['GET /Base/CustomFieldGroup']);
  });
});

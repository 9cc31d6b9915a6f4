import { type CustomField, type CustomFieldOption } from '../store/custom-field-rows.js';
import { type Store } from '../store/store.js';
import { leaf, type XmlNode } from '../xml/node.js';
import { type Controller } from './call.js';
import { rowsReply } from './documents.js';
import { wholeNumber } from './numbers.js';
import { demand } from './refusal.js';
import { byDisplayOrder } from './row-order.js';

/** /Base/CustomField (5.8). */
export const customField: Controller = {
  app: 'Base',
  names: ['CustomField'],
  list: (call) =>
    rowsReply('customfields', byDisplayOrder(call.store.fields), (row) => toXml(call.store, row)),
  actions: new Map([
    [
      'listoptions',
      (call) => {
        const id = call.args.text(0);
        demand(id !== '' && id !== '0', 'No Custom Field ID Provided');
        const options = call.store.fieldOptions.of(wholeNumber(id) ?? 0);
        return rowsReply('customfieldoptions', byDisplayOrder(options), optionToXml);
      },
    ],
  ]),
};

function toXml(store: Store, row: CustomField): XmlNode {
  return leaf('customfield', '', {
    customfieldid: row.id,
    customfieldgroupid: row.groupId,
    title: row.title,
    fieldtype: row.fieldType,
    fieldname: row.fieldName,
    defaultvalue: row.defaultValue,
    isrequired: row.isRequired,
    usereditable: row.userEditable,
    staffeditable: row.staffEditable,
    regexpvalidate: row.regexpValidate,
    displayorder: row.displayOrder,
    encryptindb: row.encryptInDb,
    description: row.description,
    grouptype: store.fieldGroups.get(row.groupId)?.groupType ?? 0,
  });
}

function optionToXml(row: CustomFieldOption): XmlNode {
  return leaf('option', '', {
    customfieldoptionid: row.id,
    customfieldid: row.fieldId,
    optionvalue: row.value,
    displayorder: row.displayOrder,
    isselected: row.isSelected,
    parentcustomfieldoptionid: row.parentId,
  });
}

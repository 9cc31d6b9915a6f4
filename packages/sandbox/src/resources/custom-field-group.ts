import { type CustomFieldGroup } from '../store/custom-field-rows.js';
import { leaf, type Leaf } from '../xml/node.js';
import { type Controller } from './call.js';
import { rowsReply } from './documents.js';
import { byDisplayOrder } from './row-order.js';

/** /Base/CustomFieldGroup; the id of its single get is that of a department (5.9). */
export const customFieldGroup: Controller = {
  app: 'Base',
  names: ['CustomFieldGroup'],
  list: (call) =>
    rowsReply('customfieldgroups', byDisplayOrder(call.store.fieldGroups), (row) => toXml(row)),
  get: (call) => {
    const departmentId = call.args.id(0);
    const linked = byDisplayOrder(call.store.fieldGroups).filter(
      (row) => departmentId !== undefined && row.departmentIds.includes(departmentId),
    );
    return rowsReply('customfieldgroups', linked, (row) => toXml(row, departmentId));
  },
};

function toXml(row: CustomFieldGroup, departmentId?: number): Leaf {
  return leaf('customfieldgroup', '', {
    customfieldgroupid: row.id,
    title: row.title,
    grouptype: row.groupType,
    visibilitytype: row.visibilityType,
    displayorder: row.displayOrder,
    ...(departmentId === undefined ? {} : { departmentid: departmentId }),
  });
}
